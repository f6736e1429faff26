package edits

import (
	"slices"

	"github.com/amvlib/amvlib/shotdetect"
)

// finish is what happens to a whole edit after it was cut: it goes on across its cuts.
type finish struct {
	name string
	odds float64 // of each edit
	make func(d dice) func(k int, p Picture) Picture
}

var finishes = []finish{
	{"soft", 0.15, soft},
	{"subtitles", 0.1, dice.track},
	{"letterbox", 0.1, letterbox},
	{"logo", 0.05, logo},
	{"curve", 0.1, overallCurve},
	{"vignette", 0.04, vignette},
	{"blocks", 0.25, blocks},
}

// finish throws what happens to the edit as a whole. Pulldown first: it changes the frames themselves.
func (e *Edit) finish(d dice) {
	if d.chance(0.12) {
		e.pulldown(d)
	}
	for i, f := range finishes {
		if d.chance(f.odds) {
			e.finishes = append(e.finishes, i)
			e.Marks = append(e.Marks, Mark{0, "finish " + f.name})
		}
	}
}

// finisher sets all of them up; they remember frames, so each run has its own.
func (e *Edit) finisher() func(k int, p Picture) Picture {
	var chain []func(int, Picture) Picture
	for _, i := range e.finishes {
		chain = append(chain, finishes[i].make(throw(e.seed, finishing<<8+uint64(i))))
	}
	return func(k int, p Picture) Picture {
		for _, f := range chain {
			p = f(k, p)
		}
		return p
	}
}

// pulldown shows the edit at another rate: frames doubled, dropped, or of two fields from neighbours.
func (e *Edit) pulldown(d dice) {
	shown, was := e.draw, e.Length
	source, mixed := pulldowns(d, was)
	if len(source) == 0 {
		return
	}
	ends := map[int]bool{}
	for _, r := range e.Rows {
		ends[r.End] = r.Type == shotdetect.Cut
	}
	e.Truth = e.retimed(source)
	for _, k := range mixed {
		if ends[source[k]+1] { // half of it is the old shot, half the new one
			e.ignore(k, k)
		}
	}
	fine := d.chance(0.6)
	e.Length = len(source)
	e.draw = func(k int) Picture {
		i := source[k]
		if _, ok := slices.BinarySearch(mixed, k); ok && i+1 < was {
			return combed(shown(i), shown(i+1), fine)
		}
		return shown(i)
	}
	e.Marks = append(e.Marks, Mark{0, "finish pulldown"})
}

// pulldowns are the frames that are shown, and the places where one is mixed with its next one.
func pulldowns(d dice, frames int) (source, mixed []int) {
	kind, phase := d.IntN(4), d.IntN(5)
	for i := range frames {
		switch kind {
		case 0: // 24 to 30, doubled
			source = append(source, i)
			if (i+phase)%4 == 0 {
				source = append(source, i)
			}
		case 1: // 24 to 30 by fields: A, B, B and C, C and D, D
			source = append(source, i)
			if step := (i + phase) % 4; step == 1 || step == 2 {
				if step == 1 {
					source = append(source, i)
				}
				mixed = append(mixed, len(source)-1)
			}
		case 2: // every second one doubled: 12 or 15 to 24
			source = append(source, i, i)
		default: // 30 to 24, dropped
			if (i+phase)%5 > 0 {
				source = append(source, i)
			}
		}
	}
	return source, mixed
}

func soft(d dice) func(int, Picture) Picture {
	length := pick(d, 3, 3, 5)
	return func(_ int, p Picture) Picture { return p.blurred(length) }
}

func letterbox(d dice) func(int, Picture) Picture {
	upright, n := d.chance(0.3), d.from(4, 11)
	return func(_ int, p Picture) Picture {
		p = p.clone()
		if upright {
			p.box(0, 0, n*2, Height, black)
			p.box(Width-n*2, 0, Width, Height, black)
		} else {
			p.box(0, 0, Width, n, black)
			p.box(0, Height-n, Width, Height, black)
		}
		return p
	}
}

func logo(d dice) func(int, Picture) Picture {
	l := d.lettering()
	l.w, l.h = d.from(8, 24), d.from(4, 8)
	l.x, l.y = pick(d, 4, Width-4-l.w), pick(d, 3, Height-3-l.h)
	return func(_ int, p Picture) Picture {
		p = p.clone()
		l.draw(p)
		return p
	}
}

func overallCurve(d dice) func(int, Picture) Picture {
	l := asIs()
	d.grade(l, grading{dark: 0.3, flat: 0.3, tinted: 0.3})
	return func(_ int, p Picture) Picture { return l.apply(p) }
}

// vignette darkens the corners.
func vignette(d dice) func(int, Picture) Picture {
	var dim [Width * Height]byte
	deep := d.between(0.3, 0.9)
	for i := range dim {
		x, y := float64(i%Width)/Width*2-1, float64(i/Width)/Height*2-1
		dim[i] = byte(255 * max(0, 1-deep*(x*x+y*y)/2))
	}
	return func(_ int, p Picture) Picture {
		out := make(Picture, size)
		for i, by := range dim {
			for k := 3 * i; k < 3*i+3; k++ {
				out[k] = byte(int(p[k]) * int(by) >> 8)
			}
		}
		return out
	}
}
