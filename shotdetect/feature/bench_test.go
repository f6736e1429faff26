package feature

import (
	"image"
	"testing"
	"time"
)

// scene draws frame n of something that moves, with a new shot every so often.
func scene(width, height, n int) *image.YCbCr {
	img := image.NewYCbCr(image.Rect(0, 0, width, height), image.YCbCrSubsampleRatio420)
	shot, t := n/40, n%40
	for y := range height {
		for x := range width {
			u, v := x*320/width+3*t, y*180/height+t
			img.Y[img.YOffset(x, y)] = uint8(40 + (u*u/(90+20*shot)+v*v/(70+10*shot)+(u/30+v/20)*37*(shot+1))%180)
		}
	}
	for y := range (height + 1) / 2 {
		for x := range (width + 1) / 2 {
			img.Cb[y*img.CStride+x] = uint8(100 + (x/9+shot*13+t)%60)
			img.Cr[y*img.CStride+x] = uint8(110 + (y/7+shot*29+t)%40)
		}
	}
	return img
}

func BenchmarkStream(b *testing.B) {
	frames := make([]*image.YCbCr, 200)
	for i := range frames {
		frames[i] = scene(320, 180, i)
	}
	s := new(Stream)
	n := 0
	for b.Loop() {
		s.Push(frames[n%len(frames)])
		n++
	}
	perFrame := float64(b.Elapsed()) / float64(b.N)
	b.ReportMetric(perFrame*24/float64(time.Second)*100, "%of24fps") // of one core, to keep up with a film as it is shown
}
