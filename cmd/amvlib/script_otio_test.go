package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/rogpeppe/go-internal/testscript"
)

// python is the interpreter that has OpenTimelineIO's readers; empty where none was set up.
func python() string {
	dir := os.Getenv("AMVLIB_VENV")
	if dir == "" {
		dir = filepath.Join("..", "..", ".venv")
	}
	path, err := filepath.Abs(filepath.Join(dir, "bin", "python"))
	if err != nil || exec.Command(path, "-c", "import opentimelineio").Run() != nil {
		return ""
	}
	return path
}

// ours is of a timeline in JSON what is compared.
type ours struct {
	Rate   struct{ Num, Den int }
	Tracks []struct {
		Items []struct {
			Type    string
			In, Out float64
		}
	}
}

// theirs is what check.py says that OpenTimelineIO read.
type theirs []struct {
	Error  string
	Tracks []struct {
		Kind  string
		Items []struct {
			Type        string
			SourceStart float64 `json:"source_start"`
			SourceEnd   float64 `json:"source_end"`
		}
	}
}

// samecuts wants other programs' readers to find every clip of a timeline at the frames that its JSON names.
func samecuts(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: samecuts FILE.json FILE...")
	}
	var want ours
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &want))
	script, err := filepath.Abs(filepath.Join("..", "..", "interchange", "testdata", "otio", "check.py"))
	ts.Check(err)
	for _, file := range args[1:] {
		rate := fmt.Sprintf("%d/%d", want.Rate.Num, want.Rate.Den)
		out, err := exec.Command(python(), script, rate, ts.MkAbs(file)).Output()
		ts.Check(err)
		var got theirs
		ts.Check(json.Unmarshal(out, &got))
		compareCuts(ts, file, want, got)
	}
}

func compareCuts(ts *testscript.TestScript, file string, want ours, got theirs) {
	if len(got) != 1 || got[0].Error != "" || len(got[0].Tracks) == 0 {
		ts.Fatalf("%s is read as %+v", file, got)
	}
	items, found := want.Tracks[0].Items, got[0].Tracks[0].Items
	if len(items) == 0 || len(items) != len(found) {
		ts.Fatalf("%s has %d items, not %d", file, len(found), len(items))
	}
	for i, w := range items {
		if g := found[i]; g.Type != w.Type || w.Type == "clip" && (g.SourceStart != w.In || g.SourceEnd != w.Out) {
			ts.Fatalf("%s: item %d is %+v, not %+v", file, i, g, w)
		}
	}
}
