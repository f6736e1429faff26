package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/search"
	"github.com/amvlib/amvlib/sheet"
)

// ownCommands are those beside the options of search.
var ownCommands = [][2]string{
	{":help", "show this"},
	{":set", "show what is set; :reset takes all of it back"},
	{":open N", "path and time of the N-th hit, as its file and editing programs count"},
	{":add N... LIST", "put hits into a clip list, which begins where there is none"},
	{":like N", "shots that look like the N-th hit, or like EPISODE:SHOT"},
	{":html FILE", "write the last answer as a page with pictures"},
	{":quit", "end; so does Ctrl-D. Ctrl-C gives up a line, or a search"},
}

// commandOf parts ":name rest".
func commandOf(text string) (name, rest string, ok bool) {
	text, ok = strings.CutPrefix(text, ":")
	name, rest, _ = strings.Cut(text, " ")
	return strings.ToLower(name), strings.TrimSpace(rest), ok
}

// names are all that can stand behind a colon.
func (r *repl) names() []string {
	names := []string{"help", "set", "reset", "open", "add", "like", "html", "quit"}
	for name := range settable() {
		names = append(names, shown(name))
	}
	return names
}

func (r *repl) command(ctx context.Context, name, rest string) (ends bool, err error) {
	switch name {
	case "quit", "q", "exit":
		return true, nil
	case "help", "h", "?":
		r.help()
	case "set":
		say(r.c, "%s", clean(r.settings.String()))
	case "reset":
		r.settings = choices{}
		say(r.c, "%s", r.settings)
	case "open":
		err = r.place(rest)
	case "add":
		err = r.add(ctx, rest)
	case "like":
		err = r.like(ctx, rest)
	case "html":
		err = r.page(ctx, rest)
	default:
		err = r.change(name, rest)
	}
	return false, err
}

// help goes where answers do not.
func (r *repl) help() {
	h := &help{ink: inkFor(r.c.App.ErrWriter), width: widestHelp}
	if n := screenWidth(r.c.App.ErrWriter); n > 0 {
		h.width = min(n, widestHelp)
	}
	h.lines(0, `Type words to search for them: all must be said in one line; "quoted words" in a row; -word without it; rain* for all that begins so.`)
	h.pairs("COMMANDS", ownCommands)
	var rows [][2]string
	flags := settable()
	for _, name := range slices.Sorted(maps.Keys(flags)) {
		if row := flagRows([]cli.Flag{flags[name]}); len(row) > 0 {
			rows = append(rows, [2]string{":" + shown(strings.TrimLeft(row[0][0], "-")), row[0][1]})
		}
	}
	h.pairs("SETTINGS (without a value they are taken back)", rows)
	fmt.Fprint(r.c.App.ErrWriter, h.text.String())
}

// change sets one option, where all of them still fit together.
func (r *repl) change(name, rest string) error {
	if name == "limit" {
		name = "n"
	}
	f, ok := settable()[name]
	if !ok {
		return usagef("there is no :%s%s; :help shows what there is", name, maybe(nearest(r.names(), name)))
	}
	was := r.settings[name]
	next := r.settings.with(name, values(f, len(was) > 0 && was[0] != "false", rest)...)
	if _, err := next.query(r.c, ""); err != nil {
		return err
	}
	r.settings = next
	say(r.c, "%s", clean(r.settings.String()))
	return nil
}

// hit is what a number names: a place in the last answer.
func (r *repl) hit(number string) (search.Hit, error) {
	n, err := strconv.Atoi(number)
	switch {
	case len(r.hits) == 0:
		return search.Hit{}, usagef("there are no hits yet: search for something first")
	case err != nil || n < 1 || n > len(r.hits):
		return search.Hit{}, usagef("%q names no hit: there are 1 to %d", number, len(r.hits))
	}
	return r.hits[n-1], nil
}

// place prints where a hit is, to be copied.
func (r *repl) place(number string) error {
	h, err := r.hit(number)
	if err != nil {
		return err
	}
	if h.Episode.Path == "" {
		return inputf("the file of %s is gone; amvlib ingest finds it where it is now", episodeName(h.Episode))
	}
	path := h.Episode.Path
	if isTerminal(r.c.App.Writer) {
		path = clean(path)
	}
	if err := printPath(r.c, path); err != nil {
		return err
	}
	first := h.Shot.Clean.In
	_, err = fmt.Fprintf(r.c.App.Writer, "%s - %s  %s  frames %d to %d  shot %s\n", h.Shot.Range.Start, h.Shot.Range.End,
		h.Episode.Rate.Timecode(first), first, max(first, h.Shot.Clean.Out-1), shotID(h.Shot))
	return err
}

// add puts hits into a list.
func (r *repl) add(ctx context.Context, rest string) error {
	words := strings.Fields(rest)
	if len(words) < 2 {
		return usagef(":add wants numbers of hits and the name of a list: as in :add 1 3 chorus")
	}
	numbers, list := numbersFirst(words)
	var shots []string
	for _, n := range numbers {
		h, err := r.hit(n)
		if err != nil {
			return err
		}
		shots = append(shots, shotID(h.Shot))
	}
	c := *r.c
	c.Context = ctx
	return withCatalog(&c, func(cat *catalog.Catalog) error {
		name := listName(list)
		all, err := clipLists(&c, cat)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(all, func(l catalog.ClipList) bool { return l.Name == name }) {
			if err := beginOrDrop(&c, cat, "new", name); err != nil {
				return err
			}
		}
		return addOrRemove(&c, cat, "add", name, shots)
	})
}

// numbersFirst parts the numbers from the name of a list, which may have blanks in it.
func numbersFirst(words []string) (numbers []string, list string) {
	n := 1
	for n < len(words)-1 {
		if _, err := strconv.Atoi(words[n]); err != nil {
			break
		}
		n++
	}
	return words[:n], strings.Join(words[n:], " ")
}

func (r *repl) like(ctx context.Context, rest string) error {
	name := rest
	if _, err := strconv.Atoi(rest); err == nil {
		h, err := r.hit(rest)
		if err != nil {
			return err
		}
		name = shotID(h.Shot)
	}
	if name == "" {
		return usagef(":like wants the number of a hit, or EPISODE:SHOT")
	}
	return r.ask(ctx, r.settings.with("like", name), "")
}

// page writes the last answer to a file that is not there yet.
func (r *repl) page(ctx context.Context, path string) error {
	if path == "" || path == stdinName || len(r.hits) == 0 {
		return usagef(":html wants the name of a file, after something was found: as in :html hits.html")
	}
	o := &outputs{}
	if err := o.free([]string{path}); err != nil {
		return err
	}
	c := *r.c
	c.Context = ctx
	return writeSheet(&c, o, path, r.shelf, sheet.Sheet{Title: cmp.Or(r.title, "Shots"), Groups: []sheet.Group{{Hits: r.hits}}})
}
