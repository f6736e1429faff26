package picture

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
)

// Kind is what a file of pictures is, by its first bytes; names and endings are not believed.
type Kind string

// The kinds. Unknown ones may be films.
const (
	Unknown Kind = ""
	JPEG    Kind = "JPEG"
	PNG     Kind = "PNG"
	GIF     Kind = "GIF"     // may move
	Foreign Kind = "foreign" // WebP, AVIF, HEIF, BMP or TIFF: pictures that [Read] does not read
)

// SniffLength is how many bytes [Sniff] wants to see.
const SniffLength = 32

// Sniff tells the kind of a file by its beginning.
func Sniff(head []byte) Kind {
	has := func(at int, text string) bool {
		return len(head) >= at+len(text) && string(head[at:at+len(text)]) == text
	}
	switch {
	case has(0, "\xff\xd8\xff"):
		return JPEG
	case has(0, "\x89PNG\r\n\x1a\n"):
		return PNG
	case has(0, "GIF8"):
		return GIF
	case has(0, "RIFF") && has(8, "WEBP"), has(0, "BM"), has(0, "II*\x00"), has(0, "MM\x00*"):
		return Foreign
	case has(4, "ftyp") && (has(8, "avif") || has(8, "mif1") || has(8, "heic") || has(8, "heix")):
		return Foreign
	}
	return Unknown
}

const (
	// MostPixels is how large a picture may be that is read: above 8K.
	MostPixels = 40_000_000
	mostBytes  = 200 << 20 // that a picture takes once it is decoded
)

var (
	// ErrTooLarge is returned for a picture of more pixels than any film has, as its header says.
	ErrTooLarge = errors.New("it is too large")
	// ErrBroken is returned for a picture that cannot be read.
	ErrBroken = errors.New("it is broken")
)

// Read decodes a JPEG or PNG, or the first picture of a GIF. Nothing is decoded before the size in its header has been looked at, and
// no more memory is taken than that says. Errors: ErrTooLarge, ErrBroken, ErrPicture where it is another kind.
func Read(r io.ReadSeeker) (image.Image, error) {
	head := make([]byte, SniffLength)
	n, err := io.ReadFull(r, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return nil, err
	}
	decode, config := decoder(Sniff(head[:n]))
	if decode == nil {
		return nil, fmt.Errorf("%w: it is no JPEG, PNG or GIF", ErrPicture)
	}
	if err := small(r, config); err != nil {
		return nil, err
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	img, err := decode(r)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	return img, nil
}

func decoder(k Kind) (func(io.Reader) (image.Image, error), func(io.Reader) (image.Config, error)) {
	switch k {
	case JPEG:
		return jpeg.Decode, jpeg.DecodeConfig
	case PNG:
		return png.Decode, png.DecodeConfig
	case GIF:
		return gif.Decode, gif.DecodeConfig
	}
	return nil, nil
}

// small tells by its error that a picture is too large to be decoded.
func small(r io.ReadSeeker, config func(io.Reader) (image.Config, error)) error {
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return err
	}
	head, err := config(r)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrBroken, err)
	}
	if head.Width <= 0 || head.Height <= 0 {
		return fmt.Errorf("%w: it is %dx%d", ErrBroken, head.Width, head.Height)
	}
	pixels := int64(head.Width) * int64(head.Height)
	if pixels > MostPixels || pixels*depth(head.ColorModel) > mostBytes {
		return fmt.Errorf("%w: %dx%d pixels", ErrTooLarge, head.Width, head.Height)
	}
	return nil
}

// depth is how many bytes a pixel takes at the most; a progressive JPEG keeps its coefficients.
func depth(m color.Model) int64 {
	switch m {
	case color.RGBA64Model, color.NRGBA64Model:
		return 8
	case color.GrayModel:
		return 1
	case color.Gray16Model:
		return 2
	case color.YCbCrModel:
		return 5
	}
	return 4
}
