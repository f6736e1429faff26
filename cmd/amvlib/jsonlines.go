package main

import (
	"encoding/json"
	"io"
)

// jsonLines prints JSON Lines: of each of all the row that scripts see. Characters stand for themselves, < and & too: it is no HTML.
func jsonLines[T, R any](w io.Writer, all []T, row func(T) R) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, one := range all {
		if err := enc.Encode(row(one)); err != nil {
			return err
		}
	}
	return nil
}

// itself is the row of what is one already.
func itself[T any](one T) T { return one }
