package feature

import (
	"image"
	"testing"
)

// halves mixes two pictures, evenly or field by field.
func halves(a, b *image.YCbCr, fields bool) *image.YCbCr {
	m := image.NewYCbCr(a.Rect, a.SubsampleRatio)
	for i := range m.Y {
		switch {
		case !fields:
			m.Y[i] = uint8((int(a.Y[i]) + int(b.Y[i])) / 2)
		case i/a.YStride%2 == 0:
			m.Y[i] = a.Y[i]
		default:
			m.Y[i] = b.Y[i]
		}
	}
	copy(m.Cb, a.Cb)
	copy(m.Cr, b.Cr)
	return m
}

// Where pulldown or a conversion of the rate left one frame of both shots, the cut looks as it does without.
func TestAFrameOfTwoShotsIsTakenForTheOld(t *testing.T) {
	for _, fields := range []bool{false, true} {
		var clean, mixed []*image.YCbCr
		for n := range 40 {
			clean = append(clean, scene(320, 180, 20+n)) // the second shot begins at 20
		}
		clean[17], clean[19], clean[21] = clean[18], clean[18], clean[20]
		mixed = append(mixed, clean...)
		mixed[19] = halves(clean[18], clean[20], fields)
		s := new(Stream)
		for _, img := range mixed {
			s.Push(img)
		}
		if got := s.Mixed(); len(got) != 1 || got[0] != 19 || len(s.Mixed()) != 0 {
			t.Errorf("fields %v: of two shots are %v", fields, got)
		}
		want, got := rowsOf(clean...), rowsOf(mixed...)
		for n := range want {
			if got[n] != want[n] {
				t.Errorf("fields %v: row %d differs from that of a clean cut", fields, n)
				break
			}
		}
	}
}

// In a dissolve, however short, each frame lies between its neighbours too; it must stay. So must all of a shot that moves.
func TestADissolveIsNoMixture(t *testing.T) {
	a, b := scene(320, 180, 10), scene(320, 180, 60)
	for _, frames := range []int{2, 3, 4, 8} {
		film := []*image.YCbCr{a, a, a, a}
		for n := 1; n <= frames; n++ {
			film = append(film, weighed(a, b, n, frames+1))
		}
		stays(t, append(film, b, b, b, b))
	}
	var moves []*image.YCbCr
	for n := range 30 {
		moves = append(moves, scene(320, 180, n))
	}
	stays(t, moves)
}

func weighed(a, b *image.YCbCr, n, of int) *image.YCbCr {
	img := image.NewYCbCr(a.Rect, a.SubsampleRatio)
	copy(img.Cb, a.Cb)
	copy(img.Cr, a.Cr)
	for i := range img.Y {
		img.Y[i] = uint8((int(a.Y[i])*(of-n) + int(b.Y[i])*n) / of)
	}
	return img
}

func stays(t *testing.T, film []*image.YCbCr) {
	t.Helper()
	s := new(Stream)
	var pushed []kept
	for _, img := range film {
		s.Push(img)
		pushed = append(pushed, s.frames[(s.next-1)%window])
	}
	for n := range pushed {
		if s.frames[(s.next-len(pushed)+n)%window] != pushed[n] {
			t.Errorf("frame %d of %d was taken for a mixture", n, len(film))
		}
	}
}
