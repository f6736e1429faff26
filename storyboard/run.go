package storyboard

import (
	"context"
	"fmt"
	"math"

	"github.com/amvlib/amvlib/timecode"
)

const (
	usual     = 2500 * timecode.Second / 1000 // length of a scene that a section is divided by
	mostALine = 4                             // scenes a lyric line, unless its length or the user asks for more
	mostAfter = 3                             // scenes that follow, a section: more would be that anime's own edit
)

// run is the making of one plan at one rate.
type run struct {
	*library
	*ledger
	options  Options
	board    *Storyboard
	jobs     []*job
	decent   *pool // shots that people want to see
	rough    *pool // all others
	longest  int64 // frames of a scene
	shortest int64
	strict   bool // only scenes that leave every clip of their section long enough
}

// job is a section to be filled.
type job struct {
	section *Section
	own     []candidate // shots in which a word of it is said, the best first
	picks   []pick
	length  int64 // frames
	want    int   // scenes
	follows int   // how many of the picks follow another
}

// pick is a candidate chosen for a section.
type pick struct {
	candidate
	origin Origin
	why    string
	most   int64 // frames that it may take
}

func newRun(lib *library, s *sheet, song Song, rate timecode.Rate, o Options) *run {
	r := &run{library: lib, ledger: newLedger(rate, o), options: o}
	r.longest = max(1, rate.Frame(o.MaxShot))
	r.shortest = max(1, rate.Frame(o.MinShot))
	r.decent = newPool(o.Seed, func(c *candidate) bool { return c.good(rate) && r.fresh(c) })
	r.rough = newPool(o.Seed, func(c *candidate) bool { return c.usable() && !r.has(c.key()) })
	r.board = &Storyboard{Song: song, Rate: rate, Frames: rate.Frame(s.duration), Notes: append([]string(nil), s.notes...)}
	r.board.Sections = s.sections(rate, r.shortest)
	for i := range r.board.Sections {
		r.jobs = append(r.jobs, r.newJob(&r.board.Sections[i]))
	}
	return r
}

func (r *run) newJob(s *Section) *job {
	j := &job{section: s, length: s.Record.Len()}
	usual := max(1, r.rate.Frame(usual))
	n := max(1, (j.length+usual/2)/usual)
	if s.Line != nil {
		n = min(n, mostALine)
		j.own = r.answersTo(s.Line.Text, r.rate)
		if r.options.PerLine > 0 {
			n = int64(r.options.PerLine)
		}
	}
	n = max(n, (j.length+r.longest-1)/r.longest)
	j.want = int(max(1, min(n, j.length/r.shortest)))
	return j
}

// at is where the section lies, for the distance to others.
func (j *job) at() int64 { return (j.section.Record.In + j.section.Record.Out) / 2 }

// room is how many frames the picks cannot fill; negative where they could fill more.
func (j *job) room() int64 {
	room := j.length
	for i := range j.picks {
		room -= j.picks[i].most
	}
	return room
}

// wants tells whether the section takes more of what suits it. One that is filled does so only while its clips stay long enough.
func (j *job) wants(strict bool) bool { return j.room() > 0 || strict && len(j.picks) < j.want }

// seats tells whether c may stand in the section. To be strict, each clip must be able to have the shortest length, and the last one
// that does must be able to close the section.
func (r *run) seats(j *job, c *candidate) bool {
	if !r.strict {
		return true
	}
	least, n := min(r.shortest, j.length), int64(len(j.picks)+1)
	if c.fit < least || least*n > j.length {
		return false
	}
	return j.room() <= min(c.fit, r.longest) || least*(n+1) <= j.length || j.reach()+c.fit >= j.length
}

// reach is how many frames the picks could fill at most.
func (j *job) reach() int64 {
	var reach int64
	for i := range j.picks {
		reach += j.picks[i].fit
	}
	return reach
}

// plan fills the sections in passes, the best footage first: so no line takes what is another one's only match, and no filler what a
// word would have found. Clips that are too short are let in when nothing else is left.
func (r *run) plan(ctx context.Context) (*Storyboard, error) {
	if len(r.jobs) == 0 {
		return nil, fmt.Errorf("%w: it is shorter than a frame", ErrDuration)
	}
	if err := r.fill(ctx); err != nil {
		return nil, err
	}
	r.place()
	if len(r.board.scenes()) == 0 {
		return nil, fmt.Errorf("%w: %s, none with a shot that could be shown", ErrNoFootage, count(len(r.all), "episode is known", "episodes are known"))
	}
	r.keepRunners()
	r.remark()
	return r.board, nil
}

func (r *run) fill(ctx context.Context) error {
	for _, r.strict = range []bool{true, false} {
		if err := r.fromWords(ctx); err != nil {
			return err
		}
		if err := r.rounds(ctx, r.fromFollowing, r.fromNeighbours, r.fromFollowingAnywhere, r.fromPool, r.fromLength); err != nil {
			return err
		}
	}
	r.strict = true
	if err := r.rounds(ctx, r.fromRough, r.fromUsed); err != nil {
		return err
	}
	r.strict = false
	return r.rounds(ctx, r.fromRough, r.fromUsed)
}

// rounds gives every section a turn at each pass until nobody took anything.
func (r *run) rounds(ctx context.Context, passes ...func(context.Context, *job) (bool, error)) error {
	for _, pass := range passes {
		for took := true; took; {
			var err error
			if took, err = r.round(ctx, pass); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *run) round(ctx context.Context, pass func(context.Context, *job) (bool, error)) (bool, error) {
	again := false
	for _, j := range r.jobs {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		took, err := pass(ctx, j)
		if err != nil {
			return false, err
		}
		again = again || took
	}
	return again, nil
}

// add puts c into the section.
func (r *run) add(j *job, c *candidate, origin Origin, why string) {
	j.picks = append(j.picks, pick{candidate: *c, origin: origin, why: why, most: min(c.fit, r.longest)})
	r.take(c, j.at())
}

// keepRunners gives each line the best of its hits that are nowhere in the plan, of several sources.
func (r *run) keepRunners() {
	for _, j := range r.jobs {
		kept := newLedger(r.rate, Options{Spread: true, AllLooks: r.allLooks})
		for range r.options.Runners {
			if c := r.runnerUp(j, kept); c != nil {
				kept.take(c, 0)
				j.section.Runners = append(j.section.Runners, c.hit)
			}
		}
	}
}

// runnerUp is the best of a line's hits that is neither in the plan nor kept.
func (r *run) runnerUp(j *job, kept *ledger) *candidate {
	var best *candidate
	top := math.Inf(-1)
	for i := range j.own {
		c := &j.own[i]
		if v := c.value - kept.tired(c, 0); v > top && !r.has(c.key()) && kept.fresh(c) {
			best, top = c, v
		}
	}
	return best
}
