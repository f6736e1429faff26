package edits

import "math"

// pose is where a camera looks at a picture: the middle of its view and its size, in parts of the picture, and its roll in radians.
type pose struct{ x, y, zoom, roll float64 }

// straight sees the whole picture.
var straight = pose{0.5, 0.5, 1, 0}

// toward is the pose a part of the way to another.
func (p pose) toward(q pose, part float64) pose {
	along := func(a, b float64) float64 { return a + (b-a)*part }
	return pose{along(p.x, q.x), along(p.y, q.y), p.zoom * math.Pow(q.zoom/p.zoom, part), along(p.roll, q.roll)}
}

// view is the picture from a pose. Beyond its edges it is mirrored, as editors do to hide them.
func (p Picture) view(v pose) Picture {
	out := make(Picture, size)
	const one = 1 << 16
	sin, cos := math.Sincos(v.roll)
	ax, bx := int(cos/v.zoom*one), int(-sin/v.zoom*one)
	ay, by := int(sin/v.zoom*one), int(cos/v.zoom*one)
	x0 := int(v.x*Width*one) - ax*Width/2 - bx*Height/2
	y0 := int(v.y*Height*one) - ay*Width/2 - by*Height/2
	for y := range Height {
		sx, sy := x0+bx*y, y0+by*y
		line := out[y*stride:][:stride]
		for x := 0; x < stride; x += 3 {
			i := at(mirrored(sx>>16, Width), mirrored(sy>>16, Height))
			line[x], line[x+1], line[x+2] = p[i], p[i+1], p[i+2]
			sx += ax
			sy += ay
		}
	}
	return out
}

// mirrored takes any place to one of n, back and forth.
func mirrored(i, n int) int {
	if uint(i) < uint(n) {
		return i
	}
	i %= 2 * n
	if i < 0 {
		i += 2 * n
	}
	return min(i, 2*n-1-i)
}

// rolled moves p, and what leaves at one edge comes back at the other.
func (p Picture) rolled(dx, dy int) Picture {
	out := make(Picture, size)
	dx = ((dx%Width + Width) % Width) * 3
	for y := range Height {
		src := p[((y-dy)%Height+Height)%Height*stride:][:stride]
		line := out[y*stride:][:stride]
		copy(line[dx:], src)
		copy(line, src[stride-dx:])
	}
	return out
}

// smeared is p blurred along a row or, where down is set, a column, over so many pixels: what a whip looks like.
func (p Picture) smeared(length int, down bool) Picture {
	out := make(Picture, size)
	step, lines, n, next := 3, Height, Width, stride
	if down {
		step, lines, n, next = stride, Width, Height, 3
	}
	length = min(max(length|1, 1), n-1)
	for l := range lines {
		for k := range 3 {
			smear(out[l*next+k:], p[l*next+k:], n, step, length)
		}
	}
	return out
}

// smear is a running mean over n values, step apart, mirrored beyond the ends.
func smear(dst, src []byte, n, step, length int) {
	half, sum := length/2, 0
	for i := -half; i <= half; i++ {
		sum += int(src[mirrored(i, n)*step])
	}
	for i := range n {
		dst[i*step] = byte(sum / length)
		sum += int(src[mirrored(i+half+1, n)*step]) - int(src[mirrored(i-half, n)*step])
	}
}

// blurred is p out of focus.
func (p Picture) blurred(length int) Picture { return p.smeared(length, false).smeared(length, true) }
