package main

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"slices"

	"github.com/amvlib/amvlib/meaning"
)

// plainFile holds the figures of the models as they come, query by query: they do not change, and take minutes to reckon.
const plainFile = dataDir + "/plain.tsv"

// plainNames are the models, in the order of the tables' columns.
var plainNames = []string{"MiniLM", "e5"}

func answerKey(method, query, lines string) string { return method + "\t" + query + "\t" + lines }

// reckonPlain ranks lines by the cosine of their vectors with the question's, each line by itself.
func reckonPlain(c corpus, m *meaning.Models) (kept, error) {
	out := kept{}
	for i, embed := range []func([]string) ([][]float32, error){m.English, m.Plain} {
		vectors := map[string][][]float32{}
		var ids []string
		for _, lang := range langs {
			var texts []string
			ids = ids[:0]
			for _, d := range c.Dialogues {
				for _, cue := range d.Cues {
					ids, texts = append(ids, cue.ID), append(texts, cue.Text[lang])
				}
			}
			var err error
			if vectors[lang], err = embed(texts); err != nil {
				return nil, err
			}
			fmt.Fprintf(os.Stderr, "%s: embedded %s\n", plainNames[i], lang)
		}
		for _, q := range slices.Concat(c.Tune, c.Report) {
			asked, err := embed([]string{q.Text})
			if err != nil {
				return nil, err
			}
			for lines, of := range inLanguages(vectors) {
				out[answerKey(plainNames[i], q.ID, lines)] = judge(nearest(asked[0], of, ids), q.Grades)
			}
		}
	}
	return out, nil
}

// inLanguages are the vectors of lines in each language, and in all.
func inLanguages(vectors map[string][][]float32) map[string][][][]float32 {
	out := map[string][][][]float32{}
	for lang, of := range vectors {
		out[lang] = [][][]float32{of}
		out[""] = append(out[""], of)
	}
	return out
}

// nearest are the ids of the nearest cues, each by the nearest of its translations.
func nearest(q []float32, translations [][][]float32, ids []string) []string {
	scores, order := make([]float64, len(ids)), make([]int, len(ids))
	for i := range ids {
		order[i], scores[i] = i, -2
		for _, of := range translations {
			sum := 0.0
			for k, x := range of[i] {
				sum += float64(x) * float64(q[k])
			}
			scores[i] = max(scores[i], sum)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	out := make([]string, recallDepth)
	for i := range out {
		out[i] = ids[order[i]]
	}
	return out
}

// sorted writes figures in the order of their keys.
func (k kept) sorted() []byte {
	var b bytes.Buffer
	keys := make([]string, 0, len(k))
	for key := range k {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		k.line(&b, key)
	}
	return b.Bytes()
}

// join puts a's figures beside those of r, as columns after the first.
func (r *results) join(a kept) error {
	for _, name := range plainNames {
		for _, q := range r.queries {
			by := map[string]figures{}
			for _, lines := range append([]string{""}, langs...) {
				f, ok := a[answerKey(name, q.ID, lines)]
				if !ok {
					return fmt.Errorf("there are no figures of %s for %s", name, q.ID)
				}
				by[lines] = f
			}
			r.of[name] = append(r.of[name], by)
		}
	}
	r.methods = slices.Concat(r.methods[:1], plainNames, r.methods[1:])
	return nil
}
