package ffmpeg

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"path/filepath"
	"strconv"
	"time"

	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/proc"
)

const (
	pictureFormats = "webp_pipe,bmp_pipe,tiff_pipe,mov,mp4,avif,heif"
	pictureLimit   = 20 * time.Second
	pictureWidth   = 640 // pixels to which a wider picture is reduced
	printedBytes   = 16 << 20
)

// Picture decodes the first picture of a file that is a picture (WebP, AVIF, BMP, TIFF, as far as this ffmpeg knows them) to gray, at
// most 640 pixels wide. One of more than mostPixels is refused before it is decoded.
func (t *Tool) Picture(ctx context.Context, path string, mostPixels int) (*image.Gray, error) {
	if err := checkFile("open", path); err != nil {
		return nil, err
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	args := []string{"-v", "error", "-nostdin", "-protocol_whitelist", "file", "-format_whitelist", pictureFormats,
		"-max_pixels", strconv.Itoa(mostPixels), "-threads", "1", "-i", "file:" + abs, "-map", "0:v:0", "-frames:v", "1",
		"-vf", fmt.Sprintf("scale='min(%d,iw)':-1:flags=area,format=gray", pictureWidth), "-c:v", "pgm", "-f", "image2pipe", "pipe:1"}
	out, err := proc.Run(ctx, proc.Command{Path: t.Path, Args: args, Limit: pictureLimit}, printedBytes)
	if err == nil {
		var img *image.Gray
		if img, err = parsePGM(out); err == nil {
			return img, nil
		}
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return nil, &media.Error{Op: "open", Path: path, Err: fmt.Errorf("%w: %w", ErrNoVideo, err), Hint: "this ffmpeg cannot read it as a picture; save it as PNG or JPEG"}
}

// parsePGM reads what ffmpeg writes: P5, width, height, 255, and the levels.
func parsePGM(b []byte) (*image.Gray, error) {
	var w, h, most int
	n, err := fmt.Fscanf(bytes.NewReader(b), "P5\n%d %d\n%d\n", &w, &h, &most)
	head := len(fmt.Sprintf("P5\n%d %d\n255\n", w, h))
	if err != nil || n != 3 || w < 1 || h < 1 || most != 255 || w > len(b) || h > len(b) || len(b) != head+w*h {
		return nil, errors.New("no picture came of it")
	}
	img := image.NewGray(image.Rect(0, 0, w, h))
	copy(img.Pix, b[head:])
	return img, nil
}
