package interchange

import (
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/amvlib/amvlib/timecode"
	"github.com/amvlib/amvlib/timeline"
)

// WriteOTIO writes OpenTimelineIO's JSON. A clip's source_range begins in frames of its medium and lasts frames of the timeline, so
// neither position is rounded where the rates differ. Clips bear the file's full name, by which Resolve finds footage again; the
// names and notes that people gave are in metadata.amvlib.
func WriteOTIO(w io.Writer, t *timeline.Timeline) error {
	e, err := prepare(t)
	if err != nil {
		return err
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(e.otioTimeline())
}

func warnOTIO(t *timeline.Timeline) []string {
	return warnings(t, func(e *edit) []string { return e.warnPaths() })
}

// pointed is a number written with a point even where it is whole, for readers that tell integers from reals.
type pointed float64

func (r pointed) MarshalJSON() ([]byte, error) {
	s := strconv.FormatFloat(float64(r), 'f', -1, 64)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return []byte(s), nil
}

// object is an OTIO object; encoding/json sorts its keys, so output is stable.
type object map[string]any

func otio(schema string, fields object) object {
	fields["OTIO_SCHEMA"] = schema
	return fields
}

func otioTime(frames int64, rate timecode.Rate) object {
	return otio("RationalTime.1", object{"value": pointed(frames), "rate": pointed(rate.Float())})
}

func otioRange(start int64, at timecode.Rate, length int64, lasts timecode.Rate) object {
	return otio("TimeRange.1", object{"start_time": otioTime(start, at), "duration": otioTime(length, lasts)})
}

// otioItem fills in what all items share.
func otioItem(schema, name string, fields object) object {
	all := object{"name": name, "metadata": object{}, "source_range": nil, "effects": []any{}, "markers": []any{}, "enabled": true}
	maps.Copy(all, fields)
	return otio(schema, all)
}

func (e *edit) otioTimeline() object {
	tracks := make([]object, len(e.Tracks))
	for i := range e.Tracks {
		tracks[i] = otioItem("Track.1", e.trackName(i), object{"kind": e.Tracks[i].Kind, "children": e.otioChildren(&e.Tracks[i])})
	}
	return otio("Timeline.1", object{
		"name":              oneLine(e.Name),
		"global_start_time": otioTime(e.Start, e.Rate),
		"metadata":          object{"amvlib": object{"version": 1, "width": e.Width, "height": e.Height}},
		"tracks":            otioItem("Stack.1", "tracks", object{"children": tracks, "markers": e.otioMarkers(e.Markers, 0, e.Rate)}),
	})
}

func (e *edit) otioChildren(track *timeline.Track) []object {
	children := []object{}
	for _, it := range track.Items {
		switch it := it.(type) {
		case *timeline.Clip:
			children = append(children, e.otioClip(it))
		case *timeline.Gap:
			children = append(children, otioItem("Gap.1", "", object{"source_range": otioRange(0, e.Rate, it.Length, e.Rate)}))
		case *timeline.Transition:
			children = append(children, e.otioTransition(it))
		}
	}
	return children
}

func (e *edit) otioClip(c *timeline.Clip) object {
	own := e.rateOf(c.Media)
	first := c.Media.Start + c.In
	return otioItem("Clip.2", or(oneLine(fileName(c.Media.Path)), "unnamed"), object{
		"effects":                    otioSpeed(c),
		"metadata":                   object{"amvlib": object{"name": oneLine(c.Name), "note": oneLine(c.Note)}},
		"source_range":               otioRange(first, own, c.Length, e.Rate),
		"markers":                    e.otioMarkers(c.Markers, first, own),
		"media_references":           object{"DEFAULT_MEDIA": e.otioMedia(c.Media)},
		"active_media_reference_key": "DEFAULT_MEDIA",
	})
}

// otioSpeed is a clip's speed as OTIO says it; the range that it is of keeps its length on the timeline.
func otioSpeed(c *timeline.Clip) []any {
	if !c.Retimed() {
		return []any{}
	}
	return []any{otio("LinearTimeWarp.1", object{"name": "", "metadata": object{}, "effect_name": "LinearTimeWarp", "time_scalar": pointed(c.Speed)})}
}

func (e *edit) otioMedia(m *timeline.MediaRef) object {
	return otio("ExternalReference.1", object{
		"name":                   oneLine(fileName(m.Path)),
		"metadata":               object{"amvlib": object{"variable_frame_rate": m.Variable}},
		"target_url":             fileURL(m.Path, ""),
		"available_range":        otioRange(m.Start, e.rateOf(m), e.extent[m], e.rateOf(m)),
		"available_image_bounds": nil,
	})
}

func (e *edit) otioTransition(t *timeline.Transition) object {
	kind := "SMPTE_Dissolve"
	if t.Type == wipe {
		kind = "Custom_Transition" // OTIO has a word for dissolves alone
	}
	return otio("Transition.1", object{
		"name": or(oneLine(t.Type), "dissolve"), "metadata": object{}, "transition_type": kind,
		"in_offset": otioTime(t.Before, e.Rate), "out_offset": otioTime(t.After, e.Rate),
	})
}

// otioMarkers places markers in the time of what bears them: a clip's stand in frames of its medium, from the same zero as the
// clip's own range.
func (e *edit) otioMarkers(all []timeline.Marker, first int64, rate timecode.Rate) []object {
	markers := make([]object, len(all))
	for i, m := range all {
		markers[i] = otio("Marker.2", object{
			"name": oneLine(m.Name), "comment": oneLine(m.Note), "color": colourName(m.Colour, otioColours), "metadata": object{},
			"marked_range": otioRange(first+e.Rate.Convert(m.At, rate, false), rate, m.Length, e.Rate),
		})
	}
	return markers
}

var otioColours = []string{"RED", "PINK", "ORANGE", "YELLOW", "GREEN", "CYAN", "BLUE", "PURPLE", "MAGENTA", "BLACK", "WHITE"}

// colourName is the colour in capitals where the format knows it, and its first, red, where it does not.
func colourName(colour string, known []string) string {
	if name := strings.ToUpper(colour); slices.Contains(known, name) {
		return name
	}
	return known[0]
}

// wipe is the one type of transition that is no dissolve.
const wipe = "wipe"
