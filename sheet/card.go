package sheet

import (
	_ "embed" // what goes over the style of cards
	"fmt"
	"html/template"
	"strings"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/page"
	"github.com/amvlib/amvlib/search"
)

//go:embed late.css
var lateCSS string

const mostNotes = 4 // of other places of the same footage

func (w *writer) card(h *search.Hit) page.Card {
	e, s := h.Episode, &h.Shot
	name := episodeName(e)
	c := page.Card{
		Source: page.Plain(e.Name.Source), Episode: page.Plain(strings.TrimSpace(strings.TrimPrefix(name, e.Name.Source))), Shot: s.Number,
		Time: fmt.Sprintf("%s – %s", s.Range.Start, s.Range.End), Span: fmt.Sprintf("frames %d to %d", s.Clean.In, max(s.Clean.In, s.Clean.Out-1)),
		Copy: page.Plain(name) + " " + e.Rate.Timecode(s.Clean.In), ID: shotID(*s), Length: fmt.Sprintf("%.1f s", s.Range.Length().Seconds()),
		Alt: fmt.Sprintf("Shot %d of %s", s.Number, page.Plain(name)), Colour: w.colour(e.Name.Source), Picture: w.picture(*s),
	}
	if h.Line != nil {
		marks := make([]page.Mark, len(h.Marks))
		for i, m := range h.Marks {
			marks[i] = page.Mark(m)
		}
		c.Quote = page.Quote(h.Line.Text, marks)
	}
	c.Origin, c.Why = why(h)
	c.Notes = notes(h)
	return c
}

// why says what made a hit, and of which kind that is.
func why(h *search.Hit) (kind, text string) {
	if len(h.Why) == 0 {
		return "", "by the filters"
	}
	parts := make([]string, len(h.Why))
	for i, r := range h.Why {
		parts[i] = fmt.Sprintf("%s %s %.2f", r.Kind, r.Text, r.Score)
	}
	if kind = "words"; h.Why[0].Kind == "look" {
		kind = "echo"
	}
	return kind, page.Shorten(page.Plain(fmt.Sprintf("%.2f: %s", h.Score, strings.Join(parts, ", "))))
}

// notes are what the user said, and where the same footage is too.
func notes(h *search.Hit) (out []string) {
	for _, r := range []catalog.Remarks{h.LineSaid, h.Said} {
		if !r.None() {
			out = append(out, page.Plain(remarks(r)))
		}
	}
	var also []string
	for _, a := range h.Also[:min(len(h.Also), mostNotes)] {
		also = append(also, fmt.Sprintf("%s %s (%s)", page.Plain(episodeName(a.Episode)), a.Shot.Range.Start, shotID(a.Shot)))
	}
	if more := len(h.Also) - mostNotes; more > 0 {
		also = append(also, fmt.Sprintf("and %d more", more))
	}
	if len(also) > 0 {
		out = append(out, "also in "+strings.Join(also, ", "))
	}
	return out
}

func remarks(r catalog.Remarks) string {
	var parts []string
	if r.Rating > 0 {
		parts = append(parts, strings.Repeat("★", r.Rating))
	}
	for _, t := range r.Tags {
		parts = append(parts, "#"+t)
	}
	if r.Note != "" {
		parts = append(parts, "“"+page.Shorten(r.Note)+"”")
	}
	return strings.Join(parts, " ")
}

// colour tells one anime from the others, in the order in which they come.
func (w *writer) colour(source string) template.CSS {
	c, ok := w.colours[source]
	if !ok {
		i := len(w.colours)
		c = template.CSS(fmt.Sprintf("hsl(%d 60%% 55%%)", (205+i*1375/10)%360)) // by the golden angle, so that hues lie far apart
		w.colours[source] = c
	}
	return c
}

func shotID(s catalog.Shot) string { return fmt.Sprintf("%d:%d", s.Episode, s.Number) }

// episodeName is an episode as people name it.
func episodeName(e *catalog.Episode) string {
	n := e.Name
	number := n.Number
	if len(number) == 1 || len(number) > 1 && number[1] == '.' {
		number = "0" + number
	}
	switch {
	case number == "":
		return n.Source
	case n.Season > 0:
		return fmt.Sprintf("%s S%02dE%s", n.Source, n.Season, number)
	}
	return n.Source + " " + number
}
