package storyboard

import "fmt"

// remark tells the user what the plan lacks.
func (r *run) remark() {
	var t tally
	t.variable = map[int64]bool{}
	for _, j := range r.jobs {
		t.count(j)
	}
	r.note(t.unmatched, "no word in common with the library: %d of %d lyric lines", t.unmatched, t.lines)
	r.note(t.repeats, "shown again because the library holds too little footage: %d scenes", t.repeats)
	r.note(int(t.hole), "no shot was left to show: %v of the song stays black", r.rate.At(t.hole))
	r.note(len(t.variable), "with a variable frame rate: %d episodes; convert them to a constant one first, for that is how the "+
		"timeline counts their frames", len(t.variable))
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
	variable                  map[int64]bool // episodes
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
		if e := j.picks[i].hit.Episode; e.Variable {
			t.variable[e.ID] = true
		}
	}
}
