package main

import (
	"cmp"
	"math"
	"slices"
)

// figures are those of one query, or means of many.
type figures struct{ NDCG, Precision, Recall float64 }

// Depths at which answers are cut off.
const (
	gainDepth      = 10
	precisionDepth = 5
	recallDepth    = 50
)

// judge measures an answer, the ids of cues with the best first, by the grades of a query.
func judge(answer []string, grades map[string]int) figures {
	return figures{discounted(answer, grades) / discounted(ideal(grades), grades),
		found(answer, grades, precisionDepth) / precisionDepth, found(answer, grades, recallDepth) / float64(len(grades))}
}

// discounted is the gain of an answer, 3 for a line of grade 2 and 1 for one of grade 1, discounted by the logarithm of its place.
func discounted(answer []string, grades map[string]int) (sum float64) {
	for i, id := range answer[:min(len(answer), gainDepth)] {
		sum += (math.Exp2(float64(grades[id])) - 1) / math.Log2(float64(i)+2)
	}
	return sum
}

// ideal is the best answer that there could be.
func ideal(grades map[string]int) (ids []string) {
	for id := range grades {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b string) int { return cmp.Compare(grades[b], grades[a]) })
	return ids
}

func found(answer []string, grades map[string]int, depth int) (n float64) {
	for _, id := range answer[:min(len(answer), depth)] {
		if grades[id] > 0 {
			n++
		}
	}
	return n
}

// sum and over make means.
func (f figures) sum(o figures) figures {
	return figures{f.NDCG + o.NDCG, f.Precision + o.Precision, f.Recall + o.Recall}
}

func (f figures) over(n int) figures {
	return figures{f.NDCG / float64(n), f.Precision / float64(n), f.Recall / float64(n)}
}

// named gives the figures with what they are called, in the order of the tables.
func (f figures) named() []namedFigure {
	return []namedFigure{{"precision at 5", f.Precision}, {"nDCG@10", f.NDCG}, {"recall at 50", f.Recall}}
}

type namedFigure struct {
	name  string
	value float64
}
