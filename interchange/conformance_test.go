package interchange

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"github.com/amvlib/amvlib/timecode"
	"github.com/amvlib/amvlib/timeline"
)

type readTimeline struct {
	File    string
	Error   string
	Start   *float64
	Markers []readMark
	Tracks  []struct {
		Kind  timeline.Kind
		Name  string
		Items []item
	}
}

// venv finds the Python that has OpenTimelineIO, or skips.
func venv(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("AMVLIB_VENV")
	if dir == "" {
		dir = filepath.Join("..", ".venv")
	}
	python := filepath.Join(dir, "bin", "python")
	if runtime.GOOS == "windows" {
		python = filepath.Join(dir, "Scripts", "python.exe")
	}
	if exec.Command(python, "-c", "import opentimelineio").Run() != nil {
		t.Skip("no OpenTimelineIO: python3 -m venv .venv && .venv/bin/pip install -r interchange/testdata/otio/requirements.txt")
	}
	return python
}

// readBack writes every edit in the formats that OpenTimelineIO reads, and has it read them, in one run.
func readBack(t *testing.T, edits []*timeline.Timeline) [][3]readTimeline {
	t.Helper()
	args := []string{filepath.Join("testdata", "otio", "check.py")}
	python, dir := venv(t), t.TempDir()
	for i, edit := range edits {
		for _, name := range []string{"otio", "xmeml", "edl"} {
			format, _ := ByName(name)
			file := filepath.Join(dir, fmt.Sprint(i)+format.Extensions[0])
			if err := os.WriteFile(file, write(t, name, edit), 0o600); err != nil {
				t.Fatal(err)
			}
			args = append(args, edit.Rate.String(), file)
		}
	}
	out, err := exec.CommandContext(t.Context(), python, args...).Output()
	if err != nil {
		t.Fatal(err)
	}
	var flat []readTimeline
	if err := json.Unmarshal(out, &flat); err != nil || len(flat) != 3*len(edits) {
		t.Fatalf("%d files read, %v", len(flat), err)
	}
	all := make([][3]readTimeline, len(edits))
	for i, r := range flat {
		if all[i/3][i%3] = r; r.Error != "" {
			t.Errorf("%s at %v: %s", r.File, edits[i/3].Rate, r.Error)
		}
	}
	if t.Failed() {
		t.FailNow()
	}
	return all
}

// What the real readers make of our files is the timeline, clip by clip and frame by frame, at every rate that editors use.
func TestOpenTimelineIOReadsEveryClip(t *testing.T) {
	rates := []timecode.Rate{timecode.Film, timecode.Cinema, timecode.PAL, timecode.NTSC, timecode.NTSC60}
	var edits []*timeline.Timeline
	for _, rate := range rates {
		edits = append(edits, amv(rate), mixed(rate))
	}
	rnd := rand.New(rand.NewPCG(7, 7))
	for len(edits) < 40 {
		if edit := random(rnd); !fadesIn(edit) {
			edits = append(edits, edit)
		}
	}
	for i, read := range readBack(t, edits) {
		for _, r := range read {
			compare(t, edits[i], r)
		}
	}
}

// fadesIn tells whether the first clip of a track fades in, which the edit-list adapter refuses although the format has it.
func fadesIn(edit *timeline.Timeline) bool {
	return slices.ContainsFunc(edit.Tracks, func(track timeline.Track) bool {
		first := slices.IndexFunc(track.Items, func(it timeline.Item) bool { _, ok := it.(*timeline.Clip); return ok })
		if first < 1 {
			return false
		}
		_, fades := track.Items[first-1].(*timeline.Transition)
		return fades
	})
}

func compare(t *testing.T, edit *timeline.Timeline, r readTimeline) {
	t.Helper()
	list := filepath.Ext(r.File) == ".edl"
	if !list && (r.Start == nil || int64(*r.Start) != edit.Start) {
		t.Errorf("%s begins at %v, not %d", r.File, r.Start, edit.Start)
	}
	for i := range edit.Tracks {
		want := expected(edit, &edit.Tracks[i])
		offset, found := 0.0, 0
		if list {
			offset = float64(edit.Start)
		}
		for _, track := range r.Tracks {
			if track.Kind != edit.Tracks[i].Kind {
				continue
			}
			got := alone(track.Items, offset, placeOf(edit, filepath.Ext(r.File)))
			if !list || track.Name != "A2" { // the right side, which must be like the left
				found++
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s at %v, track %s shows\n%v, want\n%v", r.File, edit.Rate, track.Name, got, want)
			}
			checkNumbers(t, edit, r.File, track.Items)
		}
		if found != 1 && len(want) > 0 {
			t.Errorf("%s has %d tracks of %s, want 1", r.File, found, edit.Tracks[i].Kind)
		}
	}
}

// placeOf says where in its file a clip begins, in the edit's frames, by how the format counts embedded timecode.
func placeOf(edit *timeline.Timeline, ext string) func(item) float64 {
	switch ext {
	case ".otio":
		return otioPlace(edit)
	case ".edl":
		return func(it item) float64 { return it.SourceStart - float64(edlStart(edit)(it.Name)) }
	}
	return func(it item) float64 { // the adapter adds the file's own timecode, as an instant
		return it.SourceStart - it.Available[0]/rateNamed(edit, it.Name).Float()*it.SourceRate
	}
}

func rateNamed(edit *timeline.Timeline, name string) timecode.Rate {
	for _, m := range edit.Media() {
		if fileName(m.Path) == name {
			_, said := sayRate(m.Rate)
			if m.Rate.Valid() {
				return said
			}
		}
	}
	return edit.Rate
}

// checkNumbers holds what slices of shown leave out: whole frames, exact rates, positions inside the file.
func checkNumbers(t *testing.T, edit *timeline.Timeline, file string, items []item) {
	t.Helper()
	for _, it := range items {
		if it.Type != "clip" || it.Black {
			continue
		}
		if it.RecordRate != edit.Rate.Float() || it.RecordStart != math.Trunc(it.RecordStart) || it.RecordEnd != math.Trunc(it.RecordEnd) {
			t.Errorf("%s: %s lies from %v to %v at %v", file, it.Name, it.RecordStart, it.RecordEnd, it.RecordRate)
		}
		if it.SourceStart < 0 {
			t.Errorf("%s: %s begins at %v", file, it.Name, it.SourceStart)
		}
		if filepath.Ext(file) != ".otio" {
			continue
		}
		if slack := 1e-6; it.SourceStart < it.Available[0] || it.SourceEnd > it.Available[1]+slack {
			t.Errorf("%s: %s takes %v to %v of %v", file, it.Name, it.SourceStart, it.SourceEnd, it.Available)
		}
	}
}

// Markers, links to files and the exact numbers of the usual case, equal rates, as the readers see them.
func TestOpenTimelineIOReadsMarkersAndPaths(t *testing.T) {
	edit := amv(timecode.Film)
	read := readBack(t, []*timeline.Timeline{edit})[0]
	for i, url := range []string{"file:///D:/Anime/%E9%80%B2%E6%92%83%2002%20%F0%9F%8E%AC.mkv", "file://localhost/D:/Anime/%E9%80%B2%E6%92%83%2002%20%F0%9F%8E%AC.mkv"} {
		clip := read[i].Tracks[0].Items[1]
		if clip.URL != url || clip.SourceStart != 86400+1000 || clip.SourceEnd != 86400+1030 || clip.SourceRate != timecode.Film.Float() {
			t.Errorf("%s: the second clip is %+v", read[i].File, clip)
		}
		if len(clip.Markers) != 1 || clip.Markers[0].Name != "blink" || clip.Markers[0].At != []float64{87405, 1005}[i] {
			t.Errorf("%s: its markers are %+v", read[i].File, clip.Markers)
		}
		if m := read[i].Markers; len(m) != 2 || m[0].Name != "drop" || m[0].At != 48 || m[1].At != 85 || m[1].Length != 10 {
			t.Errorf("%s: the timeline's markers are %+v", read[i].File, m)
		}
	}
	if m := read[2].Tracks[0].Items[1].Markers; len(m) != 3 || m[0].At != 86453 || m[1].At != 86448 || m[2].Name != "chorus – “go”" || m[1].Color != "BLUE" {
		t.Errorf("the edit list's markers are %+v", m)
	}
}

// Hostile names may change, but must not add, drop or break a clip in any reader.
func TestOpenTimelineIOReadsHostileNames(t *testing.T) {
	for _, r := range readBack(t, []*timeline.Timeline{hostile(nasty)})[0] {
		var clips []string
		for _, track := range r.Tracks {
			for _, it := range track.Items {
				if it.Type == "clip" && track.Name != "A2" {
					clips = append(clips, it.Name)
				}
			}
		}
		if want := slices.Repeat([]string{label(hostile(nasty).Media()[0])}, 3); !slices.Equal(clips, want) {
			t.Errorf("%s has the clips %q, want %q", r.File, clips, want)
		}
	}
}
