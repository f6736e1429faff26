package main

import (
	"fmt"
	"math"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/search"
	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

// hitRow is one hit of a search as scripts see it: docs/json.md is its contract.
type hitRow struct {
	ID         string          `json:"id"`      // "EPISODE:SHOT", as export and show take it
	Episode    string          `json:"episode"` // as people name it
	Path       string          `json:"path"`
	Source     string          `json:"source"`
	Season     int             `json:"season,omitempty"`
	Number     string          `json:"number,omitempty"`
	Shot       int             `json:"shot"`
	Start      seconds         `json:"start"`
	End        seconds         `json:"end"`
	StartFrame int64           `json:"start_frame"`
	EndFrame   int64           `json:"end_frame"`
	FPS        string          `json:"fps"`
	Shots      []int           `json:"shots"`
	Line       string          `json:"line"`
	LineStart  *seconds        `json:"line_start"`
	LineEnd    *seconds        `json:"line_end"`
	Lang       string          `json:"lang"`
	Score      float64         `json:"score"`
	Marks      []markRow       `json:"marks"`
	Why        []search.Reason `json:"why"`

	Said     *catalog.Remarks `json:"said,omitempty"`      // of the shot
	LineSaid *catalog.Remarks `json:"line_said,omitempty"` // of the line
	Flags    []string         `json:"flags"`               // of the shot; null where nobody has looked
	Context  []contextRow     `json:"context,omitempty"`

	Translations []translationRow `json:"translations,omitempty"` // the same moment in other languages

	Also   []alsoRow  `json:"also,omitempty"`
	Facets []facetRow `json:"facets,omitempty"` // what shots are like, where that is asked for
}

// contextRow is a line beside the one that was found.
type contextRow struct {
	Offset  int            `json:"offset"` // -1 is the line right before, 1 the one right after
	Start   seconds        `json:"start"`
	End     seconds        `json:"end"`
	Text    string         `json:"text"`
	Lang    string         `json:"lang"`
	Speaker string         `json:"speaker"`
	Kind    subtitles.Kind `json:"kind"`
}

// translationRow is the line that was found, in another language.
type translationRow struct {
	Start seconds `json:"start"`
	End   seconds `json:"end"`
	Text  string  `json:"text"`
	Lang  string  `json:"lang"`
}

func translationsOf(h search.Hit) (out []translationRow) {
	for _, l := range h.Translations {
		out = append(out, translationRow{seconds(l.Start), seconds(l.End), l.Text, l.Lang})
	}
	return out
}

func contextOf(h search.Hit) (out []contextRow) {
	add := func(l catalog.Line, offset int) {
		out = append(out, contextRow{offset, seconds(l.Start), seconds(l.End), l.Text, l.Lang, l.Speaker, l.Kind})
	}
	for i, l := range h.Before {
		add(l, i-len(h.Before))
	}
	for i, l := range h.After {
		add(l, i+1)
	}
	return out
}

type markRow struct {
	Start int `json:"start"` // bytes of line
	End   int `json:"end"`
}

// seconds prints microseconds as seconds without a rounding of its own.
type seconds timecode.Time

func (s seconds) MarshalJSON() ([]byte, error) { return []byte(s.String()), nil }

// String has as many decimals as the value needs, three at least.
func (s seconds) String() string {
	text := strconv.FormatFloat(timecode.Time(s).Seconds(), 'f', 6, 64)
	for strings.HasSuffix(text, "0") && len(text)-strings.IndexByte(text, '.') > 4 {
		text = text[:len(text)-1]
	}
	return text
}

func rowOf(h search.Hit) hitRow {
	r := hitRow{
		ID: shotID(h.Shot), Episode: episodeName(h.Episode), Path: h.Episode.Path, Source: h.Episode.Name.Source,
		Season: h.Episode.Name.Season, Number: h.Episode.Name.Number, Shot: h.Shot.Number,
		Start: seconds(h.Shot.Range.Start), End: seconds(h.Shot.Range.End),
		StartFrame: h.Shot.Clean.In, EndFrame: h.Shot.Clean.Out, FPS: h.Episode.Rate.String(),
		Score: math.Round(h.Score*1000) / 1000, Shots: append([]int{}, h.Shots...), Marks: []markRow{}, Why: append([]search.Reason{}, h.Why...),
	}
	for i := range r.Why {
		r.Why[i].Score = math.Round(r.Why[i].Score*1000) / 1000
	}
	if h.Line != nil {
		start, end := seconds(h.Line.Start), seconds(h.Line.End)
		r.Line, r.LineStart, r.LineEnd, r.Lang = h.Line.Text, &start, &end, h.Line.Lang
	}
	r.Flags = flagNames(h.Episode, h.Shot)
	r.Said, r.LineSaid = saidRow(h.Said), saidRow(h.LineSaid)
	r.Context, r.Translations, r.Also = contextOf(h), translationsOf(h), alsoOf(h)
	r.Facets = facetsOf(h.Facets)
	for _, m := range h.Marks {
		r.Marks = append(r.Marks, markRow{m.Start, m.End})
	}
	return r
}

// saidRow is nil where nothing is said.
func saidRow(r catalog.Remarks) *catalog.Remarks {
	if r.None() {
		return nil
	}
	r.Tags = append([]string{}, r.Tags...)
	return &r
}

// shotID names a shot in the library: "3:17" is shot 17 of episode 3.
func shotID(s catalog.Shot) string { return fmt.Sprintf("%d:%d", s.Episode, s.Number) }

// parseShotID reads "3:17".
func parseShotID(s string) (episode int64, shot int, ok bool) {
	e, n, found := strings.Cut(s, ":")
	episode, err1 := strconv.ParseInt(e, 10, 64)
	shot, err2 := strconv.Atoi(n)
	return episode, shot, found && err1 == nil && err2 == nil && episode > 0 && shot > 0
}

// episodeName is an episode as people name it: "Kite Season 07", "Kite Season S02E07", or the title of a film.
func episodeName(e *catalog.Episode) string {
	n := e.Name
	switch {
	case n.Number == "":
		return n.Source
	case n.Season > 0:
		return fmt.Sprintf("%s S%02dE%s", n.Source, n.Season, twoDigits(n.Number))
	}
	return n.Source + " " + twoDigits(n.Number)
}

func twoDigits(number string) string {
	if len(number) == 1 || len(number) > 1 && number[1] == '.' {
		return "0" + number
	}
	return number
}

var hitColumns = []string{
	"id", "episode", "path", "source", "shot", "start", "end", "start_frame", "end_frame", "fps", "line", "line_start", "line_end", "lang", "score", "why",
}

// cells are the values of hitColumns.
func (r hitRow) cells() []string {
	why := make([]string, len(r.Why))
	for i, w := range r.Why {
		why[i] = fmt.Sprintf("%s %s %.2f", w.Kind, w.Text, w.Score)
	}
	return []string{
		r.ID, r.Episode, r.Path, r.Source, strconv.Itoa(r.Shot), r.Start.String(), r.End.String(),
		strconv.FormatInt(r.StartFrame, 10), strconv.FormatInt(r.EndFrame, 10), r.FPS, r.Line,
		optional(r.LineStart), optional(r.LineEnd), r.Lang, strconv.FormatFloat(r.Score, 'f', 3, 64), strings.Join(why, "; "),
	}
}

func optional(s *seconds) string {
	if s == nil {
		return ""
	}
	return s.String()
}

// fileName is the last part of a path; of content whose file was overwritten there is none.
func fileName(path string) string {
	if path == "" {
		return "(file gone)"
	}
	return filepath.Base(path)
}
