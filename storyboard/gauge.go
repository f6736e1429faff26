package storyboard

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/amvlib/amvlib/search"
)

const (
	shortWord = 4   // runes from which a word that nothing answers counts as missing; most shorter ones carry nothing
	inflected = 0.8 // what "counting" is worth for "count"
	foreign   = 0.5 // and what "rano", Polish for the morning, is for "ran": each language's words are found by its own endings
)

// gauge makes answers to different queries comparable. A search's scores tell which of its own hits is the best; but the best hit of
// a weak answer may be worth less to its line than the third of a strong answer to its own.
type gauge struct {
	tongues map[string]string  // by voice, the language of most of what answers it
	weights map[string]float64 // the most that a word adds to a score in any of the answers
	idle    map[string]bool    // words that were asked for, stand in a hit, and count for nothing there, such as "the"
	usual   float64            // weight of a word
	top     float64            // score of the best hit of all
}

func newGauge(answers map[string][]search.Hit) *gauge {
	g := &gauge{tongues: map[string]string{}, weights: map[string]float64{}, idle: map[string]bool{}}
	for voice, hits := range answers {
		asked := strings.Fields(strings.ToLower(voice))
		g.tongues[voice] = tongue(hits)
		for i := range hits {
			g.learn(asked, &hits[i])
		}
	}
	all := make([]float64, 0, len(g.weights))
	for _, w := range g.weights {
		all = append(all, w)
	}
	if slices.Sort(all); len(all) > 0 {
		g.usual = all[len(all)/2]
	}
	return g
}

// tongue is the language of most hits, of equals the one of the better hit; hits come best first.
func tongue(hits []search.Hit) string {
	best, n := "", map[string]int{}
	for i := range hits {
		if l := hits[i].Line; l != nil {
			n[l.Lang]++
		}
	}
	for i := range hits {
		if l := hits[i].Line; l != nil && n[l.Lang] > n[best] {
			best = l.Lang
		}
	}
	return best
}

// learn takes maxima only, so that the order of the answers does not matter.
func (g *gauge) learn(asked []string, h *search.Hit) {
	if !finite(h.Score) {
		return
	}
	g.top = max(g.top, h.Score)
	found := map[string]bool{}
	for _, r := range h.Why {
		w, _ := meant(asked, r.Text)
		found[w] = true
		if finite(r.Score) {
			g.weights[w] = max(g.weights[w], r.Score)
		}
	}
	if h.Line == nil {
		return
	}
	for heard := range strings.FieldsSeq(strings.ToLower(words(h.Line.Text))) {
		if slices.Contains(asked, heard) && !found[heard] {
			g.idle[heard] = true
		}
	}
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// strength is from 0 to 1 how well a hit answers: half for the share of the words asked for that are said, weighed by how rare they
// are, and half for how much is said at all, for one word in common is little even where there is no second.
func (g *gauge) strength(voice string, h *search.Hit) float64 {
	much := 0.0
	if g.top > 0 {
		much = min(1, max(0, h.Score/g.top))
	}
	if len(h.Why) == 0 {
		return much
	}
	asked, abroad := strings.Fields(strings.ToLower(voice)), 1.0
	if h.Line != nil && h.Line.Lang != g.tongues[voice] {
		abroad = foreign
	}
	share := g.said(asked, h, abroad) / max(g.whole(asked), math.SmallestNonzeroFloat64)
	return (min(1, share) + much) / 2
}

// said is the weight of the words that a hit says; of those that are only like them, abroad as much.
func (g *gauge) said(asked []string, h *search.Hit, abroad float64) float64 {
	best := map[string]float64{}
	sum := 0.0
	for _, r := range h.Why {
		w, likeness := meant(asked, r.Text)
		if likeness < 1 {
			likeness *= abroad
		}
		v := g.weights[w] * likeness
		sum += max(0, v-best[w])
		best[w] = max(best[w], v)
	}
	return sum
}

// whole is the weight of all words that are asked for.
func (g *gauge) whole(asked []string) float64 {
	sum := 0.0
	for i, w := range asked {
		if !slices.Contains(asked[:i], w) {
			sum += g.weight(w)
		}
	}
	return sum
}

// weight of a word that nothing answers is a guess: the usual one, if the word seems to carry something.
func (g *gauge) weight(word string) float64 {
	if v, ok := g.weights[word]; ok {
		return v
	}
	if g.idle[word] || utf8.RuneCountInString(word) < shortWord && !runsOn(word) {
		return 0
	}
	return g.usual
}

// runsOn tells words of scripts that put no spaces between them.
func runsOn(word string) bool {
	return strings.ContainsFunc(word, func(r rune) bool { return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) })
}

// meant is the word asked for that a text of a hit answers, and how alike they are, up to 1: the same word, else the one of the same
// beginning. It is the text itself where there is none.
func meant(asked []string, text string) (word string, likeness float64) {
	text = strings.ToLower(text)
	word, most := text, 0
	for _, w := range asked {
		if w == text {
			return w, 1
		}
		if n := alike(w, text); n > most {
			word, most = w, n
		}
	}
	if runsOn(word) {
		return word, float64(most) / float64(max(1, utf8.RuneCountInString(word)))
	}
	return word, inflected
}

// alike is how many runes both begin with, or, where words run together, how many of the text stand anywhere in the word.
func alike(word, text string) int {
	if runsOn(word) && strings.Contains(word, text) {
		return utf8.RuneCountInString(text)
	}
	a, b := []rune(word), []rune(text)
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}
