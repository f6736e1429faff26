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
)

// gauge makes answers to different queries comparable. A search's scores tell which of its own hits is the best; but the best hit of
// a weak answer may be worth less to its line than the third of a strong answer to its own.
type gauge struct {
	fused   map[string]bool    // voices that were answered by what lines mean too: those answers' scores compare as they are
	tongues map[string]string  // by voice, the language that it is in
	weights map[string]float64 // the most that a word adds to a score in any of the answers
	idle    map[string]bool    // words that were asked for, stand in a hit, and count for nothing there, such as "the"
	usual   float64            // weight of a word
	top     float64            // score of the best hit of all
}

func newGauge(answers map[string][]search.Hit) *gauge {
	g := &gauge{fused: map[string]bool{}, tongues: map[string]string{}, weights: map[string]float64{}, idle: map[string]bool{}}
	for voice, hits := range answers {
		if g.fused[voice] = slices.ContainsFunc(hits, func(h search.Hit) bool { return means(&h) }); g.fused[voice] {
			continue
		}
		asked := strings.Fields(strings.ToLower(voice))
		g.tongues[voice] = tongue(asked, hits)
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

// tongue is the language in which most of the words asked for are heard as they stand; of equals the one of the better hit, for hits
// come best first. It is empty where none is heard so.
func tongue(asked []string, hits []search.Hit) string {
	best, most := "", 0
	heard := map[string]map[string]bool{}
	for i := range hits {
		l := hits[i].Line
		if l == nil {
			continue
		}
		if heard[l.Lang] == nil {
			heard[l.Lang] = map[string]bool{}
		}
		for w := range strings.FieldsSeq(strings.ToLower(words(l.Text))) {
			if slices.Contains(asked, w) {
				heard[l.Lang][w] = true
			}
		}
	}
	for i := range hits {
		if l := hits[i].Line; l != nil && len(heard[l.Lang]) > most {
			best, most = l.Lang, len(heard[l.Lang])
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
// are, and half for how much is said at all, for one word in common is little even where there is no second. 0 is no answer.
func (g *gauge) strength(voice string, h *search.Hit) float64 {
	if g.fused[voice] {
		return min(1, max(0, h.Score))
	}
	much := 0.0
	if g.top > 0 {
		much = min(1, max(0, h.Score/g.top))
	}
	if len(h.Why) == 0 {
		return much
	}
	asked := strings.Fields(strings.ToLower(voice))
	whole := g.whole(asked)
	if whole <= 0 {
		return much
	}
	tongue := g.tongues[voice]
	said := g.said(asked, h, tongue != "" && h.Line != nil && h.Line.Lang != tongue)
	if said <= 0 {
		return 0
	}
	return (min(1, said/whole) + much) / 2
}

// said is the weight of the words that a hit says. In a foreign line a word that is only like one asked for is another word: "rano",
// Polish for the morning, is found for "ran", for each language's words are found by its own endings.
func (g *gauge) said(asked []string, h *search.Hit, foreign bool) float64 {
	best := map[string]float64{}
	sum := 0.0
	for _, r := range h.Why {
		w, likeness := meant(asked, r.Text)
		if foreign && likeness < 1 && !runsOn(w) {
			continue
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
