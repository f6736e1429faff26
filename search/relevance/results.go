package main

import "context"

// results are the figures of each method, query by query, by the language of the lines that were asked; "" is of all together.
type results struct {
	queries []query
	methods []string
	of      map[string][]map[string]figures
}

// run asks every query of every method, of the lines in each language and of all together.
func run(ctx context.Context, queries []query, methods []method) (results, error) {
	r := results{queries: queries, of: map[string][]map[string]figures{}}
	for _, m := range methods {
		r.methods = append(r.methods, m.name)
		for _, q := range queries {
			by := map[string]figures{}
			for _, lang := range append([]string{""}, langs...) {
				answer, err := m.rank(ctx, q, lang)
				if err != nil {
					return r, err
				}
				by[lang] = judge(answer, q.Grades)
			}
			r.of[m.name] = append(r.of[m.name], by)
		}
	}
	return r, nil
}

// group is a part of what was asked.
type group struct {
	name string
	has  func(q query, lines string) bool
}

// column gives a method's figures of a group, one for each query that has any: the mean over the languages of lines.
func (r results) column(method string, g group) (out []figures) {
	for i, q := range r.queries {
		n, sum := 0, figures{}
		for _, lines := range append([]string{""}, langs...) {
			if g.has(q, lines) {
				n, sum = n+1, sum.sum(r.of[method][i][lines])
			}
		}
		if n > 0 {
			out = append(out, sum.over(n))
		}
	}
	return out
}

// same and across tell whether a query is in the language of the lines.
func same(q query, lines string) bool   { return lines == q.Lang }
func across(q query, lines string) bool { return lines != "" && lines != q.Lang }

// groups in the order of the tables' rows.
func groups() []group {
	out := []group{
		{"queries in the language of the lines", same},
		{"queries in another language", across},
		{"all languages in one library", func(_ query, lines string) bool { return lines == "" }},
	}
	for _, asked := range langs {
		for _, lines := range langs {
			out = append(out, between(asked, lines))
		}
	}
	for _, kind := range kinds {
		out = append(out,
			group{kind + ", same language", func(q query, lines string) bool { return q.Kind == kind && same(q, lines) }},
			group{kind + ", another language", func(q query, lines string) bool { return q.Kind == kind && across(q, lines) }})
	}
	return out
}

// between is queries in one language to lines in another, or in the same.
func between(asked, lines string) group {
	return group{asked + " to " + lines, func(q query, l string) bool { return q.Lang == asked && l == lines }}
}

// values picks one figure of many, by its place among those that are named.
func values(column []figures, at int) (out []float64) {
	for _, f := range column {
		out = append(out, f.named()[at].value)
	}
	return out
}
