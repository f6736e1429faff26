package picture

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"math"

	"github.com/amvlib/amvlib/media"
)

// Widths of the pictures that are kept, in pixels.
const (
	ThumbWidth = 320
	StillWidth = 160
)

const (
	thumbQuality = 82
	stillQuality = 62
	maxWidth     = 4096
	minSide      = 16 // a strip narrower than this shows nothing
	tallest      = 2  // a picture is at most this many times as high as the width asked for
)

// ErrPicture is returned for a picture that cannot be drawn: it is empty, not 4:2:0, or its shape or width makes no sense.
var ErrPicture = errors.New("cannot draw picture")

// Thumbnail is img as a JPEG, width pixels wide and width/shape high, where shape is the width to height at which people see the
// film. img is 4:2:0 of any size, its numbers as colour says; the JPEG's are full-range BT.601, as every reader expects. A shape
// too tall for the width (more than twice as high as wide) gets a narrower picture, never a distorted one. width is 16 to 4096.
func Thumbnail(img *image.YCbCr, colour media.Colour, shape float64, width int) ([]byte, error) {
	return encode(img, colour, shape, width, thumbQuality)
}

// Still is a small, cheap [Thumbnail], StillWidth wide.
func Still(img *image.YCbCr, colour media.Colour, shape float64) ([]byte, error) {
	return encode(img, colour, shape, StillWidth, stillQuality)
}

func encode(img *image.YCbCr, colour media.Colour, shape float64, width, quality int) ([]byte, error) {
	w, h, err := fit(shape, width)
	if err != nil {
		return nil, err
	}
	if err := check(img); err != nil {
		return nil, err
	}
	out := resize(img, w, h)
	recolour(out, colour)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, out, &jpeg.Options{Quality: quality}); err != nil {
		return nil, fmt.Errorf("encode picture: %w", err)
	}
	return b.Bytes(), nil
}

// fit is the size of a picture of that shape.
func fit(shape float64, width int) (w, h int, err error) {
	if width < minSide || width > maxWidth || math.IsNaN(shape) || shape <= 0 {
		return 0, 0, fmt.Errorf("%w: %d pixels wide at shape %g", ErrPicture, width, shape)
	}
	wide := float64(width)
	high := wide / shape
	if high > tallest*wide {
		wide, high = tallest*wide*shape, tallest*wide
	}
	return max(minSide, int(math.Round(wide))), max(minSide, int(math.Round(high))), nil
}

func check(img *image.YCbCr) error {
	if img == nil || img.Rect.Empty() || img.SubsampleRatio != image.YCbCrSubsampleRatio420 {
		return fmt.Errorf("%w: it is not 4:2:0, or empty", ErrPicture)
	}
	w, h := img.Rect.Dx(), img.Rect.Dy()
	cw, ch := (w+1)/2, (h+1)/2
	if !holds(img.Y, img.YStride, w, h) || !holds(img.Cb, img.CStride, cw, ch) || !holds(img.Cr, img.CStride, cw, ch) {
		return fmt.Errorf("%w: its planes are shorter than its size", ErrPicture)
	}
	return nil
}

func holds(pix []byte, stride, w, h int) bool { return stride >= w && len(pix) >= (h-1)*stride+w }
