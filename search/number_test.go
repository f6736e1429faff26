package search

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/amvlib/amvlib/catalog"
)

func TestCompareNumbers(t *testing.T) {
	want := []string{
		"", "0", "1", "1-2", "2", "3-4", "7a", "07b", "10", "12.5", "13", "100", "1071",
		"Movie", "Movie 2", "NCED", "NCOP 1", "NCOP 1a", "NCOP 1b", "NCOP 2", "NCOP 10", "OVA 9", "OVA 10", "SP", "SP 2", "SP 10",
	}
	got := slices.Clone(want)
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
	slices.SortFunc(got, CompareNumbers)
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for i, a := range want {
		for j, b := range want {
			if c := CompareNumbers(a, b); c < 0 != (i < j) || c > 0 != (i > j) {
				t.Errorf("%q against %q is %d", a, b, c)
			}
		}
	}
	if CompareNumbers("07", "7") != 0 || CompareNumbers("ep 7", "7") != 0 {
		t.Error("7 is not 07")
	}
}

// A file of two episodes is found by both, one way or another, and by no other.
func TestEpisodesOfARange(t *testing.T) {
	all := []catalog.Episode{
		{ID: 1, Name: catalog.Name{Source: "Kite", Number: "1-2"}},
		{ID: 2, Name: catalog.Name{Source: "Kite", Number: "3"}},
		{ID: 3, Name: catalog.Name{Source: "Kite", Season: 2, Number: "9-11"}},
		{ID: 4, Name: catalog.Name{Source: "Kite", Number: "NCOP 1-3"}},
		{ID: 5, Name: catalog.Name{Source: "Moth", Number: "2"}},
	}
	for _, c := range []struct {
		q    Query
		want []int64
	}{
		{Query{Episode: "1"}, []int64{1}},
		{Query{Episode: "02"}, []int64{1, 5}},
		{Query{Episode: "1-2"}, []int64{1}},
		{Query{Episode: "3"}, []int64{2}},
		{Query{Episode: "10"}, []int64{3}},
		{Query{Episode: "ep 11"}, []int64{3}},
		{Query{Episode: "9"}, []int64{3}},
		{Query{Episode: "12"}, nil},
		{Query{Episode: "0"}, nil},
		{Query{Episode: "1.5"}, nil},
		{Query{Episode: "S02E10"}, []int64{3}},
		{Query{Episode: "S01E02"}, []int64{1, 5}},
		{Query{Episode: "kite 2"}, []int64{1}},
		{Query{First: 2, Last: 2}, []int64{1, 5}},
		{Query{First: 2, Last: 3}, []int64{1, 2, 5}},
		{Query{First: 11}, []int64{3}},
		{Query{First: 4, Last: 8}, nil},
		{Query{Last: 1}, []int64{1}},
	} {
		got, err := choose(all, c.q)
		if found := ids(got); !slices.Equal(found, c.want) || (err != nil) != (len(c.want) == 0) {
			t.Errorf("episode %q, %v to %v: %v, %v; want %v", c.q.Episode, c.q.First, c.q.Last, found, err, c.want)
		}
	}
}
