package catalog

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/amvlib/amvlib/shotdetect"
	"github.com/amvlib/amvlib/timecode"
)

// checkStanding wants everything that numbers shots to number them alike.
func checkStanding(t *testing.T, c *Catalog, e Episode, times []timecode.Time) []Shot {
	t.Helper()
	shots := effective(t, c, e.ID)
	tiles := make([]shotdetect.Shot, len(shots))
	for i, s := range shots {
		tiles[i] = s.Shot.Shot
		ends := e.FirstPTS + e.Duration
		if s.Clean.Out < e.Frames {
			ends = times[s.Clean.Out]
		}
		if s.Number != i+1 || s.Episode != e.ID || s.Range != (timecode.Range{Start: times[s.Clean.In], End: ends}) || !s.Clean.Contains(s.Keyframe) ||
			s.KeyTime != times[s.Keyframe] {
			t.Fatalf("shot %d is %+v", i+1, s)
		}
		if one, err := c.Shot(t.Context(), e.ID, i+1); err != nil || !reflect.DeepEqual(one, s) {
			t.Fatalf("Shot(%d) is %+v, %v, and not %+v", i+1, one, err, s)
		}
	}
	checkTiles(t, tiles, e.Frames)
	for _, n := range []int{0, len(shots) + 1} {
		if s, err := c.Shot(t.Context(), e.ID, n); !errors.Is(err, ErrNotFound) {
			t.Fatalf("Shot(%d) is %+v, %v", n, s, err)
		}
		if _, err := c.Thumb(t.Context(), e.ID, n); !errors.Is(err, ErrNotFound) {
			t.Fatalf("Thumb(%d): %v", n, err)
		}
	}
	checkLines(t, c, e, shots, times)
	return shots
}

// checkLines finds the shot of each line the slow way.
func checkLines(t *testing.T, c *Catalog, e Episode, shots []Shot, times []timecode.Time) {
	t.Helper()
	lines, err := c.Lines(t.Context(), e.ID)
	if err != nil || len(lines) == 0 {
		t.Fatal(lines, err)
	}
	var ids []int64
	for _, l := range lines {
		ids = append(ids, l.ID)
		best, most := 0, timecode.Time(0)
		for _, s := range shots {
			whole := timecode.Range{Start: times[s.Span.In], End: e.FirstPTS + e.Duration}
			if s.Span.Out < e.Frames {
				whole.End = times[s.Span.Out]
			}
			if o := whole.Overlap(l.Range()); o > most {
				best, most = s.Number, o
			}
		}
		if l.Shot != best || !slices.Contains(l.Shots, best) || l.Shots[len(l.Shots)-1] > len(shots) {
			t.Fatalf("line %v is in shot %d, %v, want %d", l.Range(), l.Shot, l.Shots, best)
		}
	}
	if byID, err := c.LinesByID(t.Context(), ids); err != nil || !reflect.DeepEqual(byID, lines) {
		t.Fatalf("by their IDs lines are %v, %v, and not %v", byID, err, lines)
	}
}

// TestRandomCutsAndUndo: whatever is cut, joined and taken back, shots tile the film to the frame, all agree about their numbers, and
// what is taken back is as it was before.
func TestRandomCutsAndUndo(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	in := synthetic(7, small)
	commit(t, c, synthetic(1, small))
	e, r := commit(t, c, in), rand.New(rand.NewPCG(3, 4))
	type state struct {
		shots []Shot
		said  bool
	}
	past := []state{{checkStanding(t, c, e, in.Analysis.Times), false}}
	for range 60 {
		now := past[len(past)-1].shots
		switch n := r.IntN(10); {
		case n < 5:
			frame := r.Int64N(e.Frames)
			parts, err := c.Split(t.Context(), e.ID, in.Analysis.Times[frame]+timecode.Time(r.IntN(40_000)))
			if err != nil {
				continue
			}
			if parts[1].Clean.In != frame || parts[0].Clean.Out != frame || len(effective(t, c, e.ID)) != len(now)+1 {
				t.Fatalf("cut before frame %d they are %+v", frame, parts)
			}
		case n < 7 && len(now) > 1:
			first := 1 + r.IntN(len(now)-1)
			last := min(len(now), first+1+r.IntN(3))
			merge(t, c, e.ID, first, last)
			if got := len(effective(t, c, e.ID)); got != len(now)-(last-first) {
				t.Fatalf("joined %d to %d there are %d shots of %d", first, last, got, len(now))
			}
		case n < 8:
			commit(t, c, in)
			if !reflect.DeepEqual(effective(t, c, e.ID), now) {
				t.Fatal("another ingest changed shots")
			}
			continue
		case len(past) > 1:
			if _, err := c.Undo(t.Context()); err != nil {
				t.Fatal(err)
			}
			past = past[:len(past)-1]
			if got := checkStanding(t, c, e, in.Analysis.Times); !reflect.DeepEqual(got, past[len(past)-1].shots) {
				t.Fatalf("taken back it is %+v, and was %+v", got, past[len(past)-1].shots)
			}
			continue
		default:
			continue
		}
		past = append(past, state{checkStanding(t, c, e, in.Analysis.Times), true})
	}
	if len(past) < 5 {
		t.Errorf("only %d were cut", len(past))
	}
	expectProblems(t, c, "cut and joined")
	if other, err := c.ByKey(t.Context(), "key-1"); err != nil || len(effective(t, c, other.ID)) != 5 {
		t.Errorf("the other episode is %+v, %v", other, err)
	}
}

// TestSplitOfAStandstill: where stamps stand still, a frame that no time tells from others is not cut off, and nothing breaks.
func TestSplitOfAStandstill(t *testing.T) {
	for kind := range 4 {
		c := library(t, t.TempDir(), Options{})
		in := synthetic(7, small)
		r := rand.New(rand.NewPCG(uint64(kind), 5))
		in.Analysis.Times = randomTimes(r, 240, kind)
		e := commit(t, c, in)
		for range 25 {
			if parts, err := c.Split(t.Context(), e.ID, timecode.Time(r.IntN(9_600_000))); err == nil && len(parts) != 2 {
				t.Errorf("%d: cut to %v", kind, parts)
			}
			now := effective(t, c, e.ID)
			if len(now) > 3 && r.IntN(2) == 0 {
				_, _ = c.Merge(t.Context(), e.ID, 1+r.IntN(2), 3)
			}
			var tiles []shotdetect.Shot
			for _, s := range effective(t, c, e.ID) {
				tiles = append(tiles, s.Shot.Shot)
			}
			checkTiles(t, tiles, 240)
		}
	}
}

// TestBrokenShotsAreShownAsTheyAre: nothing can be laid over them, and an audit says so.
func TestBrokenShotsAreShownAsTheyAre(t *testing.T) {
	for _, spoil := range []string{"UPDATE shot SET span_out = span_out + 3 WHERE number = 2", "DELETE FROM shot WHERE number = 2", "DELETE FROM signal",
		"UPDATE shot SET clean_in = clean_out, clean_out = clean_in WHERE number = 1"} {
		c := library(t, t.TempDir(), Options{})
		in := synthetic(7, small)
		e := commit(t, c, in)
		merge(t, c, e.ID, 3, 5)
		if _, err := c.writer.Exec(spoil); err != nil {
			t.Fatal(err)
		}
		if all, err := c.Effective(t.Context(), e.ID); err != nil || len(all) < 4 {
			t.Errorf("%s: %v, %v", spoil, all, err)
		}
		if lines, err := c.Lines(t.Context(), e.ID); err != nil || len(lines) != e.Lines {
			t.Errorf("%s: %v, %v", spoil, lines, err)
		}
	}
}

func BenchmarkCutByHand(b *testing.B) {
	for _, cut := range []bool{false, true} {
		dir := b.TempDir()
		c := library(b, dir, Options{})
		z := episode
		z.pictures = 4000
		e := commit(b, c, synthetic(1, z))
		if cut {
			split(b, c, e.ID, 100*timecode.Second)
			merge(b, c, e.ID, 7, 9)
		}
		for name, do := range map[string]func() error{
			"effective": func() error { return second(c.Effective(b.Context(), e.ID)) },
			"shot":      func() error { return second(c.Shot(b.Context(), e.ID, 200)) },
			"lines":     func() error { return second(c.Lines(b.Context(), e.ID)) },
		} {
			b.Run(fmt.Sprintf("%s cut=%v", name, cut), func(b *testing.B) {
				for b.Loop() {
					if err := do(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
