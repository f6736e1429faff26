package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/amvlib/amvlib/ffmpeg"
	"github.com/amvlib/amvlib/fixtures"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"amvlib": func() { os.Exit(Main()) }})
}

// TestScripts runs the real program as users do. Besides testscript's own there are these commands:
//
//	code N PROGRAM ARGS...   the program must end with exit code N
//	wrong N HINT ARGS...     amvlib must end with N, print nothing, and say what is wrong in one line that matches HINT
//	draw DIR                 two short drawn episodes, their sidecars, and a song with lyrics
//	newer DIR                makes the library in DIR look as if a newer amvlib had written it
//	interrupt INT|KILL ARGS  runs amvlib and sends it the signal after its first film
//	await REGEXP ARGS        runs amvlib until what it prints matches
//	tmpfs DIR SIZE           lays a disk of that size over DIR
//	spoil DIR SQL            writes into the library in DIR what no amvlib would
//	samecuts FILE.json FILE  OpenTimelineIO must read the same frames in each file as stand in the first
//
// and the conditions [ffmpeg], [root], [tmpfs], [otio] and [shared], the last for the footage beside the project, whose path is in $SHARED.
func TestScripts(t *testing.T) {
	_, missing := ffmpeg.Find(t.Context(), "", "")
	if missing != nil {
		t.Log("without ffmpeg most scripts are skipped:", missing)
	}
	shared, disks := sharedFootage(), canMount(t)
	d := &drawing{}
	t.Cleanup(d.remove)
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"),
		Setup: func(e *testscript.Env) error {
			e.Setenv("XDG_DATA_HOME", filepath.Join(e.WorkDir, "data"))
			e.Setenv("AMVLIB_HOME", filepath.Join(e.WorkDir, "lib"))
			e.Setenv("SHARED", shared)
			return nil
		},
		Condition: func(cond string) (bool, error) {
			switch cond {
			case "ffmpeg":
				return missing == nil, nil
			case "root":
				return os.Geteuid() == 0, nil
			case "otio":
				return python() != "", nil
			case "tmpfs":
				return disks, nil
			case "shared":
				return shared != "", nil
			}
			return false, fmt.Errorf("no condition %q", cond)
		},
		Cmds: scriptCommands(d),
	})
}

func scriptCommands(d *drawing) map[string]func(*testscript.TestScript, bool, []string) {
	all := map[string]func(*testscript.TestScript, bool, []string){"code": code, "draw": d.draw, "hostile": hostile, "newer": newer, "samecuts": samecuts, "spoil": spoil, "wrong": wrong}
	maps.Copy(all, systemCommands())
	return all
}

// sharedFootage is the folder of real films beside the project; empty where there is none.
func sharedFootage() string {
	dir, err := filepath.Abs(filepath.Join("..", "..", "..", "shared", "footage"))
	if err != nil {
		return ""
	}
	if _, err := os.Stat(dir); err != nil {
		return ""
	}
	return dir
}

// code runs a program and wants its exit code to be the one named.
func code(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code N PROGRAM ARGS...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("%s ended with %d, not %d", args[1], got, want)
	}
}

// drawing is made once and copied into each script's folder.
type drawing struct {
	once sync.Once
	dir  string
	err  error
}

func (d *drawing) remove() { _ = os.RemoveAll(d.dir) }

func (d *drawing) draw(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: draw DIR")
	}
	d.once.Do(func() { d.dir, d.err = drawOnce() })
	ts.Check(d.err)
	ts.Check(os.CopyFS(ts.MkAbs(args[0]), os.DirFS(d.dir)))
}

func drawOnce() (string, error) {
	dir, err := os.MkdirTemp("", "amvlib-drawn-*")
	if err != nil {
		return "", err
	}
	ctx := context.Background()
	ff, err := ffmpeg.Find(ctx, "", "")
	if err != nil {
		return dir, err
	}
	for i, o := range []fixtures.Options{{Seed: 3, Series: 0, Number: 1}, {Seed: 3, Series: 2, Number: 2}} {
		o.Seconds, o.NoOpening = 20, true
		e, err := fixtures.New(o)
		if err != nil {
			return dir, err
		}
		if _, err := e.Write(ctx, ff, dir, fixtures.Format{Height: 180, Beside: [][]string{{"ja"}, nil}[i]}); err != nil {
			return dir, err
		}
	}
	song := fixtures.NewSong(3)
	if err := song.Write(ctx, ff, filepath.Join(dir, "song.flac")); err != nil {
		return dir, err
	}
	return dir, os.WriteFile(filepath.Join(dir, "song.lrc"), song.LRC(), 0o644)
}
