package main

import (
	"bytes"
	"fmt"
	"os"
)

// The marks in a page between which tables are written.
const (
	tablesBegin = "<!-- relevance: begin -->\n"
	tablesEnd   = "<!-- relevance: end -->\n"
)

// rewrite puts tables between the marks in the page at path.
func rewrite(path, tables string) error {
	page, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	before, rest, ok := bytes.Cut(page, []byte(tablesBegin))
	_, after, both := bytes.Cut(rest, []byte(tablesEnd))
	if !ok || !both {
		return fmt.Errorf("%s has no place for the tables: a line %q and a line %q", path, tablesBegin, tablesEnd)
	}
	return os.WriteFile(path, []byte(string(before)+tablesBegin+"\n"+tables+tablesEnd+string(after)), 0o644)
}
