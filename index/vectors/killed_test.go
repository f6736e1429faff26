package vectors

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// killedDir tells this test's own binary that it is the one to be killed, and where it works.
const killedDir = "AMVLIB_TEST_VECTORS"

const killedEpisodes = 40

// TestKilled kills a process in the middle of catching up, at several moments: what is there is whole, the next one does the rest, and in the end
// every file is as it would have been.
func TestKilled(t *testing.T) {
	if dir := os.Getenv(killedDir); dir != "" {
		catchUpSlowly(dir)
		return
	}
	want := filesOf(t, caughtUp(t, filepath.Join(t.TempDir(), "whole")))
	dir, left := filepath.Join(t.TempDir(), "vectors"), killedEpisodes
	for _, done := range []int{1, 5, 3} {
		strike(t, dir, done)
		v := opened(t, dir, killedShelf(), &drawer{version: "1"}, Options{})
		n, _ := v.Missing()
		damaged, err := v.Check(t.Context(), false)
		if err != nil || damaged > 0 || n > left-done {
			t.Fatalf("after %d more episodes %d of %d are missing, %d damaged: %v", done, n, left, damaged, err)
		}
		left = n
	}
	if left == 0 {
		t.Fatal("nothing was in the middle")
	}
	got := filesOf(t, caughtUp(t, dir))
	for name, data := range want {
		if got[name] != data {
			t.Errorf("%s is another", name)
		}
	}
	if len(got) != len(want) {
		t.Errorf("there are %d files, want %d", len(got), len(want))
	}
}

func killedShelf() *shelf {
	s := newShelf()
	for id := range int64(killedEpisodes) {
		s.put(id+1, fmt.Sprint("rain ", id), fmt.Sprint("snow ", id), "wind")
	}
	return s
}

// catchUpSlowly says a line for each episode that is done.
func catchUpSlowly(dir string) {
	slow := func(ctx context.Context) error { time.Sleep(5 * time.Millisecond); return ctx.Err() }
	v, err := Open(context.Background(), dir, killedShelf(), &drawer{version: "1", before: slow}, Options{Cache: filepath.Join(dir, "none")})
	if err == nil {
		err = v.CatchUp(context.Background(), Effort{Workers: 1, Tell: func(Progress) { fmt.Println("done") }})
	}
	if err != nil {
		fmt.Println(err)
	}
}

// strike kills once so many episodes are done.
func strike(t *testing.T, dir string, done int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^TestKilled$")
	cmd.Env = append(os.Environ(), killedDir+"="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for range done {
		if !lines.Scan() || lines.Text() != "done" {
			t.Errorf("it ended by itself: %q", lines.Text())
			break
		}
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Error(err)
	}
	_ = cmd.Wait()
}

// caughtUp is a folder in which nothing is missing.
func caughtUp(t *testing.T, dir string) string {
	t.Helper()
	v := opened(t, dir, killedShelf(), &drawer{version: "1"}, Options{})
	catchUp(t, v)
	missing(t, v, 0, 0)
	return dir
}

// filesOf are all files below dir but the lock.
func filesOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	all, err := filepath.Glob(filepath.Join(dir, "1", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range all {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(path)] = string(data)
	}
	return out
}
