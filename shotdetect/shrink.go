package shotdetect

import (
	"encoding/binary"
	"image"

	"github.com/amvlib/amvlib/media"
)

// The sizes in which frames are compared: luma fine enough to follow motion, colour coarser.
const (
	lumaWidth, lumaHeight = 64, 36
	tintWidth, tintHeight = 32, 18
	box                   = 5 // pixels of a frame on each side of one of these, in luma and chroma alike
)

const lanes = 0x00ff00ff00ff00ff // every second byte of eight, with room for sums

// shrink reduces a plane of 5*width x 5*height to width x height by area. Eight columns are summed at a time: the machine's
// words hold four sums of 16 bits.
func shrink(dst, src []byte, stride, width, height int) {
	words := width * box / 8
	var even, odd [media.Width / 8]uint64
	var columns [media.Width]uint16
	for y := range height {
		clear(even[:words])
		clear(odd[:words])
		for row := range box {
			line := src[(y*box+row)*stride:][:words*8]
			for w := range words {
				v := binary.LittleEndian.Uint64(line[8*w:])
				even[w] += v & lanes
				odd[w] += v >> 8 & lanes
			}
		}
		unpack(&columns, even[:words], odd[:words])
		out := dst[y*width:][:width]
		for x := range out {
			c := columns[x*box:][:box]
			out[x] = byte((c[0] + c[1] + c[2] + c[3] + c[4] + box*box/2) / (box * box))
		}
	}
}

func unpack(columns *[media.Width]uint16, even, odd []uint64) {
	for w := range even {
		c := columns[8*w:][:8]
		e, o := even[w], odd[w]
		c[0], c[2], c[4], c[6] = uint16(e), uint16(e>>16), uint16(e>>32), uint16(e>>48)
		c[1], c[3], c[5], c[7] = uint16(o), uint16(o>>16), uint16(o>>32), uint16(o>>48)
	}
}

// regular is img, or a copy of it at the size and subsampling of every analysed frame where it has another. Frames come at that
// size; what does not is drawn by nearest neighbour rather than trusted with slices.
func regular(img *image.YCbCr) *image.YCbCr {
	size := image.Rect(0, 0, media.Width, media.Height)
	if img != nil && img.Rect == size && img.SubsampleRatio == image.YCbCrSubsampleRatio420 &&
		holds(img.Y, img.YStride, media.Width, media.Height) &&
		holds(img.Cb, img.CStride, media.Width/2, media.Height/2) && holds(img.Cr, img.CStride, media.Width/2, media.Height/2) {
		return img
	}
	out := image.NewYCbCr(size, image.YCbCrSubsampleRatio420)
	if img == nil || img.Rect.Empty() {
		return out
	}
	for y := range media.Height {
		for x := range media.Width {
			sx := img.Rect.Min.X + x*img.Rect.Dx()/media.Width
			sy := img.Rect.Min.Y + y*img.Rect.Dy()/media.Height
			c := img.YCbCrAt(sx, sy)
			out.Y[out.YOffset(x, y)] = c.Y
			out.Cb[out.COffset(x, y)], out.Cr[out.COffset(x, y)] = c.Cb, c.Cr
		}
	}
	return out
}

func holds(pix []byte, stride, width, height int) bool {
	return stride >= width && len(pix) >= (height-1)*stride+width
}
