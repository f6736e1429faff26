package storyboard

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/amvlib/amvlib/search"
	"github.com/amvlib/amvlib/timecode"
)

const mostVoices = 4 // rows of a lyric line that are asked for by themselves

// voices are what a lyric line asks the library: a query a row. A lyric and its translation stand on rows of their own, and asked at
// once the words of one language would rank among those of the other.
func voices(text string) []string {
	var all []string
	for row := range strings.SplitSeq(text, "\n") {
		if q := query(row); q != "" && !slices.Contains(all, q) {
			all = append(all, q)
		}
	}
	if len(all) > mostVoices {
		all[mostVoices-1] = query(strings.Join(all[mostVoices-1:], " "))
		all = all[:mostVoices]
	}
	return all
}

// query is the words of a row.
func query(text string) string {
	var all []string
	for w := range strings.FieldsSeq(words(text)) {
		for part := range slices.Chunk([]rune(w), longestWord) {
			all = append(all, string(part))
		}
	}
	return strings.Join(all[:min(len(all), wordsMost)], " ")
}

func (l *library) ask(ctx context.Context, text string) error {
	if _, ok := l.answers[text]; ok {
		return nil
	}
	hits, err := l.Finder.Search(ctx, search.Query{Text: text, Any: true, Limit: answered})
	if err != nil {
		return fmt.Errorf("find scenes for %q: %w", text, err)
	}
	hits = slices.Clone(hits[:min(len(hits), answered)])
	slices.SortStableFunc(hits, func(a, b search.Hit) int { return cmp.Compare(b.Score, a.Score) })
	l.answers[text] = hits
	return nil
}

// answersTo are the shots that answer a lyric line, the best first, measured so that they compare with those of every other line.
func (l *library) answersTo(line string, rate timecode.Rate) []candidate {
	var all []candidate
	at := map[shotKey]int{}
	for _, v := range voices(line) {
		for _, c := range showable(l.answers[v], rate) {
			if c.hit.Score = l.gauge.strength(v, &c.hit); c.hit.Score <= 0 {
				continue
			}
			if i, ok := at[c.key()]; ok {
				all[i] = both(&all[i], &c)
				continue
			}
			at[c.key()] = len(all)
			all = append(all, c)
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(b.hit.Score, a.hit.Score) })
	value(all, rate)
	return all
}

// both joins answers of one shot to two rows. Where it is one line that answers both, it counts for both; else the better does.
func both(a, b *candidate) candidate {
	best, other := *a, *b
	if b.hit.Score > a.hit.Score {
		best, other = *b, *a
	}
	if best.hit.Line == nil || other.hit.Line == nil || best.hit.Line.ID != other.hit.Line.ID {
		return best
	}
	best.hit.Score += (1 - best.hit.Score) * other.hit.Score
	best.hit.Why = append(slices.Clone(best.hit.Why), other.hit.Why...)
	best.hit.Marks = joinMarks(best.hit.Marks, other.hit.Marks)
	return best
}

func joinMarks(a, b []search.Mark) []search.Mark {
	all := append(slices.Clone(a), b...)
	slices.SortFunc(all, func(a, b search.Mark) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
	return slices.Compact(all)
}
