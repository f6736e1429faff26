package storyboard

import (
	"fmt"
	"slices"
	"strings"

	"github.com/amvlib/amvlib/catalog"
)

const namedMost = 3 // episodes that a remark names

// remark tells the user what the plan lacks.
func (r *run) remark() {
	var t tally
	for _, j := range r.jobs {
		t.count(j)
	}
	slices.SortFunc(t.variable, byID)
	r.note(t.unmatched, "no word in common with the library: %d of %s", t.unmatched, count(t.lines, "lyric line", "lyric lines"))
	r.note(t.repeats, "shown again because the library holds too little footage: %s", count(t.repeats, "scene", "scenes"))
	r.note(int(t.hole), "no shot was left to show: %v of the song stays black", r.rate.At(t.hole))
	r.note(len(t.variable), "with a variable frame rate: %s; convert %s to a constant one first, for that is how the timeline counts "+
		"frames", naming(t.variable), them(t.variable))
	r.note(len(r.gone), "left out because the library no longer knows the file: %s; add %s again", naming(r.gone), them(r.gone))
}

// naming is "Title 1, Title 2, Title 3 and 4 other episodes".
func naming(all []catalog.Episode) string {
	var names []string
	for i := range all[:min(len(all), namedMost)] {
		names = append(names, episodeName(&all[i]))
	}
	if n := len(all) - namedMost; n > 0 {
		return strings.Join(names, ", ") + " and " + count(n, "other episode", "other episodes")
	}
	if n := len(names) - 1; n > 0 {
		names[n-1] += " and " + names[n]
		names = names[:n]
	}
	return strings.Join(names, ", ")
}

func them(all []catalog.Episode) string {
	if len(all) == 1 {
		return "it"
	}
	return "them"
}

// note keeps a remark where there is something to remark.
func (r *run) note(n int, format string, a ...any) {
	if n > 0 {
		r.board.Notes = append(r.board.Notes, fmt.Sprintf(format, a...))
	}
}

// tally counts what is short of perfect.
type tally struct {
	lines, unmatched, repeats int
	hole                      int64
	variable                  []catalog.Episode
}

func (t *tally) count(j *job) {
	t.hole += j.section.Hole().Len()
	if j.section.Line != nil {
		t.lines++
		if len(j.own) == 0 {
			t.unmatched++
		}
	}
	for i := range j.picks {
		if j.picks[i].origin == Repeat {
			t.repeats++
		}
		e := j.picks[i].hit.Episode
		if known := func(v catalog.Episode) bool { return v.ID == e.ID }; e.Variable && !slices.ContainsFunc(t.variable, known) {
			t.variable = append(t.variable, *e)
		}
	}
}
