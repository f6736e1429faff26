package edits

import (
	"cmp"
	"math"
	"slices"
)

// Film is labelled footage.
type Film struct {
	Name   string
	Group  string // films that show the same have the same group: what leaves one out leaves out all
	Frames []Picture
	Truth  Truth
}

// stretch is a part of a film without a boundary.
type stretch struct {
	film   *Film
	lo, hi int // lo <= frame < hi
}

func (s stretch) length() int { return s.hi - s.lo }

// Pool is the footage that edits are made of. It does not change and may be used side by side.
type Pool struct {
	groups []group
}

type group struct {
	name      string
	stretches []stretch
	frames    int
}

// What a stretch must have to be used.
const (
	margin    = 2  // frames kept away from its boundaries
	shortest  = 14 // frames left then
	leastBusy = 8  // in its middle: a flat picture is no shot
)

// NewPool finds the stretches of films without a boundary. Films of which nothing can be used are left out.
func NewPool(films ...*Film) *Pool {
	byName := map[string]*group{}
	for _, f := range films {
		for _, s := range stretches(f) {
			g := byName[f.Group]
			if g == nil {
				g = &group{name: f.Group}
				byName[f.Group] = g
			}
			g.stretches = append(g.stretches, s)
			g.frames += s.length()
		}
	}
	p := &Pool{}
	for _, g := range byName {
		p.groups = append(p.groups, *g)
	}
	slices.SortFunc(p.groups, func(a, b group) int { return cmp.Compare(a.name, b.name) })
	return p
}

// stretches are the parts between all that is or may be a boundary.
func stretches(f *Film) []stretch {
	var edges []Span
	for _, r := range f.Truth.Rows {
		edges = append(edges, Span{r.Start, r.End})
	}
	edges = append(edges, f.Truth.Ignore...)
	slices.SortFunc(edges, func(a, b Span) int { return a.First - b.First })
	edges = append(edges, Span{len(f.Frames) - 1, len(f.Frames)})
	var out []stretch
	begin := 0
	for _, e := range edges {
		s := stretch{f, begin + margin, min(e.First, len(f.Frames)-1) - margin}
		if s.length() >= shortest && f.Frames[(s.lo+s.hi)/2].busy() >= leastBusy {
			out = append(out, s)
		}
		begin = max(begin, e.Last)
	}
	return out
}

// mostGroups is how many groups one edit draws from: few, so that many edits remain when one group is left out of training.
const mostGroups = 3

// some draws one to three groups: the first among those that can carry an edit by themselves.
func (p *Pool) some(d dice) []group {
	odds := func(g group) float64 { return math.Pow(float64(g.frames), 0.35) }
	rest := slices.Clone(p.groups)
	var out []group
	for n := d.from(1, mostGroups); n > 0 && len(rest) > 0; n-- {
		table := rest
		if len(out) == 0 {
			if able := slices.DeleteFunc(slices.Clone(rest), func(g group) bool { return len(g.stretches) < 4 }); len(able) > 0 {
				table = able
			}
		}
		g := weighted(d, table, odds)
		out = append(out, g)
		rest = slices.DeleteFunc(rest, func(o group) bool { return o.name == g.name })
	}
	return out
}
