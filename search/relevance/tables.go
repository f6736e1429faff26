package main

import (
	"fmt"
	"strings"
)

// tables are those of one half in Markdown: the claims, then one for each figure.
func (r results) tables() string {
	var b strings.Builder
	b.WriteString("### What is claimed\n\n" + r.claimTable() + "\n")
	for at, f := range (figures{}).named() {
		fmt.Fprintf(&b, "### %s\n\n", strings.ToUpper(f.name[:1])+f.name[1:])
		r.table(&b, at)
		b.WriteString("\n")
	}
	return b.String()
}

func (r results) table(b *strings.Builder, at int) {
	fmt.Fprintf(b, "| what is asked | queries | %s |\n| --- | --- |%s\n", strings.Join(r.methods, " | "), strings.Repeat(" --- |", len(r.methods)))
	for _, g := range groups() {
		fmt.Fprintf(b, "| %s | %d |", g.name, len(r.column(r.methods[0], g)))
		for _, m := range r.methods {
			v := values(r.column(m, g), at)
			fmt.Fprintf(b, " %s %s |", short(mean(v)), meanInterval(v))
		}
		b.WriteString("\n")
	}
}

// short writes a figure of 0 to 1 as .25.
func short(x float64) string {
	s := fmt.Sprintf("%.2f", x)
	if rest, ok := strings.CutPrefix(s, "0"); ok {
		return rest
	}
	return strings.Replace(s, "-0.", "-.", 1)
}

func (i interval) String() string { return "(" + short(i.low) + " to " + short(i.high) + ")" }
