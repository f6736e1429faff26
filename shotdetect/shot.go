package shotdetect

import "github.com/amvlib/amvlib/timecode"

// Type is the kind of a boundary between two shots.
type Type string

// The boundaries that are told apart.
const (
	Cut      Type = "cut"
	Dissolve Type = "dissolve"
	Fade     Type = "fade" // through any one colour: out, in, or both
	Wipe     Type = "wipe"
)

// Boundary is where one shot ends and the next begins. Frames are 0-based, as decoded.
type Boundary struct {
	Type  Type    `json:"type"`
	Start int64   `json:"start"` // last frame purely of the old shot
	End   int64   `json:"end"`   // first frame purely of the new one; Start + 1 for a cut
	Score float64 `json:"score"` // how sure, 0 to 1
	// Mixed is set for a cut whose Start shows both shots, as pulldown and conversions of the rate leave it; the old one's last pure
	// frame is the one before.
	Mixed bool `json:"mixed,omitempty"`
}

// Before is the last frame that shows the old shot alone: Start, or the one before it where that is mixed.
func (b Boundary) Before() int64 {
	if b.Mixed {
		return b.Start - 1
	}
	return b.Start
}

// Switch is the first frame that is counted to the new shot: End for a clean cut, the middle of what lies between for the others.
func (b Boundary) Switch() int64 { return b.Before() + 1 + (b.End-b.Before()-1)/2 }

// Shot is a stretch of film between two boundaries.
type Shot struct {
	Span  timecode.Span `json:"span"`  // the shots of a film tile it; a gradual boundary is split in its middle
	Clean timecode.Span `json:"clean"` // without the frames of transitions; what an editor wants to cut out
	In    Type          `json:"in,omitempty"`
	Out   Type          `json:"out,omitempty"` // the boundaries at its ends; empty at the film's own
}

// Shots tiles a film of so many frames by its boundaries, which are in order and do not overlap.
func Shots(boundaries []Boundary, frames int64) []Shot {
	var shots []Shot
	open := Shot{}
	for _, b := range boundaries {
		middle := b.Switch()
		open.Span.Out, open.Clean.Out, open.Out = middle, b.Before()+1, b.Type
		shots = append(shots, open)
		open = Shot{Span: timecode.Span{In: middle}, Clean: timecode.Span{In: b.End}, In: b.Type}
	}
	open.Span.Out, open.Clean.Out = frames, frames
	if open.Span.Len() > 0 {
		shots = append(shots, open)
	}
	return shots
}
