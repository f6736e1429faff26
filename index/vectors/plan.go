package vectors

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strings"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/meaning"
	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

// silence is how long nobody says anything where one talk ends and another begins.
const silence = 10 * timecode.Second

// talk is lines that belong together, in the order of time: of one track, without a long silence, and without signs among what is said.
type talk struct {
	rows  []row
	lines []meaning.Line
}

// plan parts an episode's lines into talks. Lines without text are left out.
func plan(lines []catalog.Line) []talk {
	lines = slices.DeleteFunc(slices.Clone(lines), func(l catalog.Line) bool { return strings.TrimSpace(l.Text) == "" })
	slices.SortStableFunc(lines, func(a, b catalog.Line) int {
		return cmp.Or(cmp.Compare(a.Track, b.Track), cmp.Compare(order(a.Kind), order(b.Kind)), cmp.Compare(a.Start, b.Start))
	})
	var talks []talk
	end := timecode.Time(0)
	for i, l := range lines {
		if i == 0 || l.Track != lines[i-1].Track || order(l.Kind) != order(lines[i-1].Kind) || l.Start-end > silence {
			talks = append(talks, talk{})
			end = l.End
		}
		t := &talks[len(talks)-1]
		t.rows = append(t.rows, row{line: l.ID, track: uint32(l.Track)})
		t.lines = append(t.lines, meaning.Line{Text: l.Text, Lang: l.Lang})
		end = max(end, l.End)
	}
	for i := range talks {
		talks[i].sum()
	}
	return talks
}

// order keeps what is said, sung and written apart.
func order(k subtitles.Kind) int {
	switch k {
	case subtitles.Song:
		return 1
	case subtitles.Sign:
		return 2
	}
	return 0
}

// sum gives each row the sum of what its vector is made of: the line, its language and its neighbours.
func (t *talk) sum() {
	for i := range t.rows {
		sum := fnv.New64a()
		for k := i - 1; k <= i+1; k++ {
			if k >= 0 && k < len(t.lines) {
				_, _ = sum.Write([]byte(t.lines[k].Text))
			}
			_, _ = sum.Write([]byte{0})
		}
		_, _ = sum.Write([]byte(t.lines[i].Lang))
		t.rows[i].content = sum.Sum64()
	}
}

// holds tells whether a file has just the rows that were planned.
func holds(f *file, talks []talk) bool {
	at := 0
	for _, t := range talks {
		for _, want := range t.rows {
			if at >= f.count() {
				return false
			}
			if got := f.row(at); got.line != want.line || got.content != want.content || got.track != want.track {
				return false
			}
			at++
		}
	}
	return at == f.count()
}
