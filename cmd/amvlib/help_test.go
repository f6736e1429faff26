package main

import (
	"io"
	"strings"
	"testing"

	"github.com/urfave/cli/v2"
)

// helped is what the program prints for args.
func helped(t *testing.T, args ...string) string {
	t.Helper()
	var out, errOut strings.Builder
	if code := run(t.Context(), append([]string{"amvlib"}, args...), strings.NewReader(""), &out, &errOut); code != exitFine || errOut.Len() > 0 {
		t.Fatalf("%v ends with %d: %s", args, code, errOut.String())
	}
	return out.String()
}

func TestEveryCommandHasAPage(t *testing.T) {
	for _, c := range commands() {
		prose, examples := partExamples(c.Description)
		text := strings.ToLower(strings.Join(prose, " "))
		if len(text) < 40 || !strings.ContainsAny(text, ".") {
			t.Errorf("%s is described as %q", c.Name, text)
		}
		if !strings.Contains(text, "print") && !strings.Contains(text, "say") && !strings.Contains(text, "tell") {
			t.Errorf("%s does not say what it prints", c.Name)
		}
		if len(examples) == 0 {
			t.Errorf("%s has no example", c.Name)
		}
		page := helped(t, c.Name, "--help")
		for _, part := range append([]string{"NAME", "USAGE", "DESCRIPTION", "EXAMPLES", "OPTIONS OF EVERY COMMAND", "EXIT CODES", "amvlib " + c.Name + " - "}, examples...) {
			if !strings.Contains(page, part) {
				t.Errorf("the page of %s lacks %q", c.Name, part)
			}
		}
		if other := helped(t, "help", c.Name); other != page {
			t.Errorf("amvlib help %s shows another page", c.Name)
		}
	}
}

func TestEveryFlagIsDescribed(t *testing.T) {
	for _, c := range commands() {
		for _, f := range c.Flags {
			d := f.(cli.DocGenerationFlag)
			words, value, ok := quoted(d.GetUsage())
			if words == "" || d.TakesValue() && (!ok || value == "") || !d.TakesValue() && ok {
				t.Errorf("%s --%s: %q does not say what its value is", c.Name, f.Names()[0], d.GetUsage())
			}
			page := helped(t, c.Name, "--help")
			if !strings.Contains(page, flagForm(f, d)) {
				t.Errorf("the page of %s lacks %s", c.Name, flagForm(f, d))
			}
			if value := d.GetValue(); d.TakesValue() && value != "" && value != "0" && value != "[]" && !strings.Contains(page, "(default: "+value+")") {
				t.Errorf("the page of %s lacks the default of --%s", c.Name, f.Names()[0])
			}
		}
	}
}

func TestPagesFitTheScreen(t *testing.T) {
	for _, width := range []string{"40", "80", "200"} {
		t.Setenv("COLUMNS", width)
		most := map[string]int{"40": 40, "80": 80, "200": widestHelp}[width]
		for _, c := range commands() {
			_, examples := partExamples(c.Description)
			for line := range strings.SplitSeq(helped(t, c.Name, "--help"), "\n") {
				example := strings.HasPrefix(strings.TrimSpace(line), "amvlib ") && strings.Contains(strings.Join(examples, "\n"), strings.TrimSpace(line))
				if columnsOf(line) > most && !example || strings.HasSuffix(line, " ") {
					t.Errorf("%s at %s: %q takes %d", c.Name, width, line, columnsOf(line))
				}
			}
		}
	}
	t.Setenv("COLUMNS", "80")
	for line := range strings.SplitSeq(helped(t, "--help"), "\n") {
		if columnsOf(line) > 80 {
			t.Errorf("%q takes %d", line, columnsOf(line))
		}
	}
}

// TestExamplesAreUnderstood reads every example as the program would, up to where it would open a library.
func TestExamplesAreUnderstood(t *testing.T) {
	_, all := partExamples(appDescription)
	for _, c := range commands() {
		_, examples := partExamples(c.Description)
		for _, e := range examples {
			if !strings.HasPrefix(e, "amvlib ") {
				t.Errorf("%s: %q is no example", c.Name, e)
			}
		}
		all = append(all, examples...)
	}
	for _, e := range all {
		if err := understood(shellSplit(e)); err != nil {
			t.Errorf("%s: %v", e, err)
		}
	}
	for _, wrong := range []string{"amvlib search --nosuch x", "amvlib search", "amvlib search --sort x y", "amvlib match --fps x", "amvlib nosuch", "amvlib list x"} {
		if understood(shellSplit(wrong)) == nil {
			t.Errorf("%s passes", wrong)
		}
	}
}

func understood(args []string) error {
	app := newApp(strings.NewReader(""), io.Discard, io.Discard)
	for _, c := range app.Commands {
		c.Action = func(c *cli.Context) error { return callable(c) }
	}
	ordered, err := reorder(app, args)
	if err != nil {
		return err
	}
	return app.Run(ordered)
}

// callable makes the checks of a command that need nothing.
func callable(c *cli.Context) error {
	name := c.Command.Name
	if asks := strings.ContainsAny(strings.ReplaceAll(usageLine(c), "OPTIONS", ""), "EFPLS|"); !asks && name != "bench" && name != "moods" {
		if err := noArgs(c); err != nil {
			return err
		}
	} else if !filtered(c) && !asksLines(c) && name != "clips" && name != "moods" && name != "bench" && name != "restore" {
		if err := needArgs(c, 1, "arguments"); err != nil {
			return err
		}
	}
	switch name {
	case "search", "export":
		_, err := queryOf(c)
		return err
	case "match":
		_, err := planOptions(c)
		return err
	}
	return nil
}

// shellSplit parts a line as a shell would, up to two blanks, which begin an explanation, or a >.
func shellSplit(line string) []string {
	line, _, _ = strings.Cut(line, " > ")
	line, _, _ = strings.Cut(line, "  ")
	var args []string
	var word strings.Builder
	quote, open := rune(0), false
	for _, r := range line + " " {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && (r == '"' || r == '\''):
			quote, open = r, true
		case quote == 0 && r == ' ':
			if open {
				args = append(args, word.String())
			}
			word.Reset()
			open = false
		default:
			word.WriteRune(r)
			open = true
		}
	}
	return args
}
