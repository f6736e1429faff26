package media

import "strings"

// Error is what goes wrong with one file: what was being done, to which file, why, and what the user can do.
type Error struct {
	Op   string // "open", "decode", "analyse"
	Path string
	Err  error
	Hint string // a sentence to the user, or empty
}

// Error is one line; line breaks of a program quoted inside become semicolons.
func (e *Error) Error() string {
	s := e.Op + " " + e.Path + ": " + e.Err.Error()
	if e.Hint != "" {
		s += " (" + e.Hint + ")"
	}
	return strings.ReplaceAll(strings.TrimSpace(s), "\n", "; ")
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }
