package edits

// move is a wipe in which the pictures themselves move.
type move struct {
	name string
	odds float64
	draw func(d dice) func(old, fresh Picture, share float64) Picture
}

var moves = []move{
	{"push", 4, push(true, true)},
	{"cover", 3, push(false, true)},
	{"uncover", 3, push(true, false)},
	{"grow", 2, grow(false)},
	{"shrink", 2, grow(true)},
	{"part", 2, parting},
}

// put draws p moved by dx, dy; what falls outside is lost.
func (p Picture) put(on Picture, dx, dy int) {
	x0, x1 := max(dx, 0), min(Width+dx, Width)
	for y := max(dy, 0); y < min(Height+dy, Height) && x1 > x0; y++ {
		copy(on[at(x0, y):at(x1-1, y)+3], p[at(x0-dx, y-dy):])
	}
}

// push lets the new picture come from one side, the old one leave at the other, or both.
func push(leaves, comes bool) func(d dice) func(old, fresh Picture, share float64) Picture {
	return func(d dice) func(old, fresh Picture, share float64) Picture {
		side := pick(d, [2]int{1, 0}, [2]int{-1, 0}, [2]int{0, 1}, [2]int{0, -1})
		return func(old, fresh Picture, share float64) Picture {
			gone := int(share * float64(Width*abs(side[0])+Height*abs(side[1])))
			ox, oy := side[0]*gone, side[1]*gone
			fx, fy := ox-side[0]*Width, oy-side[1]*Height
			switch {
			case !leaves:
				out := old.clone()
				fresh.put(out, fx, fy)
				return out
			case !comes:
				fx, fy = 0, 0
			}
			out := fresh.clone()
			fresh.put(out, fx, fy)
			old.put(out, ox, oy)
			return out
		}
	}
}

// grow lets the new picture come as a small one that fills the screen, or the old one go so.
func grow(away bool) func(d dice) func(old, fresh Picture, share float64) Picture {
	return func(d dice) func(old, fresh Picture, share float64) Picture {
		x, y, round := d.from(0, Width), d.from(0, Height), d.chance(0.2)
		return func(old, fresh Picture, share float64) Picture {
			below, above, by := old, fresh, share
			if away {
				below, above, by = fresh, old, 1-share
			}
			out := below.clone()
			w, h := max(int(by*Width), 1), max(int(by*Height), 1)
			mx, my := int(float64(x)*(1-by)+Width/2*by), int(float64(y)*(1-by)+Height/2*by)
			out.patch(above, mx, my, w, h, round && by < 0.7)
			return out
		}
	}
}

// parting moves the halves of the old picture off to both sides.
func parting(d dice) func(old, fresh Picture, share float64) Picture {
	upright := d.chance(0.5)
	return func(old, fresh Picture, share float64) Picture {
		out := fresh.clone()
		if upright {
			n := int(share * Height / 2)
			copy(out[:(Height/2-n)*stride], old[n*stride:Height/2*stride])
			copy(out[(Height/2+n)*stride:], old[Height/2*stride:(Height-n)*stride])
			return out
		}
		n := int(share * Width / 2)
		for y := range Height {
			copy(out[at(0, y):at(Width/2-n, y)], old[at(n, y):])
			copy(out[at(Width/2+n, y):at(0, y)+stride], old[at(Width/2, y):])
		}
		return out
	}
}
