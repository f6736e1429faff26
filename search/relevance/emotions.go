package main

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/amvlib/amvlib/meaning"
	"github.com/amvlib/amvlib/mood"
)

// everyText is how many texts of goemotions_test.tsv one is taken of, so that it takes a minute.
const everyText = 3

// emotion is an axis with the labels of GoEmotions that mean it, and what a lexicon of valence says of it.
type emotion struct {
	axis    string
	labels  []string
	valence float64
}

var emotions = []emotion{
	{"joy", []string{"joy"}, 1}, {"sadness", []string{"sadness", "grief"}, -1}, {"anger", []string{"anger"}, -1}, {"fear", []string{"fear"}, -1},
	{"love", []string{"love"}, 1}, {"hope", []string{"optimism"}, 1}, {"tension", []string{"nervousness"}, -1},
	{"comedy", []string{"amusement"}, 1}, {"regret", []string{"remorse"}, -1}, {"triumph", []string{"pride"}, 1}, {"calm", []string{"relief"}, 1},
}

// labelled is a text with the names of its emotions.
type labelled struct {
	text   string
	labels []string
}

// readLabelled reads goemotions_test.tsv under dir.
func readLabelled(dir string) (out []labelled, err error) {
	names, err := os.ReadFile(filepath.Join(dir, "goemotions_labels.txt"))
	if err != nil {
		return nil, err
	}
	all := strings.Fields(string(names))
	data, err := os.ReadFile(filepath.Join(dir, "goemotions_test.tsv"))
	n := 0
	for line := range bytes.Lines(data) {
		if n++; n%everyText != 0 {
			continue
		}
		c := strings.Split(strings.TrimSpace(string(line)), "\t")
		l := labelled{text: c[0]}
		for label := range strings.SplitSeq(c[min(1, len(c)-1)], ",") {
			if i, err := strconv.Atoi(label); err == nil && i < len(all) {
				l.labels = append(l.labels, all[i])
			}
		}
		out = append(out, l)
	}
	return out, err
}

func (e emotion) of(l labelled) bool {
	return slices.ContainsFunc(l.labels, func(name string) bool { return slices.Contains(e.labels, name) })
}

// voice scores a text for an emotion.
type voice struct {
	name  string
	score func(e emotion, text int) float64
}

// voices are the axes, MiniLM's view of an axis's name, and what lexicons say where their valences are in a file of name, then text by text
// the valence, in columns.
func voices(m *meaning.Models, texts []labelled, lexicons string) ([]voice, error) {
	of := make([]meaning.Vector, len(texts))
	plain := make([]string, len(texts))
	for i, l := range texts {
		v, err := m.Lines(nothingStops, []meaning.Line{{Text: l.text, Lang: "en"}})
		if err != nil {
			return nil, err
		}
		of[i], plain[i] = v[0], l.text
	}
	axes, err := mood.AxisDirections(m)
	if err != nil {
		return nil, err
	}
	directions := map[string]meaning.Query{}
	var names []string
	for i, a := range mood.Axes() {
		directions[a.Name], names = meaning.Along(axes[i].Any, axes[i].English), append(names, a.Name)
	}
	words, err1 := m.English(names)
	lines, err2 := m.English(plain)
	if err := cmp.Or(err1, err2); err != nil {
		return nil, err
	}
	out := []voice{
		{"axes", func(e emotion, i int) float64 { q := directions[e.axis]; return float64(q.Score(&of[i])) }},
		{"MiniLM, the axis's name", func(e emotion, i int) float64 { return cosine(words[slices.Index(names, e.axis)], lines[i]) }},
	}
	return append(out, lexiconVoices(lexicons, len(texts))...), nil
}

func cosine(a, b []float32) (sum float64) {
	for i, x := range a {
		sum += float64(x) * float64(b[i])
	}
	return sum
}

// lexiconVoices are those of a file that scripts/valence.py wrote; none where there is none.
func lexiconVoices(path string, texts int) (out []voice) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	rows := strings.Split(strings.TrimSpace(string(data)), "\n")
	for k, name := range strings.Split(rows[0], "\t") {
		valence := make([]float64, texts)
		for i := range valence {
			if (i+1)*everyText < len(rows) {
				valence[i], _ = strconv.ParseFloat(strings.Split(rows[(i+1)*everyText], "\t")[k], 64)
			}
		}
		out = append(out, voice{name, func(e emotion, i int) float64 { return e.valence * valence[i] }})
	}
	return out
}

// emotionTable is how well each voice tells the texts of an emotion from others.
func emotionTable(m *meaning.Models, dir, lexicons string) (string, error) {
	texts, err := readLabelled(dir)
	if err != nil {
		return "", err
	}
	all, err := voices(m, texts, lexicons)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "| %d texts of goemotions_test | mean AUC | mean average precision | of chance |\n| --- | --- | --- | --- |\n", len(texts))
	for _, v := range all {
		var auc, precision, chance float64
		for _, e := range emotions {
			scores, is := make([]float64, len(texts)), make([]bool, len(texts))
			for i, l := range texts {
				scores[i], is[i] = v.score(e, i), e.of(l)
			}
			a, p, c := told(scores, is)
			auc, precision, chance = auc+a, precision+p, chance+c
		}
		n := float64(len(emotions))
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", v.name, short(auc/n), short(precision/n), short(chance/n))
	}
	return b.String(), nil
}

// told is the area under the curve of hits over false alarms, where equal scores count half; the mean precision at each hit, equal scores in
// the worst order; and the share of hits.
func told(scores []float64, is []bool) (auc, precision, chance float64) {
	order := make([]int, len(scores))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		worse := 0
		if is[a] != is[b] {
			worse = 1
			if is[b] {
				worse = -1
			}
		}
		return cmp.Or(cmp.Compare(scores[b], scores[a]), worse)
	})
	var hits, others, above float64
	for from := 0; from < len(order); {
		to := from
		var h, o float64
		for ; to < len(order) && scores[order[to]] == scores[order[from]]; to++ {
			if is[order[to]] {
				h++
				precision += (hits + h) / float64(to+1)
			} else {
				o++
			}
		}
		above += o*hits + o*h/2
		hits, others, from = hits+h, others+o, to
	}
	return above / max(1, hits*others), precision / max(1, hits), hits / float64(len(order))
}
