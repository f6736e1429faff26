package ingest

import (
	"strings"

	"github.com/amvlib/amvlib/catalog"
)

// words is a name sorted: who released it, what stands outside brackets, and what inside them is neither group nor noise.
type words struct {
	group  string
	text   string
	inside []string
}

func unpack(stem string) words {
	stem, group := takeScene(stem)
	w, lead, last := words{}, "", ""
	for i, p := range pieces(stem) {
		switch {
		case p.open == 0:
			w.text += " " + p.text
		case lead == "" && i <= 1 && blankSoFar(w.text) && leads(p):
			lead = p.text
		case !noisy(p.text):
			w.inside, last = append(w.inside, blanks(p.text)), trailing(p)
		}
	}
	w.text = tidy(cutNoise(blanks(w.text)))
	w.sign(lead, last, group)
	return w
}

func blankSoFar(s string) bool { return strings.TrimSpace(s) == "" }

// leads tells whether a first piece may name a group.
func leads(p piece) bool {
	return strings.ContainsRune("[(【", p.open) && (!noise(p.text) || groupWord.MatchString(p.text)) && !isNumber(blanks(p.text))
}

// trailing is a last piece that may name a group: one word in square brackets. The title of an episode has more.
func trailing(p piece) string {
	if p.open != '[' || strings.Contains(p.text, " ") || isNumber(blanks(p.text)) {
		return ""
	}
	return p.text
}

// sign settles who the group is. A first bracket is the title where nothing else can be.
func (w *words) sign(lead, last, scene string) {
	lead = strings.TrimSpace(lead)
	switch {
	case lead != "" && w.text == "" && w.titleInside() == "":
		w.inside, w.group = append([]string{lead}, w.inside...), scene
	case lead != "":
		w.group = lead
	case scene != "":
		w.group = scene
	case w.text != "":
		w.group = last
	}
}

// titleInside is the first title in brackets, for names that have nothing but brackets.
func (w *words) titleInside() string {
	for _, s := range w.inside {
		if !isNumber(s) {
			return tidy(s)
		}
	}
	return ""
}

// isNumber tells whether a text says which episode or season it is, and nothing else.
func isNumber(s string) bool {
	var n catalog.Name
	return takeInside(s, &n)
}
