package edits

import (
	"image"
	"iter"
	"slices"
)

// Edit is a film that was made, with what is known of it.
type Edit struct {
	Kind   string   // "plain", "wide", "look" or "drawn"
	Films  []string // of which it may show anything
	Groups []string // theirs
	Length int      // frames
	Marks  []Mark   // what was done, in order
	Truth

	draw     func(k int) Picture
	finishes []int // places in the table
	grit     grit
	seed     uint64
}

// Purposes of dice, so that what one throws moves nothing of another.
const (
	cutting = iota + 1
	finishing
	looking
	drawing
)

const shotsPerEdit = 24

// Plain follows the recipe of the public evaluation. An empty pool gives an edit without frames.
func (p *Pool) Plain(seed uint64) *Edit { return p.edit("plain", seed) }

// Wide follows a recipe of its own, with all that this package knows.
func (p *Pool) Wide(seed uint64) *Edit { return p.edit("wide", seed) }

func (p *Pool) edit(kind string, seed uint64) *Edit {
	d := throw(seed, cutting)
	groups := p.some(d)
	e := &Edit{Kind: kind, seed: seed}
	for _, g := range groups {
		e.Groups = append(e.Groups, g.name)
		for _, s := range g.stretches {
			if !slices.Contains(e.Films, s.film.Name) {
				e.Films = append(e.Films, s.film.Name)
			}
		}
	}
	if len(groups) == 0 {
		return e
	}
	c := newCutter(d, groups, kind == "plain")
	c.run(shotsPerEdit)
	e.show(c.frames, c.truth, c.marks)
	f := throw(seed, finishing)
	e.grit = f.grit(0.7)
	if kind == "wide" {
		e.finish(f)
	}
	return e
}

// show takes over finished frames.
func (e *Edit) show(frames []Picture, t Truth, marks []Mark) {
	e.Length, e.Truth, e.Marks = len(frames), t, marks
	e.draw = func(k int) Picture { return frames[k] }
}

// Frames are the edit's pictures in order, as numbers from 16 to 235, 4:2:0. Each is overwritten by the next.
func (e *Edit) Frames() iter.Seq[*image.YCbCr] {
	return func(yield func(*image.YCbCr) bool) {
		img := image.NewYCbCr(image.Rect(0, 0, Width, Height), image.YCbCrSubsampleRatio420)
		finished, gritty := e.finisher(), e.grit.start(e.seed)
		for k := range e.Length {
			finished(k, e.draw(k)).toYCbCr(img)
			gritty(k, img)
			if !yield(img) {
				return
			}
		}
	}
}
