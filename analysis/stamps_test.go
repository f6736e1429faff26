package analysis

import (
	"encoding/binary"
	"image"
	"testing"

	"github.com/amvlib/amvlib/timecode"
)

// FuzzStamps gives frames at whatever times the bytes say, four for each step: some stand still, run back, or leap. What comes out
// must be a film all the same: shots that tile it, each lasting from its first frame to the one after its last.
func FuzzStamps(f *testing.F) {
	at := func(steps ...int32) (all []byte) {
		for _, s := range steps {
			all = binary.LittleEndian.AppendUint32(all, uint32(s))
		}
		return all
	}
	f.Add(at(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), int64(0))
	f.Add(at(41708, 41709, -41708, 41708, 0, 41708, 1, -1, 41708, 41708, 41708, 41708, 41708), int64(-3))
	f.Add(at(1<<31-1, 1<<31-1, -1<<31, 1<<31-1), int64(1)<<52)
	f.Add(at(-1, -1, -1, -1, -1, -1, -1, -1, -1), int64(-1)<<52)
	f.Add(at(), int64(7))
	pictures := [2]*image.YCbCr{pattern(0, 0), pattern(0, 1)}
	f.Fuzz(func(t *testing.T, steps []byte, first int64) {
		stamps := []timecode.Time{timecode.Time(first % (1 << 53))}
		for len(steps) >= 4 && len(stamps) < 40 {
			stamps = append(stamps, stamps[len(stamps)-1]+timecode.Time(int32(binary.LittleEndian.Uint32(steps))))
			steps = steps[4:]
		}
		src := film(int64(len(stamps)))
		src.at = func(i int64) timecode.Time { return stamps[i] }
		src.frame = func(i int64) *image.YCbCr { return pictures[i/12%2] }
		tiles(t, learn(t, src), len(stamps))
	})
}

func tiles(t *testing.T, a *Analysis, frames int) {
	t.Helper()
	if len(a.Times) != frames || len(a.Scores) != frames || !a.Rate.Valid() {
		t.Fatalf("%d times, %d scores of %d frames, at %v", len(a.Times), len(a.Scores), frames, a.Rate)
	}
	for i := range a.Times[1:] {
		if a.Times[i+1] <= a.Times[i] {
			t.Fatalf("frame %d at %d, after %d", i+1, a.Times[i+1], a.Times[i])
		}
	}
	next := int64(0)
	for _, s := range a.Shots {
		if s.Span.In != next || s.Span.Len() == 0 || s.Range.Length() <= 0 || s.Range.Start != a.Time(s.Clean.In) || s.KeyTime != a.Time(s.Keyframe) {
			t.Fatalf("after frame %d: %+v", next, s.Shot)
		}
		next = s.Span.Out
	}
	if next != int64(frames) {
		t.Fatalf("shots end at %d of %d", next, frames)
	}
}
