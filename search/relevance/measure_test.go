package main

import (
	"math"
	"testing"
)

func TestJudge(t *testing.T) {
	grades := map[string]int{"a": 2, "b": 1, "c": 1}
	best := 3 + 1/math.Log2(3) + 0.5
	for _, c := range []struct {
		answer []string
		want   figures
	}{
		{[]string{"a", "b", "c"}, figures{1, 0.6, 1}},
		{[]string{"x", "a"}, figures{3 / math.Log2(3) / best, 0.2, 1. / 3}},
		{[]string{"x", "x", "x", "x", "x", "b"}, figures{1 / math.Log2(7) / best, 0, 1. / 3}},
		{nil, figures{}},
	} {
		got := judge(c.answer, grades)
		for i, f := range got.named() {
			if want := c.want.named()[i].value; math.Abs(f.value-want) > 1e-9 {
				t.Errorf("%v: %s is %g, want %g", c.answer, f.name, f.value, want)
			}
		}
	}
	deep := make([]string, 60)
	deep[49], deep[50], deep[9], deep[10] = "a", "b", "c", "c"
	if f := judge(deep, grades); f.Recall != 1 || f.NDCG == 0 { // c counts once in a real answer; here twice, and b not at all
		t.Errorf("the depths are off: %+v", f)
	}
}

func TestIntervals(t *testing.T) {
	a, b := make([]float64, 100), make([]float64, 100)
	for i := range a {
		a[i], b[i] = float64(i%2), float64(i%2)-0.1
	}
	in := meanInterval(a)
	if in.low < 0.38 || in.low > 0.42 || in.high < 0.58 || in.high > 0.62 { // half of 100 tosses, give or take 1.96 * 5
		t.Errorf("the interval of a tossed coin is %v", in)
	}
	if d := differenceInterval(a, b); math.Abs(d.low-0.1) > 1e-9 || math.Abs(d.high-0.1) > 1e-9 || !d.above(0) {
		t.Errorf("the same difference in all queries has the interval %v", d)
	}
	if d := differenceInterval(a, a); d.above(0) {
		t.Errorf("a method is above itself: %v", d)
	}
	for i := range b {
		b[i] = a[i] * 2
	}
	if r := ratioInterval(b, a); math.Abs(r.low-2) > 1e-9 || math.Abs(r.high-2) > 1e-9 {
		t.Errorf("twice as much has the ratio %v", r)
	}
}

func TestGroups(t *testing.T) {
	q := query{Lang: "pl", Kind: "verse"}
	r := results{queries: []query{q, {Lang: "en", Kind: "word"}}, methods: []string{"m"}, of: map[string][]map[string]figures{"m": {
		{"": {Recall: 1}, "en": {Recall: 0.2}, "pl": {Recall: 0.6}, "ja": {Recall: 0.4}},
		{"": {Recall: 0}, "en": {Recall: 0.8}, "pl": {Recall: 0}, "ja": {Recall: 0}},
	}}}
	for name, want := range map[string][]float64{
		"queries in the language of the lines": {0.6, 0.8}, "queries in another language": {0.3, 0}, "all languages in one library": {1, 0},
		"pl to en": {0.2}, "en to en": {0.8}, "ja to ja": nil, "verse, another language": {0.3}, "word, same language": {0.8},
	} {
		for _, g := range groups() {
			if g.name != name {
				continue
			}
			got := values(r.column("m", g), 2)
			for i := range want {
				if len(got) != len(want) || math.Abs(got[i]-want[i]) > 1e-9 {
					t.Errorf("%s: got %v, want %v", name, got, want)
				}
			}
		}
	}
}

func TestTold(t *testing.T) {
	yes := []bool{true, false, true, false}
	for _, c := range []struct {
		scores                 []float64
		auc, precision, chance float64
	}{
		{[]float64{4, 2, 3, 1}, 1, 1, 0.5},
		{[]float64{4, 3, 2, 1}, 0.75, (1 + 2./3) / 2, 0.5},
		{[]float64{1, 1, 1, 1}, 0.5, (1./3 + 2./4) / 2, 0.5},
		{[]float64{1, 4, 2, 3}, 0, (1./3 + 2./4) / 2, 0.5},
	} {
		auc, precision, chance := told(c.scores, yes)
		if math.Abs(auc-c.auc)+math.Abs(precision-c.precision)+math.Abs(chance-c.chance) > 1e-9 {
			t.Errorf("%v: %g, %g, %g, want %g, %g, %g", c.scores, auc, precision, chance, c.auc, c.precision, c.chance)
		}
	}
}
