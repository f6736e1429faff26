package footage

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/amvlib/amvlib/catalog"
)

// TestLabels are found once, kept, found again where a series changed, and made anew where the file is spoilt or gone.
func TestLabels(t *testing.T) {
	_, s := series()
	s.names = map[int64]catalog.Name{}
	for id := range s.notes {
		s.names[id] = catalog.Name{Source: "Kite Season"}
	}
	file := filepath.Join(t.TempDir(), "labels.json")
	looked := 0
	ask := func() []Label {
		t.Helper()
		looked = 0
		all, err := New(s, s).Labels(t.Context(), file, func(n int) { looked = n })
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	first := ask()
	if len(first) == 0 || looked != 4 {
		t.Fatalf("%d labels, looked at %d", len(first), looked)
	}
	if again := ask(); !reflect.DeepEqual(again, first) || looked != 0 {
		t.Errorf("kept: %d labels, looked at %d", len(again), looked)
	}
	e := s.notes[2]
	e.Versions.Pictures = 7
	s.notes[2] = e
	if again := ask(); !reflect.DeepEqual(again, first) || looked != 4 {
		t.Errorf("changed: %d labels, looked at %d", len(again), looked)
	}
	if err := os.WriteFile(file, []byte(`{"Format":`), 0o600); err != nil {
		t.Fatal(err)
	}
	if again := ask(); !reflect.DeepEqual(again, first) || looked != 4 {
		t.Errorf("spoilt: %d labels, looked at %d", len(again), looked)
	}
	file = filepath.Join(file, "no folder", "labels.json")
	if again := ask(); !reflect.DeepEqual(again, first) {
		t.Errorf("where nothing can be written: %d labels", len(again))
	}
}

// TestLeftOut are the shots of openings and endings.
func TestLeftOut(t *testing.T) {
	_, s := series()
	s.shots = map[int64][]catalog.Shot{}
	length := s.notes[1].Duration
	s.cutEvery(1, 0, 5*second, length, 640)
	f := New(s, s)
	labels := []Label{{Episode: 1, Part: Opening}, {Episode: 1, Part: Eyecatch}}
	labels[0].Range.End, labels[1].Range.Start, labels[1].Range.End = 15*second, 50*second, 60*second
	out, err := f.LeftOut(t.Context(), labels)
	if err != nil || !reflect.DeepEqual(out, map[int64]map[int]bool{1: {1: true, 2: true, 3: true}}) {
		t.Errorf("%v, %v", out, err)
	}
}
