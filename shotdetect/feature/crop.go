package feature

import (
	"encoding/binary"
	"math/bits"
)

const (
	dark   = 32 // luma up to which a pixel may belong to a bar
	memory = 48 // frames for which a line must have been dark to be one
	// A bar takes at most so many lines; more is a dark scene with a light in it. A phone's film in a wide frame leaves a third.
	mostRows, mostColumns = keptHeight / 4, keptWidth * 3 / 8
)

// bars are lines at opposite sides of a kept picture, in even numbers so that chroma can be cut alike.
type bars struct{ rows, columns int }

// cropper finds the bars of letterbox and pillarbox as frames come: lines whose 99 % quantile of luma was dark in all of the recent
// past. Pictures are cut some frames after they were seen, so the recent past has their near future in it: bars are away before a
// picture appears in them. Bars are alike on opposite sides, which a dark sky is not. Where all is dark, or nearly so, nothing can be
// seen of bars, and those seen last stay.
type cropper struct {
	rows    [keptHeight]int // number of the last frame in which the line was light, from 1 on
	columns [keptWidth]int
	frame   int
	bars    bars
}

// see looks at the next frame and tells whether the bars are others now.
func (c *cropper) see(k *kept) (changed bool) {
	c.frame++
	c.mark(k)
	before := c.bars
	c.bars.rows = c.bar(c.rows[:], mostRows, before.rows)
	c.bars.columns = c.bar(c.columns[:], mostColumns, before.columns)
	return c.bars != before
}

// mark notes the lines that are light: those of which more than one in a hundred pixels is.
func (c *cropper) mark(k *kept) {
	const ones, low = 0x0101010101010101, 0x7f7f7f7f7f7f7f7f
	var counts [keptWidth / 8]uint64
	for y := range keptHeight {
		line, light := k.y[y*keptWidth:][:keptWidth], 0
		for w := range counts {
			v := binary.LittleEndian.Uint64(line[8*w:])
			above := ((v&low + (127-dark)*ones) | v) >> 7 & ones
			counts[w] += above
			light += bits.OnesCount64(above)
		}
		if light > keptWidth/100 {
			c.rows[y] = c.frame
		}
	}
	for x := range keptWidth {
		if counts[x/8]>>(x%8*8)&0xff > keptHeight/100 {
			c.columns[x] = c.frame
		}
	}
}

// bar is how much to cut on each side of lines, given when each was light last; one more than is dark, since bars have soft edges.
func (c *cropper) bar(lines []int, most, before int) int {
	dim, n := 0, len(lines)
	for dim < n/2 && c.dark(lines[dim]) && c.dark(lines[n-1-dim]) {
		dim++
	}
	if dim == 0 {
		return 0
	}
	if cut := (dim + 2) &^ 1; cut <= most {
		return cut
	}
	return before
}

func (c *cropper) dark(last int) bool { return last == 0 || c.frame-last >= memory }

// cutter draws kept pictures without their bars.
type cutter struct{ luma, tint reducer }

func (c *cutter) cut(p *Picture, k *kept, b bars) {
	c.luma.fit(keptWidth-2*b.columns, keptHeight-2*b.rows, Width, Height)
	c.luma.reduce(p.Y[:], k.y[b.rows*keptWidth+b.columns:], keptWidth)
	c.tint.fit(keptTintWidth-b.columns, keptTintHeight-b.rows, TintWidth, TintHeight)
	from := b.rows/2*keptTintWidth + b.columns/2
	c.tint.reduce(p.Cb[:], k.cb[from:], keptTintWidth)
	c.tint.reduce(p.Cr[:], k.cr[from:], keptTintWidth)
}
