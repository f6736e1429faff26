package footage

import (
	"cmp"
	"context"
	"slices"

	"github.com/amvlib/amvlib/timecode"
)

// RunOptions say what counts as a run. The zero value is right for footage of the same speed.
type RunOptions struct {
	Radius int            // bits by which a look may differ from what it is taken for; 0 is 8
	Least  int            // looks that a run has at least; 0 is 3
	Gap    timecode.Time  // longest stretch within a run in which nothing is recognised; 0 is 2 s
	Rates  []float64      // speeds that are looked for, see Run.Rate; none is 1 alone
	Most   int            // places at which a look may be found before it is too common to say anything; 0 is 2000
	Leave  map[int64]bool // episodes that are not looked in
	Only   map[int64]bool // episodes that are looked in; nil for all
	Self   timecode.Time  // of the reel's own episode: how far away in time a repetition has to be; 0 leaves the episode out
}

func (o *RunOptions) settle() {
	o.Radius = cmp.Or(o.Radius, 8)
	o.Least = cmp.Or(o.Least, 3)
	o.Gap = cmp.Or(o.Gap, 2*timecode.Second)
	o.Most = cmp.Or(o.Most, 2000)
	if len(o.Rates) == 0 {
		o.Rates = []float64{1}
	}
}

// Runs finds every stretch of a reel that the library has too, longest first. A reel of an episode is not looked for in itself, but for
// what RunOptions.Self asks. Flat looks are part of a run that others make, never the reason for one.
func (f *Footage) Runs(ctx context.Context, a *Reel, o RunOptions) ([]Run, error) {
	o.settle()
	points, err := f.points(ctx, a, o)
	if err != nil {
		return nil, err
	}
	var all []Run
	for episode, found := range points {
		b, err := f.Reel(ctx, episode)
		if err != nil {
			return nil, err
		}
		all = append(all, runsOn(a, b, found, o)...)
	}
	slices.SortFunc(all, Run.compare)
	return all, nil
}

// runsOn are the runs that points come to, without echoes of each other.
func runsOn(a, b *Reel, points []point, o RunOptions) []Run {
	var all []Run
	for _, r := range linesIn(points, o) {
		r.Episode = b.Episode
		if r = confirm(a, b, r); r.Matches >= o.Least && !slices.ContainsFunc(all, r.echoes) {
			all = append(all, r)
		}
	}
	return all
}

// echoes tells whether r is there because better, a longer run, is: most of it lies beside that, a little before or after.
func (r Run) echoes(better Run) bool {
	return 2*r.A.Overlap(better.A) >= r.A.Length() && away(r.At(r.A.Start), better.At(r.A.Start)) <= still
}

// compare puts longer runs first, then nearer ones, then those of earlier episodes and times.
func (r Run) compare(o Run) int {
	return cmp.Or(cmp.Compare(o.A.Length(), r.A.Length()), cmp.Compare(r.Distance, o.Distance), cmp.Compare(r.Episode, o.Episode),
		cmp.Compare(r.A.Start, o.A.Start), cmp.Compare(r.B.Start, o.B.Start))
}

// point says that a look of the reel at time a looks like the episode at time b.
type point struct {
	a, b timecode.Time
	d    int
}

// points looks every look up.
func (f *Footage) points(ctx context.Context, a *Reel, o RunOptions) (map[int64][]point, error) {
	all := map[int64][]point{}
	for _, l := range a.Looks {
		if l.Flat {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		places, err := f.hashes.Whole(l.Whole, o.Radius)
		if err != nil {
			return nil, err
		}
		if len(places) > o.Most {
			continue
		}
		for _, p := range places {
			if o.Leave[p.Episode] || o.Only != nil && !o.Only[p.Episode] || p.Episode == a.Episode && o.Self == 0 {
				continue
			}
			b, err := f.Reel(ctx, p.Episode)
			if err != nil {
				return nil, err
			}
			i, ok := b.AtFrame(p.Frame)
			if !ok || p.Episode == a.Episode && away(b.Looks[i].Time, l.Time) < o.Self {
				continue
			}
			all[p.Episode] = append(all[p.Episode], point{l.Time, b.Looks[i].Time, p.Distance})
		}
	}
	return all, nil
}

func away(a, b timecode.Time) timecode.Time { return max(a-b, b-a) }
