package feature

import "image"

// The size of a [Picture] in pixels, and that of its chroma.
const (
	Width      = 64
	Height     = 36
	TintWidth  = Width / 2
	TintHeight = Height / 2
)

// Picture is a frame without its bars, small: 8-bit luma and chroma as in the frame, row by row.
type Picture struct {
	Y      [Width * Height]uint8
	Cb, Cr [TintWidth * TintHeight]uint8
}

// The size in which frames are kept for a while: fine enough to be cropped, and drawn over to a Picture, at any time.
const (
	keptWidth, keptHeight         = 128, 72
	keptTintWidth, keptTintHeight = 64, 36
)

type kept struct {
	y      [keptWidth * keptHeight]uint8
	cb, cr [keptTintWidth * keptTintHeight]uint8
}

// camera takes frames of any size to the one in which they are kept.
type camera struct{ luma, tint reducer }

// take draws img over. What has no pixels, more than widest in a row or column, or less memory than its size demands, is black.
func (c *camera) take(to *kept, img *image.YCbCr) {
	width, height, tintWidth, tintHeight, ok := sizes(img)
	if !ok {
		to.blacken()
		return
	}
	c.luma.fit(width, height, keptWidth, keptHeight)
	c.luma.reduce(to.y[:], img.Y, img.YStride)
	c.tint.fit(tintWidth, tintHeight, keptTintWidth, keptTintHeight)
	c.tint.reduce(to.cb[:], img.Cb, img.CStride)
	c.tint.reduce(to.cr[:], img.Cr, img.CStride)
}

func (k *kept) blacken() {
	clear(k.y[:])
	for i := range k.cb {
		k.cb[i], k.cr[i] = 128, 128
	}
}

// sizes are those of img's planes; ok when its memory holds them.
func sizes(img *image.YCbCr) (width, height, tintWidth, tintHeight int, ok bool) {
	if img == nil || img.Rect.Empty() {
		return 0, 0, 0, 0, false
	}
	r := img.Rect
	width, height = r.Dx(), r.Dy()
	across, down := subsampling(img.SubsampleRatio)
	tintWidth, tintHeight = (r.Max.X-1)/across-r.Min.X/across+1, (r.Max.Y-1)/down-r.Min.Y/down+1
	ok = holds(img.Y, img.YStride, width, height) &&
		holds(img.Cb, img.CStride, tintWidth, tintHeight) && holds(img.Cr, img.CStride, tintWidth, tintHeight)
	return width, height, tintWidth, tintHeight, ok
}

func subsampling(ratio image.YCbCrSubsampleRatio) (across, down int) {
	switch ratio {
	case image.YCbCrSubsampleRatio420:
		return 2, 2
	case image.YCbCrSubsampleRatio422:
		return 2, 1
	case image.YCbCrSubsampleRatio440:
		return 1, 2
	case image.YCbCrSubsampleRatio411:
		return 4, 1
	case image.YCbCrSubsampleRatio410:
		return 4, 2
	default:
		return 1, 1
	}
}

func holds(pix []byte, stride, width, height int) bool {
	return width > 0 && height > 0 && width <= widest && height <= widest &&
		stride >= width && (len(pix)-width)/stride >= height-1 && len(pix) >= width
}
