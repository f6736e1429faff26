package mood

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxText is how long a mood may be, in bytes.
const MaxText = 4096

var (
	// ErrNoMood is a mood without a letter in it.
	ErrNoMood = errors.New(`no mood is named: say one, as in "lonely but hopeful"; amvlib moods lists them`)
	// ErrTooLong is a mood of more than MaxText bytes.
	ErrTooLong = fmt.Errorf("the mood is too long: at most %d bytes; a few words do", MaxText)
)

// Wish is what an editor asks for. The zero Wish asks for nothing.
type Wish struct {
	Text   string   // the mood, as it was typed
	Lang   string   // it is written in, where that is known: "en"; only English is read by the English model
	Axes   []Wanted // that Text names, each once
	Rest   string   // what of Text names no axis and is no word that joins others
	Traits []Trait  // that picture, pace and sound must have
}

// Wanted is an axis that a mood names.
type Wanted struct {
	Axis   string
	Word   string  // by which it was named, as it stands in the text, folded
	Weight float64 // below 0 where it was said that it is not wanted
}

// None tells whether nothing is asked for.
func (w Wish) None() bool { return w.Text == "" && len(w.Traits) == 0 }

// How long a text is at most that is a mood and hardly more.
const (
	fewWords = 5 // in all
	fewRunes = 8 // in all, in a script without blanks
	fewRest  = 1 // words that name no axis
)

// Bare tells of a short text whose words name axes, all of them or all but one: "lonely at night", "furious", and no line of a lyric.
func (w Wish) Bare() bool {
	words := strings.Fields(w.Text)
	if len(w.Axes) == 0 || len(words) > fewWords || len(strings.Fields(w.Rest)) > fewRest {
		return false
	}
	return !strings.ContainsFunc(w.Text, unspaced) || utf8.RuneCountInString(w.Text) <= fewRunes
}

// unwanted is the weight of an axis that was named after "not".
const unwanted = -0.5

// Parse reads a mood. A word that names two axes asks for both; "not sad" asks for the opposite of sadness where nothing else is asked
// for, and for less of it otherwise. Text that names no axis is no error: it has meaning all the same, see [Wish.Query].
//
// Errors: ErrNoMood, ErrTooLong.
func Parse(text string) (Wish, error) {
	if len(text) > MaxText {
		return Wish{}, ErrTooLong
	}
	text = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(text, " "), blank), " ")
	if !strings.ContainsFunc(text, unicode.IsLetter) {
		return Wish{}, ErrNoMood
	}
	r := reading{wish: Wish{Text: text}, words: tokens(fold(text))}
	for r.at < len(r.words) {
		r.next()
	}
	r.wish.Rest = strings.Join(r.rest, " ")
	r.wish.turn()
	return r.wish, nil
}

func blank(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }

// reading is a text on its way to a wish.
type reading struct {
	wish  Wish
	words []string
	at    int
	not   bool // what comes next is not wanted
	rest  []string
}

// next reads a word, a phrase, or a run of a script without blanks.
func (r *reading) next() {
	word := r.words[r.at]
	if first, _ := firstRune(word); unspaced(first) {
		r.run(word)
		return
	}
	names, took := axisLexicon().at(r.words, r.at)
	switch {
	case took > 0:
		for _, n := range names {
			r.want(n, strings.Join(r.words[r.at:r.at+took], " "), r.not)
		}
		r.not = false
		r.at += took
		return
	case slices.Contains(denials, word) || strings.HasSuffix(word, "n't"):
		r.not = true
	case slices.Contains(joints, word):
		r.not = r.not && !slices.Contains(turns, word)
	default:
		r.rest, r.not = append(r.rest, word), false
	}
	r.at++
}

func firstRune(s string) (rune, bool) {
	for _, r := range s {
		return r, true
	}
	return 0, false
}

func (r *reading) run(word string) {
	for _, part := range axisLexicon().within(word, r.want) {
		if part = strings.TrimFunc(part, particle); len([]rune(part)) > 1 || containsHan(part) {
			r.rest = append(r.rest, part)
		}
	}
	r.at++
}

// particle tells the kana that join words.
func particle(r rune) bool {
	return strings.ContainsRune("のがはをにでとへもやだなしいくさみっけどての", r)
}

func containsHan(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// want adds an axis. The first word for it stands; one that wants it is stronger than one that does not.
func (r *reading) want(axis int, word string, not bool) {
	w := Wanted{Axis: axes()[axis].Name, Word: word, Weight: 1}
	if not {
		w.Weight = unwanted
	}
	i := slices.IndexFunc(r.wish.Axes, func(o Wanted) bool { return o.Axis == w.Axis })
	switch {
	case i < 0:
		r.wish.Axes = append(r.wish.Axes, w)
	case r.wish.Axes[i].Weight < w.Weight:
		r.wish.Axes[i] = w
	}
}

// turn asks for opposites where all that is said is what is not wanted.
func (w *Wish) turn() {
	if slices.ContainsFunc(w.Axes, func(a Wanted) bool { return a.Weight > 0 }) {
		return
	}
	for i, a := range w.Axes {
		if opposite := axes()[axisNamed(a.Axis)].Opposite; opposite != "" {
			w.Axes[i] = Wanted{Axis: opposite, Word: "not " + a.Word, Weight: 1}
		}
	}
}

// Words that take back what follows, and words that join others and say nothing of a mood themselves.
var (
	denials = strings.Fields("not no never without isn't less nie bez bezz ani")
	turns   = strings.Fields("but yet though although just ale lecz choc tylko")
	joints  = append(strings.Fields(`a an the and or but yet though although very so really too quite rather bit little of in at on with to for
		full feel feels feeling feelings mood moods scene scenes shot shots vibe vibes moment moments something some that is it are just more most kind like as
		i oraz lub albo ale lecz choc bardzo troche nieco dosc w na z ze do o po przy od za jak to jest sa cos nastroj scena sceny ujecie klimat
		pelen pelna pelne tylko uczucie`), "")
)
