package feature

import "testing"

func TestOneRowAFrame(t *testing.T) {
	for _, frames := range []int{0, 1, 2, 11, 12, 13, 30} {
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
	}
}
