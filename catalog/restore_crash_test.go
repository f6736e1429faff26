package catalog

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const restorerVariable = "AMVLIB_CATALOG_RESTORER" // "directory|backup|other backup"

// restoreUntilKilled puts one backup back, then the other, and so on.
func restoreUntilKilled(job string) error {
	part := strings.Split(job, "|")
	for i := 0; ; i++ {
		if _, err := Restore(context.Background(), part[0], part[1+i%2], Options{}); err != nil {
			return err
		}
	}
}

func startRestorer(t *testing.T, dir, one, other string) *os.Process {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p, err := os.StartProcess(self, []string{self}, &os.ProcAttr{Files: []*os.File{nil, nil, os.Stderr},
		Env: append(os.Environ(), fmt.Sprintf("%s=%s|%s|%s", restorerVariable, dir, one, other))})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// backupOf is a backup of a library with so many episodes.
func backupOf(t *testing.T, episodes uint64) string {
	t.Helper()
	c := library(t, t.TempDir(), Options{})
	for i := range episodes {
		commit(t, c, synthetic(i, size{frames: 240, shots: 5, lines: 6, pictures: 3000}))
	}
	file := filepath.Join(t.TempDir(), "backup.db")
	if err := c.Backup(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	return file
}

// Whenever it is killed, the library is one backup or the other, and so is what was kept.
func TestRestoreKilledAtAnyMoment(t *testing.T) {
	one, other, dir := backupOf(t, 3), backupOf(t, 9), t.TempDir()
	if _, err := Restore(t.Context(), dir, one, Options{}); err != nil {
		t.Fatal(err)
	}
	seen := map[int]int{}
	for range 12 {
		p := startRestorer(t, dir, other, one)
		time.Sleep(time.Duration(30+rand.IntN(150)) * time.Millisecond)
		if err := p.Kill(); err != nil {
			t.Fatal("it ended by itself:", err)
		}
		if _, err := p.Wait(); err != nil {
			t.Fatal(err)
		}
		seen[expectWhole(t, dir)]++
	}
	kept, err := filepath.Glob(filepath.Join(dir, "catalog-before-restore-*.db"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range kept {
		if s, err := Inspect(t.Context(), file); err != nil || s.Episodes != 3 && s.Episodes != 9 {
			t.Errorf("kept are %d episodes, %v", s.Episodes, err)
		}
	}
	t.Logf("%d libraries were kept; libraries by their episodes: %v", len(kept), seen)
}

// expectWhole wants a sound library with all episodes of one of two backups.
func expectWhole(t *testing.T, dir string) int {
	t.Helper()
	c, err := Open(t.Context(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close() //nolint:errcheck // what it could tell was told by Check
	if err := c.Check(t.Context()); err != nil {
		t.Error(err)
	}
	if problems, err := c.Audit(t.Context()); err != nil || len(problems) > 0 {
		t.Errorf("%v, %v", problems, err)
	}
	readEverything(t, c)
	s, err := c.Stats(t.Context())
	if err != nil || s.Episodes != 3 && s.Episodes != 9 {
		t.Errorf("%d episodes, %v; want 3 or 9", s.Episodes, err)
	}
	return s.Episodes
}
