package interchange

import (
	"encoding/json"
	"io"

	"github.com/amvlib/amvlib/timecode"
	"github.com/amvlib/amvlib/timeline"
)

// The types below are a contract: fields are added, never renamed or taken away, while the version stays 1.

type jsonTimeline struct {
	Format  string        `json:"format"` // "amvlib-timeline"
	Version int           `json:"version"`
	Name    string        `json:"name"`
	Rate    timecode.Rate `json:"rate"`
	Start   int64         `json:"start"` // timecode of the first frame, in frames
	TC      string        `json:"start_timecode"`
	Frames  int64         `json:"frames"`
	Width   int           `json:"width"`
	Height  int           `json:"height"`
	Media   []jsonMedia   `json:"media"`
	Tracks  []jsonTrack   `json:"tracks"`
	Markers []jsonMarker  `json:"markers"`
}

type jsonMedia struct {
	Path       string        `json:"path"`
	URL        string        `json:"url"` // the path byte for byte, where it is no UTF-8
	Rate       timecode.Rate `json:"rate"`
	Frames     int64         `json:"frames"`
	Start      int64         `json:"start"`
	HasVideo   bool          `json:"has_video"`
	Width      int           `json:"width"`
	Height     int           `json:"height"`
	SAR        float64       `json:"sar"`
	Channels   int           `json:"channels"`
	SampleRate int           `json:"sample_rate"`
	Variable   bool          `json:"variable"`
}

type jsonTrack struct {
	Kind  timeline.Kind `json:"kind"`
	Name  string        `json:"name"`
	Items []jsonItem    `json:"items"`
}

// jsonItem is a clip, a gap or a transition. Pointers hold what only some types have, so that a 0 is still written.
type jsonItem struct {
	Type        string       `json:"type"`
	RecordStart int64        `json:"record_start"`
	RecordEnd   int64        `json:"record_end"`
	Media       *int         `json:"media,omitempty"` // index in the timeline's media
	In          *int64       `json:"in,omitempty"`
	Out         *int64       `json:"out,omitempty"`
	Speed       float64      `json:"speed,omitempty"` // where it is not 1
	Name        string       `json:"name,omitempty"`
	Note        string       `json:"note,omitempty"`
	Markers     []jsonMarker `json:"markers,omitempty"`
	Kind        string       `json:"kind,omitempty"`
	Before      *int64       `json:"before,omitempty"`
	After       *int64       `json:"after,omitempty"`
}

type jsonMarker struct {
	At     int64  `json:"at"`
	Length int64  `json:"length"`
	Name   string `json:"name"`
	Note   string `json:"note,omitempty"`
	Colour string `json:"colour,omitempty"`
}

// WriteJSON writes all that the timeline holds; the package's documentation describes the fields.
func WriteJSON(w io.Writer, t *timeline.Timeline) error {
	e, err := prepare(t)
	if err != nil {
		return err
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(e.json())
}

func (e *edit) json() jsonTimeline {
	out := jsonTimeline{
		Format: "amvlib-timeline", Version: 1, Name: e.Name, Rate: e.Rate, Start: e.Start, TC: frameText(e.Rate, e.Start),
		Frames: e.Frames(), Width: e.Width, Height: e.Height,
		Media: []jsonMedia{}, Tracks: []jsonTrack{}, Markers: jsonMarkers(e.Markers),
	}
	index := map[*timeline.MediaRef]int{}
	for i, m := range e.Media() {
		index[m] = i
		out.Media = append(out.Media, jsonMedia{
			m.Path, fileURL(m.Path, ""), m.Rate, m.Frames, m.Start, m.HasVideo, m.Width, m.Height, m.SAR, m.Channels, m.SampleRate, m.Variable,
		})
	}
	for i := range e.Tracks {
		out.Tracks = append(out.Tracks, jsonTrack{e.Tracks[i].Kind, e.Tracks[i].Name, e.jsonItems(&e.Tracks[i], index)})
	}
	return out
}

func (e *edit) jsonItems(track *timeline.Track, index map[*timeline.MediaRef]int) []jsonItem {
	items := []jsonItem{}
	for at, it := range track.Placed() {
		switch it := it.(type) {
		case *timeline.Clip:
			items = append(items, e.jsonClip(at, it, index[it.Media]))
		case *timeline.Gap:
			items = append(items, jsonItem{Type: "gap", RecordStart: at, RecordEnd: at + it.Length})
		case *timeline.Transition:
			items = append(items, jsonItem{Type: "transition", RecordStart: at - it.Before, RecordEnd: at + it.After,
				Kind: it.Type, Before: &it.Before, After: &it.After})
		}
	}
	return items
}

func (e *edit) jsonClip(at int64, c *timeline.Clip, media int) jsonItem {
	used := c.Used(e.Rate)
	speed := c.Speed
	if !c.Retimed() {
		speed = 0
	}
	return jsonItem{
		Speed: speed,
		Type:  "clip", RecordStart: at, RecordEnd: at + c.Length, Media: &media, In: &used.In, Out: &used.Out,
		Name: c.Name, Note: c.Note, Markers: jsonMarkers(c.Markers),
	}
}

func jsonMarkers(all []timeline.Marker) []jsonMarker {
	markers := make([]jsonMarker, len(all))
	for i, m := range all {
		markers[i] = jsonMarker(m)
	}
	return markers
}
