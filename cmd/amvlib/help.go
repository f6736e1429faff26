package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"
)

const (
	helpIndent = 3
	widestHelp = 100 // columns; longer lines of prose are hard to follow
)

func init() { cli.HelpPrinter = printHelp } // the library has no other place for it

// printHelp shows the help of the program or of a command, fitted to the screen.
func printHelp(w io.Writer, _ string, of any) {
	h := &help{ink: inkFor(w)}
	h.width = widestHelp
	if n := screenWidth(w); n > 0 {
		h.width = min(n, widestHelp)
	}
	switch of := of.(type) {
	case *cli.App:
		h.app(of)
	case *cli.Command:
		h.command(of)
	}
	_, _ = io.WriteString(w, strings.TrimPrefix(h.text.String(), "\n")) // the writer keeps its error
}

// help is a page being written.
type help struct {
	ink   ink
	width int
	text  strings.Builder
}

func (h *help) app(a *cli.App) {
	h.section("NAME", a.Name+" - "+a.Usage)
	h.section("USAGE", a.UsageText)
	h.section("VERSION", a.Version)
	h.described(a.Description)
	var rows [][2]string
	for _, c := range a.Commands {
		rows = append(rows, [2]string{c.Name, c.Usage})
	}
	h.pairs("COMMANDS", rows)
	h.pairs("OPTIONS OF EVERY COMMAND", flagRows(a.Flags))
	h.pairs("EXIT CODES", exitCodes)
	h.title("SETTINGS")
	for line := range strings.SplitSeq(appSettings, "\n") {
		h.text.WriteString(trimEnd(strings.Repeat(" ", helpIndent)+line) + "\n")
	}
	h.section("MORE", "amvlib COMMAND --help shows what a command does, its options, and examples.")
}

func (h *help) command(c *cli.Command) {
	h.section("NAME", "amvlib "+c.Name+" - "+c.Usage)
	h.section("USAGE", c.UsageText)
	h.described(c.Description)
	own := len(c.Flags)
	for i, f := range c.Flags {
		if f.Names()[0] == globalFlags()[0].Names()[0] {
			own = i
			break
		}
	}
	h.pairs("OPTIONS", flagRows(c.Flags[:own]))
	h.pairs("OPTIONS OF EVERY COMMAND", flagRows(c.Flags[own:]))
	h.pairs("EXIT CODES", exitCodes)
}

// exitCodes are those of every command.
var exitCodes = [][2]string{
	{"0", "fine; finding nothing is fine too"}, {"1", "some input failed or is not there"}, {"2", "the command was called wrongly"},
	{"3", "trouble with the library"}, {"4", "ffmpeg is missing"}, {"130", "interrupted"},
}

func (h *help) title(name string) {
	h.text.WriteString("\n" + h.ink.bold(name) + "\n")
}

// section keeps the lines of text apart.
func (h *help) section(name, text string) {
	h.title(name)
	for line := range strings.SplitSeq(text, "\n") {
		h.lines(helpIndent, strings.TrimSpace(line))
	}
}

// described parts a description into prose, whose lines are joined, and examples, whose lines are what is typed.
func (h *help) described(text string) {
	prose, examples := partExamples(text)
	if len(prose) > 0 {
		h.title("DESCRIPTION")
	}
	for i, p := range prose {
		if i > 0 {
			h.text.WriteString("\n")
		}
		h.lines(helpIndent, p)
	}
	if len(examples) > 0 {
		h.title("EXAMPLES")
	}
	for _, e := range examples {
		h.text.WriteString(strings.Repeat(" ", helpIndent) + e + "\n")
	}
}

// partExamples takes lines that are set in for examples, and joins the others to paragraphs.
func partExamples(text string) (prose, examples []string) {
	open := false
	for line := range strings.SplitSeq(text, "\n") {
		switch trimmed := strings.TrimSpace(line); {
		case trimmed == "":
			open = false
		case strings.HasPrefix(line, "   "):
			examples, open = append(examples, trimmed), false
		case open:
			prose[len(prose)-1] += " " + trimmed
		default:
			prose, open = append(prose, trimmed), true
		}
	}
	return prose, examples
}

func (h *help) lines(indent int, text string) {
	t := &table{width: h.width}
	t.under(indent, text)
	_ = t.print(&h.text) // a Builder takes everything
}

// pairs are names with what they are, side by side.
func (h *help) pairs(name string, rows [][2]string) {
	if len(rows) == 0 {
		return
	}
	h.title(name)
	t := &table{width: h.width - helpIndent, columns: []column{{}, {least: leastText, wraps: true}}}
	for _, r := range rows {
		t.row(r[0], r[1])
	}
	var b strings.Builder
	_ = t.print(&b)
	for line := range strings.Lines(b.String()) {
		h.text.WriteString(strings.Repeat(" ", helpIndent) + line)
	}
}

func flagRows(flags []cli.Flag) (rows [][2]string) {
	for _, f := range flags {
		if d, ok := f.(cli.DocGenerationFlag); ok {
			rows = append(rows, [2]string{flagForm(f, d), flagWords(d)})
		}
	}
	return rows
}

// flagForm is how a flag is typed: "-o, --output FILE".
func flagForm(f cli.Flag, d cli.DocGenerationFlag) string {
	var names []string
	for _, n := range f.Names() {
		names = append(names, dashed(n))
	}
	form := strings.Join(names, ", ")
	if _, value, ok := quoted(d.GetUsage()); ok && d.TakesValue() {
		form += " " + value
	} else if d.TakesValue() {
		form += " VALUE"
	}
	return form
}

// flagWords is what a flag does, with its default where it has one.
func flagWords(d cli.DocGenerationFlag) string {
	words, _, _ := quoted(d.GetUsage())
	value := d.GetValue()
	if d.TakesValue() && value != "" && value != "0" && value != "[]" && !strings.Contains(words, "(default") {
		words += fmt.Sprintf(" (default: %s)", value)
	}
	return words
}

// quoted finds the word in a flag's usage that stands for its value, in back quotes.
func quoted(usage string) (words, value string, ok bool) {
	before, rest, _ := strings.Cut(usage, "`")
	value, after, ok := strings.Cut(rest, "`")
	if !ok {
		return usage, "", false
	}
	return before + value + after, value, true
}
