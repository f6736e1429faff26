package meaning

import (
	"errors"
	"math"
	"strings"
	"sync"
)

// Query is what lines are compared with. Its numbers are integers, so that every machine gives the same scores.
type Query struct {
	Any     [Size]int16 // for Vector.Any
	English [Size]int16 // for Vector.English

	// AnyEnglish is for Vector.Any of English lines, where the question is in another language; zeros where Any is meant for all.
	AnyEnglish [Size]int16

	scale *scale // by which Score goes; nil for that of English questions
}

// finer is how many steps of a query's numbers make 1.
const finer = 1 << 13

// scale is what products with lines of films are on average, and what they spread by (standard deviations).
type scale struct {
	others, any, english normal
	worthEnglish         float32 // of the English model's product beside the other's
	spreadBoth           float32 // of the sum of both
}

// normal is a mean and a spread.
type normal struct{ mean, spread float64 }

// by makes spreads from the mean of products; steps is how many steps of the line's numbers make 1.
func (n normal) by(steps float64) linear {
	return linear{float32(1 / (steps * finer * n.spread)), float32(n.mean / n.spread)}
}

// linear makes a score of a product.
type linear struct{ factor, less float32 }

func (l linear) of(product int32) float32 { return float32(float32(product)*l.factor) - l.less }

// Of lines that are not in English, and of the two products of those that are. Measured over the relevance set's lines.
var (
	ofEnglish = scale{others: normal{0.030, 0.109}, any: normal{0.074, 0.123}, english: normal{0.054, 0.116}, worthEnglish: 1, spreadBoth: 1.81}
	// What both models would see in a question in another language if it were in English is guessed; the multilingual one better.
	ofForeign = scale{others: normal{0.043, 0.114}, any: normal{0.017, 0.124}, english: normal{0.073, 0.122}, worthEnglish: 0.5, spreadBoth: 1.37}
	// Of what lies near a line in another language only the English model's view is guessed.
	ofOthers = scale{others: normal{0.043, 0.114}, any: normal{0.025, 0.106}, english: normal{0.040, 0.115}, worthEnglish: 0.7, spreadBoth: 1.52}
	// Directions are seen from the middle of all lines, so that lines lie on either side of it.
	ofDirections = scale{others: normal{0, 0.112}, any: normal{0, 0.113}, english: normal{0, 0.113}, worthEnglish: 1, spreadBoth: 1.77}
)

// bridged is what the English model's view of a question counts for beside the other's where lines in other languages are compared.
const bridged = 0.7

// Query gives what a question is compared by: the multilingual model's vector, and the English one's beside it, which is guessed from the
// other where lang is not English; such a question is compared with English lines by where its translation may be. Of a verse, whose lines
// are parted by line ends or " / ", the lines count as much as the whole.
func (m *Models) Query(text, lang string) (Query, error) {
	texts, place := verse(text), theSpace()
	if !isEnglish(lang) {
		return m.foreign(texts)
	}
	var of [][]float32
	var err1 error
	var beside sync.WaitGroup // somebody waits
	beside.Go(func() { of, err1 = m.English(texts) })
	every, err2 := m.Sentences(texts)
	beside.Wait()
	if err := errors.Join(err1, err2); err != nil {
		return Query{}, err
	}
	broad, english := place.seenBroadly(together(every)), place.seenInEnglish(together(of), 1)
	scaleToOne(broad)
	scaleToOne(english)
	over := place.bridge.back(english)
	scaleToOne(over)
	add(broad, bridged, over)
	return ask(broad, english, &ofEnglish), nil
}

// untranslated is what a question as it is counts for beside its translation where English lines are compared: a guess is never quite right.
const untranslated = 0.5

// foreign gives what a question in another language than English is compared by.
func (m *Models) foreign(texts []string) (Query, error) {
	l, err := m.multilingual()
	if err != nil {
		return Query{}, err
	}
	of, err := l.encoder.embed(texts)
	if err != nil {
		return Query{}, err
	}
	translated, english := theTranslation().of(of)
	for _, v := range of {
		l.strip(v)
	}
	broad := theSpace().seenBroadly(together(of))
	scaleToOne(broad)
	add(translated, untranslated, broad)
	q := ask(broad, english, &ofForeign)
	direct(&q.AnyEnglish, translated)
	return q, nil
}

// add adds to v a share of another.
func add(v []float32, share float32, other []float32) {
	for i, x := range other {
		v[i] += float32(share * x)
	}
}

// AnyOf is what Vector.Any of lines is multiplied with: of English ones, or of others.
func (q *Query) AnyOf(english bool) *[Size]int16 {
	if english && q.AnyEnglish != [Size]int16{} {
		return &q.AnyEnglish
	}
	return &q.Any
}

// mostLines is how many lines of a verse are looked at by themselves.
const mostLines = 16

// verse is a text and, if it has several, its lines.
func verse(text string) []string {
	var lines []string
	for line := range strings.SplitSeq(strings.ReplaceAll(text, " / ", "\n"), "\n") {
		if line = plain(line); line != "" && len(lines) < mostLines {
			lines = append(lines, line)
		}
	}
	whole := []string{plain(strings.ReplaceAll(text, " / ", " "))}
	if len(lines) < 2 {
		return whole
	}
	return append(whole, lines...)
}

// together adds to the first vector the mean of the others, and makes it of length one.
func together(vectors [][]float32) []float32 {
	whole, lines := vectors[0], vectors[1:]
	for _, v := range lines {
		for i, x := range v {
			whole[i] += x / float32(len(lines))
		}
	}
	scaleToOne(whole)
	return whole
}

// Along asks for what lies along a direction among vectors of Sentences, such as that of a mood, and beside it one among those of English, or
// nil, which is guessed then. Directions are seen from the middle of many sentences. Lines in English, which two models judge, and others
// compare.
func Along(broad, english []float32) Query {
	place := theSpace()
	seen := place.seenBroadly(broad)
	if english == nil || dot(english, english) == 0 {
		return ask(seen, place.bridge.of(seen), &ofDirections)
	}
	return ask(seen, place.english.of(english), &ofDirections)
}

// Toward asks for what lies near a line.
func Toward(v *Vector) Query {
	broad, english := make([]float32, Size), make([]float32, Size)
	for i := range broad {
		broad[i], english[i] = float32(v.Any[i]), float32(v.English[i])
	}
	if !v.IsEnglish() {
		return ask(broad, theSpace().bridge.of(broad), &ofOthers)
	}
	return ask(broad, english, &ofEnglish)
}

// Leaning is q turned towards another question, which counts for share of it, and scored as that is.
func (q Query) Leaning(other Query, share float32) Query {
	sum := func(a, b *[Size]int16) []float32 {
		out := make([]float32, Size)
		for i, x := range a {
			out[i] = float32(x) + float32(share*float32(b[i]))
		}
		return out
	}
	both := ask(sum(&q.Any, &other.Any), sum(&q.English, &other.English), other.scale)
	if of, and := q.AnyOf(true), other.AnyOf(true); of != &q.Any || and != &other.Any {
		direct(&both.AnyEnglish, sum(of, and))
	}
	return both
}

// ask rounds.
func ask(broad, english []float32, s *scale) Query {
	q := Query{scale: s}
	direct(&q.Any, broad)
	direct(&q.English, english)
	return q
}

func direct(dst *[Size]int16, v []float32) {
	scaleToOne(v)
	for i, x := range v {
		dst[i] = int16(math.RoundToEven(float64(x) * finer))
	}
}

// IsEnglish tells whether lines in English are compared by the English model too.
func (q *Query) IsEnglish() bool { return q.English != [Size]int16{} }

// Score is how near a line is, in standard deviations of the lines of films from their mean: most have less than 2, and what means the same
// has 3 to 6.
func (q *Query) Score(v *Vector) float32 {
	broad, s := product(&v.Any, q.AnyOf(v.IsEnglish())), q.Scorer()
	if q.IsEnglish() && v.IsEnglish() {
		return s.Both(broad, product(&v.English, &q.English))
	}
	return s.Any(broad)
}

// Scorer is Score by products that were made before.
type Scorer struct {
	others, any, english linear
	worthEnglish, spread float32
}

// Scorer is that of q.
func (q *Query) Scorer() Scorer {
	s := q.scale
	if s == nil {
		s = &ofEnglish
	}
	return Scorer{s.others.by(stepsAny), s.any.by(stepsAny), s.english.by(stepsEnglish), s.worthEnglish, s.spreadBoth}
}

// Any is the score of a line that has no vector but Any, by the product of that with the query's.
func (s *Scorer) Any(product int32) float32 { return s.others.of(product) }

// Both is the score of a line that has both, by the product of each with the query's.
func (s *Scorer) Both(broad, english int32) float32 {
	return (s.any.of(broad) + float32(s.worthEnglish*s.english.of(english))) / s.spread
}

// product of at most 384 times 7 times finer fits 32 bits.
func product(v *[Size]int8, q *[Size]int16) int32 {
	var sum int32
	for i, x := range v {
		sum += int32(x) * int32(q[i])
	}
	return sum
}
