package edits

import "math/rand/v2"

// dice are the throws of one edit.
type dice struct{ *rand.Rand }

// throw are the dice of a seed and a purpose.
func throw(seed uint64, purpose uint64) dice { return dice{rand.New(rand.NewPCG(seed, purpose))} }

// from is a whole number from lo to hi, both included; lo where hi is less.
func (d dice) from(lo, hi int) int { return lo + d.IntN(max(1, hi-lo+1)) }

func (d dice) between(lo, hi float64) float64 { return lo + (hi-lo)*d.Float64() }

func (d dice) chance(p float64) bool { return d.Float64() < p }

func (d dice) colour() colour {
	return colour{byte(d.IntN(256)), byte(d.IntN(256)), byte(d.IntN(256))}
}

func (d dice) sign() int { return 2*d.IntN(2) - 1 }

// pick is one of the choices.
func pick[T any](d dice, of ...T) T { return of[d.IntN(len(of))] }

// weighted is one of the rows of a table by their odds.
func weighted[T any](d dice, table []T, odds func(T) float64) T {
	sum := 0.0
	for _, row := range table {
		sum += odds(row)
	}
	x := d.Float64() * sum
	for _, row := range table {
		if x -= odds(row); x < 0 {
			return row
		}
	}
	return table[len(table)-1]
}
