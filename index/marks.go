package index

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Mark is where a word or phrase of a query stands in a line's text, in bytes.
type Mark struct {
	Start, End int
	Text       string // the word or phrase, as it stands in the query
	Phrase     bool
	Faint      bool // a word that carries nothing, which did not make the match
}

// Marker marks many lines for one query. It is for one goroutine.
type Marker struct {
	q       Query
	wanted  map[*field][]clause
	blurred map[*field]map[string]clause
}

// NewMarker is a Marker for q.
func NewMarker(q Query) *Marker {
	return &Marker{q: q, wanted: map[*field][]clause{}, blurred: map[*field]map[string]clause{}}
}

// Marks finds what made a line match, by the rules by which it was found. A phrase is one mark. Marks come in order of where they
// start; those of different words may overlap.
func (m *Marker) Marks(lang, text string) []Mark {
	f := fieldOf(lang, text)
	if m.wanted[f] == nil {
		m.wanted[f] = f.plan(m.q).wanted
	}
	places := f.places(text)
	var out []Mark
	for _, c := range m.wanted[f] {
		for _, found := range m.marks(f, c, places) {
			if found = found.within(text); found.Start < found.End {
				out = append(out, found)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Mark) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
	return out
}

// marks looks for words that are one slip away where there is nothing else: a line that matched without has none.
func (m *Marker) marks(f *field, c clause, places []place) []Mark {
	out := c.marks(places)
	if len(out) > 0 || c.faint || !m.q.Like {
		return out
	}
	blurred := m.blurred[f]
	if blurred == nil {
		blurred = map[string]clause{}
		m.blurred[f] = blurred
	}
	near, ok := blurred[c.part.Text]
	if !ok {
		near = c
		near.ways = slices.Clone(c.ways)
		f.blur(&near)
		blurred[c.part.Text] = near
	}
	return near.marks(places)
}

// Marks is that of a Marker, for one line.
func Marks(q Query, lang, text string) []Mark { return NewMarker(q).Marks(lang, text) }

// place is one place of a line's text: the terms that stand there, and where.
type place struct {
	terms      []string
	start, end []int
}

func (f *field) places(text string) []place {
	var out []place
	last := -1
	for _, t := range f.line().Analyze([]byte(text)) {
		if t.Position != last {
			last, out = t.Position, append(out, place{})
		}
		p := &out[len(out)-1]
		p.terms, p.start, p.end = append(p.terms, string(t.Term)), append(p.start, t.Start), append(p.end, t.End)
	}
	return out
}

// find gives the index of the first of p's terms that fills s, or -1.
func (p place) find(s slot, prefix string) int {
	return slices.IndexFunc(p.terms, func(term string) bool {
		return slices.Contains(s, term) || prefix != "" && strings.HasPrefix(term, prefix)
	})
}

// marks of several ways may be the same: the whole of "good-bye" and its parts.
func (c clause) marks(places []place) (out []Mark) {
	for _, w := range c.ways {
		found := c.singles
		if w.strict {
			found = c.chains
		}
		for _, m := range found(w, places) {
			if !slices.Contains(out, m) {
				out = append(out, m)
			}
		}
	}
	return out
}

func (c clause) singles(w way, places []place) (out []Mark) {
	for _, p := range places {
		for _, s := range w.slots {
			if i := p.find(s, w.prefix); i >= 0 {
				out = c.join(out, p.start[i], p.end[i])
			}
		}
	}
	return out
}

// join adds a mark, or lengthens the last one where they overlap, as pairs of characters do.
func (c clause) join(marks []Mark, start, end int) []Mark {
	if n := len(marks); n > 0 && start < marks[n-1].End {
		marks[n-1].End = max(marks[n-1].End, end)
		return marks
	}
	return append(marks, c.mark(start, end))
}

// chains marks where all slots are filled side by side.
func (c clause) chains(w way, places []place) (out []Mark) {
	for i := 0; i+len(w.slots) <= len(places); i++ {
		if m, ok := c.chain(w, places[i:]); ok {
			out = append(out, m)
			i += len(w.slots) - 1
		}
	}
	return out
}

func (c clause) chain(w way, places []place) (Mark, bool) {
	m := c.mark(0, 0)
	for i, s := range w.slots {
		at := places[i].find(s, "")
		if at < 0 {
			return Mark{}, false
		}
		if m.End = places[i].end[at]; i == 0 {
			m.Start = places[i].start[at]
		}
	}
	return m, true
}

func (c clause) mark(start, end int) Mark {
	return Mark{Start: start, End: end, Text: c.part.Text, Phrase: c.part.Phrase, Faint: c.faint}
}

// within keeps m inside text and off the middle of a character: half-width kana change their length on the way to a term.
func (m Mark) within(text string) Mark {
	m.Start, m.End = min(max(m.Start, 0), len(text)), min(max(m.End, 0), len(text))
	for m.Start > 0 && m.Start < len(text) && !utf8.RuneStart(text[m.Start]) {
		m.Start--
	}
	for m.End < len(text) && !utf8.RuneStart(text[m.End]) {
		m.End++
	}
	return m
}
