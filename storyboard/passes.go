package storyboard

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/search"
)

const ahead = 6 // shots after a scene within which something still belongs to it

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// fromFollowing takes the shot after the one picked last, for sections of lyric lines.
func (r *run) fromFollowing(ctx context.Context, j *job) (bool, error) {
	if j.section.Line == nil {
		return false, nil
	}
	return r.fromFollowingAnywhere(ctx, j)
}

// fromFollowingAnywhere takes the shot after the one picked last.
func (r *run) fromFollowingAnywhere(ctx context.Context, j *job) (bool, error) {
	if j.room() <= 0 || j.follows >= mostAfter {
		return false, nil
	}
	for _, v := range slices.Backward(j.picks) {
		c, err := r.after(ctx, j, &v.candidate)
		if err != nil {
			return false, err
		}
		if c != nil {
			r.add(j, c, Follows, fmt.Sprintf("follows the scene (shot %d)", v.hit.Shot.Number))
			j.follows++
			return true, nil
		}
	}
	return false, nil
}

// after is the next good shot in c's episode that is not in the plan and suits the section.
func (r *run) after(ctx context.Context, j *job, c *candidate) (*candidate, error) {
	shots, err := r.of(ctx, c.hit.Episode)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(shots, func(s catalog.Shot) bool { return s.Number > c.hit.Shot.Number })
	if i < 0 {
		return nil, nil
	}
	for _, s := range shots[i:min(len(shots), i+ahead)] {
		next := newCandidate(search.Hit{Episode: c.hit.Episode, Shot: s}, r.rate)
		if next.good(r.rate) && r.seats(j, &next) && r.fresh(&next) {
			return &next, nil
		}
	}
	return nil, nil
}

// fromNeighbours lets a stretch in which nobody sings show what the lines beside it left.
func (r *run) fromNeighbours(_ context.Context, j *job) (bool, error) {
	if j.section.Line != nil || !j.wants(r.strict) {
		return false, nil
	}
	i := slices.Index(r.jobs, j)
	for _, k := range []int{i - 1, i + 1} {
		if k < 0 || k >= len(r.jobs) {
			continue
		}
		if c := r.best(j, r.jobs[k].own, nil); c != nil {
			r.add(j, c, Echo, "echoes a line beside it: "+orElse(shared(&c.hit), "shared words"))
			return true, nil
		}
	}
	return false, nil
}

// fromPool takes a good shot of the source used least.
func (r *run) fromPool(ctx context.Context, j *job) (bool, error) {
	return r.draw(ctx, j, r.decent, "")
}

// fromLength lets scenes run longer than they should: a long scene is better than a poor or a second one.
func (r *run) fromLength(_ context.Context, j *job) (bool, error) {
	took := false
	for i := range j.picks {
		room, p := j.room(), &j.picks[i]
		if more := min(room, p.fit-p.most); more > 0 {
			p.most += more
			took = true
		}
	}
	return took, nil
}

// fromRough takes what is left: very short, dark, flat shots and doubles.
func (r *run) fromRough(ctx context.Context, j *job) (bool, error) {
	return r.draw(ctx, j, r.rough, " (the shot is short, dark, flat or a double)")
}

func (r *run) draw(ctx context.Context, j *job, from *pool, remark string) (bool, error) {
	if j.room() <= 0 {
		return false, nil
	}
	c, err := from.draw(ctx, r, j)
	if err != nil || c == nil {
		return false, err
	}
	r.add(j, c, Filler, fillerWhy(j)+remark)
	return true, nil
}

func fillerWhy(j *job) string {
	switch {
	case j.section.Line == nil:
		return "filler: instrumental"
	case len(j.own) > 0:
		return "filler: no other line shares a word"
	}
	return "filler: no line shares a word"
}

// fromUsed shows a shot again, the one least and longest ago used.
func (r *run) fromUsed(_ context.Context, j *job) (bool, error) {
	if j.room() <= 0 {
		return false, nil
	}
	var best *candidate
	fewest, top := math.MaxInt, math.Inf(1)
	for i := range r.picked {
		c := &r.picked[i]
		places := r.places[c.key()]
		beside := near(places, j.at(), r.board.Frames)
		if c.fit >= r.rate.Frame(glimpse) && r.seats(j, c) && (len(places) < fewest || len(places) == fewest && beside < top) {
			best, fewest, top = c, len(places), beside
		}
	}
	if best == nil {
		return false, nil
	}
	again := newCandidate(search.Hit{Episode: best.hit.Episode, Shot: best.hit.Shot}, r.rate)
	r.add(j, &again, Repeat, "repeat: no other shot is left")
	return true, nil
}
