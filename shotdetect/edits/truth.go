package edits

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/amvlib/amvlib/shotdetect"
)

// Row is one boundary of the truth. Frames count from 0.
type Row struct {
	Type  shotdetect.Type
	Start int // the last frame purely of the old shot
	End   int // the first frame purely of the new one
}

// Span is a stretch of frames, both ends included.
type Span struct{ First, Last int }

// Truth is what is known of a film's or an edit's boundaries.
type Truth struct {
	Rows   []Row
	Ignore []Span // frames of which nothing is known
}

// ErrTruth is what ReadTruth gives for a table that is none.
var ErrTruth = errors.New("no table of shot boundaries")

// label is one row as the eye's owner wrote it.
type label struct {
	kind       string
	start, end int
	sure       bool
}

// mostFrames bounds the frame numbers of a table: 19 hours at 60 a second.
const mostFrames = 1 << 22

// flatGap is the longest flat hold, in frames, across which a fade and what follows are one boundary.
const flatGap = 48

// ReadTruth reads a table with the columns type, start, end, confidence. A fade out and the fade in that follows are one boundary. A fade
// out to a cut, and a cut to a fade in, are a cut beside frames to ignore, and so is all that is not sure. The ends of graduals are
// trusted to a frame for fades and two for the others. Errors: ErrTruth, and those of the reader.
func ReadTruth(r io.Reader) (Truth, error) {
	table := csv.NewReader(r)
	table.FieldsPerRecord = -1
	records, err := table.ReadAll()
	if err != nil {
		return Truth{}, fmt.Errorf("%w: %w", ErrTruth, err)
	}
	var labels []label
	for i, record := range records {
		if i == 0 {
			continue // the header
		}
		l, err := parse(record)
		if err != nil {
			return Truth{}, fmt.Errorf("%w: row %d: %w", ErrTruth, i, err)
		}
		labels = append(labels, l)
	}
	return judge(labels), nil
}

func parse(record []string) (label, error) {
	if len(record) < 4 {
		return label{}, errors.New("fewer than four columns")
	}
	start, err1 := strconv.Atoi(record[1])
	end, err2 := strconv.Atoi(record[2])
	if err := errors.Join(err1, err2); err != nil {
		return label{}, err
	}
	if start < 0 || end <= start || end > mostFrames {
		return label{}, fmt.Errorf("frames %d to %d", start, end)
	}
	return label{record[0], start, end, record[3] == "sure"}, nil
}

// judge turns labels into rows and windows.
func judge(labels []label) Truth {
	var t Truth
	var sure []label
	for _, l := range labels {
		if l.sure {
			sure = append(sure, l)
		} else {
			t.ignore(l.start-2, l.end+2)
		}
	}
	slices.SortFunc(sure, func(a, b label) int { return a.start - b.start })
	for i := 0; i < len(sure); i++ {
		if i+1 < len(sure) && t.pair(sure[i], sure[i+1]) {
			i++
			continue
		}
		t.single(sure[i])
	}
	return t
}

// pair takes two labels that are one boundary.
func (t *Truth) pair(a, b label) bool {
	switch {
	case a.kind == "fadeout" && b.kind == "fadein":
		t.gradual(Row{shotdetect.Fade, a.start, max(b.end, a.start+2)})
	case a.kind == "cut" && b.kind == "fadein" && b.start-a.end <= flatGap:
		t.Rows = append(t.Rows, Row{shotdetect.Cut, a.start, a.end})
		t.ignore(a.end+1, b.end+2)
	case a.kind == "fadeout" && b.kind == "cut" && b.start-a.end <= flatGap:
		t.ignore(a.start-2, b.start)
		t.Rows = append(t.Rows, Row{shotdetect.Cut, b.start, b.end})
	default:
		return false
	}
	return true
}

func (t *Truth) single(l label) {
	switch l.kind {
	case "cut":
		t.Rows = append(t.Rows, Row{shotdetect.Cut, l.start, l.end})
	case "fadeout", "fadein":
		t.gradual(Row{shotdetect.Fade, l.start, l.end})
	case "dissolve", "wipe":
		t.gradual(Row{shotdetect.Type(l.kind), l.start, l.end})
	default:
		t.ignore(l.start-2, l.end+2)
	}
}

// gradual adds a row whose ends were found by eye.
func (t *Truth) gradual(r Row) {
	doubt := 2
	if r.Type == shotdetect.Fade {
		doubt = 1
	}
	t.Rows = append(t.Rows, r)
	t.ignore(r.Start-doubt+1, r.Start+doubt)
	t.ignore(r.End-doubt, r.End+doubt-1)
}

func (t *Truth) ignore(first, last int) {
	if first = max(first, 0); last >= first {
		t.Ignore = append(t.Ignore, Span{first, last})
	}
}

// Target is what the detector should say of a frame.
type Target struct {
	Cut    uint8 // 1 for the first frame of a new shot
	Kind   uint8 // of the gradual that the frame lies strictly inside of: 0 none, 1 dissolve, 2 fade, 3 wipe
	Weight uint8 // 0 where nothing is known
}

var kinds = map[shotdetect.Type]uint8{shotdetect.Dissolve: 1, shotdetect.Fade: 2, shotdetect.Wipe: 3}

// Targets spells the truth out for each of so many frames. A cut's own frame is never ignored.
func (t Truth) Targets(frames int) []Target {
	out := make([]Target, frames)
	for i := range out {
		out[i].Weight = 1
	}
	for _, s := range t.Ignore {
		for i := max(s.First, 0); i <= min(s.Last, frames-1); i++ {
			out[i].Weight = 0
		}
	}
	for _, r := range t.Rows {
		if r.Type == shotdetect.Cut {
			if r.End < frames {
				out[r.End] = Target{Cut: 1, Weight: 1}
			}
			continue
		}
		for i := r.Start + 1; i < min(r.End, frames); i++ {
			out[i].Kind = kinds[r.Type]
		}
	}
	return out
}

// retimed is the truth of a film that shows the frames named by source, which never run back: a boundary comes where its first new
// frame is shown first. A gradual of which no frame is left is a cut.
func (t Truth) retimed(source []int) Truth {
	first := func(frame int) int { // the first place that shows frame or a later one
		i, _ := slices.BinarySearch(source, frame)
		return i
	}
	var out Truth
	for _, r := range t.Rows {
		start, end := first(r.Start+1)-1, first(r.End)
		if start < 0 || end >= len(source) {
			out.ignore(max(start, 0), min(end, len(source)-1))
			continue
		}
		if end == start+1 {
			r.Type = shotdetect.Cut
		}
		if end > start {
			out.Rows = append(out.Rows, Row{r.Type, start, end})
		}
	}
	for _, s := range t.Ignore {
		out.ignore(first(s.First), first(s.Last+1)-1)
	}
	return out
}
