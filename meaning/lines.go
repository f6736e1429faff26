package meaning

import (
	"context"
	"strings"
)

// Line is a line of a track.
type Line struct {
	Text string
	Lang string // as in BCP 47: "en", "pt-BR"; empty where unknown
}

// neighbours is what the vector of a line between its neighbours counts beside that of the line alone.
const neighbours = 0.75

// chunk is how many lines are embedded between two looks at the context.
const chunk = 16

// Lines gives the vector of each line of a track, in the order of time: what the line means alone, and what it means between the line
// before and the one behind. Lines that do not belong together, such as those before and behind a long silence, are better given apart. A
// line without text has a vector of zeros. Errors: that of ctx.
func (m *Models) Lines(ctx context.Context, track []Line) ([]Vector, error) {
	out := make([]Vector, len(track))
	texts := make([]string, len(track))
	english := make([]bool, len(track))
	for i, l := range track {
		texts[i], english[i] = plain(l.Text), isEnglish(l.Lang)
	}
	for from := 0; from < len(track); from += chunk {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		s := stretch{texts: texts, from: from, to: min(from+chunk, len(track))}
		place := theSpace()
		if err := s.embed(m.Sentences, func(i int, v []float32) { store(&out[i].Any, place.seenBroadly(v), stepsAny) }); err != nil {
			return nil, err
		}
		s.only = english
		if err := s.embed(m.English, func(i int, v []float32) {
			store(&out[i].English, place.seenInEnglish(v, 1+neighbours), stepsEnglish)
		}); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// stretch is a part of a track.
type stretch struct {
	texts    []string
	from, to int
	only     []bool // which lines are meant; nil for all
}

// embed gives the lines' vectors to keep.
func (s *stretch) embed(model func([]string) ([][]float32, error), keep func(line int, v []float32)) error {
	var lines, windows []int // of these lines; where their windows are among the texts, each of which comes after its line
	var texts []string
	for i := s.from; i < s.to; i++ {
		if s.texts[i] == "" || s.only != nil && !s.only[i] {
			continue
		}
		lines, texts = append(lines, i), append(texts, s.texts[i])
		if window := s.window(i); window != s.texts[i] {
			texts = append(texts, window)
		}
		windows = append(windows, len(texts)-1)
	}
	vectors, err := model(texts)
	if err != nil {
		return err
	}
	at := 0
	for k, i := range lines {
		keep(i, fold(vectors[at], vectors[windows[k]]))
		at = windows[k] + 1
	}
	return nil
}

// window is a line between its neighbours.
func (s *stretch) window(i int) string {
	parts := s.texts[max(i-1, 0):min(i+2, len(s.texts))]
	return strings.TrimSpace(strings.Join(parts, " "))
}

// fold adds to a line's vector its share of the window's.
func fold(line, window []float32) []float32 {
	for i, w := range window {
		line[i] += float32(neighbours * w)
	}
	return line
}

// plain is text in one row.
func plain(text string) string { return strings.Join(strings.Fields(text), " ") }

func isEnglish(lang string) bool {
	base, _, _ := strings.Cut(strings.ReplaceAll(lang, "_", "-"), "-")
	return strings.EqualFold(base, "en") || strings.EqualFold(base, "eng")
}
