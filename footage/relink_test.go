package footage

import (
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/ffmpeg"
	"github.com/amvlib/amvlib/shotdetect"
	"github.com/amvlib/amvlib/timecode"
)

// rip is the world from a time on at a rate, sampled a few times a second, with its shots.
func rip(w world, episode int64, rate timecode.Rate, from, length timecode.Time) (*catalog.Sequence, []catalog.Shot) {
	q := &catalog.Sequence{Episode: episode, Rate: rate}
	var shots []catalog.Shot
	var last, next timecode.Time = -1, 0
	for n := int64(0); rate.At(n) < length; n++ {
		t := rate.At(n)
		q.Times = append(q.Times, t)
		l := w.at(from + t)
		if t >= next {
			q.Samples = append(q.Samples, analysis.Sample{Frame: n, Hash: l.Whole, Centre: l.Centre, Variance: 900})
			next = (t/analysis.SampleStep + 1) * analysis.SampleStep
		}
		if shot := (from + t) / w.shots; shot != last {
			last = shot
			shots = append(shots, catalog.Shot{Episode: episode, Number: len(shots) + 1})
			shots[len(shots)-1].Clean.In = n
		}
		shots[len(shots)-1].Clean.Out = n + 1
	}
	return q, shots
}

// otherLibrary holds one film.
type otherLibrary struct {
	*shelf
	q     *catalog.Sequence
	shots []catalog.Shot
}

func (o *otherLibrary) Sequence(context.Context, int64) (*catalog.Sequence, error) { return o.q, nil }
func (o *otherLibrary) Effective(context.Context, int64) ([]catalog.Shot, error)   { return o.shots, nil }

func library(q *catalog.Sequence, shots []catalog.Shot) *Footage {
	o := &otherLibrary{&shelf{reels: []*Reel{ReelOf(q)}}, q, shots}
	return New(o, o)
}

// TestMapAcrossRates: every shot begins and ends on the frame on which it does so in the other rip, and a frame within is the nearest.
func TestMapAcrossRates(t *testing.T) {
	w := world{seed: 5, shots: 2700 * ms, pace: 90 * ms}
	film := timecode.Rate{Num: 24, Den: 1}
	for _, to := range []timecode.Rate{film, timecode.Film, timecode.NTSC, timecode.PAL} {
		for _, later := range []timecode.Time{0, 10 * second, -333 * ms} {
			q, shots := rip(w, 1, film, 20*second, 60*second)
			there, starts := rip(w, 9, to, 20*second-later, 80*second)
			m, err := library(there, starts).Map(t.Context(), q, shots)
			if err != nil {
				t.Fatal(err)
			}
			for i, s := range shots[1 : len(shots)-1] {
				p, ok := m.Span(s.Clean)
				want := int64(-1)
				for _, o := range starts {
					if away(there.Time(o.Clean.In), q.Time(s.Clean.In)+later) < 50*ms {
						want = o.Clean.In
					}
				}
				if !ok || p.Episode != 9 || p.Span.In != want {
					t.Fatalf("%v later by %v, shot %d: %+v %v, want %d", to, later, i+2, p, ok, want)
				}
				inner := timecode.Span{In: s.Clean.In + 20, Out: s.Clean.In + 30}
				if p, ok := m.Span(inner); !ok || away(there.Time(p.Span.In), q.Time(inner.In)+later) > 3*to.At(1)/2 {
					t.Errorf("%v later by %v, within shot %d: %+v %v", to, later, i+2, p, ok)
				}
			}
		}
	}
}

// TestMapOfWhatIsNotThere: another film, and the part that another cut lacks.
func TestMapOfWhatIsNotThere(t *testing.T) {
	w := world{seed: 5, shots: 2700 * ms, pace: 90 * ms}
	q, shots := rip(w, 1, timecode.Film, 0, 60*second)
	there, starts := rip(w, 9, timecode.Film, 0, 25*second)
	m, err := library(there, starts).Map(t.Context(), q, shots)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := m.Span(shots[2].Clean); !ok {
		t.Error("what is in both cuts is not found")
	}
	if p, ok := m.Span(shots[15].Clean); ok {
		t.Errorf("what the other cut lacks is at %+v", p)
	}
	w.seed = 6
	there, starts = rip(w, 9, timecode.Film, 0, 60*second)
	if m, err = library(there, starts).Map(t.Context(), q, shots); err != nil || len(m.pieces) != 0 {
		t.Errorf("another film has %d pieces, %v", len(m.pieces), err)
	}
}

// TestRelinkPopeye carries the cuts of the labelled films from 24 to 29.97 frames: make bench-footage. Every one has to land on its frame.
func TestRelinkPopeye(t *testing.T) {
	dir := os.Getenv("AMVLIB_FOOTAGE")
	if dir == "" {
		t.Skip("measures: AMVLIB_FOOTAGE names the folder of films and truth")
	}
	for _, name := range []string{"popeye_sindbad_T00-1", "popeye_sindbad_T01-2"} {
		a, b := learn(t, dir, name+".pgs.mkv"), learn(t, dir, name+".vobsub.mkv")
		truthA, truthB := cuts(t, dir, name+".pgs.mkv"), cuts(t, dir, name+".vobsub.mkv")
		qa, qb := sequenceOf(1, a), sequenceOf(2, b)
		var shots, there []catalog.Shot
		for _, s := range a.Shots {
			shots = append(shots, catalog.Shot{Shot: s})
		}
		for _, s := range b.Shots {
			there = append(there, catalog.Shot{Shot: s})
		}
		m, err := library(qb, there).Map(t.Context(), qa, shots)
		if err != nil {
			t.Fatal(err)
		}
		right := 0
		for i, in := range truthA {
			p, ok := m.Span(timecode.Span{In: in, Out: in + 12})
			if ok && p.Span.In == truthB[i] {
				right++
				continue
			}
			t.Errorf("%s: the cut at %d lands on %+v %v, not on %d", name, in, p.Span, ok, truthB[i])
		}
		t.Logf("%s: %d of %d cuts land on their frame", name, right, len(truthA))
	}
}

func sequenceOf(episode int64, a *analysis.Analysis) *catalog.Sequence {
	return &catalog.Sequence{Episode: episode, Rate: a.Rate, Times: a.Times, Samples: a.Samples}
}

func learn(t *testing.T, dir, name string) *analysis.Analysis {
	t.Helper()
	tool, err := ffmpeg.Find(t.Context(), "", "")
	if err != nil {
		t.Skip(err)
	}
	src, err := tool.Open(t.Context(), filepath.Join(dir, "video", name), ffmpeg.Options{})
	if err != nil {
		t.Fatal(err)
	}
	a, err := analysis.Analyze(t.Context(), src, analysis.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// cuts are the first frames after the sure cuts of a labelled film.
func cuts(t *testing.T, dir, name string) (all []int64) {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, "truth", "shots", name+".csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows[1:] {
		if r[0] == string(shotdetect.Cut) && r[3] == "sure" {
			n, _ := strconv.ParseInt(r[2], 10, 64)
			all = append(all, n)
		}
	}
	return all
}
