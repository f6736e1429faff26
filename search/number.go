package search

import (
	"cmp"
	"regexp"
	"strconv"
)

var span = regexp.MustCompile(`^(\d{1,4})-(\d{1,4})$`)

// reach is the first and last number of an episode; a file of two episodes has "1-2". It is false for what is none: films, OVAs.
func reach(s string) (first, last float64, ok bool) {
	s = number(s)
	if m := span.FindStringSubmatch(s); m != nil {
		s = m[1]
		last, _ = strconv.ParseFloat(m[2], 64)
	}
	first, err := strconv.ParseFloat(s, 64)
	return first, max(first, last), err == nil
}

// holds tells whether an episode has a number, written as one likes, or holds it: "1-2" holds 2.
func holds(episode, wanted string) bool {
	if number(episode) == number(wanted) {
		return true
	}
	first, last, ok := reach(episode)
	n, err := strconv.Atoi(number(wanted))
	return ok && err == nil && first < last && first <= float64(n) && float64(n) <= last
}

var figures = regexp.MustCompile(`^\d+(?:\.\d+)?`)

// CompareNumbers puts the numbers of episodes in the order in which people count: 2 before 10, "SP 2" before "SP 10", "1-2" after 1,
// and numbers before what begins with a word. It is negative, 0 or positive as a comes before b, is b, or comes after.
func CompareNumbers(a, b string) int {
	a, b = number(a), number(b)
	for a != "" && b != "" {
		x, y := figures.FindString(a), figures.FindString(b)
		if c := compareFigures(x, y); c != 0 {
			return c
		}
		if a, b = a[len(x):], b[len(y):]; x == "" {
			if a[0] != b[0] {
				return cmp.Compare(a[0], b[0])
			}
			a, b = a[1:], b[1:]
		}
	}
	return cmp.Compare(len(a), len(b))
}

// compareFigures compares as numbers; figures come before what is none.
func compareFigures(x, y string) int {
	if x == "" || y == "" {
		return -cmp.Compare(min(len(x), 1), min(len(y), 1))
	}
	m, _ := strconv.ParseFloat(x, 64)
	n, _ := strconv.ParseFloat(y, 64)
	return cmp.Compare(m, n)
}
