package search

import (
	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/index"
)

func newHit(marker *index.Marker, m index.Match, e *catalog.Episode, shot catalog.Shot, line *catalog.Line) Hit {
	marks := marker.Marks(line.Lang, line.Text)
	h := Hit{Episode: e, Shot: shot, Shots: line.Shots, Line: line, Score: m.Score, Marks: union(marks)}
	for _, p := range m.Parts {
		h.Why = append(h.Why, reason(p, marks, line.Text))
	}
	return h
}

// union joins marks that overlap, but for those of words that carry nothing: a line full of marks shows nothing. They come in order of where they start.
func union(marks []index.Mark) []Mark {
	var out []Mark
	for _, m := range marks {
		if m.Faint {
			continue
		}
		if n := len(out); n > 0 && m.Start < out[n-1].End {
			out[n-1].End = max(out[n-1].End, m.End)
			continue
		}
		out = append(out, Mark{Start: m.Start, End: m.End})
	}
	return out
}

// reason tells what p found in the line: the first of its marks, as it stands there.
func reason(p index.Part, marks []index.Mark, text string) Reason {
	r := Reason{Kind: "word", Text: p.Text, Score: p.Score}
	switch {
	case p.Phrase:
		r.Kind = "phrase"
	case p.Like:
		r.Kind = "like"
	}
	for _, m := range marks {
		if m.Text == p.Text && m.Phrase == p.Phrase {
			r.Text = text[m.Start:m.End]
			break
		}
	}
	return r
}
