package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/amvlib/amvlib/meaning"
)

// nothingStops is the context of what takes a minute.
var nothingStops = context.Background()

// asked is how many sentences are looked for among the lines of another language.
const asked = 300

// pairing is sentences with their translations, and others to find them among.
type pairing struct {
	name, lang string
	file, more string // the pairs, and those whose translations are but among the others
	others     int    // of those
}

func pairings() []pairing {
	return []pairing{
		{"English to Polish, among 1,000", "pl", "tatoeba_en_pl_1000.tsv", "", 0},
		{"English to Polish, among 3,000", "pl", "tatoeba_en_pl_1000.tsv", "tatoeba_en_pl.tsv", 2000},
		{"English to Japanese, among 1,000", "ja", "tatoeba_en_ja_1000.tsv", "", 0},
	}
}

// pairTable is how often the translation of a sentence comes first among lines of another language, both ways.
func pairTable(m *meaning.Models, dir string) (string, error) {
	var b strings.Builder
	b.WriteString("| translations that come first | e5 | meaning |\n| --- | --- | --- |\n")
	for _, p := range pairings() {
		for _, back := range []bool{false, true} {
			if back && p.others > 0 {
				continue
			}
			plain, ours, err := p.first(m, dir, back)
			if err != nil {
				return "", err
			}
			name := p.name
			if back {
				name = "and back"
			}
			fmt.Fprintf(&b, "| %s | %s | %s |\n", name, short(plain), short(ours))
		}
	}
	return b.String(), nil
}

// first asks for sentences, and counts those whose translation is nearest, by plain e5 and by what search goes by.
func (p pairing) first(m *meaning.Models, dir string, back bool) (plain, ours float64, err error) {
	pairs, err := p.read(dir)
	if err != nil {
		return 0, 0, err
	}
	langs, at := []string{"en", p.lang}, 0
	if back {
		langs, at = []string{p.lang, "en"}, 1
	}
	vectors, raw := make([]meaning.Vector, len(pairs)), make([]string, len(pairs))
	for i, pair := range pairs {
		raw[i] = pair[1-at]
		v, err := m.Lines(nothingStops, []meaning.Line{{Text: raw[i], Lang: langs[1]}})
		if err != nil {
			return 0, 0, err
		}
		vectors[i] = v[0]
	}
	lines, err := m.Plain(raw)
	for i := 0; i < asked && err == nil; i++ {
		var q meaning.Query
		var v [][]float32
		if q, err = m.Query(pairs[i][at], langs[0]); err == nil {
			v, err = m.Plain([]string{pairs[i][at]})
		}
		if err == nil && bestOf(len(pairs), func(k int) float64 { return float64(q.Score(&vectors[k])) }) == i {
			ours++
		}
		if err == nil && bestOf(len(pairs), func(k int) float64 { return cosine(v[0], lines[k]) }) == i {
			plain++
		}
	}
	return plain / asked, ours / asked, err
}

// read gives pairs of which the first are asked for.
func (p pairing) read(dir string) (pairs [][]string, err error) {
	for _, name := range []string{p.file, p.more} {
		if name == "" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return nil, err
		}
		n := 0
		for line := range strings.Lines(string(data)) {
			c := strings.Split(strings.TrimSpace(line), "\t")
			if name == p.more && n >= p.others {
				break
			}
			if len(c) == 2 {
				pairs = append(pairs, c)
				n++
			}
		}
	}
	return pairs, nil
}

func bestOf(n int, score func(int) float64) (best int) {
	most := score(0)
	for i := 1; i < n; i++ {
		if s := score(i); s > most {
			best, most = i, s
		}
	}
	return best
}
