package ffmpeg

import (
	"testing"

	"github.com/amvlib/amvlib/media"
)

// TestNothingFollowsWhatWasNotTaken holds that packets come without a gap, whenever it is that nobody wants more: what was not taken is given
// by another process, which goes by their number.
func TestNothingFollowsWhatWasNotTaken(t *testing.T) {
	for range 200 {
		items, done := make(chan item, 8), make(chan struct{})
		close(done)
		out := &outlet{items: items, done: done}
		for n := range int64(8) {
			out.send(media.Packet{Frame: &media.Frame{Index: n}})
		}
		close(items)
		next := int64(0)
		for i := range items {
			if i.packet.Frame.Index != next {
				t.Fatalf("packet %d comes where %d is due", i.packet.Frame.Index, next)
			}
			next++
		}
	}
}
