package edits

import "math"

// look is how a film is graded and framed in an edit: channel order, curves, saturation, part of the picture, mirrored or not.
type look struct {
	luts       [3][256]byte
	from       [3]int // which channel each is taken from
	saturation int    // of 256
	columns    [Width]int
	rows       [Height]int
	plain      bool // changes nothing
}

// asIs is the look that changes nothing.
func asIs() *look {
	l := &look{from: [3]int{0, 1, 2}, saturation: 256, plain: true}
	for k := range l.luts {
		for v := range l.luts[k] {
			l.luts[k][v] = byte(v)
		}
	}
	l.frame(0, 0, Width, Height, false)
	return l
}

// grading says how often grades are strong.
type grading struct{ dark, flat, tinted float64 }

// grade throws curves. Dark and flat films are where detectors fail, so there are many.
func (d dice) grade(l *look, g grading) {
	l.plain = false
	if d.chance(0.35) {
		copy(l.from[:], d.Perm(3))
	}
	gamma, gain, lift := 1.0, 1.0, 0.0
	if d.chance(0.5) {
		gamma, gain, lift = math.Exp(d.NormFloat64()*0.3), d.between(0.6, 1.2), d.between(-25, 25)
		switch {
		case d.chance(g.dark):
			gain, lift = d.between(0.15, 0.5), d.between(-10, 10)
		case d.chance(g.flat):
			gain = d.between(0.2, 0.5)
			lift = d.between(40, 255-255*gain)
		}
	}
	tints := [3]float64{1, 1, 1}
	if d.chance(g.tinted) {
		tints = [3]float64{d.between(0.5, 1.1), d.between(0.5, 1.1), d.between(0.5, 1.1)}
	}
	for k := range l.luts {
		for v := range l.luts[k] {
			l.luts[k][v] = clamp(int((255*math.Pow(float64(v)/255, gamma)*gain + lift) * tints[k]))
		}
	}
	if d.chance(0.15) {
		l.saturation = d.from(0, 150)
	}
}

// reframe throws a part of the picture, at most half of it in each direction, inside of what is no bar.
func (d dice) reframe(l *look, often float64, inside Span) {
	x, y, w, h := 0, inside.First, Width, inside.Last-inside.First+1
	flip := d.chance(0.5)
	if d.chance(often) {
		by := d.between(1.05, 2)
		nw, nh := int(float64(w)/by), int(float64(h)/by)
		x, y, w, h = x+d.IntN(w-nw+1), y+d.IntN(h-nh+1), nw, nh
	}
	l.plain = false
	l.frame(x, y, w, h, flip)
}

func (l *look) frame(x, y, w, h int, flip bool) {
	for i := range l.columns {
		c := x + i*w/Width
		if flip {
			c = x + w - 1 - i*w/Width
		}
		l.columns[i] = 3 * c
	}
	for i := range l.rows {
		l.rows[i] = stride * (y + i*h/Height)
	}
}

// apply is p as it looks; p itself where nothing changes.
func (l *look) apply(p Picture) Picture {
	if l.plain {
		return p
	}
	out := make(Picture, size)
	r, g, b := &l.luts[0], &l.luts[1], &l.luts[2]
	for y, row := range l.rows {
		line := out[y*stride:][:stride]
		for x, column := range l.columns {
			in := p[row+column:][:3]
			o := line[3*x:][:3]
			o[0], o[1], o[2] = r[in[l.from[0]]], g[in[l.from[1]]], b[in[l.from[2]]]
		}
	}
	if l.saturation < 256 {
		out.fade(l.saturation)
	}
	return out
}

// fade takes colour out of p, which must not be shared.
func (p Picture) fade(saturation int) {
	for i := 0; i < size; i += 3 {
		grey := p.grey(i)
		for k := range 3 {
			p[i+k] = byte(grey + (int(p[i+k])-grey)*saturation>>8)
		}
	}
}

// lines are the rows of a film that are not black bars, by frames from all over it.
func (f *Film) lines() Span {
	bright := func(y int) bool {
		for i := range 40 {
			line := f.Frames[i*(len(f.Frames)-1)/39][y*stride:][:stride]
			for _, v := range line {
				if v > 40 {
					return true
				}
			}
		}
		return false
	}
	top, bottom := 0, Height-1
	for top < Height/4 && !bright(top) {
		top++
	}
	for bottom > Height*3/4 && !bright(bottom) {
		bottom--
	}
	return Span{top, bottom}
}
