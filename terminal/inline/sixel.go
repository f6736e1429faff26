package inline

import (
	"fmt"
	"image"
	"slices"
	"strconv"
)

const (
	colours = 255 // of a picture; terminals have 256 registers
	band    = 6   // rows of pixels in a row of sixels
)

// sixel is a picture in sixels: its palette, then bands of six rows, each colour of a band painted over it in a pass of its own.
func sixel(picture *image.RGBA) string {
	palette := quantise(picture, colours)
	indexed := dither(picture, palette)
	size := picture.Bounds().Size()
	out := fmt.Appendf(nil, "\x1bP0;1q\"1;1;%d;%d", size.X, size.Y)
	for i, c := range palette {
		out = fmt.Appendf(out, "#%d;2;%d;%d;%d", i, percent(c[0]), percent(c[1]), percent(c[2]))
	}
	for y := 0; y < size.Y; y += band {
		out = appendBand(out, indexed[y*size.X:min(len(indexed), (y+band)*size.X)], size.X)
		out = append(out, '-')
	}
	return string(append(out, "\x1b\\"...))
}

func percent(v uint8) int { return (int(v)*100 + 127) / 255 }

// appendBand paints the rows of a band colour by colour.
func appendBand(out []byte, pixels []uint8, width int) []byte {
	var used []uint8
	masks := map[uint8][]byte{}
	for i, colour := range pixels {
		m := masks[colour]
		if m == nil {
			m = make([]byte, width)
			masks[colour], used = m, append(used, colour)
		}
		m[i%width] |= 1 << (i / width)
	}
	slices.Sort(used)
	for k, colour := range used {
		if k > 0 {
			out = append(out, '$')
		}
		out = append(out, '#')
		out = appendRuns(strconv.AppendInt(out, int64(colour), 10), masks[colour])
	}
	return out
}

// appendRuns writes masks as characters, those that repeat with how often they do. What is empty at the end is left away.
func appendRuns(out, masks []byte) []byte {
	for len(masks) > 0 && masks[len(masks)-1] == 0 {
		masks = masks[:len(masks)-1]
	}
	for len(masks) > 0 {
		n := 1
		for n < len(masks) && masks[n] == masks[0] {
			n++
		}
		char := '?' + masks[0]
		if n > 3 {
			out = append(strconv.AppendInt(append(out, '!'), int64(n), 10), char)
		} else {
			out = append(out, slices.Repeat([]byte{char}, n)...)
		}
		masks = masks[n:]
	}
	return out
}
