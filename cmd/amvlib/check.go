package main

import (
	"cmp"
	"encoding/json"
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/catalog"
)

func checkCommand() *cli.Command {
	return &cli.Command{
		Name:      "check",
		Usage:     "look the library over: catalog, footage, leftovers, index, meaning",
		UsageText: "amvlib check [--repair]",
		Description: `Prints a line for each problem, with what to do about it. Ends with 0 where there is none, 1 where there are some, 3
where the library cannot be read.

--repair mends what it can without losing anything that you said: places of copies that are gone, counts, the numbers of shots in
lines, leftovers, the index, the meaning of lines. It never takes an episode out of the library and touches no footage.

   amvlib check --repair`,
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "repair", Usage: "mend what can be mended"},
			&cli.BoolFlag{Name: "json", Usage: "print JSON Lines (docs/json.md)"},
		},
		Action: checkAction,
	}
}

// remark is one thing that was found, as scripts see it: docs/json.md is its contract.
type remark struct {
	State    string  `json:"state"` // problem, mended or note
	Kind     string  `json:"kind"`
	Episode  int64   `json:"episode,omitempty"`
	Episodes []int64 `json:"episodes,omitempty"`
	Path     string  `json:"path,omitempty"`
	Text     string  `json:"text"`
	Todo     string  `json:"todo,omitempty"`
}

// The states of a remark.
const (
	isProblem = "problem"
	isMended  = "mended"
	isNote    = "note"
)

// checkup is a library being looked over.
type checkup struct {
	*cli.Context
	cat      *catalog.Catalog
	dir      string
	repair   bool
	episodes []catalog.Episode
	found    int
	mended   int
}

func checkAction(c *cli.Context) error {
	if c.NArg() > 0 {
		return usagef("amvlib check takes no arguments")
	}
	look := func(cat *catalog.Catalog) error {
		k := &checkup{Context: c, cat: cat, dir: cat.Dir(), repair: c.Bool("repair")}
		return k.run()
	}
	if c.Bool("repair") {
		return withCatalog(c, look)
	}
	cat, _, err := openCatalog(c, true)
	if err != nil {
		return err
	}
	defer cat.Close()
	return look(cat)
}

func (k *checkup) run() error {
	if err := k.cat.Check(k.Context.Context); err != nil {
		return inLibrary(err) // all else would be said of what is not so
	}
	for _, step := range []func() error{k.audit, k.footage, k.leftovers, k.index, k.meaning, k.cat.Present} {
		if err := step(); err != nil {
			return inLibrary(cmp.Or(k.cat.Present(), err)) // what has vanished meanwhile was not wrong
		}
	}
	say(k.Context, "%d episodes looked over: %s", len(k.episodes), k.verdict())
	if k.found > 0 {
		return &coded{code: exitInput}
	}
	return nil
}

func (k *checkup) verdict() string {
	switch {
	case k.found == 0 && k.mended == 0:
		return "all is well"
	case k.found == 0:
		return fmt.Sprintf("%d mended, all is well", k.mended)
	case k.mended == 0:
		return fmt.Sprintf("%d problems", k.found)
	}
	return fmt.Sprintf("%d mended, %d problems left", k.mended, k.found)
}

func (k *checkup) tell(f remark) error {
	switch f.State {
	case isProblem:
		k.found++
	case isMended:
		k.mended++
	}
	if k.Bool("json") {
		enc := json.NewEncoder(k.App.Writer)
		enc.SetEscapeHTML(false)
		return enc.Encode(f)
	}
	if f.Todo != "" {
		f.Text += "; " + f.Todo
	}
	_, err := fmt.Fprintf(k.App.Writer, "%-8s %s\n", f.State, clean(f.Text))
	return err
}

// problem is told with what to do about it.
func (k *checkup) problem(f remark, todo string) error {
	f.State, f.Todo = isProblem, todo
	return k.tell(f)
}

// fixable is a problem that do mends, if it may; how says what that does.
func (k *checkup) fixable(f remark, how string, do func() error) error {
	if !k.repair {
		return k.problem(f, "amvlib check --repair mends it")
	}
	if err := do(); err != nil {
		return err
	}
	return k.fixed(f, how)
}

func (k *checkup) fixed(f remark, how string) error {
	f.State, f.Todo = isMended, how
	return k.tell(f)
}

// audit looks at what should hold from table to table.
func (k *checkup) audit() error {
	if k.repair {
		mended, err := k.cat.Mend(k.Context.Context)
		if err != nil {
			return err
		}
		for _, p := range mended {
			if err := k.fixed(k.findingOf(p), mending[p.Kind]); err != nil {
				return err
			}
		}
	}
	problems, err := k.cat.Audit(k.Context.Context)
	if err != nil {
		return err
	}
	for _, p := range problems {
		if err := k.audited(p); err != nil {
			return err
		}
	}
	k.episodes, err = k.cat.Episodes(k.Context.Context)
	return err
}

// mending says what was done about what catalog.Mend mends.
var mending = map[catalog.ProblemKind]string{
	catalog.LostLines:  "their shots were found anew",
	catalog.Miscounted: "they were counted again",
	catalog.StrayFiles: "these places were forgotten",
}

func (k *checkup) audited(p catalog.Problem) error {
	f := k.findingOf(p)
	switch {
	case p.Kind == catalog.StrayWords:
		f.State = isNote
		return k.tell(f)
	case p.Fixable:
		return k.problem(f, "amvlib check --repair mends it")
	}
	return k.problem(f, "amvlib ingest --force FILE reads it anew")
}

// findingOf names the episode that a problem is about, with its file.
func (k *checkup) findingOf(p catalog.Problem) remark {
	f := remark{Kind: string(p.Kind), Episode: p.Episode, Text: p.Words}
	if e, err := k.cat.Episode(k.Context.Context, p.Episode); err == nil {
		f.Path = e.Path
		f.Text = fmt.Sprintf("episode %d, %s (%s): %s", e.ID, episodeName(&e), fileName(e.Path), p.Words)
	}
	return f
}
