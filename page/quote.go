package page

import "unicode/utf8"

// Piece is a part of a quoted line.
type Piece struct {
	Text   string
	Marked bool
}

// Mark is a stretch of a line, in bytes.
type Mark struct{ Start, End int }

// Quote parts a line at its marks. Marks that lie outside, overlap or cut a letter in two are passed over.
func Quote(text string, marks []Mark) []Piece {
	var all []Piece
	at := 0
	for _, m := range marks {
		if m.Start < at || m.End <= m.Start || m.End > len(text) || !letters(text, m.Start) || !letters(text, m.End) {
			continue
		}
		all = append(all, Piece{Text: text[at:m.Start]}, Piece{Text: text[m.Start:m.End], Marked: true})
		at = m.End
	}
	return trim(append(all, Piece{Text: text[at:]}))
}

// letters tells whether a text can be parted there.
func letters(text string, at int) bool { return at == len(text) || utf8.RuneStart(text[at]) }

// trim drops empty pieces, and what goes beyond the longest text shown.
func trim(all []Piece) []Piece {
	var out []Piece
	room := Longest
	for _, p := range all {
		p.Text = Plain(p.Text)
		n := utf8.RuneCountInString(p.Text)
		if n > room {
			p.Text = string([]rune(p.Text)[:room]) + "…"
		}
		if p.Text != "" && room > 0 {
			out = append(out, p)
		}
		room -= n
		if room < 0 {
			break
		}
	}
	return out
}
