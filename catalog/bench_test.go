package catalog

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
)

func BenchmarkOpen(b *testing.B) {
	dir := b.TempDir()
	commit(b, library(b, dir, Options{}), synthetic(1, small))
	for b.Loop() {
		c, err := Open(b.Context(), dir, Options{ReadOnly: true})
		if err != nil {
			b.Fatal(err)
		}
		if err := c.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCommit(b *testing.B) {
	for name, z := range map[string]size{"bare": episode, "pictures": {34560, 350, 400, 8000}} {
		b.Run(name, func(b *testing.B) {
			dir := b.TempDir()
			c := library(b, dir, Options{})
			in := synthetic(1, z)
			n := 0
			for b.Loop() {
				in.Key = Key([]byte{byte(n), byte(n >> 8), 'k'})
				in.Path = filepath.Join(dir, string(rune('a'+n%26)))
				commit(b, c, in)
				n++
			}
		})
	}
}

// scaled is a library as a diligent editor has it: 500 episodes with 350 shots and 350 lines each.
func scaled(b *testing.B) (dir string, last Episode) {
	dir = b.TempDir()
	c, err := Open(b.Context(), dir, Options{})
	if err != nil {
		b.Fatal(err)
	}
	in := synthetic(1, size{frames: 34560, shots: 350, lines: 350})
	for i := range 500 {
		in.Key, in.Path = Key(fmt.Sprint("key", i)), absolute(fmt.Sprint(i, ".mkv"))
		in.Name.Number = fmt.Sprint(i)
		last = commit(b, c, in)
	}
	if err := c.Close(); err != nil {
		b.Fatal(err)
	}
	return dir, last
}

func spread(n int) []int64 {
	ids := make([]int64, n)
	for i := range ids {
		ids[i] = int64(1 + i*(175000/n))
	}
	return ids
}

func BenchmarkScale(b *testing.B) {
	dir, last := scaled(b)
	c := library(b, dir, Options{ReadOnly: true})
	run := func(name string, do func(ctx context.Context) error) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := do(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	run("LinesByID20", func(ctx context.Context) error { return second(c.LinesByID(ctx, spread(20))) })
	run("LinesByID50", func(ctx context.Context) error { return second(c.LinesByID(ctx, spread(50))) })
	run("Episodes500", func(ctx context.Context) error { return second(c.Episodes(ctx)) })
	run("Episode", func(ctx context.Context) error { return second(c.Episode(ctx, last.ID)) })
	run("Shot", func(ctx context.Context) error { return second(c.Shot(ctx, last.ID, 200)) })
	run("Effective350", func(ctx context.Context) error { return second(c.Effective(ctx, last.ID)) })
	run("Lines350", func(ctx context.Context) error { return second(c.Lines(ctx, last.ID)) })
	run("Stats", func(ctx context.Context) error { return second(c.Stats(ctx)) })
	run("Check", c.Check)
	run("Audit", func(ctx context.Context) error { return second(c.Audit(ctx)) })
	run("BackupRestore", func(ctx context.Context) error {
		file := filepath.Join(b.TempDir(), "backup.db")
		return errors.Join(c.Backup(ctx, file), second(Restore(ctx, b.TempDir(), file, Options{})))
	})
	run("OpenListAnswer", func(ctx context.Context) error {
		c, err := Open(ctx, dir, Options{ReadOnly: true})
		if err != nil {
			return err
		}
		return errors.Join(second(c.Episodes(ctx)), second(c.LinesByID(ctx, spread(20))), c.Close())
	})
}
