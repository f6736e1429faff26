package timeline

import (
	"math"

	"github.com/amvlib/amvlib/timecode"
)

// Timeline is one edit.
type Timeline struct {
	Name    string
	Rate    timecode.Rate
	Start   int64 // the timecode, in frames, at which the first frame stands: an hour, by custom
	Width   int   // in pixels
	Height  int
	Tracks  []Track // video from the lowest up, then audio
	Markers []Marker
}

// Kind says what a track or a medium carries.
type Kind string

// The kinds of track.
const (
	Video Kind = "Video"
	Audio Kind = "Audio"
)

// Track is a sequence of items without holes; a hole is a Gap.
type Track struct {
	Kind  Kind
	Name  string
	Items []Item
}

// Item is a *Clip, a *Gap or a *Transition.
type Item interface {
	// Frames is how much of the timeline the item takes; 0 for a transition, which lies over its neighbours.
	Frames() int64
}

// Clip shows a stretch of a medium.
type Clip struct {
	Name    string // as people call it; the file's name where empty
	Media   *MediaRef
	In      int64   // first frame of the medium, counted from 0 at Media.Rate
	Length  int64   // frames of the timeline
	Speed   float64 // how much of the medium goes by: 2 is twice as fast, -1 backwards from the last frame of the stretch to In; 0 is 1
	Note    string
	Markers []Marker // in frames of the timeline from the clip's start
}

// Gap is black or silence.
type Gap struct{ Length int64 }

// Transition lies over the cut between its neighbours.
type Transition struct {
	Type   string // "dissolve", "wipe"
	Before int64  // frames before the cut
	After  int64  // frames from the cut on
}

// Frames is the clip's length on the timeline.
func (c *Clip) Frames() int64 { return c.Length }

// Frames is the gap's length.
func (g *Gap) Frames() int64 { return g.Length }

// Frames is 0: a transition takes no time of its own.
func (t *Transition) Frames() int64 { return 0 }

// Marker is a named place.
type Marker struct {
	At     int64 // frames of the timeline, from its start or the clip's
	Length int64
	Name   string
	Note   string
	Colour string // "red", "green" ...; red where empty
}

// MediaRef is the file that a clip shows. Clips of one file share one MediaRef.
type MediaRef struct {
	Path       string // absolute, in the manner of the machine that will open the timeline
	Rate       timecode.Rate
	Frames     int64 // all there are, at Rate
	Start      int64 // the file's embedded timecode in frames; added to source positions only, never to record positions
	HasVideo   bool
	Width      int
	Height     int
	SAR        float64 // shape of a pixel; 0 and 1 are square
	Channels   int     // of sound; 0 for none
	SampleRate int
	Variable   bool // frames come at no constant rate, so positions are approximate in other programs
}

// Used is the stretch of the medium that c shows, in the medium's frames.
func (c *Clip) Used(rate timecode.Rate) timecode.Span {
	length := c.Length
	if c.Retimed() {
		length = max(1, int64(math.Ceil(float64(c.Length)*math.Abs(c.Speed)-1e-9)))
	}
	return timecode.Span{In: c.In, Out: c.In + rate.Convert(length, c.Media.Rate, true)}
}

// Retimed tells whether c runs at another speed than its medium, or backwards.
func (c *Clip) Retimed() bool { return c.Speed != 0 && c.Speed != 1 }

// Fit is the longest clip, in frames of rate, that shows nothing outside span of a medium at own.
func Fit(span timecode.Span, own, rate timecode.Rate) int64 {
	return own.Convert(span.Len(), rate, false)
}

// Frames is the length of the track.
func (t *Track) Frames() int64 {
	var n int64
	for _, it := range t.Items {
		n += it.Frames()
	}
	return n
}

// Frames is the length of the longest track.
func (t *Timeline) Frames() int64 {
	var n int64
	for i := range t.Tracks {
		n = max(n, t.Tracks[i].Frames())
	}
	return n
}

// Media lists every medium once, in the order of first use.
func (t *Timeline) Media() []*MediaRef {
	var all []*MediaRef
	seen := map[*MediaRef]bool{}
	for i := range t.Tracks {
		for _, it := range t.Tracks[i].Items {
			if c, ok := it.(*Clip); ok && !seen[c.Media] {
				seen[c.Media] = true
				all = append(all, c.Media)
			}
		}
	}
	return all
}
