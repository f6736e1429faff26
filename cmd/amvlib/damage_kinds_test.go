//go:build unix

package main

import (
	"bytes"
	"math"
	"math/rand/v2"
	"slices"
)

// kindsOfDamage are the ways to damage a film. Those that take from another film tell whether both have to be decoded.
var kindsOfDamage = []struct {
	name string
	both bool
	do   func(r *rand.Rand, film, other []byte) []byte
}{
	{"truncated", false, truncated},
	{"flipped", false, flipped},
	{"swapped", false, swapped},
	{"zeroed", false, zeroed},
	{"shuffled", false, shuffled},
	{"joined", true, joined},
	{"inflated", false, inflated},
}

// logarithmic is from lo to hi, as likely in one power of two as in another.
func logarithmic(r *rand.Rand, lo, hi int) int {
	return int(float64(lo) * math.Pow(float64(hi)/float64(lo), r.Float64()))
}

// place is where damage begins: anywhere, or as often in the first four KiB, where the headers are.
func place(r *rand.Rand, data []byte) int {
	if r.IntN(2) == 0 {
		return r.IntN(min(4096, len(data)))
	}
	return r.IntN(len(data))
}

func truncated(r *rand.Rand, film, _ []byte) []byte {
	if r.IntN(4) == 0 {
		return film[:r.IntN(min(64<<10, len(film)))]
	}
	return film[:r.IntN(len(film))]
}

func flipped(r *rand.Rand, film, _ []byte) []byte {
	header := r.IntN(4) == 0
	for range logarithmic(r, 1, 10000) {
		at := r.IntN(len(film))
		if header {
			at = place(r, film)
		}
		film[at] ^= 1 << r.IntN(8)
	}
	return film
}

// swapped has another film's header.
func swapped(r *rand.Rand, film, other []byte) []byte {
	n := min(logarithmic(r, 32, 64<<10), len(film), len(other))
	if r.IntN(2) == 0 {
		return slices.Concat(other[:n], film) // before its own
	}
	copy(film, other[:n])
	return film
}

func zeroed(r *rand.Rand, film, _ []byte) []byte {
	for range 1 + r.IntN(8) {
		at := place(r, film)
		clear(film[at:min(len(film), at+logarithmic(r, 1, len(film)/4))])
	}
	return film
}

// shuffled has blocks changed about.
func shuffled(r *rand.Rand, film, _ []byte) []byte {
	size := logarithmic(r, 512, 64<<10)
	blocks := slices.Collect(slices.Chunk(bytes.Clone(film), size))
	first := 0
	if r.IntN(4) > 0 {
		first = min(1, len(blocks)-1) // the header keeps its place
	}
	for range logarithmic(r, 1, 200) {
		i, j := first+r.IntN(len(blocks)-first), first+r.IntN(len(blocks)-first)
		blocks[i], blocks[j] = blocks[j], blocks[i]
	}
	return slices.Concat(blocks...)
}

// joined is two films, one or both in part.
func joined(r *rand.Rand, film, other []byte) []byte {
	switch r.IntN(3) {
	case 0:
		return slices.Concat(film, other)
	case 1:
		return slices.Concat(film[:r.IntN(len(film))], other)
	}
	return slices.Concat(film[:r.IntN(len(film))], other[r.IntN(len(other)):])
}

// inflated has fields of the greatest values, as sizes, counts and times may become.
func inflated(r *rand.Rand, film, _ []byte) []byte {
	for range logarithmic(r, 1, 64) {
		at := place(r, film)
		field := film[at:min(len(film), at+1+r.IntN(8))]
		for i := range field {
			field[i] = 0xff
		}
		if r.IntN(2) == 0 {
			field[0] = 0x7f
		}
	}
	return film
}
