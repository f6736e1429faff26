package main

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/catalog"
)

func checkCommand() *cli.Command {
	return &cli.Command{
		Name:      "check",
		Usage:     "look the library over: catalog, footage, leftovers, index",
		UsageText: "amvlib check [--repair]",
		Description: `Prints a line for each problem, with what to do about it. Ends with 0 where there is none, 1 where there are some, 3
where the library cannot be read.

--repair mends what it can without losing anything that you said: places of copies that are gone, counts, the numbers of shots in
lines, leftovers, the index. It never takes an episode out of the library and touches no footage.

   amvlib check --repair`,
		Flags:  []cli.Flag{&cli.BoolFlag{Name: "repair", Usage: "mend what can be mended"}},
		Action: checkAction,
	}
}

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
	for _, step := range []func() error{k.audit, k.footage, k.leftovers, k.index} {
		if err := step(); err != nil {
			return inLibrary(err)
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

func (k *checkup) tell(kind, what, todo string) {
	if todo != "" {
		what += "; " + todo
	}
	fmt.Fprintf(k.App.Writer, "%-8s %s\n", kind, clean(what))
}

// problem is told with what to do about it.
func (k *checkup) problem(todo, format string, args ...any) {
	k.found++
	k.tell("problem", fmt.Sprintf(format, args...), todo)
}

// fixable is a problem that do mends, if it may.
func (k *checkup) fixable(do func() error, format string, args ...any) error {
	if !k.repair {
		k.problem("amvlib check --repair mends it", format, args...)
		return nil
	}
	if err := do(); err != nil {
		return err
	}
	k.fixed(format, args...)
	return nil
}

func (k *checkup) fixed(format string, args ...any) {
	k.mended++
	k.tell("mended", fmt.Sprintf(format, args...), "")
}

// audit looks at what should hold from table to table.
func (k *checkup) audit() error {
	if k.repair {
		mended, err := k.cat.Mend(k.Context.Context)
		if err != nil {
			return err
		}
		for _, p := range mended {
			k.fixed("%s%s", k.about(p.Episode), p.Words)
		}
	}
	problems, err := k.cat.Audit(k.Context.Context)
	if err != nil {
		return err
	}
	for _, p := range problems {
		k.audited(p)
	}
	k.episodes, err = k.cat.Episodes(k.Context.Context)
	return err
}

func (k *checkup) audited(p catalog.Problem) {
	words := k.about(p.Episode) + p.Words
	switch {
	case p.Kind == catalog.StrayWords:
		k.tell("note", words, "")
	case p.Fixable:
		k.problem("amvlib check --repair mends it", "%s", words)
	default:
		k.problem("amvlib ingest --force FILE reads it anew", "%s", words)
	}
}

// about names an episode, with its file.
func (k *checkup) about(id int64) string {
	e, err := k.cat.Episode(k.Context.Context, id)
	if err != nil {
		return ""
	}
	return fmt.Sprintf("episode %d, %s (%s): ", id, episodeName(&e), fileName(e.Path))
}
