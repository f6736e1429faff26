package main

import (
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strconv"

	"github.com/urfave/cli/v2"
	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/sync/errgroup"

	"github.com/amvlib/amvlib/search"
	"github.com/amvlib/amvlib/sheet"
)

// answered is a line with what was found for it, or why nothing could be.
type answered struct {
	wanted
	hits []search.Hit
	err  error
}

// answerRow is one line's answer as scripts see it: docs/json.md is its contract.
type answerRow struct {
	N     int      `json:"n"`
	Query string   `json:"query"`
	Start *seconds `json:"start,omitempty"`
	End   *seconds `json:"end,omitempty"`
	Hits  []hitRow `json:"hits"`
	Error string   `json:"error,omitempty"`
}

// many asks line after line.
type many struct {
	c      *cli.Context
	shelf  *shelf
	query  search.Query
	print  func(answered) error
	easel  *easel
	groups []sheet.Group // of the page; nil where there is none
	asked  int
	failed int
}

func newMany(c *cli.Context, s *shelf, q search.Query) *many {
	m := &many{c: c, shelf: s, query: q}
	m.print = m.printer()
	return m
}

// searchLines answers each line of a file, or of standard input, by itself.
func searchLines(c *cli.Context) error {
	if c.NArg() > 0 && c.String("lines") != "" {
		return usagef("--lines FILE and %q are both to be searched for: leave out one", c.Args().First())
	}
	q, err := linesQuery(c)
	if err != nil {
		return err
	}
	var lines []wanted
	if path := c.String("lines"); path != "" && path != stdinName {
		if lines, err = fileLines(path); err != nil {
			return err
		}
	}
	page, err := pageOutput(c)
	if err != nil {
		return err
	}
	s, err := openShelf(c)
	if err != nil {
		return err
	}
	defer s.close()
	if err := s.prepare(c, &q); err != nil {
		return err
	}
	m := newMany(c, s, q)
	if lines == nil {
		err = inputLines(c.App.Reader, func(w wanted) error { return m.tell(m.ask(c.Context, w)) })
	} else {
		err = m.all(lines)
	}
	if err == nil {
		q.Text = "" // whether there is something of each line is no matter
		err = s.remark(c, q, true)
	}
	if err == nil && page != nil {
		title := cmp.Or(fileTitle(c.String("lines")), "Lines")
		err = writeSheet(c, page, c.String("html"), s, sheet.Sheet{Title: title, Groups: m.groups})
	}
	if err == nil && m.failed > 0 {
		err = inputf("%d of %d lines could not be asked", m.failed, m.asked)
	}
	return err
}

// all asks lines side by side, and prints the answers in order.
func (m *many) all(lines []wanted) error {
	bar := m.bar(len(lines))
	defer bar.close()
	known := map[string]answered{} // a refrain is asked once
	for some := range slices.Chunk(lines, 4*runtime.GOMAXPROCS(0)) {
		answers := make([]answered, len(some))
		g, ctx := errgroup.WithContext(m.c.Context)
		g.SetLimit(runtime.GOMAXPROCS(0))
		for i, w := range some {
			if a, ok := known[w.query]; ok {
				answers[i] = answered{w, a.hits, a.err}
				continue
			}
			g.Go(func() error {
				answers[i] = m.ask(ctx, w)
				return nil
			})
		}
		_ = g.Wait() // each answer has its own error
		for _, a := range answers {
			known[a.query] = a
			if err := m.tell(a); err != nil {
				return err
			}
			bar.step()
		}
	}
	return nil
}

func (m *many) ask(ctx context.Context, w wanted) answered {
	q := m.query
	q.Text = w.query
	hits, err := m.shelf.Search(ctx, q)
	return answered{w, hits, err}
}

// tell prints an answer. What is wrong with one line stops no other; what is wrong with all of them does.
func (m *many) tell(a answered) error {
	m.asked++
	if a.err != nil && !ofLine(a.err) {
		return searchError(a.err)
	}
	if a.err != nil {
		m.failed++
		say(m.c, "line %d: %v", a.n, clean(a.err.Error()))
	}
	if m.c.String("html") != "" {
		m.groups = append(m.groups, sheetGroup(a))
	}
	return m.print(a)
}

// ofLine tells whether an error is about the words of a query alone.
func ofLine(err error) bool {
	return errors.Is(err, search.ErrEmptyQuery) || errors.Is(err, search.ErrOnlyExclusions) || errors.Is(err, search.ErrTooLong)
}

// printer is how answers are printed.
func (m *many) printer() func(answered) error {
	w := m.c.App.Writer
	switch {
	case m.c.String("html") != "" && !m.c.Bool("json") && !m.c.Bool("csv") && !m.c.Bool("paths"):
		return func(answered) error { return nil }
	case m.c.Bool("json"):
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		return func(a answered) error { return enc.Encode(answerRowOf(a)) }
	case m.c.Bool("csv"):
		return answersCSV(w)
	case m.c.Bool("paths"):
		seen := map[string]bool{}
		return func(a answered) error { return hitsPaths(m.c, a.hits, seen) }
	}
	first := true
	m.easel = newEasel(m.c, m.shelf.cat)
	return func(a answered) error {
		if !first {
			fmt.Fprintln(w)
		}
		first = false
		return m.printAnswer(w, a)
	}
}

func answerRowOf(a answered) answerRow {
	r := answerRow{N: a.n, Query: a.text, Hits: []hitRow{}}
	if a.timed {
		start, end := seconds(a.span.Start), seconds(a.span.End)
		r.Start, r.End = &start, &end
	}
	for _, h := range a.hits {
		r.Hits = append(r.Hits, rowOf(h))
	}
	if a.err != nil {
		r.Error = a.err.Error()
	}
	return r
}

func answersCSV(w io.Writer) func(answered) error {
	out := csv.NewWriter(w)
	out.Write(append([]string{"n", "query"}, hitColumns...)) // errors are kept for Error below
	return func(a answered) error {
		for _, h := range a.hits {
			out.Write(append([]string{strconv.Itoa(a.n), a.text}, rowOf(h).cells()...))
		}
		out.Flush()
		return out.Error()
	}
}

// printAnswer shows a line and its hits to a person.
func (m *many) printAnswer(w io.Writer, a answered) error {
	i := inkFor(w)
	t := newTable(w)
	head := fmt.Sprintf("# %d  ", a.n)
	if a.timed {
		head += a.span.Start.String() + "  "
	}
	t.under(0, i.bold(head+clean(shortenedTo(a.text, 300))))
	if len(a.hits) == 0 && a.err == nil {
		t.under(4, i.dim("nothing found"))
	}
	if err := t.print(w); err != nil {
		return err
	}
	return picturedTable(w, a.hits, m.easel)
}

// lineBar is progress over lines; nil where there is none.
type lineBar struct {
	p   *mpb.Progress
	bar *mpb.Bar
}

// bar is drawn where the answers go elsewhere than to the screen: there they are progress enough.
func (m *many) bar(lines int) *lineBar {
	errOut := m.c.App.ErrWriter
	if !isTerminal(errOut) || isTerminal(m.c.App.Writer) {
		return nil
	}
	p := mpb.New(mpb.WithOutput(errOut), mpb.WithWidth(30))
	bar := p.AddBar(int64(lines), mpb.PrependDecorators(decor.Name("lines ")), mpb.AppendDecorators(decor.CountersNoUnit("%d/%d")))
	return &lineBar{p, bar}
}

func (b *lineBar) step() {
	if b != nil {
		b.bar.Increment()
	}
}

func (b *lineBar) close() {
	if b != nil {
		b.bar.Abort(true)
		b.p.Wait()
	}
}
