package main

import (
	"regexp"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// wrong calls the program wrongly and wants to be told so in a line, with what to do about it.
func wrong(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: wrong N HINT ARGS...")
	}
	hint, err := regexp.Compile(args[1])
	ts.Check(err)
	code(ts, false, append([]string{args[0], "amvlib"}, args[2:]...))
	said := ts.ReadFile("stderr")
	switch {
	case strings.Count(said, "\n") != 1 || !strings.HasPrefix(said, "amvlib: "):
		ts.Fatalf("it is not told in one line: %q", said)
	case !hint.MatchString(strings.TrimSuffix(said, "\n")):
		ts.Fatalf("the hint %q is not in %q", args[1], said)
	case ts.ReadFile("stdout") != "":
		ts.Fatalf("something was printed all the same")
	}
}
