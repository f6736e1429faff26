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
	English [Size]int16 // for Vector.English; zeros where the question is not in English

	scale *scale // by which Score goes; nil for that of questions
}

// finer is how many steps of a query's numbers make 1.
const finer = 1 << 13

// scale is what products with lines of films are on average, and what they spread by (standard deviations).
type scale struct {
	meanAny, spreadAny         float64
	meanEnglish, spreadEnglish float64
	spreadBoth                 float32 // of the sum of both, each taken from its mean and divided by its own
}

var (
	ofQuestions = scale{meanAny: 0.05, spreadAny: 0.114, meanEnglish: 0.29, spreadEnglish: 0.117, spreadBoth: 1.78}
	// Directions are seen from the middle of all lines, so that lines lie on either side of it.
	ofDirections = scale{spreadAny: 0.144, spreadEnglish: 0.123, spreadBoth: 1.88}
)

// Query gives what a question is compared by: the multilingual model's vector, and the English one's beside it where lang is English. Of a
// verse, whose lines are parted by line ends or " / ", the lines count as much as the whole.
func (m *Models) Query(text, lang string) (Query, error) {
	texts := verse(text)
	if !isEnglish(lang) {
		broad, err := m.Sentences(texts)
		if err != nil {
			return Query{}, err
		}
		return Toward(together(broad), nil), nil
	}
	var english [][]float32
	var err1 error
	var beside sync.WaitGroup // somebody waits
	beside.Go(func() { english, err1 = m.English(texts) })
	broad, err2 := m.Sentences(texts)
	beside.Wait()
	if err := errors.Join(err1, err2); err != nil {
		return Query{}, err
	}
	return Toward(together(broad), together(english)), nil
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

// together adds to the first vector the mean of the others.
func together(vectors [][]float32) []float32 {
	whole, lines := vectors[0], vectors[1:]
	for _, v := range lines {
		for i, x := range v {
			whole[i] += x / float32(len(lines))
		}
	}
	return whole
}

// Along asks for what lies along a direction that is seen from the middle of many sentences, such as that of a mood, as Toward does. Lines in
// English, which two models judge, and others compare then.
func Along(broad, english []float32) Query {
	q := Toward(broad, english)
	q.scale = &ofDirections
	return q
}

// Toward asks for what lies near a vector of Sentences, and beside it one of English, or nil.
func Toward(broad, english []float32) Query {
	var q Query
	direct(&q.Any, broad)
	if english != nil {
		direct(&q.English, english)
	}
	return q
}

func direct(dst *[Size]int16, v []float32) {
	unit := append([]float32(nil), v...)
	scaleToOne(unit)
	for i, x := range unit {
		dst[i] = int16(math.RoundToEven(float64(x) * finer))
	}
}

// IsEnglish tells whether lines in English are compared by the English model too.
func (q *Query) IsEnglish() bool { return q.English != [Size]int16{} }

// Score is how near a line is, in standard deviations of the lines of films from their mean: most have less than 2, and what means the same
// has 3 to 6.
func (q *Query) Score(v *Vector) float32 {
	broad := product(&v.Any, &q.Any)
	if q.IsEnglish() && v.IsEnglish() {
		return q.ScoreOf(broad, product(&v.English, &q.English), true)
	}
	return q.ScoreOf(broad, 0, false)
}

// ScoreOf is Score by products that were made before, of Any with Any and of English with English; both tells whether there is the second.
func (q *Query) ScoreOf(broad, english int32, both bool) float32 {
	const unit = 1.0 / (steps * finer)
	s := q.scale
	if s == nil {
		s = &ofQuestions
	}
	score := float32(float32(broad)*float32(unit/s.spreadAny)) - float32(s.meanAny/s.spreadAny)
	if both {
		score += float32(float32(english)*float32(unit/s.spreadEnglish)) - float32(s.meanEnglish/s.spreadEnglish)
		score /= s.spreadBoth
	}
	return score
}

// product of at most 384 times 127 times finer fits 32 bits.
func product(v *[Size]int8, q *[Size]int16) int32 {
	var sum int32
	for i, x := range v {
		sum += int32(x) * int32(q[i])
	}
	return sum
}
