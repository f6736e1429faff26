package amvlib_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

var required = regexp.MustCompile(`(?m)^\s*(?:require )?([a-z0-9.-]+\.[a-z]+/\S+|modernc\.org/\S+) v\S+`)

// TestEveryDependencyIsCredited wants each module of go.mod in THIRD_PARTY.md, with its licence.
func TestEveryDependencyIsCredited(t *testing.T) {
	mod, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	credits, err := os.ReadFile("THIRD_PARTY.md")
	if err != nil {
		t.Fatal(err)
	}
	found := required.FindAllStringSubmatch(string(mod), -1)
	if len(found) < 10 {
		t.Fatalf("go.mod requires %d modules", len(found))
	}
	for _, m := range found {
		if !strings.Contains(string(credits), "| `"+m[1]+"` |") {
			t.Errorf("%s has no line in THIRD_PARTY.md", m[1])
		}
	}
	if regexp.MustCompile(`(?m)^\| ` + "`" + `[^|]*\|[^|]*\|[^|]*GPL`).Match(credits) {
		t.Error("nothing under the GPL may be linked in")
	}
}
