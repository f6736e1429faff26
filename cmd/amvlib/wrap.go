package main

import "strings"

// wrap parts s into lines of at most width columns: between words, beside wide characters, and inside words only where one is longer
// than a line. Styles are closed at the end of a line and taken up in the next. A width of 0 leaves s in one.
func wrap(s string, width int) []string {
	if width <= 0 || columnsOf(s) <= width {
		return []string{s}
	}
	w := &wrapper{width: width}
	for g, n := range glyphs(s) {
		switch {
		case isStyle(g):
			w.styled(g)
		case g == " ":
			w.flush()
			w.blanks++
		case n > 1:
			w.flush()
			w.add(g, n)
			w.flush()
		default:
			w.add(g, n)
		}
	}
	w.flush()
	w.end()
	return w.lines
}

// wrapper holds a line, and the word that may still have to go to the next.
type wrapper struct {
	width  int
	lines  []string
	line   strings.Builder
	used   int    // columns of line
	blanks int    // before the word
	word   string // with its styles
	length int    // columns of word
	style  string // that is open at the end of line and word
	atLine string // that is open at the end of line
}

func (w *wrapper) styled(g string) {
	w.word += g
	if w.style = g; g == resetStyle {
		w.style = ""
	}
}

func (w *wrapper) add(g string, n int) {
	if n > w.width {
		g, n = "?", 1 // nothing shows on a screen narrower than a character
	}
	if w.length+n > w.width { // a word longer than a line
		style := w.style
		w.flush()
		w.end()
		w.style = style
	}
	w.word += g
	w.length += n
}

// flush puts the word into the line, or begins another.
func (w *wrapper) flush() {
	if w.length > 0 && w.used > 0 && w.used+w.blanks+w.length > w.width {
		w.end()
	}
	if w.used > 0 && w.length > 0 {
		w.line.WriteString(strings.Repeat(" ", w.blanks))
		w.used += w.blanks
	}
	if w.length > 0 {
		w.blanks = 0
	}
	w.line.WriteString(w.word)
	w.used += w.length
	w.word, w.length, w.atLine = "", 0, w.style
}

// end closes the line.
func (w *wrapper) end() {
	if w.used > 0 {
		if w.atLine != "" {
			w.line.WriteString(resetStyle)
		}
		w.lines = append(w.lines, w.line.String())
	} else if w.line.Len() > 0 && len(w.lines) > 0 { // only styles are left
		w.lines[len(w.lines)-1] += w.line.String()
		w.line.Reset()
		return
	}
	w.line.Reset()
	w.line.WriteString(w.atLine)
	w.used, w.blanks = 0, 0
}
