package shotdetect

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/amvlib/amvlib/timecode"
)

func TestShots(t *testing.T) {
	span := func(in, out int64) timecode.Span { return timecode.Span{In: in, Out: out} }
	for _, c := range []struct {
		name       string
		boundaries []Boundary
		frames     int64
		want       []Shot
	}{
		{"no frames", nil, 0, nil},
		{"no boundary", nil, 7, []Shot{{Span: span(0, 7), Clean: span(0, 7)}}},
		{"cut", []Boundary{{Type: Cut, Start: 4, End: 5}}, 9, []Shot{
			{Span: span(0, 5), Clean: span(0, 5), Out: Cut}, {Span: span(5, 9), Clean: span(5, 9), In: Cut},
		}},
		{"cut with a frame of both", []Boundary{{Type: Cut, Start: 4, End: 5, Mixed: true}}, 9, []Shot{
			{Span: span(0, 4), Clean: span(0, 4), Out: Cut}, {Span: span(4, 9), Clean: span(5, 9), In: Cut},
		}},
		{"dissolve of three frames", []Boundary{{Type: Dissolve, Start: 4, End: 8}}, 12, []Shot{
			{Span: span(0, 6), Clean: span(0, 5), Out: Dissolve}, {Span: span(6, 12), Clean: span(8, 12), In: Dissolve},
		}},
		{"fade beside cut", []Boundary{{Type: Fade, Start: 2, End: 5}, {Type: Cut, Start: 5, End: 6}}, 8, []Shot{
			{Span: span(0, 4), Clean: span(0, 3), Out: Fade}, {Span: span(4, 6), Clean: span(5, 6), In: Fade, Out: Cut},
			{Span: span(6, 8), Clean: span(6, 8), In: Cut},
		}},
	} {
		if got := Shots(c.boundaries, c.frames); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

// Shots tile the film without gap or overlap, and what is clean lies within.
func TestShotsTile(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 500 {
		boundaries, frames := random(r)
		at := int64(0)
		for _, s := range Shots(boundaries, frames) {
			if s.Span.In != at || s.Span.Len() == 0 || s.Clean.In < s.Span.In || s.Clean.Out > s.Span.Out || s.Clean.Len() == 0 {
				t.Fatalf("%+v after frame %d, of %+v in %d frames", s, at, boundaries, frames)
			}
			at = s.Span.Out
		}
		if at != frames {
			t.Fatalf("shots end at %d of %d", at, frames)
		}
	}
}

func random(r *rand.Rand) (boundaries []Boundary, frames int64) {
	at := r.Int64N(9)
	for range r.IntN(9) {
		b := Boundary{Type: Cut, Start: at, End: at + 1}
		if r.IntN(2) > 0 {
			b.Type, b.End = Wipe, at+2+r.Int64N(9)
		}
		boundaries = append(boundaries, b)
		at = b.End + r.Int64N(9)
	}
	return boundaries, at + 1
}
