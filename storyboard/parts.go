package storyboard

import (
	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/timecode"
	"github.com/amvlib/amvlib/timeline"
)

// Part is a stretch of an edit with known footage, or of which none is known.
type Part struct {
	Episode *catalog.Episode // nil where it is not known
	Record  timecode.Span    // frames of the edit
	In      int64            // first frame of the episode that is shown; the last one shown, where it runs backwards
	Speed   float64          // frames of the episode's time that go by in one of the edit's; below 0 backwards; 0 is 1
	Note    string           // of a clip; the name of the marker where no episode is known
}

// FromParts is an edit again, made of the parts of it that are known, in order: a gap stands where nothing is known, and a red marker
// over it where the part has a note.
func FromParts(name string, parts []Part, rate timecode.Rate) *timeline.Timeline {
	t := &timeline.Timeline{Name: name, Rate: rate, Start: timeline.Hour(rate)}
	track := timeline.Track{Kind: timeline.Video, Name: "Footage"}
	bin, at := newBin(), int64(0)
	gap := func(until int64) {
		if until > at {
			track.Items = append(track.Items, &timeline.Gap{Length: until - at})
			at = until
		}
	}
	for _, p := range parts {
		gap(p.Record.In)
		if p.Episode == nil {
			if p.Note != "" {
				t.Markers = append(t.Markers, timeline.Marker{At: p.Record.In, Length: p.Record.Len(), Name: oneLine(p.Note), Colour: "red"})
			}
			gap(p.Record.Out)
			continue
		}
		length := p.Record.Out - at
		if length <= 0 {
			continue
		}
		track.Items = append(track.Items, &timeline.Clip{Media: bin.ref(p.Episode, length), In: p.In, Length: length, Speed: p.Speed, Note: oneLine(p.Note)})
		at += length
	}
	t.Tracks = []timeline.Track{track}
	t.Width, t.Height = bin.size()
	return t
}
