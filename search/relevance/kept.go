package main

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
)

// mostFall is how far a figure may fall below the one that is kept.
const mostFall = 0.02

// kept are figures under keys of three columns: half, group and method in figures.tsv; method, query and language of lines in plain.tsv.
type kept map[string]figures

func keptKey(half string, g group, method string) string { return half + "\t" + g.name + "\t" + method }

// keep puts the figures of one half into k.
func (k kept) keep(half string, r results) {
	for _, g := range groups() {
		for _, m := range r.methods {
			column := r.column(m, g)
			sum := figures{}
			for _, f := range column {
				sum = sum.sum(f)
			}
			k[keptKey(half, g, m)] = sum.over(len(column))
		}
	}
}

// write writes k in the order of the tables.
func (k kept) write(methods []string) []byte {
	var b bytes.Buffer
	for _, half := range []string{"tune", "report"} {
		for _, g := range groups() {
			for _, m := range methods {
				k.line(&b, keptKey(half, g, m))
			}
		}
	}
	return b.Bytes()
}

// line writes one key and its figures.
func (k kept) line(b *bytes.Buffer, key string) {
	fmt.Fprintf(b, "%s\t%.4f\t%.4f\t%.4f\n", key, k[key].Precision, k[key].NDCG, k[key].Recall)
}

// readKept reads what was written so.
func readKept(data []byte) (kept, error) {
	k := kept{}
	for line := range strings.Lines(string(data)) {
		c := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(c) != 6 {
			return nil, fmt.Errorf("not six columns: %q", line)
		}
		var f figures
		for i, to := range []*float64{&f.Precision, &f.NDCG, &f.Recall} {
			var err error
			if *to, err = strconv.ParseFloat(c[3+i], 64); err != nil {
				return nil, err
			}
		}
		k[strings.Join(c[:3], "\t")] = f
	}
	return k, nil
}

// falls tells of every figure of now that is further below the one in k than it may be, or that is missing.
func (k kept) falls(now kept) (out []string) {
	for key, was := range k {
		is, ok := now[key]
		if !ok {
			out = append(out, key+" is not measured any more")
			continue
		}
		for i, f := range was.named() {
			if got := is.named()[i].value; got < f.value-mostFall {
				out = append(out, fmt.Sprintf("%s: %s is %.3f, and was %.3f", strings.ReplaceAll(key, "\t", ", "), f.name, got, f.value))
			}
		}
	}
	return out
}
