package ingest

import (
	"regexp"
	"strings"

	"github.com/amvlib/amvlib/catalog"
)

var (
	wordy  = regexp.MustCompile(`^\p{L}`)
	edited = regexp.MustCompile(`(?i)^v(\d)(?:\W|$)`)
)

// words is a name sorted: who released it, what stands outside brackets, and what inside them is neither group nor noise.
type words struct {
	group   string
	text    string
	version int
	inside  []string
	before  int // so many of them stand before the text
}

func unpack(stem string) words {
	stem, group := takeScene(airing.ReplaceAllString(stem, " "))
	w, lead, last, text := words{}, "", "", strings.Builder{}
	all, begun := pieces(stem), false
	for i, p := range all {
		switch {
		case p.open == 0:
			text.WriteString(" " + p.text)
			begun = begun || letter.MatchString(p.text)
		case i == 1 && !begun && leads(p):
			lead = p.text
		case noisy(p.text), edited.MatchString(p.text):
			w.version = max(w.version, number(part(p.text, edited.FindStringSubmatchIndex(p.text), 1)))
		case i+1 < len(all) && begun && within(p, all[i+1]):
			text.WriteString(" " + string(p.open) + p.text + string(brackets[p.open]))
		default:
			w.inside, last = append(w.inside, blanks(flat(p.text))), trailing(p)
			if !begun {
				w.before = len(w.inside)
			}
		}
	}
	w.text = tidy(cutNoise(blanks(text.String())))
	w.sign(lead, last, group)
	return w
}

// within tells whether brackets are a part of the title, as in "You Can (Not) Sail": words follow them that number nothing.
func within(p, next piece) bool {
	follows := blanks(next.text)
	return strings.ContainsRune("([", p.open) && next.open == 0 && wordy.MatchString(follows) && !isNumber(follows) && !isNumber(blanks(p.text))
}

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
		w.inside, w.before, w.group = append([]string{lead}, w.inside...), w.before+1, scene
	case lead != "":
		w.group = lead
	case scene != "":
		w.group = scene
	case w.text != "":
		w.group = last
	}
}

// titleInside is the first title in brackets, for names that have no other. What follows a number is an episode's title.
func (w *words) titleInside() string {
	for _, s := range w.inside[:w.before] {
		if isNumber(s) {
			break
		}
		if s = tidy(s); s != "" {
			return s
		}
	}
	return ""
}

// isNumber tells whether a text says which episode or season it is, and nothing else.
func isNumber(s string) bool {
	var n catalog.Name
	takeInside(s, &n)
	return n != catalog.Name{}
}
