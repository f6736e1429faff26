package footage

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/footage/hashes"
	"github.com/amvlib/amvlib/phash"
	"github.com/amvlib/amvlib/timecode"
)

const (
	ms    = timecode.Second / 1000
	frame = timecode.Second / 24
)

// world is a film that never was: what is seen at every moment, as hashes whose bits turn one by one, all anew with each shot.
type world struct {
	seed  uint64
	shots timecode.Time // length of each
	pace  timecode.Time // between two turns of a bit; 0 for shots that stand still
}

func (w world) at(t timecode.Time) Look {
	shot, in := uint64(t/w.shots), t%w.shots
	r := rand.New(rand.NewPCG(w.seed, shot))
	l := Look{Time: t, Frame: int64(t / frame), Whole: phash.Hash(r.Uint64()), Centre: phash.Hash(r.Uint64())}
	for ; w.pace > 0 && in >= w.pace; in -= w.pace {
		l.Whole ^= 1 << r.IntN(64)
		l.Centre ^= 1 << r.IntN(64)
	}
	return l
}

// reel shows the moments that of says, at the times that it has them.
func reel(episode int64, length, step timecode.Time, of func(timecode.Time) Look) *Reel {
	r := &Reel{Episode: episode}
	for t := timecode.Time(0); t < length; t += step {
		l := of(t)
		l.Time, l.Frame = t, int64(t/frame)
		r.Looks = append(r.Looks, l)
	}
	return r
}

// noisy is l with n bits of each hash turned.
func noisy(l Look, n int) Look {
	r := rand.New(rand.NewPCG(uint64(l.Whole), 9))
	for range n {
		l.Whole ^= 1 << r.IntN(64)
		l.Centre ^= 1 << r.IntN(64)
	}
	return l
}

// shelf is a library of reels.
type shelf struct {
	reels []*Reel
	shots map[int64][]catalog.Shot
	names map[int64]catalog.Name
	words []catalog.Word
	notes map[int64]catalog.Episode
	still map[int64][]analysis.Still
}

func (s *shelf) Words(context.Context) ([]catalog.Word, error) { return s.words, nil }

func (s *shelf) Episodes(context.Context) ([]catalog.Episode, error) {
	var all []catalog.Episode
	for _, r := range s.reels {
		e := s.notes[r.Episode]
		e.ID, e.Name, e.Rate = r.Episode, s.names[r.Episode], timecode.Rate{Num: 24, Den: 1}
		if e.Key == "" {
			e.Key = catalog.Key(rune('a' + r.Episode))
		}
		all = append(all, e)
	}
	return all, nil
}

func (s *shelf) Effective(_ context.Context, episode int64) ([]catalog.Shot, error) {
	return s.shots[episode], nil
}

func (s *shelf) Stills(_ context.Context, episode int64, span timecode.Span) ([]analysis.Still, error) {
	return slices.DeleteFunc(slices.Clone(s.still[episode]), func(k analysis.Still) bool { return !span.Contains(k.Frame) }), nil
}

func (s *shelf) Sequence(_ context.Context, episode int64) (*catalog.Sequence, error) {
	for _, r := range s.reels {
		if r.Episode == episode {
			return sequence(r), nil
		}
	}
	return nil, catalog.ErrNotFound
}

func sequence(r *Reel) *catalog.Sequence {
	q := &catalog.Sequence{Episode: r.Episode, Rate: timecode.Rate{Num: 24, Den: 1}}
	for _, l := range r.Looks {
		for i := int64(len(q.Times)); i < l.Frame; i++ {
			q.Times = append(q.Times, l.Time-timecode.Time(l.Frame-i)*frame)
		}
		q.Times = append(q.Times, l.Time)
		variance := float32(900)
		if l.Flat {
			variance = 1
		}
		q.Samples = append(q.Samples, analysis.Sample{Frame: l.Frame, Hash: l.Whole, Centre: l.Centre, Variance: variance})
	}
	return q
}

func (s *shelf) Whole(h phash.Hash, radius int) ([]hashes.Place, error) {
	return s.find(radius, func(l Look) int { return l.Whole.Distance(h) })
}

func (s *shelf) Centre(h phash.Hash, radius int) ([]hashes.Place, error) {
	return s.find(radius, func(l Look) int { return l.Centre.Distance(h) })
}

func (s *shelf) find(radius int, distance func(Look) int) ([]hashes.Place, error) {
	var all []hashes.Place
	for _, r := range s.reels {
		for _, l := range r.Looks {
			if d := distance(l); !l.Flat && d <= radius {
				all = append(all, hashes.Place{Episode: r.Episode, Frame: l.Frame, Distance: d})
			}
		}
	}
	slices.SortFunc(all, func(a, b hashes.Place) int { return a.Distance - b.Distance })
	return all, nil
}

func runsOf(t *testing.T, a *Reel, o RunOptions, library ...*Reel) []Run {
	t.Helper()
	s := &shelf{reels: library}
	runs, err := New(s, s).Runs(t.Context(), a, o)
	if err != nil {
		t.Fatal(err)
	}
	if len(library) == 1 && o.Self == 0 {
		if other := Align(a, library[0], o); !slices.Equal(runs, other) {
			t.Errorf("by the table %+v,\nside by side %+v", runs, other)
		}
	}
	return runs
}
