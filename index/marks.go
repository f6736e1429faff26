package index

import (
	"cmp"
	"slices"
	"unicode/utf8"
)

// Mark is where a word or phrase of a query stands in a line's text, in bytes.
type Mark struct {
	Start, End int
	Text       string // the word or phrase, as it stands in the query
	Phrase     bool
}

// Marks finds what made a line match q, by the rules by which it was found. A phrase is one mark. Marks come in order of where they
// start; those of different words may overlap.
func Marks(q Query, lang, text string) []Mark {
	f := fieldOf(lang, text)
	places := f.places(text)
	var out []Mark
	for _, c := range f.plan(q).wanted {
		for _, m := range c.marks(places) {
			if m = m.within(text); m.Start < m.End {
				out = append(out, m)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Mark) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
	return out
}

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
func (p place) find(s slot) int {
	return slices.IndexFunc(p.terms, func(term string) bool { return slices.Contains(s, term) })
}

func (c clause) marks(places []place) []Mark {
	if c.strict {
		return c.chains(places)
	}
	var out []Mark
	for _, p := range places {
		for _, s := range c.slots {
			if i := p.find(s); i >= 0 {
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
	return append(marks, Mark{Start: start, End: end, Text: c.part.Text, Phrase: c.part.Phrase})
}

// chains marks where all slots are filled side by side.
func (c clause) chains(places []place) (out []Mark) {
	for i := 0; i+len(c.slots) <= len(places); i++ {
		if m, ok := c.chain(places[i:]); ok {
			out = append(out, m)
			i += len(c.slots) - 1
		}
	}
	return out
}

func (c clause) chain(places []place) (Mark, bool) {
	m := Mark{Text: c.part.Text, Phrase: c.part.Phrase}
	for i, s := range c.slots {
		at := places[i].find(s)
		if at < 0 {
			return Mark{}, false
		}
		if m.End = places[i].end[at]; i == 0 {
			m.Start = places[i].start[at]
		}
	}
	return m, true
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
