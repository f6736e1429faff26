package footage

import (
	"cmp"
	"context"
	"slices"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/timecode"
)

// Copy is one of the shots that show the same footage.
type Copy struct {
	Episode *catalog.Episode
	Shot    catalog.Shot
	Shared  timecode.Span // its frames that the group's first copy has too
	Best    bool
	Why     string // it is the best, or is not
}

// Group is shots that show the same footage, in order of episode and time.
type Group struct {
	Copies []Copy
	Said   bool // the user said that some of them belong together
}

// Overlap is what two episodes have in common.
type Overlap struct {
	A, B           *catalog.Episode
	ShareA, ShareB float64 // of their lengths
	Runs           []Run   // A's in B, in order of A's time
}

// Whole tells whether two episodes are the same, as two releases of one are.
func (o Overlap) Whole() bool { return o.ShareA >= 0.85 && o.ShareB >= 0.85 }

// Duplicates is what there is twice.
type Duplicates struct {
	Groups   []Group
	Overlaps []Overlap
}

// shortest is the shortest stretch that counts as the same footage.
const shortest = 2 * timecode.Second / 5

// Duplicates finds the footage that is there twice among episodes, which may be all; of a single episode, what it shows twice itself.
// Black, white and fades make no group, for they have no looks. What the user said of pairs of shots is heeded.
func (f *Footage) Duplicates(ctx context.Context, episodes []catalog.Episode) (*Duplicates, error) {
	d := &duplicates{Footage: f, of: map[int64]*film{}}
	for i := range episodes {
		if err := d.add(ctx, &episodes[i]); err != nil {
			return nil, err
		}
	}
	for i := range d.films {
		if err := d.compare(ctx, i); err != nil {
			return nil, err
		}
	}
	words, err := f.lib.Words(ctx)
	if err != nil {
		return nil, err
	}
	d.heed(words)
	slices.SortFunc(d.overlaps, func(a, b Overlap) int {
		return cmp.Or(cmp.Compare(min(b.ShareA, b.ShareB), min(a.ShareA, a.ShareB)), cmp.Compare(a.A.ID, b.A.ID), cmp.Compare(a.B.ID, b.B.ID))
	})
	return &Duplicates{d.groups(), d.overlaps}, nil
}

// duplicates is the work of Duplicates.
type duplicates struct {
	*Footage
	films    []*film
	of       map[int64]*film
	overlaps []Overlap
	ties     []tie
}

// film is an episode with its shots.
type film struct {
	*catalog.Episode
	shots  []catalog.Shot
	begins []timecode.Time
}

// tie says that two shots show the same, as far as their spans say.
type tie struct {
	a, b         node
	inA, inB     timecode.Span
	said, denied bool
}

type node struct {
	film *film
	shot int
}

func (d *duplicates) add(ctx context.Context, e *catalog.Episode) error {
	shots, err := d.lib.Effective(ctx, e.ID)
	if err != nil {
		return err
	}
	m := &film{Episode: e, shots: shots}
	for _, s := range shots {
		m.begins = append(m.begins, s.Range.Start)
	}
	d.films, d.of[e.ID] = append(d.films, m), m
	return nil
}

// compare looks for film i in those after it; a single one in itself.
func (d *duplicates) compare(ctx context.Context, i int) error {
	a := d.films[i]
	reel, err := d.Reel(ctx, a.ID)
	if err != nil {
		return err
	}
	o := RunOptions{Only: d.after(i)}
	if len(d.films) == 1 {
		o.Self, o.Only = 2*still, map[int64]bool{a.ID: true}
	}
	runs, err := d.Runs(ctx, reel, o)
	if err != nil {
		return err
	}
	by := map[int64][]Run{}
	for _, r := range runs {
		by[r.Episode] = append(by[r.Episode], r)
	}
	for _, b := range d.films {
		if len(by[b.ID]) == 0 {
			continue
		}
		other, err := d.Reel(ctx, b.ID)
		if err != nil {
			return err
		}
		d.tieAll(a, b, bridged(reel, other, by[b.ID]))
	}
	return nil
}

func (d *duplicates) after(i int) map[int64]bool {
	only := map[int64]bool{}
	for _, m := range d.films[i+1:] {
		only[m.ID] = true
	}
	return only
}

// tieAll ties the shots that runs say are the same, and notes what the two films have in common.
func (d *duplicates) tieAll(a, b *film, runs []Run) {
	both := Overlap{A: a.Episode, B: b.Episode}
	var lengthA, lengthB timecode.Time
	for _, r := range runs {
		r, _ = Snap(r, a.begins, b.begins, 3*timecode.Second/10, max(a.Rate.At(1), b.Rate.At(1))/2)
		both.Runs = append(both.Runs, r)
		lengthA, lengthB = lengthA+r.A.Length(), lengthB+r.B.Length()
		for i := range a.shots {
			d.tieShot(node{a, i}, b, r)
		}
	}
	both.ShareA = lengthA.Seconds() / max(1, a.Duration.Seconds())
	both.ShareB = lengthB.Seconds() / max(1, b.Duration.Seconds())
	if a != b {
		slices.SortFunc(both.Runs, func(x, y Run) int { return cmp.Compare(x.A.Start, y.A.Start) })
		d.overlaps = append(d.overlaps, both)
	}
}

// tieShot ties one shot to those of b that show half of the shorter of both at least.
func (d *duplicates) tieShot(a node, b *film, r Run) {
	edge := timecode.Second / 4 // a run ends with its last sample
	own := a.film.shots[a.shot].Range
	in := timecode.Range{Start: max(own.Start, r.A.Start-edge), End: min(own.End, r.A.End+edge)}
	if in.Length() < enough(own) {
		return
	}
	there := timecode.Range{Start: r.At(in.Start), End: r.At(in.End)}
	for i := range b.shots {
		s := b.shots[i].Range
		both := s.Overlap(there)
		if both >= min(enough(s), enough(own)) && 2*both >= min(s.Length(), own.Length()) {
			inB := timecode.Range{Start: max(s.Start, there.Start), End: min(s.End, there.End)}
			inA := timecode.Range{Start: r.Back(inB.Start), End: r.Back(inB.End)}
			d.ties = append(d.ties, tie{a: a, b: node{b, i}, inA: a.frames(inA), inB: node{b, i}.frames(inB)})
		}
	}
}

// enough is how much of a shot has to be shown by another: of short ones most, for boundaries of two encodes are some frames apart.
func enough(shot timecode.Range) timecode.Time { return min(shortest, shot.Length()*3/4) }

// frames are those of a node's shot that lie in a stretch of time, to the nearest frame.
func (n node) frames(r timecode.Range) timecode.Span {
	s := &n.film.shots[n.shot]
	step := max(1, n.film.Rate.At(1))
	at := func(t timecode.Time) int64 {
		return max(s.Clean.In, min(s.Clean.Out, s.Clean.In+int64((t-s.Range.Start+step/2)/step)))
	}
	return timecode.Span{In: at(r.Start), Out: at(r.End)}
}
