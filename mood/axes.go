package mood

import (
	_ "embed" // the tables
	"fmt"
	"strings"
	"sync"
)

// Axis is a mood that lines and shots are scored on.
type Axis struct {
	Name     string
	Opposite string   // the axis that is its contrary; empty where there is none
	Means    string   // what it is about, in a few words
	Traits   []string // names of the traits that pictures, pace and sound of such scenes tend to have
	Words    []string // that name it, in English, Polish and Japanese, folded; one that ends in * stands for all that begin so
}

//go:embed axes.tsv
var axesTable string

//go:embed sentences.tsv
var sentencesTable string

// Axes are all axes, in a fixed order.
func Axes() []Axis { return axes() }

var axes = sync.OnceValue(func() []Axis {
	var all []Axis
	for line := range strings.Lines(axesTable) {
		c := columns(line, 7)
		a := Axis{Name: c[0], Opposite: c[1], Traits: strings.Fields(c[2]), Means: c[3]}
		for _, words := range c[4:] {
			a.Words = append(a.Words, phrases(words)...)
		}
		all = append(all, a)
	}
	return all
})

// axisNamed is the place of an axis among [Axes]; -1 where none is called so.
func axisNamed(name string) int {
	for i, a := range axes() {
		if a.Name == name {
			return i
		}
	}
	return -1
}

// sentence is one that somebody in the mood of an axis might say, or that tells of it, in each of the languages.
type sentence struct {
	axis  int
	texts [len(languages)]string
}

// languages are those that sentences are in, in the order of the table.
var languages = [...]string{"en", "pl", "ja"}

// sentences are in the order of axes.
var sentences = sync.OnceValue(func() []sentence {
	var all []sentence
	for line := range strings.Lines(sentencesTable) {
		c := columns(line, 1+len(languages))
		all = append(all, sentence{axisNamed(c[0]), [len(languages)]string(c[1:])})
	}
	return all
})

// columns are those of a line of a table that is part of the program.
func columns(line string, n int) []string {
	c := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
	if len(c) != n {
		panic(fmt.Sprintf("mood: a line of %d columns, not %d: %q", len(c), n, line))
	}
	return c
}

// phrases parts words by blanks, but those in quotes, and folds them.
func phrases(words string) (all []string) {
	for i, part := range strings.Split(words, `"`) {
		if i%2 == 1 {
			all = append(all, fold(part))
			continue
		}
		for w := range strings.FieldsSeq(part) {
			all = append(all, fold(w))
		}
	}
	return all
}
