package interchange

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/amvlib/amvlib/timeline"
)

// ErrUnknownFormat is returned by [ByName] for a name that no format has; its message lists those that exist.
var ErrUnknownFormat = errors.New("no such timeline format")

// ErrCannotSay is returned by a writer for a timeline that its format has no words for, such as an odd frame rate.
var ErrCannotSay = errors.New("this format cannot say that")

// Format is one kind of file that timelines are written as.
type Format struct {
	Name        string   // short and lower case, for flags: "edl"
	Extensions  []string // of file names, lower case with the dot; the first is the usual one
	Description string   // one line: which programs open it

	// Write writes the whole file. It returns an error that wraps timeline.ErrInvalid or ErrCannotSay before it has written
	// anything, or the writer's own error.
	Write func(io.Writer, *timeline.Timeline) error

	// Warnings says in plain sentences what of this timeline the file will not carry, or only nearly; nil where all is well.
	Warnings func(*timeline.Timeline) []string
}

// Formats lists every format, the most faithful first. The slice is the caller's.
func Formats() []Format {
	return []Format{
		{"otio", []string{".otio"}, "OpenTimelineIO: Resolve 18.5 and later, and other recent programs", WriteOTIO, warnOTIO},
		{"xmeml", []string{".xml"}, "Final Cut Pro 7 XML: Premiere, Resolve, Vegas", WriteXMEML, warnXMEML},
		{"edl", []string{".edl"}, "CMX3600 edit list: nearly every program, one track of pictures and one of sound", WriteEDL, warnEDL},
		{"csv", []string{".csv"}, "a table for spreadsheets and scripts, a row for every clip, gap, transition and marker", WriteCSV, warnData},
		{"json", []string{".json"}, "everything, for programs of your own", WriteJSON, warnData},
	}
}

// ByName finds a format by its name or by a file extension, with or without the dot, in either case.
func ByName(nameOrExtension string) (Format, error) {
	want := strings.ToLower(strings.TrimPrefix(nameOrExtension, "."))
	var known []string
	for _, f := range Formats() {
		if want == f.Name {
			return f, nil
		}
		for _, ext := range f.Extensions {
			if want == ext[1:] {
				return f, nil
			}
		}
		known = append(known, fmt.Sprintf("%s (%s)", f.Name, strings.Join(f.Extensions, ", ")))
	}
	return Format{}, fmt.Errorf("%w: %q; there are %s", ErrUnknownFormat, nameOrExtension, strings.Join(known, ", "))
}
