package amvlib_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/amvlib/amvlib/"

// longest is how many lines a source file may have before it wants to be two.
const longest = 400

// TestFloors holds the map in ARCHITECTURE.md: a room imports only rooms on lower floors. It parses the sources itself, since the
// test cache does not know that the output of a command depends on them.
func TestFloors(t *testing.T) {
	floors := readFloors(t)
	for _, f := range sources(t) {
		room := path.Dir(f.name)
		own, ok := floors[room]
		if !ok {
			t.Errorf("%s: room %s has no floor in ARCHITECTURE.md", f.name, room)
			continue
		}
		for _, imported := range f.rooms {
			if below, ok := floors[imported]; !ok || below >= own {
				t.Errorf("%s: %s (floor %d) may not import %s (floor %d): imports point strictly down", f.name, room, own, imported, below)
			}
		}
	}
}

// TestOnlyProcRunsPrograms keeps limits, cancellation and argument arrays in one place.
func TestOnlyProcRunsPrograms(t *testing.T) {
	for _, f := range sources(t) {
		if path.Dir(f.name) != "proc" && slices.Contains(f.imports, "os/exec") {
			t.Errorf("%s imports os/exec; programs are run by package proc", f.name)
		}
	}
}

// TestRoomsHaveNames keeps drawers for odds and ends out of the house.
func TestRoomsHaveNames(t *testing.T) {
	for _, f := range sources(t) {
		switch path.Base(path.Dir(f.name)) {
		case "util", "utils", "common", "helpers", "types", "models", "misc":
			t.Errorf("%s: name the package after what it does", f.name)
		}
	}
}

// TestFilesAreShort keeps files readable in one sitting.
func TestFilesAreShort(t *testing.T) {
	for _, f := range sources(t) {
		if f.lines > longest {
			t.Errorf("%s has %d lines, more than %d", f.name, f.lines, longest)
		}
	}
}

// TestEveryRoomSaysWhatItIs wants a package comment in doc.go.
func TestEveryRoomSaysWhatItIs(t *testing.T) {
	for room := range readFloors(t) {
		if _, err := os.Stat(filepath.FromSlash(room)); err != nil {
			continue // a room that a later version builds
		}
		doc, err := parser.ParseFile(token.NewFileSet(), filepath.FromSlash(room+"/doc.go"), nil, parser.PackageClauseOnly|parser.ParseComments)
		if err != nil || doc.Doc == nil {
			t.Errorf("%s/doc.go has no package comment (%v)", room, err)
		}
	}
}

type source struct {
	name    string // slash-separated, from the top
	lines   int
	imports []string
	rooms   []string // imports of this module, without its prefix
}

// sources parses every Go file that is no test.
func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "tools") {
			return cmpSkip(err)
		}
		if strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") {
			all = append(all, parse(t, name))
		}
		return nil
	})
	if err != nil || len(all) == 0 {
		t.Fatalf("%d sources, %v", len(all), err)
	}
	return all
}

func cmpSkip(err error) error {
	if err != nil {
		return err
	}
	return filepath.SkipDir
}

func parse(t *testing.T, name string) source {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), name, data, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	s := source{name: filepath.ToSlash(name), lines: strings.Count(string(data), "\n")}
	for _, spec := range file.Imports {
		imported, _ := strconv.Unquote(spec.Path.Value)
		s.imports = append(s.imports, imported)
		if room, ok := strings.CutPrefix(imported, module); ok {
			s.rooms = append(s.rooms, room)
		}
	}
	return s
}

var floorRow = regexp.MustCompile("(?m)^\\| *(\\d+) *\\| *`([a-z/]+)`")

// readFloors takes the floors from the table in ARCHITECTURE.md, so that map and house cannot drift apart.
func readFloors(t *testing.T) map[string]int {
	t.Helper()
	data, err := os.ReadFile("ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	floors := map[string]int{}
	for _, row := range floorRow.FindAllStringSubmatch(string(data), -1) {
		floors[row[2]], _ = strconv.Atoi(row[1])
	}
	if len(floors) < 10 {
		t.Fatalf("the table of rooms in ARCHITECTURE.md has %d rows", len(floors))
	}
	return floors
}
