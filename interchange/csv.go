package interchange

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/amvlib/amvlib/timecode"
	"github.com/amvlib/amvlib/timeline"
)

// csvColumns are a contract: new ones are only ever added at the end. The package's documentation says what each holds.
var csvColumns = []string{
	"index", "type", "track",
	"record_start", "record_end", "record_start_frame", "record_end_frame", "record_start_seconds", "record_end_seconds", "rate",
	"source_file", "source_in", "source_out", "source_in_seconds", "source_out_seconds", "source_rate",
	"name", "note", "speed",
}

// WriteCSV writes a table in UTF-8 with a row for every clip, gap, transition and marker; the package's documentation describes the
// columns. Names and notes that a spreadsheet would run as a formula get a ' in front; paths are left alone, for scripts.
func WriteCSV(w io.Writer, t *timeline.Timeline) error {
	e, err := prepare(t)
	if err != nil {
		return err
	}
	c := &csvWriter{edit: e, out: csv.NewWriter(w)}
	c.row(csvColumns)
	for i := range e.Tracks {
		for at, it := range e.Tracks[i].Placed() {
			c.item(e.trackName(i), at, it)
		}
	}
	c.markers("", 0, e.Timeline.Markers)
	c.out.Flush()
	return c.out.Error()
}

type csvWriter struct {
	*edit
	out   *csv.Writer
	index int
}

// row writes fields; csv.Writer keeps the first error for Flush.
func (c *csvWriter) row(fields []string) { _ = c.out.Write(fields) }

func (c *csvWriter) item(track string, at int64, it timeline.Item) {
	none := make([]string, 7)
	switch it := it.(type) {
	case *timeline.Clip:
		c.placed("clip", track, at, it.Length, c.source(it), it.Name, it.Note)
		c.markers(track, at, it.Markers)
	case *timeline.Gap:
		c.placed("gap", track, at, it.Length, none, "", "")
	case *timeline.Transition:
		c.placed("transition", track, at-it.Before, it.Before+it.After, none, or(it.Type, "dissolve"), "")
	}
}

func (c *csvWriter) markers(track string, from int64, all []timeline.Marker) {
	for _, m := range all {
		c.placed("marker", track, from+m.At, m.Length, make([]string, 7), m.Name, m.Note)
	}
}

func (c *csvWriter) placed(kind, track string, at, length int64, source []string, name, note string) {
	c.index++
	end := at + length
	fields := []string{
		strconv.Itoa(c.index), kind, harmless(track),
		frameText(c.Rate, c.Start+at), frameText(c.Rate, c.Start+end), number(at), number(end), seconds(c.Rate, at), seconds(c.Rate, end), c.Rate.String(),
	}
	c.row(append(append(fields, source[:6]...), harmless(name), harmless(note), source[6]))
}

// source fills source_file to source_rate, and speed.
func (c *csvWriter) source(clip *timeline.Clip) []string {
	own, used := c.rateOf(clip.Media), clip.Used(c.Rate)
	return []string{clip.Media.Path, number(used.In), number(used.Out), seconds(own, used.In), seconds(own, used.Out), own.String(), speedText(clip)}
}

func speedText(clip *timeline.Clip) string {
	if !clip.Retimed() {
		return "1"
	}
	return strconv.FormatFloat(clip.Speed, 'f', -1, 64)
}

func number(n int64) string { return strconv.FormatInt(n, 10) }

func seconds(rate timecode.Rate, frame int64) string {
	return fmt.Sprintf("%.6f", rate.At(frame).Seconds())
}

// harmless keeps free text from being run: spreadsheets take a cell that begins so for a formula, and formulas can start programs.
func harmless(s string) string {
	s = oneLine(s)
	if s != "" && strings.IndexByte("=+-@", s[0]) >= 0 {
		return "'" + s
	}
	return s
}
