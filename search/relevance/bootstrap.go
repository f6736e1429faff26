package main

import (
	"math/rand/v2"
	"slices"
)

// samples that an interval is read off.
const samples = 10_000

// interval is what the middle 95 % of samples lie within.
type interval struct{ low, high float64 }

func (i interval) above(x float64) bool { return i.low > x }

// bootstrap gives the interval of a statistic over n queries. It draws the same samples for the same n, in every run.
func bootstrap(n int, statistic func(drawn []int) float64) interval {
	r := rand.New(rand.NewPCG(uint64(n), 20))
	values, drawn := make([]float64, samples), make([]int, n)
	for i := range values {
		for k := range drawn {
			drawn[k] = r.IntN(n)
		}
		values[i] = statistic(drawn)
	}
	slices.Sort(values)
	return interval{values[samples*25/1000], values[samples*975/1000]}
}

// meanInterval is that of the mean of values.
func meanInterval(values []float64) interval {
	return bootstrap(len(values), func(drawn []int) float64 { return meanOf(values, drawn) })
}

// differenceInterval is that of the mean difference of a over b, query by query.
func differenceInterval(a, b []float64) interval {
	return bootstrap(len(a), func(drawn []int) float64 { return meanOf(a, drawn) - meanOf(b, drawn) })
}

// ratioInterval is that of the ratio of the means of a and b, over the same queries.
func ratioInterval(a, b []float64) interval {
	return bootstrap(len(a), func(drawn []int) float64 { return meanOf(a, drawn) / max(meanOf(b, drawn), 1e-9) })
}

func meanOf(values []float64, drawn []int) (sum float64) {
	for _, i := range drawn {
		sum += values[i]
	}
	return sum / float64(len(drawn))
}

func mean(values []float64) (sum float64) {
	for _, v := range values {
		sum += v
	}
	return sum / float64(max(1, len(values)))
}
