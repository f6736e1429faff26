package main

import (
	"bytes"
	"fmt"
	"os"
)

// marks are the lines in a page between which tables are written.
func marks(of string) (begin, end string) {
	return "<!-- " + of + ": begin -->\n", "<!-- " + of + ": end -->\n"
}

// rewrite puts tables between the marks of their kind in the page at path.
func rewrite(path, of, tables string) error {
	page, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	begin, end := marks(of)
	before, rest, ok := bytes.Cut(page, []byte(begin))
	_, after, both := bytes.Cut(rest, []byte(end))
	if !ok || !both {
		return fmt.Errorf("%s has no place for the tables: a line %q and a line %q", path, begin, end)
	}
	return os.WriteFile(path, []byte(string(before)+begin+"\n"+tables+end+string(after)), 0o644)
}
