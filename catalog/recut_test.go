package catalog

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/shotdetect"
	"github.com/amvlib/amvlib/timecode"
)

func effective(t testing.TB, c *Catalog, episode int64) []Shot {
	t.Helper()
	all, err := c.Effective(t.Context(), episode)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func split(t testing.TB, c *Catalog, episode int64, at timecode.Time) []Shot {
	t.Helper()
	parts, err := c.Split(t.Context(), episode, at)
	if err != nil || len(parts) != 2 {
		t.Fatalf("cut at %s: %v, %v", at, parts, err)
	}
	return parts
}

func merge(t testing.TB, c *Catalog, episode int64, first, last int) Shot {
	t.Helper()
	s, err := c.Merge(t.Context(), episode, first, last)
	if err != nil {
		t.Fatalf("join %d to %d: %v", first, last, err)
	}
	return s
}

// middleFrame is one well within a shot.
func middleFrame(s Shot) int64 { return s.Clean.In + s.Clean.Len()/2 }

func TestSplitBeginsWithTheVeryFrame(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	in := synthetic(7, small)
	e := commit(t, c, in)
	before := effective(t, c, e.ID)
	frame := middleFrame(before[1])
	times := in.Analysis.Times
	for name, at := range map[string]timecode.Time{
		"its beginning": times[frame], "its last moment": times[frame+1] - 1000, "as people see it": (times[frame] + 500) / 1000 * 1000, "cut off to milliseconds": times[frame] / 1000 * 1000,
	} {
		parts := split(t, c, e.ID, at)
		if parts[0].Clean != (timecode.Span{In: before[1].Clean.In, Out: frame}) || parts[1].Clean != (timecode.Span{In: frame, Out: before[1].Clean.Out}) {
			t.Errorf("%s: cut before frame %d they take %v and %v", name, frame, parts[0].Clean, parts[1].Clean)
		}
		if parts[0].Range.End != times[frame] || parts[1].Range.Start != times[frame] || parts[1].In != shotdetect.Cut || parts[0].Number != 2 || parts[1].Number != 3 {
			t.Errorf("%s: %+v, %+v", name, parts[0], parts[1])
		}
		if now := effective(t, c, e.ID); len(now) != 6 || now[5].Number != 6 || now[5].Hash != before[4].Hash || !reflect.DeepEqual(now[1:3], parts) {
			t.Errorf("%s: the shots are %+v", name, now)
		}
		if _, err := c.Undo(t.Context()); err != nil {
			t.Fatal(err)
		}
		if now := effective(t, c, e.ID); !reflect.DeepEqual(now, before) {
			t.Errorf("%s: taken back it is %+v", name, now)
		}
	}
}

func TestMergeJoinsAllBetween(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	in := synthetic(7, small)
	e := commit(t, c, in)
	before := effective(t, c, e.ID)
	for _, run := range [][2]int{{2, 3}, {3, 2}, {2, 4}, {1, 5}} {
		first, last := before[min(run[0], run[1])-1], before[max(run[0], run[1])-1]
		joined := merge(t, c, e.ID, run[0], run[1])
		if joined.Number != first.Number || joined.Span != (timecode.Span{In: first.Span.In, Out: last.Span.Out}) ||
			joined.Clean != (timecode.Span{In: first.Clean.In, Out: last.Clean.Out}) || joined.Range != (timecode.Range{Start: first.Range.Start, End: last.Range.End}) {
			t.Errorf("%v became %+v", run, joined)
		}
		now := effective(t, c, e.ID)
		if want := 5 - (last.Number - first.Number); len(now) != want || !reflect.DeepEqual(now[joined.Number-1], joined) || now[want-1].Number != want {
			t.Errorf("%v: the shots are %+v", run, now)
		}
		if w, err := c.Undo(t.Context()); err != nil || len(w) != last.Number-first.Number {
			t.Errorf("%v: %v, %v are taken back", run, w, err)
		}
		if now := effective(t, c, e.ID); !reflect.DeepEqual(now, before) {
			t.Errorf("%v: taken back it is %+v", run, now)
		}
	}
}

// boundariesOf are those between shots.
func boundariesOf(shots []analysis.Shot) (all []shotdetect.Boundary) {
	for i := 1; i < len(shots); i++ {
		all = append(all, shotdetect.Boundary{Type: shots[i].In, Start: shots[i-1].Clean.Out - 1, End: shots[i].Clean.In})
	}
	return all
}

func TestWhatCannotBeCutOrJoined(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	in := synthetic(1, small)
	in.Analysis.Shots[2].In, in.Analysis.Shots[1].Out = shotdetect.Dissolve, shotdetect.Dissolve
	b := boundariesOf(in.Analysis.Shots)
	b[1].Type, b[1].End = shotdetect.Dissolve, b[1].Start+6
	for i, tile := range shotdetect.Shots(b, 240) {
		in.Analysis.Shots[i].Shot = tile
	}
	e := commit(t, c, in)
	before, times := effective(t, c, e.ID), in.Analysis.Times
	generation, _ := c.Generation(t.Context())
	for _, x := range []struct {
		at   timecode.Time
		want error
	}{
		{-timecode.Second, ErrOutside}, {timecode.Film.At(240), ErrOutside}, {1 << 60, ErrOutside}, {0, ErrBegins}, {times[1] - 2000, ErrBegins},
		{times[before[1].Clean.In], ErrBegins}, {times[before[2].Clean.In], ErrBegins}, {times[before[1].Clean.Out], ErrInTransition},
		{times[before[2].Clean.In] - 2000, ErrInTransition},
	} {
		if got, err := c.Split(t.Context(), e.ID, x.at); !errors.Is(err, x.want) || got != nil {
			t.Errorf("cut at %s: %v, %v, want %v", x.at, got, err, x.want)
		}
	}
	for _, x := range [][2]int{{0, 1}, {1, 6}, {2, 2}, {-1, 9}} {
		if got, err := c.Merge(t.Context(), e.ID, x[0], x[1]); !errors.Is(err, ErrNotFound) || got.Number != 0 {
			t.Errorf("joined %v: %v, %v", x, got, err)
		}
	}
	if _, err := c.Split(t.Context(), 99, 1); !errors.Is(err, ErrNotFound) {
		t.Errorf("an episode that is not there: %v", err)
	}
	if now, err := c.Generation(t.Context()); err != nil || now != generation {
		t.Errorf("generation %d, %v, was %d", now, err, generation)
	}
	if words, err := c.Words(t.Context()); err != nil || len(words) > 0 {
		t.Errorf("said is %+v, %v", words, err)
	}
	if _, err := c.writer.Exec("UPDATE shot SET span_in = 3 WHERE number = 2"); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Split(t.Context(), e.ID, times[9]); !errors.Is(err, ErrCorrupt) {
		t.Errorf("of broken shots: %v", err)
	}
}

// TestCutsOutliveReingestMoveAndBackup: and another detector finds what was cut elsewhere.
func TestCutsOutliveReingestMoveAndBackup(t *testing.T) {
	dir := t.TempDir()
	c := library(t, dir, Options{})
	in := synthetic(7, small)
	e := commit(t, c, in)
	was := effective(t, c, e.ID)
	frame := middleFrame(was[1])
	split(t, c, e.ID, in.Analysis.Times[frame])
	merge(t, c, e.ID, 4, 5)
	want := effective(t, c, e.ID)
	check := func(when string, c *Catalog, id int64, want []Shot) {
		t.Helper()
		now := effective(t, c, id)
		for i := range now {
			now[i].Episode = e.ID
		}
		if !reflect.DeepEqual(now, want) {
			t.Errorf("%s: the shots are %+v, want %+v", when, now, want)
		}
	}
	commit(t, c, in)
	check("ingested again", c, e.ID, want)
	if _, err := c.Relocate(t.Context(), in.Key, absolute("other.mkv"), in.Modified, ""); err != nil {
		t.Fatal(err)
	}
	check("moved", c, e.ID, want)
	if a, err := c.Analysis(t.Context(), e.ID); err != nil || !reflect.DeepEqual(a, in.Analysis) {
		t.Errorf("analysis is touched: %v", err)
	}
	if err := c.Forget(t.Context(), e.ID); err != nil {
		t.Fatal(err)
	}
	check("forgotten and back", c, commit(t, c, in).ID, want)

	// Another detector puts every boundary a frame later, finds the cut of the user's at its own place, and one that nobody knew.
	better := synthetic(7, small)
	b := boundariesOf(better.Analysis.Shots)
	b = slices.Insert(b, 1, shotdetect.Boundary{Type: shotdetect.Cut, Start: frame - 1, End: frame})
	for i := range b {
		b[i].Start, b[i].End = b[i].Start+1, b[i].End+1
	}
	b = append(b, shotdetect.Boundary{Type: shotdetect.Cut, Start: 234, End: 235})
	better.Analysis.Shots = nil
	for _, tile := range shotdetect.Shots(b, 240) {
		better.Analysis.Shots = append(better.Analysis.Shots, analysis.Shot{Shot: tile, Range: timecode.Range{Start: better.Analysis.Time(tile.Clean.In), End: better.Analysis.Time(tile.Clean.Out)}})
	}
	better.Analysis.Versions.Shots++
	id := commit(t, c, better).ID
	var got []int64
	for _, s := range effective(t, c, id) {
		got = append(got, s.Clean.In)
	}
	wantIn := []int64{0, was[1].Clean.In + 1, frame, was[2].Clean.In + 1, was[4].Clean.In + 1, 235}
	if !slices.Equal(got, wantIn) {
		t.Errorf("after the upgrade shots begin at %v, want %v", got, wantIn)
	}
	if _, err := c.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if now := effective(t, c, id); len(now) != 7 || now[4].Clean.In != was[3].Clean.In+1 {
		t.Errorf("with the join taken back the shots are %+v", now)
	}
}

func TestTagsStayOnTheParts(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	in := synthetic(7, small)
	e := commit(t, c, in)
	was := effective(t, c, e.ID)
	for i, tag := range []string{"one", "two"} {
		say(t, c, Tag, e.Key, was[i].Range, tag)
	}
	say(t, c, List, "", timecode.Range{}, "best")
	say(t, c, Add, e.Key, was[1].Range, "best")
	tags := func() (all [][]string) {
		words, err := c.WordsOn(t.Context(), e.Key)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range effective(t, c, e.ID) {
			all = append(all, RemarksOn(words, s.Range).Tags)
		}
		return all
	}
	parts := split(t, c, e.ID, in.Analysis.Times[was[1].Clean.Out-3])
	if got := tags(); !reflect.DeepEqual(got[:4], [][]string{{"one"}, {"two"}, {"two"}, nil}) {
		t.Errorf("cut in two, tags are %v", got)
	}
	words, _ := c.Words(t.Context())
	if s, ok := ClipLists(words)[0].Clips[0].Shot(effective(t, c, e.ID)); !ok || s.Number != parts[0].Number {
		t.Errorf("listed is %+v, %v, want the longer part", s, ok)
	}
	merge(t, c, e.ID, 1, 3)
	if got := tags(); !reflect.DeepEqual(got[:2], [][]string{{"one", "two"}, nil}) {
		t.Errorf("joined, tags are %v", got)
	}
}

// TestTheEpisodeIsNamed: whatever caches the library hears of it.
func TestTheEpisodeIsNamed(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	commit(t, c, synthetic(1, small))
	e := commit(t, c, synthetic(7, small))
	for i, do := range []func() error{
		func() error { return second(c.Split(t.Context(), e.ID, timecode.Second/2)) },
		func() error { return second(c.Merge(t.Context(), e.ID, 1, 3)) },
		func() error { return second(c.Undo(t.Context())) },
	} {
		mark, _, err := c.Changes(t.Context(), Mark{})
		if err == nil {
			err = do()
		}
		after, changes, err2 := c.Changes(t.Context(), mark)
		if err != nil || err2 != nil || after.Generation != mark.Generation+1 || !slices.Equal(changes, []Change{{Episode: e.ID}}) {
			t.Errorf("%d: %v, %v, %v to %v: %v", i, err, err2, mark, after, changes)
		}
	}
}
