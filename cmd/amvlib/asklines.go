package main

import (
	"bufio"
	"errors"
	"io"
	"os"
	"strings"
	"unicode"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/index"
	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/search"
	"github.com/amvlib/amvlib/timecode"
)

const (
	stdinName   = "-"
	linesHits   = 5       // of each line, where -n does not say
	longestFile = 8 << 20 // of lines; a song has a thousandth of it
)

// wanted is one line of many that are asked.
type wanted struct {
	n     int    // from 1: the row of standard input, or of a file's lines
	text  string // as it stands
	query string // as it is asked
	timed bool
	span  timecode.Range // where in the song, if timed
}

// asksLines tells whether the lines of a file or of standard input are asked, instead of what stands on the command line.
func asksLines(c *cli.Context) bool {
	return c.String("lines") != "" || c.NArg() == 1 && c.Args().First() == stdinName
}

// linesQuery is what all lines are asked with. A lyric line as a whole is hardly ever said, so one shared word is enough.
func linesQuery(c *cli.Context) (search.Query, error) {
	q, err := queryOf(c)
	if !c.IsSet("any") {
		q.Any = true
	}
	if !c.IsSet("n") {
		q.Limit = linesHits
	}
	q.Text = ""
	return q, err
}

// fileLines reads lyrics in any format that subtitles come in, plain text among them.
func fileLines(path string) ([]wanted, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, &media.Error{Op: "read lines", Path: path, Err: cause(err)}
	case info.IsDir() || info.Size() > longestFile:
		return nil, inputf("%s is no file of lines: name one with a line of a lyric, or a query, in each row", path)
	}
	doc, err := readLyrics(path, 0)
	if err != nil {
		return nil, err
	}
	var all []wanted
	for i, l := range doc.Lines {
		w := wanted{n: i + 1, text: l.Text, query: l.Text, timed: !doc.Untimed, span: l.Range()}
		if doc.Format != "txt" {
			w.query = sung(l.Text)
		}
		if asks(w.query) {
			all = append(all, w)
		}
	}
	if len(all) == 0 {
		return nil, inputf("%s has no line with a word in it", path)
	}
	return all, nil
}

// sung takes the dashes of dialogue from a line, which would exclude words in a query.
func sung(text string) string {
	fields := strings.Fields(text)
	for i, f := range fields {
		fields[i] = strings.TrimLeft(f, "-−–—")
	}
	return strings.Join(fields, " ")
}

// asks tells whether there is anything to search for: rows between verses, and notes alone, are passed over.
func asks(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// inputLines gives the rows of a stream as they come, so that a program may ask, read the answer and ask again. A row that is too long
// for a query is read over, and given cut so that it still is.
func inputLines(r io.Reader, yield func(wanted) error) error {
	in := bufio.NewReaderSize(r, 4*index.MaxText)
	for n := 1; ; n++ {
		row, err := in.ReadSlice('\n')
		text := strings.ToValidUTF8(strings.TrimPrefix(strings.TrimSpace(string(row)), "\ufeff"), "\ufffd")
		for errors.Is(err, bufio.ErrBufferFull) {
			_, err = in.ReadSlice('\n')
		}
		if asks(text) {
			if err := yield(wanted{n: n, text: text, query: text}); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return inputf("standard input cannot be read: %w", err)
		}
	}
}
