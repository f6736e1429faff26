package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// corpusDir is where the committed corpus lies, seen from here.
const corpusDir = "../../index/testdata/relevance"

var (
	langs      = []string{"en", "pl", "ja"}
	kinds      = []string{"literal", "figurative", "word", "verse", "mood"}
	queryFiles = []string{"queries-tune.tsv", "queries-report.tsv"}
)

// corpus is index/testdata/relevance, described in its README.md.
type corpus struct {
	Dialogues []dialogue // by id
	Tune      []query    // weights are chosen on these
	Report    []query    // and figures reported on these
}

// half is one of the two.
type half struct {
	name    string
	queries []query
}

func (c corpus) halves() []half { return []half{{"tune", c.Tune}, {"report", c.Report}} }

type dialogue struct {
	ID    string // "d07"
	Title string
	Scene string
	Cues  []cue // in the order of the scene
}

type cue struct {
	ID      string            // "d07.03"
	Speaker string            // "♪" for a song, "[sign]" for writing in the picture
	Text    map[string]string // by language, see langs
}

type query struct {
	ID, Lang, Kind, Text string
	Grades               map[string]int // 2 or 1 by the id of a cue; what is absent is 0
}

// readSet reads the set under root and refuses whatever its README.md does not allow for in form.
func readSet(root fs.FS) (set corpus, err error) {
	names, err := fs.Glob(root, "dialogues/*")
	if err != nil {
		return set, err
	}
	for _, name := range names {
		d, err := readDialogue(root, name)
		if err != nil {
			return set, err
		}
		set.Dialogues = append(set.Dialogues, d)
	}
	if set.Tune, err = readQueries(root, queryFiles[0], "t"); err != nil {
		return set, err
	}
	set.Report, err = readQueries(root, queryFiles[1], "r")
	return set, err
}

func readDialogue(root fs.FS, name string) (d dialogue, err error) {
	rows, err := rowsOf(root, name)
	if err != nil {
		return d, err
	}
	base, ok := strings.CutSuffix(path.Base(name), ".tsv")
	var n int
	if _, err := fmt.Sscanf(base, "d%02d", &n); err != nil || !ok || base != fmt.Sprintf("d%02d", n) {
		return d, fmt.Errorf("%s: not a name like d07.tsv", name)
	}
	title, ok := strings.CutPrefix(rows[0][0], "# ")
	if !ok || len(rows[0]) != 2 {
		return d, fmt.Errorf("%s: the first line is not a title and a scene", name)
	}
	d = dialogue{ID: base, Title: title, Scene: rows[0][1]}
	for i, row := range rows[1:] {
		want := fmt.Sprintf("%s.%02d", base, i+1)
		if len(row) != 2+len(langs) || row[0] != want {
			return d, fmt.Errorf("%s: line %d is not %s in five columns", name, i+2, want)
		}
		text := map[string]string{}
		for k, lang := range langs {
			text[lang] = row[2+k]
		}
		d.Cues = append(d.Cues, cue{row[0], row[1], text})
	}
	return d, nil
}

func readQueries(root fs.FS, name, letter string) (queries []query, err error) {
	rows, err := rowsOf(root, name)
	if err != nil {
		return nil, err
	}
	for i, row := range rows {
		want := fmt.Sprintf("%s%03d", letter, i+1)
		if len(row) != 5 || row[0] != want {
			return nil, fmt.Errorf("%s: line %d is not %s in five columns", name, i+1, want)
		}
		q := query{row[0], row[1], row[2], row[3], map[string]int{}}
		if !slices.Contains(langs, q.Lang) || !slices.Contains(kinds, q.Kind) {
			return nil, fmt.Errorf("%s: %s: language %q or kind %q nobody knows", name, q.ID, q.Lang, q.Kind)
		}
		if err := q.grade(row[4]); err != nil {
			return nil, fmt.Errorf("%s: %s: %w", name, q.ID, err)
		}
		queries = append(queries, q)
	}
	return queries, nil
}

// grade reads targets like "d03.05:2 d17.11:1", best first.
func (q query) grade(targets string) error {
	last := 2
	for target := range strings.SplitSeq(targets, " ") {
		id, grade, _ := strings.Cut(target, ":")
		g := slices.Index([]string{"0", "1", "2"}, grade)
		if g < 1 || g > last {
			return fmt.Errorf("grade of target %q is not 2 or 1, or a better one follows a worse", target)
		}
		if q.Grades[id] != 0 {
			return fmt.Errorf("target %s is there twice", id)
		}
		q.Grades[id], last = g, g
	}
	if n := len(q.Grades); n < 2 || n > 12 {
		return fmt.Errorf("%d targets, not 2 to 12", n)
	}
	return nil
}

// rowsOf splits a file into lines and columns, and refuses empty columns and blanks at their ends.
func rowsOf(root fs.FS, name string) (rows [][]string, err error) {
	data, err := fs.ReadFile(root, name)
	if err != nil {
		return nil, err
	}
	data, ended := bytes.CutSuffix(data, []byte("\n"))
	if !ended || !utf8.Valid(data) || bytes.ContainsAny(data, "\r\ufeff") {
		return nil, fmt.Errorf("%s: not UTF-8 with lines ended by LF", name)
	}
	for i, line := range strings.Split(string(data), "\n") {
		row := strings.Split(line, "\t")
		for _, column := range row {
			if column == "" || strings.TrimSpace(column) != column {
				return nil, fmt.Errorf("%s: line %d has a column that is empty or ends in a blank", name, i+1)
			}
		}
		rows = append(rows, row)
	}
	return rows, nil
}
