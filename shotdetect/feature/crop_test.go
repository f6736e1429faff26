package feature

import (
	"image"
	"testing"
)

// boxed blackens so many rows at the top and at the bottom of img, and columns left and right.
func boxed(img *image.YCbCr, rows, columns int) *image.YCbCr {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	for y := range h {
		for x := range w {
			if y < rows || y >= h-rows || x < columns || x >= w-columns {
				img.Y[y*img.YStride+x] = 16
				img.Cb[y/2*img.CStride+x/2], img.Cr[y/2*img.CStride+x/2] = 128, 128
			}
		}
	}
	return img
}

// TestBarsAreCutAway wants of a film in bars the same rows as of the film without, cut one line further than the bars go.
func TestBarsAreCutAway(t *testing.T) {
	for _, c := range []struct{ rows, columns, wantRows, wantColumns int }{
		{25, 0, 12, 0},   // ten kept rows, one more, made even
		{0, 40, 0, 18},   // sixteen kept columns
		{20, 30, 10, 14}, // both
		{0, 0, 0, 0},
	} {
		var frames []*image.YCbCr
		for n := range 8 {
			frames = append(frames, boxed(scene(320, 180, 30+n), c.rows, c.columns))
		}
		sameRows(t, rowsOf(frames...), newSlowFilm(frames, c.wantRows, c.wantColumns))
	}
}

// barsOf are the bars after each frame.
func barsOf(frames int, draw func(n int) *image.YCbCr) (all []bars) {
	s := new(Stream)
	for n := range frames {
		s.Push(draw(n))
		all = append(all, s.cropper.bars)
	}
	return all
}

// dim makes luma darker: part of 255.
func dim(img *image.YCbCr, part int) *image.YCbCr {
	for i, v := range img.Y {
		img.Y[i] = uint8(16 + max(int(v)-16, 0)*part/255)
	}
	return img
}

func TestBarsStay(t *testing.T) {
	for name, c := range map[string]struct {
		want bars
		draw func(n int) *image.YCbCr
	}{
		"fade to black and back": {bars{12, 0}, func(n int) *image.YCbCr {
			return dim(boxed(scene(128, 72, n), 10, 0), max(255-16*n, 0, min(16*(n-100), 255)))
		}},
		"dark from the beginning": {bars{}, func(n int) *image.YCbCr { return dim(scene(160, 90, n), 15) }},
		"a moon in the night": {bars{}, func(n int) *image.YCbCr {
			img := dim(scene(160, 90, n), 15)
			for y := 40; y < 50; y++ {
				copy(img.Y[y*img.YStride+75:][:10], "\xc8\xc8\xc8\xc8\xc8\xc8\xc8\xc8\xc8\xc8")
			}
			return img
		}},
		"a dark sky": {bars{}, func(n int) *image.YCbCr {
			img := scene(160, 90, n)
			for i := range img.Y[:160*40] {
				img.Y[i] = 20
			}
			return img
		}},
	} {
		for n, got := range barsOf(120, c.draw) {
			if got != c.want {
				t.Errorf("%s: bars of %v at frame %d", name, got, n)
				break
			}
		}
	}
}

// TestBarsComeAndGo has a caption in the lower bar for some frames. The bars are gone before it is compared with what was before, come
// back later, and make no difference themselves.
func TestBarsComeAndGo(t *testing.T) {
	const begins, ends = 70, 75
	still := boxed(scene(320, 180, 5), 25, 0)
	caption := boxed(scene(320, 180, 5), 25, 0)
	for x := 100; x < 200; x++ {
		for y := 162; y < 170; y++ {
			caption.Y[y*caption.YStride+x] = 220
		}
	}
	var frames []*image.YCbCr
	for n := range 200 {
		if n >= begins && n < ends {
			frames = append(frames, caption)
		} else {
			frames = append(frames, still)
		}
	}
	got := barsOf(len(frames), func(n int) *image.YCbCr { return frames[n] })
	if got[begins-1] != (bars{12, 0}) || got[begins] != (bars{6, 0}) || got[ends+memory-2] != (bars{6, 0}) || got[ends+memory-1] != (bars{12, 0}) {
		t.Errorf("bars are %v, %v, %v, %v", got[begins-1], got[begins], got[ends+memory-2], got[ends+memory-1])
	}
	for n, row := range rowsOf(frames...) {
		differs := row.Pair(0)[Still] != 0 || row.Pair(0)[Moved] != 0 || row.Pair(0)[Histogram] != 0
		if differs != (n == begins || n == ends) {
			t.Errorf("frame %d differs: %t, by %v", n, differs, row.Pair(0))
		}
	}
}
