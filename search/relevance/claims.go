package main

import (
	"fmt"
	"strings"
)

// claim is a comparison that is worth a row: a method with another on one group, or a group with another by one method.
type claim struct {
	what         string
	method, than string // methods
	group, of    group
	bar          float64
}

func claims() []claim {
	own, out := group{"", same}, []claim{}
	for _, c := range []struct {
		than string
		bar  float64
	}{{"words", 2.5}, {"MiniLM", 1.2}, {"e5", 1.2}} {
		out = append(out, claim{"both beside " + c.than + ", queries in the language of the lines", "both", c.than, own, own, c.bar})
	}
	en := between("en", "en")
	out = append(out, claim{"both beside MiniLM, English to English", "both", "MiniLM", en, en, 1.2})
	for _, p := range [][2]string{{"pl", "en"}, {"en", "pl"}, {"en", "ja"}} {
		g := between(p[0], p[1])
		out = append(out, claim{"both, " + g.name + " beside queries in the language of the lines", "both", "both", g, own, 0.8})
	}
	return out
}

// claimTable tells of each claim the ratio of precisions at 5 with its interval, and whether the difference leaves out 0. Those of different
// queries have no interval.
func (r results) claimTable() string {
	var b strings.Builder
	b.WriteString("| precision at 5 | ratio | difference | wanted |\n| --- | --- | --- | --- |\n")
	for _, c := range claims() {
		x, y := values(r.column(c.method, c.group), 0), values(r.column(c.than, c.of), 0)
		ratio, difference := "", ""
		if len(x) == len(y) && c.method != c.than {
			d := differenceInterval(x, y)
			ratio, difference = " "+ratioInterval(x, y).String(), fmt.Sprintf("%s %s", short(mean(x)-mean(y)), d)
			if d.above(0) {
				difference += ", above"
			}
		}
		fmt.Fprintf(&b, "| %s | %.2f%s | %s | %.1f |\n", c.what, mean(x)/max(mean(y), 1e-9), ratio, difference, c.bar)
	}
	return b.String()
}
