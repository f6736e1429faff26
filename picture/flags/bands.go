package flags

import (
	"image"
	"strings"

	"github.com/amvlib/amvlib/media"
)

// bandTally counts the pixels of stairs: runs of one luma that follow each other by small steps, all up or all down.
type bandTally struct{ stairs, pixels int }

const (
	stairRun   = 4  // pixels of one luma that make a stair
	stairWide  = 60 // and at most so many
	leastRise  = 2  // levels from stair to stair; a clean gradient rises by one
	mostRise   = 6
	stairs     = 4 // stairs in a row that are a gradient in steps, and no drawing
	bandedPart = .04
)

func (t *bandTally) add(img *image.YCbCr) {
	for y := 1; y < height; y += 3 {
		t.stairs += stairsIn(img.Y[y*img.YStride:][:width])
		t.pixels += width
	}
}

func (t *bandTally) set() Set {
	if t.pixels > 0 && float64(t.stairs) >= bandedPart*float64(t.pixels) {
		return Banding
	}
	return 0
}

// stairsIn counts the pixels of a row that belong to stairs.
func stairsIn(row []byte) (pixels int) {
	var rise, steps, from int // of the stairs that are being climbed
	end := func(at int) {
		if steps >= stairs {
			pixels += at - from
		}
		steps, rise = 0, 0
	}
	for x := 0; x < len(row); {
		run := x + 1
		for run < len(row) && row[run] == row[x] {
			run++
		}
		if n := run - x; n < stairRun || n > stairWide {
			end(x)
			x = run
			from = x
			continue
		}
		steps++
		if run == len(row) {
			end(run)
			break
		}
		d := int(row[run]) - int(row[x])
		up := sign(d)
		if size := d * up; size < leastRise || size > mostRise || rise != 0 && up != rise {
			end(run)
			from = run
		} else {
			rise = up
		}
		x = run
	}
	return pixels
}

func sign(v int) int {
	if v < 0 {
		return -1
	}
	return 1
}

// Below these, what is in a picture cannot be much, whatever was filmed.
const (
	leastLines   = 400  // of a picture that editors can use beside others
	leastBits    = .012 // a pixel, of codecs from MPEG-4 and H.264 on
	leastBitsNew = .006 // a pixel, of HEVC, VP9 and AV1
)

// poor tells whether a film has few pixels, or few bits for them, or a codec that could do no better.
func poor(info media.Info) bool {
	v := info.Video
	if v.Width > 0 && v.Height > 0 && min(v.Width, v.Height) < leastLines {
		return true
	}
	codec := strings.ToLower(v.Codec)
	for _, old := range []string{"cinepak", "msvideo1", "indeo", "rpza", "msrle", "mpeg1video", "flv1", "h263", "svq"} {
		if strings.HasPrefix(codec, old) {
			return true
		}
	}
	pixels := float64(v.Width) * float64(v.Height) * v.Rate.Float()
	if info.BitRate <= 0 || !v.Rate.Valid() || pixels <= 0 {
		return false
	}
	least := leastBits
	if strings.HasPrefix(codec, "hevc") || strings.HasPrefix(codec, "vp9") || strings.HasPrefix(codec, "av1") {
		least = leastBitsNew
	}
	return float64(info.BitRate)/pixels < least
}
