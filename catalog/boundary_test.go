package catalog

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/shotdetect"
	"github.com/amvlib/amvlib/timecode"
)

// found are the shots of a film of 300 frames at 25 a second, as a detector found them: "100" for a cut before frame 100, "100-108" for a
// dissolve with frames 101 to 107 in it.
func found(t *testing.T, boundaries string) *standing {
	t.Helper()
	var all []shotdetect.Boundary
	for one := range strings.FieldsSeq(boundaries) {
		b := shotdetect.Boundary{Type: shotdetect.Cut}
		if n, _ := fmt.Sscanf(one, "%d-%d", &b.Start, &b.End); n == 2 {
			b.Type = shotdetect.Dissolve
		} else {
			b.Start, b.End = b.Start-1, b.Start
		}
		all = append(all, b)
	}
	return standingWith(t, all, evenTimes(300))
}

func evenTimes(frames int) []timecode.Time {
	times := make([]timecode.Time, frames)
	for i := range times {
		times[i] = timecode.PAL.At(int64(i))
	}
	return times
}

func standingWith(t *testing.T, boundaries []shotdetect.Boundary, times []timecode.Time) *standing {
	t.Helper()
	s := &standing{Analysis: &analysis.Analysis{Rate: timecode.PAL, Times: times}, episode: 1}
	for _, tile := range shotdetect.Shots(boundaries, int64(len(times))) {
		s.Shots = append(s.Shots, analysis.Shot{Shot: tile, Keyframe: tile.Clean.In, Range: timecode.Range{Start: s.Time(tile.Clean.In), End: s.Time(tile.Clean.Out)}})
	}
	var sound bool
	if s.edges, sound = edgesOf(s.Shots, times, end(s.Analysis)); !sound {
		t.Fatalf("%v do not tile a film", boundaries)
	}
	return s
}

func (e *edges) text() string {
	var all []string
	for i, b := range e.all {
		text := fmt.Sprint(b.End)
		if b.End > b.Start+1 {
			text = fmt.Sprintf("%d-%d", b.Start, b.End)
		}
		if i > 0 && e.all[i-1].End > b.Start {
			text += "!" // out of order
		}
		all = append(all, text)
	}
	return strings.Join(all, " ")
}

// put says "split FRAME" or "merge FIRST LAST", and gives the words that are kept of it.
func (s *standing) put(t *testing.T, what string) []Word {
	t.Helper()
	var a, b int
	var words []Word
	var err error
	if n, _ := fmt.Sscanf(what, "split %d", &a); n == 1 {
		var w Word
		w, _, err = s.splitAt(s.times[a])
		words = []Word{w}
	} else if n, _ := fmt.Sscanf(what, "merge %d %d", &a, &b); n == 2 {
		words, err = s.mergeOf(a, b)
	}
	if err == nil {
		err = s.heed(words)
	}
	if err != nil || len(words) == 0 {
		t.Fatalf("%s: %v, %v", what, words, err)
	}
	return words
}

func TestWhatIsSaidOfBoundariesOutlivesADetector(t *testing.T) {
	for name, c := range map[string]struct{ was, said, now, want string }{
		"a cut where there is none":             {"100 200", "split 150", "100 200", "100 150 200"},
		"found by now":                          {"100 200", "split 150", "100 150 200", "100 150 200"},
		"found two frames late: the user's":     {"100 200", "split 150", "100 152 200", "100 150 200"},
		"found two frames early: the user's":    {"100 200", "split 150", "100 148 200", "100 150 200"},
		"found twice: the nearer is it":         {"100 200", "split 150", "100 147 152 200", "100 147 150 200"},
		"found as a transition":                 {"100 200", "split 150", "100 146-155 200", "100 146-155 200"},
		"at the end of a transition":            {"100 200", "split 150", "100 144-150 200", "100 144-150 200"},
		"beside a transition":                   {"100 200", "split 150", "100 152-158 200", "100 152-158 200"},
		"the whole of a transition is beside":   {"100 200", "split 150", "100 130-145 200", "100 130-145 200"},
		"another one, far off":                  {"100 200", "split 150", "100 160 200", "100 150 160 200"},
		"nothing is found any more":             {"100 200", "split 150", "", "150"},
		"between two that were told apart":      {"100 148 154 200", "split 150", "100 148 154 200", "100 148 150 154 200"},
		"the one that it was told apart from":   {"100 200 204", "split 202", "100 200 204", "100 200 202 204"},
		"two cuts, both remembered":             {"100", "split 150,split 153", "100 151", "100 150 153"},
		"two cuts, one found":                   {"100", "split 150,split 153", "100 153", "100 150 153"},
		"two cuts, the other way round":         {"100", "split 153,split 150", "100 150", "100 150 153"},
		"at the first and the last frame":       {"", "split 1,split 299", "", "1 299"},
		"a flash taken away":                    {"100 103 200", "merge 1 3", "100 103 200", "200"},
		"a flash found elsewhere":               {"100 103 200", "merge 1 3", "99 102 200", "200"},
		"a flash found as one":                  {"100 103 200", "merge 1 3", "101 200", "200"},
		"a flash found thrice":                  {"100 103 200", "merge 1 3", "100 103 105 200", "105 200"},
		"a strobe, all one frame later":         {"100 101 102 103 200", "merge 1 5", "101 102 103 104 200", "200"},
		"a cut found as a transition":           {"100 200", "merge 1 2", "94-107 200", "200"},
		"a transition found as a cut":           {"94-107 200", "merge 1 2", "96 200", "200"},
		"a transition found longer":             {"94-107 200", "merge 1 2", "80-115 200", "200"},
		"six frames off is the same":            {"100 200", "merge 1 2", "106 200", "200"},
		"seven frames off is another":           {"100 200", "merge 1 2", "107 200", "107 200"},
		"the true one beside it stays":          {"100 104 200", "merge 1 2", "104 200", "104 200"},
		"the true one before it stays":          {"96 100 200", "merge 2 3", "96 200", "96 200"},
		"nothing there to take away":            {"100 200", "merge 1 2", "200", "200"},
		"split, then merged":                    {"100", "split 50,merge 1 2", "100", "100"},
		"split, then merged, then found":        {"100", "split 50,merge 1 2", "51 100", "100"},
		"merged, then split":                    {"100", "merge 1 2,split 100", "100", "100"},
		"merged, then split, found elsewhere":   {"100", "merge 1 2,split 100", "102", "100"},
		"split, merged, split":                  {"100", "split 50,merge 1 2,split 50", "49 100", "50 100"},
		"a cut moved, merged first":             {"100 200", "merge 1 2,split 102", "100 200", "102 200"},
		"a cut moved, found where it was put":   {"100 200", "merge 1 2,split 102", "102 200", "102 200"},
		"a cut moved, found between":            {"100 200", "merge 1 2,split 102", "101 200", "102 200"},
		"a cut moved, split first":              {"100 200", "split 102,merge 1 2", "100 200", "102 200"},
		"split first, found where it was put":   {"100 200", "split 102,merge 1 2", "102 200", "102 200"},
		"split first, found between":            {"100 200", "split 102,merge 1 2", "101 200", "102 200"},
		"a transition made a cut":               {"94-107 200", "merge 1 2,split 100", "94-107 200", "100 200"},
		"all joined":                            {"100 200", "merge 1 3", "100 200", ""},
		"all joined, then cut where it was not": {"100 200", "merge 1 3,split 150", "101 199", "150"},
	} {
		s, again := found(t, c.was), found(t, c.now)
		for what := range strings.SplitSeq(c.said, ",") {
			for _, w := range s.put(t, what) {
				again.hear(w)
			}
		}
		if got := again.text(); got != c.want {
			t.Errorf("%s: %q on %q, then %q: %q, want %q", name, c.said, c.was, c.now, got, c.want)
		}
	}
}

func TestFramesAtTimes(t *testing.T) {
	e := edges{times: []timecode.Time{0, 40, 80, 80, 120}, end: 160}
	for at, want := range map[timecode.Time]int64{-1: -1, 0: 0, 39: 0, 40: 1, 79: 1, 80: 3, 119: 3, 120: 4, 999: 4} {
		if got := e.frameAt(at); got != want {
			t.Errorf("at %d frame %d is shown, want %d", at, got, want)
		}
	}
	for at, want := range map[timecode.Time]int64{-9: 0, 0: 0, 20: 0, 21: 1, 40: 1, 60: 1, 61: 3, 80: 3, 100: 3, 101: 4, 120: 4, 999: 4} {
		if got := e.frameNearest(at); got != want {
			t.Errorf("frame %d is nearest to %d, want %d", got, at, want)
		}
	}
}

// randomBoundaries are such as a detector finds, some of them transitions.
func randomBoundaries(r *rand.Rand, frames int64) (all []shotdetect.Boundary) {
	for at := 1 + r.Int64N(30); at < frames-12; at += 1 + r.Int64N(40) {
		b := shotdetect.Boundary{Type: shotdetect.Cut, Start: at - 1, End: at}
		if r.IntN(4) == 0 {
			b = shotdetect.Boundary{Type: shotdetect.Dissolve, Start: at - 1, End: at + 1 + r.Int64N(8)}
		}
		all, at = append(all, b), b.End
	}
	return all
}

// randomTimes are of constant or variable rate, or such as broken files have.
func randomTimes(r *rand.Rand, frames, kind int) []timecode.Time {
	times := evenTimes(frames)
	for i := range times {
		switch kind {
		case 1:
			times[i] += timecode.Time(r.IntN(30_000))
		case 2:
			times[i] = timecode.Time(i/(1+r.IntN(3))) * 40_000
		case 3:
			times[i] = timecode.Time(r.IntN(9_000_000))
		}
	}
	return times
}

// checkTiles wants shots to be whole, in order and without a gap.
func checkTiles(t *testing.T, tiles []shotdetect.Shot, frames int64) {
	t.Helper()
	due := int64(0)
	for i, s := range tiles {
		if s.Span.In != due || s.Clean.In < s.Span.In || s.Clean.Out > s.Span.Out || s.Clean.Len() < 1 {
			t.Fatalf("shot %d takes %v, clean %v, and the one before ends at %d", i+1, s.Span, s.Clean, due)
		}
		if i > 0 && (s.In != tiles[i-1].Out || s.In == "") || i == 0 && s.In != "" {
			t.Fatalf("shot %d begins with %q", i+1, s.In)
		}
		due = s.Span.Out
	}
	if due != frames || tiles[len(tiles)-1].Out != "" {
		t.Fatalf("the last shot ends at %d of %d, with %q", due, frames, tiles[len(tiles)-1].Out)
	}
}

// TestWhateverIsSaidShotsTileTheFilm: random words on random films, and the same words on what another detector finds.
func TestWhateverIsSaidShotsTileTheFilm(t *testing.T) {
	const frames = 300
	for seed := range uint64(600) {
		r := rand.New(rand.NewPCG(seed, 7))
		times := randomTimes(r, frames, int(seed%4))
		s := standingWith(t, randomBoundaries(r, frames), times)
		sane := seed%4 < 2
		other := standingWith(t, randomBoundaries(r, frames), times)
		same := &edges{all: slices.Clone(s.all), times: times, end: s.end}
		for range 12 {
			before, number, frame := s.text(), len(s.all), int64(-1)
			var words []Word
			var err error
			if r.IntN(2) == 0 {
				var w Word
				w, frame, err = s.splitAt(times[r.IntN(frames)] + timecode.Time(r.IntN(30_000)))
				words = []Word{w}
			} else {
				first := 1 + r.IntN(number+1)
				words, err = s.mergeOf(first, min(number+1, first+r.IntN(4)))
			}
			if err == nil {
				err = s.heed(words)
			}
			if err != nil {
				if sane && s.text() != before {
					t.Fatalf("seed %d: refused, %v, and yet %q became %q", seed, err, before, s.text())
				}
				continue
			}
			for _, w := range words {
				same.hear(w)
				other.hear(w)
			}
			checkTiles(t, s.tiles(), frames)
			checkTiles(t, other.tiles(), frames)
			if sane && frame >= 0 && !slices.ContainsFunc(s.tiles(), func(t shotdetect.Shot) bool { return t.Clean.In == frame && t.In == shotdetect.Cut }) {
				t.Fatalf("seed %d: no shot begins with frame %d in %q", seed, frame, s.text())
			}
			if sane && same.text() != s.text() {
				t.Fatalf("seed %d: heard again it is %q, not %q", seed, same.text(), s.text())
			}
		}
	}
}
