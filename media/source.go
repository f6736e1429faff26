package media

import (
	"context"
	"image"
	"iter"

	"github.com/amvlib/amvlib/timecode"
)

// Width and Height are the size of every analysed frame in pixels, whatever the film's own shape.
const (
	Width  = 320
	Height = 180
)

// SampleRate is the number of mono samples a second in which sound is analysed.
const SampleRate = 16000

// Source is one film or song, read once from its beginning to its end.
type Source interface {
	// Info is known before anything is decoded.
	Info() Info
	// Packets decodes. Frames and sound come interleaved, roughly in step, each in order; text comes whole, after the last of
	// them. The first error ends the stream. What was yielded belongs to the receiver. A second call decodes anew.
	Packets(ctx context.Context) iter.Seq2[Packet, error]
}

// Packet is what a source yields: exactly one of its fields is set.
type Packet struct {
	Frame *Frame
	Audio *Audio
	Text  *Text
}

// Frame is one decoded picture.
type Frame struct {
	Index int64         // 0-based, in display order, as decoded, nothing doubled or dropped
	PTS   timecode.Time // on the container's clock; strictly increasing
	Image *image.YCbCr  // Width x Height, 4:2:0; numbers as in the film (see Video.Colour)
}

// Audio is a block of sound, mixed to one channel at SampleRate.
type Audio struct {
	PTS     timecode.Time // of the first sample
	Samples []int16
}

// Text is a whole text subtitle track, as a file of its own kind.
type Text struct {
	Track  TextTrack
	Data   []byte        // UTF-8 in the syntax that Track.Format names
	Offset timecode.Time // add to every time in Data to have it on the container's clock
}
