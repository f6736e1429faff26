package edits

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/shotdetect"
)

func TestReadTruth(t *testing.T) {
	const head = "type,start,end,confidence,note\n"
	for _, c := range []struct {
		name, table string
		want        Truth
	}{
		{"nothing", "", Truth{}},
		{"no rows", head, Truth{}},
		{"a cut", head + "cut,9,10,sure,\n", Truth{Rows: []Row{{shotdetect.Cut, 9, 10}}}},
		{"arguable", head + "cut,9,10,arguable,\"a, b\"\n", Truth{Ignore: []Span{{7, 12}}}},
		{"at the beginning", head + "fadein,0,6,arguable,\n", Truth{Ignore: []Span{{0, 8}}}},
		{"a dissolve's ends are trusted to two frames", head + "dissolve,100,120,sure,\n",
			Truth{[]Row{{shotdetect.Dissolve, 100, 120}}, []Span{{99, 102}, {118, 121}}}},
		{"out and in are one fade", head + "fadeout,10,20,sure,\nfadein,25,30,sure,\n",
			Truth{[]Row{{shotdetect.Fade, 10, 30}}, []Span{{10, 11}, {29, 30}}}},
		{"out alone", head + "fadeout,10,20,sure,\ncut,90,91,sure,\n",
			Truth{[]Row{{shotdetect.Fade, 10, 20}, {shotdetect.Cut, 90, 91}}, []Span{{10, 11}, {19, 20}}}},
		{"out to a cut is a cut", head + "fadeout,10,20,sure,\ncut,25,26,sure,\n",
			Truth{[]Row{{shotdetect.Cut, 25, 26}}, []Span{{8, 25}}}},
		{"a cut to in is a cut", head + "cut,10,11,sure,\nfadein,15,30,sure,\n",
			Truth{[]Row{{shotdetect.Cut, 10, 11}}, []Span{{12, 32}}}},
		{"in any order", head + "cut,50,51,sure,\ncut,9,10,sure,\n", Truth{Rows: []Row{{shotdetect.Cut, 9, 10}, {shotdetect.Cut, 50, 51}}}},
		{"what has no name", head + "other,10,20,sure,\n", Truth{Ignore: []Span{{8, 22}}}},
	} {
		got, err := ReadTruth(strings.NewReader(c.table))
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, %v; want %+v", c.name, got, err, c.want)
		}
	}
	for _, bad := range []string{"cut,1\n", "cut,a,b,sure\n", "cut,10,9,sure\n", "cut,-2,9,sure\n", "cut,1,99999999,sure\n", "\"cut\n"} {
		if _, err := ReadTruth(strings.NewReader(head + bad)); !errors.Is(err, ErrTruth) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func FuzzReadTruth(f *testing.F) {
	f.Add("type,start,end,confidence\ncut,9,10,sure\nfadeout,20,30,sure\nfadein,31,40,sure\nwipe,50,60,arguable\n", 50)
	f.Fuzz(func(t *testing.T, table string, frames int) {
		truth, err := ReadTruth(strings.NewReader(table))
		if err != nil {
			return
		}
		frames = min(max(frames, 0), 1000)
		if n := len(truth.Targets(frames)); n != frames {
			t.Fatalf("%d targets for %d frames", n, frames)
		}
	})
}

func TestTargets(t *testing.T) {
	truth := Truth{[]Row{{shotdetect.Cut, 1, 2}, {shotdetect.Fade, 3, 6}, {shotdetect.Cut, 8, 9}, {shotdetect.Wipe, 9, 40}}, []Span{{-3, 0}, {8, 9}}}
	var got strings.Builder
	for _, v := range truth.Targets(12) {
		got.WriteString(string([]byte{'0' + v.Cut, '0' + v.Kind, '0' + v.Weight, ' '}))
	}
	if want := "000 001 101 001 021 021 001 001 000 101 031 031 "; got.String() != want {
		t.Errorf("targets\n%s, want\n%s", got.String(), want)
	}
}

func TestRetimed(t *testing.T) {
	truth := Truth{[]Row{{shotdetect.Cut, 4, 5}, {shotdetect.Dissolve, 9, 14}, {shotdetect.Wipe, 20, 22}}, []Span{{9, 10}}}
	for _, c := range []struct {
		name string
		of   func(k int) int
		n    int
		want Truth
	}{
		{"as it is", func(k int) int { return k }, 30, truth},
		{"every second", func(k int) int { return 2 * k }, 15,
			Truth{[]Row{{shotdetect.Cut, 2, 3}, {shotdetect.Dissolve, 4, 7}, {shotdetect.Cut, 10, 11}}, []Span{{5, 5}}}},
		{"on twos", func(k int) int { return k / 2 * 2 }, 30,
			Truth{[]Row{{shotdetect.Cut, 5, 6}, {shotdetect.Dissolve, 9, 14}, {shotdetect.Cut, 21, 22}}, []Span{{10, 11}}}},
		{"doubled", func(k int) int { return k / 2 }, 60,
			Truth{[]Row{{shotdetect.Cut, 9, 10}, {shotdetect.Dissolve, 19, 28}, {shotdetect.Wipe, 41, 44}}, []Span{{18, 21}}}},
	} {
		source := make([]int, c.n)
		for k := range source {
			source[k] = c.of(k)
		}
		if got := truth.retimed(source); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}
