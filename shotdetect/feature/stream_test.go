package feature

import (
	"image"
	"math"
	"testing"
	"unsafe"
)

func TestOneRowAFrame(t *testing.T) {
	for _, frames := range []int{0, 1, 2, Delay - 1, Delay, Delay + 1, 3 * Delay} {
		s, rows := new(Stream), 0
		for n := range frames {
			if _, ok := s.Push(scene(160, 90, n)); ok {
				rows++
				if n < Delay {
					t.Errorf("a row after %d frames", n+1)
				}
			}
		}
		if rows += len(s.Flush()); rows != frames {
			t.Errorf("%d rows of %d frames", rows, frames)
		}
		if more := s.Flush(); len(more) != 0 {
			t.Errorf("%d rows of no frames", len(more))
		}
	}
}

func TestOneFrameDiffersFromNothing(t *testing.T) {
	row := rowsOf(scene(320, 180, 5))[0]
	for d := range Lags {
		pair := row.Pair(d)
		if pair[Moved] != 0 || pair[Still] != 0 || pair[Histogram] != 0 || pair[Broken] != 0 || pair[Shape] > .02 || pair[Outline] > .1 {
			t.Errorf("it differs from itself by %v", pair)
		}
	}
	if row[Mean] < 1 || row[Deviation] < .3 {
		t.Errorf("its luma is %v +- %v", row[Mean]*Unit, row[Deviation]*Unit)
	}
}

// TestACutStandsOut wants the row of a first frame far apart from those around it, by the measures that bear the motion of this scene.
func TestACutStandsOut(t *testing.T) {
	var frames []*image.YCbCr
	for n := range 40 {
		frames = append(frames, scene(320, 180, 20+n)) // the second shot begins at 20
	}
	rows := rowsOf(frames...)
	for n, row := range rows {
		for _, m := range []int{Moved, Relative, Broken, Histogram, Shape} {
			if n != 20 && row.Least(2)[m] > rows[20].Least(2)[m]/2 {
				t.Errorf("frame %d: measure %d is %v, and %v at the cut", n, m, row.Least(2)[m], rows[20].Least(2)[m])
			}
		}
	}
}

// TestAFlashIsUndone wants the least over a span to see across three white frames.
func TestAFlashIsUndone(t *testing.T) {
	var frames []*image.YCbCr
	for n := range 40 {
		img := scene(320, 180, n/4)
		if n >= 18 && n < 21 {
			for i := range img.Y {
				img.Y[i] = 235
			}
		}
		frames = append(frames, img)
	}
	row := rowsOf(frames...)[18]
	if row.Pair(0)[Broken] < 1 || row.Least(1)[Broken] > 0 || row.Least(1)[Shape] > row.Pair(0)[Shape]/3 {
		t.Errorf("a flash: neighbours %v, least of four %v", row.Pair(0), row.Least(1))
	}
}

func TestADissolveIsABlend(t *testing.T) {
	a, b := scene(320, 180, 0), scene(320, 180, 100)
	var frames []*image.YCbCr
	for n := range 25 {
		img := scene(320, 180, 0)
		mix(img, b, min(max(n-8, 0), 8)*255/8)
		frames = append(frames, img)
	}
	got := rowsOf(frames...)[12].Blend(1)
	if math.Abs(float64(got[0])-.5) > .02 || got[1] > .05 || got[3] > .1 || got[2] < .4 {
		t.Errorf("half way between %v and %v: %v", a.Rect, b.Rect, got)
	}
}

func TestFramesMayBeOverwritten(t *testing.T) {
	frames := film(320, 180, 30)
	want := rowsOf(frames...)
	s, n := new(Stream), 0
	check := func(row Row) {
		if row != want[n] {
			t.Fatalf("frame %d is another when its memory is used again", n)
		}
		n++
	}
	img := image.NewYCbCr(frames[0].Rect, frames[0].SubsampleRatio)
	for _, f := range frames {
		copy(img.Y, f.Y)
		copy(img.Cb, f.Cb)
		copy(img.Cr, f.Cr)
		if row, ok := s.Push(img); ok {
			check(row)
		}
	}
	clear(img.Y)
	for _, row := range s.Flush() {
		check(row)
	}
}

// TestAStreamIsAsNewAfterFlush also shows that the same frames give the same rows.
func TestAStreamIsAsNewAfterFlush(t *testing.T) {
	s := new(Stream)
	for n := range 50 {
		s.Push(boxed(scene(160, 90, n), 12, 0))
	}
	s.Flush()
	for _, frames := range [][]*image.YCbCr{film(160, 90, 20), film(320, 180, 3)} {
		var rows []Row
		for _, img := range frames {
			if row, ok := s.Push(img); ok {
				rows = append(rows, row)
			}
		}
		rows = append(rows, s.Flush()...)
		for n, want := range rowsOf(frames...) {
			if rows[n] != want {
				t.Fatalf("frame %d is another in a second film", n)
			}
		}
	}
}

func TestMemoryIsBounded(t *testing.T) {
	if size := unsafe.Sizeof(Stream{}); size > 5<<19 {
		t.Errorf("a stream has %d bytes", size)
	}
	s, n := new(Stream), 0
	frames := film(320, 180, 60)
	for _, img := range frames {
		s.Push(img)
	}
	push := func() { s.Push(frames[n%len(frames)]); n++ }
	if count := testing.AllocsPerRun(100, push); count != 0 {
		t.Errorf("a frame takes %v pieces of memory", count)
	}
}

func TestFramesAsTheyMayCome(t *testing.T) {
	odd := image.NewYCbCr(image.Rect(-3, 5, 38, 54), image.YCbCrSubsampleRatio420)
	short := scene(320, 180, 0)
	short.Cr = short.Cr[:len(short.Cr)-1]
	narrow := scene(320, 180, 0)
	narrow.YStride = 100
	negative := scene(320, 180, 0)
	negative.CStride = -160
	endless := &image.YCbCr{Rect: image.Rect(math.MinInt, math.MinInt, math.MaxInt, math.MaxInt)}
	part := scene(320, 180, 3).SubImage(image.Rect(101, 51, 290, 160)).(*image.YCbCr)
	frames := []*image.YCbCr{nil, {}, odd, short, narrow, negative, endless, part, scene(1, 1, 0), scene(1, 700, 0), scene(widest+1, 1, 0)}
	for ratio := image.YCbCrSubsampleRatio444; ratio <= image.YCbCrSubsampleRatio410+1; ratio++ {
		frames = append(frames, image.NewYCbCr(image.Rect(0, 0, 33, 17), ratio))
	}
	rows := rowsOf(frames...)
	if len(rows) != len(frames) {
		t.Fatalf("%d rows of %d frames", len(rows), len(frames))
	}
	for n, row := range rows {
		inRange(t, n, &row)
	}
	for _, n := range []int{0, 1, 3, 4, 5, 6, 10} {
		if rows[n][Mean] != 0 || rows[n][TintBlue] != 0 || rows[n][TintRed] != 0 {
			t.Errorf("frame %d is not black", n)
		}
	}
	if rows[7][Mean] == 0 {
		t.Error("part of a picture is black")
	}
}

// inRange holds every number to the range that row.go tells.
func inRange(t *testing.T, n int, r *Row) {
	t.Helper()
	most := [Metrics]float32{6, 1.5, 1, 6, 2, 2, 2}
	for i, v := range r {
		low, high := float32(-2), float32(8)
		switch {
		case i < alone:
			low, high = -1e-6, most[i%Metrics]+1e-6
		case i >= far:
			low, high = -1e-6, most[(i-far)%Metrics]+1e-6
		}
		if !(v >= low && v <= high) {
			t.Errorf("frame %d, number %d: %v", n, i, v)
		}
	}
}

func FuzzFrames(f *testing.F) {
	f.Add(uint16(320), uint16(180), 0, 320, []byte{1, 2, 3})
	f.Add(uint16(7), uint16(1), 3, 7, []byte{255, 0})
	f.Add(uint16(128), uint16(72), 2, 0, []byte{})
	f.Fuzz(func(t *testing.T, width, height uint16, ratio, stride int, data []byte) {
		img := &image.YCbCr{
			Rect: image.Rect(0, 0, int(width%600), int(height%400)), YStride: stride, CStride: stride,
			SubsampleRatio: image.YCbCrSubsampleRatio(ratio), Y: data, Cb: data, Cr: data,
		}
		full := image.NewYCbCr(img.Rect, img.SubsampleRatio)
		for i := range full.Y {
			full.Y[i] = byte(i * (len(data) + 1))
		}
		rows := rowsOf(img, full, nil, full, img)
		if len(rows) != 5 {
			t.Fatalf("%d rows of 5 frames", len(rows))
		}
		for n, row := range rows {
			inRange(t, n, &row)
		}
	})
}
