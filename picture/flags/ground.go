package flags

import "image"

// groundTally counts, tile by tile, how much of a shot is plain black and plain white.
type groundTally struct {
	black, white [tilesDown][tilesAcross]uint32 // of looked-at pixels
	looks        uint32
}

const (
	tileWidth   = 20
	tileHeight  = 15
	tilesAcross = width / tileWidth
	tilesDown   = height / tileHeight
	tilePixels  = tileWidth / sample * tileHeight
	plainBlack  = 8  // levels above black that still are black
	plainWhite  = 16 // levels below white that still are white
	neutral     = 10 // levels of chroma about gray that white may have
	ofAll       = .45
	ofRim       = .9
)

func (t *groundTally) add(img *image.YCbCr, l levels) {
	t.looks++
	dark, light := uint8(l.black+plainBlack), uint8(l.white-plainWhite)
	for y := range height {
		row := img.Y[y*img.YStride:][:width]
		chroma := y / 2 * img.CStride
		black, white := &t.black[y/tileHeight], &t.white[y/tileHeight]
		for x := sample / 2; x < width; x += sample {
			switch v := row[x]; {
			case v <= dark:
				black[x/tileWidth]++
			case v >= light && gray(img.Cb[chroma+x/2]) && gray(img.Cr[chroma+x/2]):
				white[x/tileWidth]++
			}
		}
	}
}

func gray(chroma uint8) bool { return chroma >= 128-neutral && chroma <= 128+neutral }

// set tells whether the background is plain: what is in sight of the rim of the picture, bars left out, and about half of all.
func (t *groundTally) set(b bars) Set {
	if t.looks == 0 {
		return 0
	}
	var s Set
	if t.plain(&t.black, b) {
		s |= Black
	}
	if t.plain(&t.white, b) {
		s |= White
	}
	return s
}

func (t *groundTally) plain(of *[tilesDown][tilesAcross]uint32, b bars) bool {
	top, bottom := (b.top+tileHeight-1)/tileHeight, tilesDown-(b.bottom+tileHeight-1)/tileHeight
	left, right := (b.left+tileWidth-1)/tileWidth, tilesAcross-(b.right+tileWidth-1)/tileWidth
	var all, rim, tiles, edge float64
	for y := top; y < bottom; y++ {
		for x := left; x < right; x++ {
			v := float64(of[y][x])
			all += v
			tiles++
			if y == top || y == bottom-1 || x == left || x == right-1 {
				rim += v
				edge++
			}
		}
	}
	full := float64(t.looks) * tilePixels
	return tiles > 0 && all >= ofAll*tiles*full && rim >= ofRim*edge*full
}
