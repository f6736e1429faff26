package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/amvlib/amvlib/ffmpeg"
	"github.com/amvlib/amvlib/shotdetect/feature"
)

// footage is the shared footage beside the repository.
func footage(t *testing.T) (videos, truth string) {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if dir == filepath.Dir(dir) {
			t.Skip("no go.mod above")
		}
		dir = filepath.Dir(dir)
	}
	shared := filepath.Join(dir, "..", "shared", "footage")
	if _, err := os.Stat(shared); err != nil {
		t.Skip("no shared footage beside the repository")
	}
	return filepath.Join(shared, "video"), filepath.Join(shared, "truth", "shots")
}

// TestDump makes a small set of two short films, and holds that it is whole and the same whatever is done side by side.
func TestDump(t *testing.T) {
	if testing.Short() {
		t.Skip("reads films")
	}
	videos, truth := footage(t)
	if _, err := ffmpeg.Find(t.Context(), "", ""); err != nil {
		t.Skip("no ffmpeg: ", err)
	}
	few := []film{{"planetblupi_history2.mkv", "blupi", true, false}, {"tupi_example.avi", "tupi", true, true}}
	var dirs []string
	for _, jobs := range []int{1, 3} {
		o := options{footage: videos, truth: truth, out: filepath.Join(t.TempDir(), "new"), seed: 5, edits: 3, looks: 1, drawn: 2, jobs: jobs, films: few}
		if err := dump(t.Context(), o); err != nil {
			t.Fatal(err)
		}
		dirs = append(dirs, o.out)
	}
	for _, name := range []string{"rows.npy", "targets.npy", "index.json"} {
		a, err1 := os.ReadFile(filepath.Join(dirs[0], name))
		b, err2 := os.ReadFile(filepath.Join(dirs[1], name))
		if err := errors.Join(err1, err2); err != nil || !bytes.Equal(a, b) {
			t.Errorf("%s differs with the number of jobs, or %v", name, err)
		}
	}
	checkSet(t, dirs[0])
}

func checkSet(t *testing.T, dir string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "index.json"))
	var index []sequence
	if err := errors.Join(err, json.Unmarshal(data, &index)); err != nil {
		t.Fatal(err)
	}
	frames, kinds := 0, map[string]int{}
	for _, s := range index {
		if s.Start != frames || s.Frames < 1 || s.Groups == nil || (len(s.Groups) == 0) != (s.Kind == "drawn") {
			t.Errorf("%+v after %d frames", s, frames)
		}
		frames += s.Frames
		kinds[s.Kind]++
	}
	if kinds["natural"] != 2 || kinds["look"] != 2 || kinds["plain"]+kinds["wide"] != 3 || kinds["drawn"] != 2 {
		t.Errorf("kinds %v", kinds)
	}
	for name, width := range map[string]int{"rows.npy": 4 * feature.Inputs, "targets.npy": 3} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Size() != int64(headSize+frames*width) {
			t.Errorf("%s is not %d rows long (%v)", name, frames, err)
		}
	}
}

func TestNPY(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.npy")
	n, err := createNPY(path, "|u1", 3)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(n.add(2, []byte("abcdef")), n.close()); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	head, want := "\x93NUMPY\x01\x00\x76\x00{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3), }", "\nabcdef"
	if err != nil || len(data) != headSize+6 || !bytes.HasPrefix(data, []byte(head)) || !bytes.HasSuffix(data, []byte(want)) {
		t.Errorf("%q, %v", data, err)
	}
}

func TestInOrder(t *testing.T) {
	var work []func() int
	for i := range 50 {
		work = append(work, func() int { return i })
	}
	next := 0
	err := inOrder(t.Context(), 4, work, func(i int) error {
		if i != next {
			t.Errorf("%d came where %d was due", i, next)
		}
		next++
		return nil
	})
	if err != nil || next != 50 {
		t.Errorf("%d of 50, %v", next, err)
	}
	trouble := errors.New("trouble")
	if err := inOrder(t.Context(), 4, work, func(int) error { return trouble }); !errors.Is(err, trouble) {
		t.Errorf("%v, want trouble", err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := inOrder(ctx, 4, []func() int{func() int { return 1 }, func() int { return 2 }}, func(int) error { return ctx.Err() }); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want canceled", err)
	}
}

// TestUsage holds that what makes no sense is told.
func TestUsage(t *testing.T) {
	for _, args := range [][]string{nil, {"other"}, {"dump"}, {"dump", "--footage", "a", "--truth", "b", "--out", "c", "--jobs", "0"},
		{"dump", "--footage", "a", "--truth", "b", "--out", "c", "more"}} {
		if err := run(t.Context(), args); !errors.Is(err, errUsage) {
			t.Errorf("%q: %v", args, err)
		}
	}
}

// TestFilms holds the table of films to its word: no name twice, and none without a group.
func TestFilms(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range films {
		if seen[f.name] || f.group == "" {
			t.Errorf("%+v", f)
		}
		seen[f.name] = true
	}
}
