package footage

import (
	"cmp"
	"slices"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/timecode"
)

// heed lets the user's words about pairs of shots count: the last one about a pair.
func (d *duplicates) heed(words []catalog.Word) {
	for _, w := range words {
		other, ok := w.Other()
		if !ok {
			continue
		}
		for _, a := range d.meant(catalog.OtherShot{Key: w.Key, Range: w.Range}) {
			for _, b := range d.meant(other) {
				d.hear(a, b, w.Verb == catalog.Duplicate)
			}
		}
	}
}

// meant are the shots that a word names.
func (d *duplicates) meant(o catalog.OtherShot) []node {
	var all []node
	for _, m := range d.films {
		for i := range m.shots {
			if m.Key == o.Key && o.About(m.Key, m.shots[i].Range) {
				all = append(all, node{m, i})
			}
		}
	}
	return all
}

func (d *duplicates) hear(a, b node, same bool) {
	heard := false
	for i := range d.ties {
		if t := &d.ties[i]; t.a == a && t.b == b || t.a == b && t.b == a {
			t.said, t.denied, heard = same, !same, true
		}
	}
	if !heard && a != b {
		d.ties = append(d.ties, tie{a: a, b: b, said: same, denied: !same,
			inA: a.film.shots[a.shot].Clean, inB: b.film.shots[b.shot].Clean})
	}
}

// groups are the shots that ties hold together, in order. Two of which the user denied it are not brought together by others either.
func (d *duplicates) groups() []Group {
	in := map[node]*[]node{}
	said := map[node]bool{}
	of := func(n node) *[]node {
		if in[n] == nil {
			in[n] = &[]node{n}
		}
		return in[n]
	}
	slices.SortStableFunc(d.ties, func(x, y tie) int { return cmp.Compare(order(x), order(y)) })
	for _, t := range d.ties {
		a, b := of(t.a), of(t.b)
		if t.denied || a == b || d.divided(*a, *b) {
			continue
		}
		said[t.a], said[t.b] = said[t.a] || t.said, said[t.b] || t.said
		*a = append(*a, *b...)
		for _, n := range *b {
			in[n] = a
		}
	}
	return d.list(in, said)
}

// order puts what the user said first.
func order(t tie) int {
	if t.said || t.denied {
		return 0
	}
	return 1
}

// divided tells whether the user said of a shot of one side that it is none of the other.
func (d *duplicates) divided(a, b []node) bool {
	return slices.ContainsFunc(d.ties, func(t tie) bool {
		return t.denied && (slices.Contains(a, t.a) && slices.Contains(b, t.b) || slices.Contains(a, t.b) && slices.Contains(b, t.a))
	})
}

func (d *duplicates) list(in map[node]*[]node, said map[node]bool) []Group {
	var all []Group
	for n, members := range in {
		slices.SortFunc(*members, node.compare)
		if len(*members) < 2 || (*members)[0] != n {
			continue
		}
		g := Group{}
		for _, m := range *members {
			g.Said = g.Said || said[m]
			g.Copies = append(g.Copies, Copy{Episode: m.film.Episode, Shot: m.film.shots[m.shot], Shared: d.shared((*members)[0], m)})
		}
		g.choose()
		all = append(all, g)
	}
	slices.SortFunc(all, func(a, b Group) int { return a.Copies[0].compare(b.Copies[0]) })
	return all
}

func (n node) compare(o node) int {
	return cmp.Or(cmp.Compare(n.film.ID, o.film.ID), cmp.Compare(n.shot, o.shot))
}

func (c Copy) compare(o Copy) int {
	return cmp.Or(cmp.Compare(c.Episode.ID, o.Episode.ID), cmp.Compare(c.Shot.Number, o.Shot.Number))
}

// shared are the frames of n that first has too, where they were compared themselves; else all.
func (d *duplicates) shared(first, n node) timecode.Span {
	all := n.film.shots[n.shot].Clean
	if n == first {
		return all
	}
	for _, t := range d.ties {
		switch {
		case t.a == first && t.b == n:
			return t.inB
		case t.b == first && t.a == n:
			return t.inA
		}
	}
	return all
}
