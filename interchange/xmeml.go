package interchange

import (
	"bytes"
	"crypto/sha1"
	"encoding/xml"
	"fmt"
	"io"
	"math"

	"github.com/amvlib/amvlib/timecode"
	"github.com/amvlib/amvlib/timeline"
)

// WriteXMEML writes Final Cut Pro 7 XML, version 4. Clips count at the timeline's rate whatever their file runs at, for Premiere and
// Resolve read in and out so; the file tells its own rate. A stereo track becomes two linked ones, a channel each.
//
// A timeline whose rate is neither whole nor slowed by 1000/1001 gives [ErrCannotSay]: the sound would drift from the pictures.
func WriteXMEML(w io.Writer, t *timeline.Timeline) error {
	e, err := prepare(t)
	if err != nil {
		return err
	}
	rate, said := sayRate(e.Rate)
	if !said.Equal(e.Rate) {
		return fmt.Errorf("%w: Final Cut Pro 7 XML knows no %v frames a second; %v is near", ErrCannotSay, e.Rate, said)
	}
	x := &xmlWriter{edit: e, rate: rate, ids: map[*timeline.MediaRef]int{}}
	out := bytes.NewBufferString(xml.Header + "<!DOCTYPE xmeml>\n")
	enc := xml.NewEncoder(out)
	enc.Indent("", "  ")
	if err := enc.Encode(xmlDoc{Version: "4", Sequence: x.sequence()}); err != nil {
		return err
	}
	out.WriteByte('\n')
	_, err = w.Write(out.Bytes())
	return err
}

type xmlWriter struct {
	*edit
	rate  xmlRate
	ids   map[*timeline.MediaRef]int // of files that are already described
	clips int                        // written so far
}

// sayRate is r as the format puts it, and the rate that readers then take it for: r itself, or the nearest there is.
func sayRate(r timecode.Rate) (xmlRate, timecode.Rate) {
	if r.Pulled() {
		return xmlRate{r.Timebase(), true}, r
	}
	base := max(1, int64(math.Round(r.Float())))
	whole, slow := timecode.Rate{Num: base, Den: 1}, timecode.Rate{Num: base * 1000, Den: 1001}
	if math.Abs(slow.Float()-r.Float()) < math.Abs(whole.Float()-r.Float()) {
		return xmlRate{base, true}, slow
	}
	return xmlRate{base, false}, whole
}

func (x *xmlWriter) sequence() xmlSequence {
	s := xmlSequence{
		ID: "sequence-1", UUID: x.uuid(), Duration: x.Frames(), Rate: x.rate, Name: or(oneLine(x.Name), "untitled"),
		Video: xmlVideo{Format: x.picture(x.Width, x.Height, 1)}, Timecode: x.timecode(x.Start, x.Rate),
		Markers: xmlMarkers(x.Markers, 0),
	}
	s.Video.Format.Rate = &x.rate
	s.Audio = xmlAudio{Channels: 2, Format: xmlSound{16, 48000}, Groups: []xmlGroup{{1, 1, 0, 1}, {2, 1, 0, 2}}}
	for i := range x.Tracks {
		switch x.Tracks[i].Kind {
		case timeline.Video:
			s.Video.Tracks = append(s.Video.Tracks, x.track(&x.Tracks[i]))
		case timeline.Audio:
			s.Audio.Tracks = append(s.Audio.Tracks, x.channels(&x.Tracks[i], len(s.Audio.Tracks)+1)...)
		}
	}
	return s
}

// uuid is made of what the timeline holds, so that the same edit is the same file.
func (x *xmlWriter) uuid() string {
	hash := sha1.New()
	_ = WriteJSON(hash, x.Timeline) // a hash takes all
	u := hash.Sum(nil)[:16]
	u[6], u[8] = u[6]&0x0f|0x50, u[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}

func (x *xmlWriter) track(track *timeline.Track) xmlTrack {
	out := xmlTrack{Enabled: true}
	events := x.events(track)
	var at int64
	for i, it := range track.Items {
		switch it := it.(type) {
		case *timeline.Clip:
			out.Items = append(out.Items, x.clip(&events[0]))
			events = events[1:]
		case *timeline.Transition:
			out.Items = append(out.Items, &xmlTransition{
				Start: at - it.Before, End: at + it.After, Alignment: alignment(track.Items, i, it), Rate: x.rate, Effect: effect(track.Kind, it),
			})
		}
		at += it.Frames()
	}
	return out
}

func (x *xmlWriter) clip(ev *event) *xmlClip {
	m := ev.clip.Media
	x.clips++
	c := &xmlClip{
		ID: fmt.Sprintf("clipitem-%d", x.clips), Name: or(oneLine(fileName(m.Path)), "unnamed"), Enabled: true,
		Duration: x.rateOf(m).Convert(x.extent[m], x.Rate, true), Rate: x.rate,
		Start: ev.start, End: ev.end, In: ev.in - ev.before(), Out: ev.out + ev.after(),
		File: x.file(m), Markers: xmlMarkers(ev.clip.Markers, ev.in),
	}
	c.Master = fmt.Sprintf("masterclip-%d", x.ids[m])
	if ev.head != nil {
		c.Start = -1
	}
	if ev.tail != nil {
		c.End = -1
	}
	if name, note := oneLine(ev.clip.Name), oneLine(ev.clip.Note); name != "" || note != "" {
		c.Logging = &xmlLogging{name, note}
	}
	return c
}

func (x *xmlWriter) file(m *timeline.MediaRef) xmlFile {
	if id, known := x.ids[m]; known {
		return xmlFile{ID: fmt.Sprintf("file-%d", id)}
	}
	x.ids[m] = len(x.ids) + 1
	rate, said := sayRate(x.rateOf(m))
	body := &xmlFileBody{
		Name: or(oneLine(fileName(m.Path)), "unnamed"), URL: fileURL(m.Path, "localhost"), Rate: rate,
		Duration: x.convert(m, x.extent[m], said), Timecode: x.timecode(x.convert(m, m.Start, said), said),
	}
	if m.HasVideo {
		p := x.picture(m.Width, m.Height, m.SAR)
		p.Rate, body.Picture = &rate, &p
	}
	if m.Channels > 0 {
		body.Sound = &xmlFileSound{xmlSound{16, max(m.SampleRate, 8000)}, m.Channels}
	}
	return xmlFile{fmt.Sprintf("file-%d", x.ids[m]), body}
}

// convert counts m's frames at a rate that the format can say; nearly always its own.
func (x *xmlWriter) convert(m *timeline.MediaRef, frames int64, said timecode.Rate) int64 {
	return x.rateOf(m).Convert(frames, said, true)
}

func (x *xmlWriter) timecode(frame int64, rate timecode.Rate) xmlTimecode {
	said, _ := sayRate(rate)
	format := "NDF"
	if dropFrame(rate) {
		format = "DF"
	}
	return xmlTimecode{said, frameText(rate, frame), frame, format}
}

// picture says a frame's size and the shape of its pixels, for which the format knows only the names of television.
func (x *xmlWriter) picture(width, height int, sar float64) xmlPicture {
	p := xmlPicture{Width: width, Height: height, Pixel: "square", Fields: "none"}
	if sar == 0 || math.Abs(sar-1) < 0.01 {
		return p
	}
	switch height {
	case 480, 486:
		p.Pixel, p.Anamorphic = "NTSC-601", sar > 1.05
	case 576:
		p.Pixel, p.Anamorphic = "PAL-601", sar > 1.2
	}
	return p
}

// alignment is where in the transition at i the cut lies, and whether it leads to or from black.
func alignment(items []timeline.Item, i int, t *timeline.Transition) string {
	switch {
	case !isClip(items, i-1):
		return "start-black"
	case !isClip(items, i+1):
		return "end-black"
	case t.Before == 0:
		return "start"
	case t.After == 0:
		return "end"
	}
	return "center"
}

func isClip(items []timeline.Item, i int) bool {
	if i < 0 || i >= len(items) {
		return false
	}
	_, ok := items[i].(*timeline.Clip)
	return ok
}

func effect(kind timeline.Kind, t *timeline.Transition) xmlEffect {
	f := xmlEffect{Name: "Cross Dissolve", ID: "Cross Dissolve", Category: "Dissolve", Type: "transition", Media: "video", Accuracy: 100, To: 1}
	switch {
	case kind == timeline.Audio:
		f.Name, f.ID, f.Category, f.Media = "Cross Fade (+3dB)", "KGAudioTransCrossFade3dB", "", "audio"
	case t.Type == wipe:
		f.Name, f.ID, f.Category, f.WipeCode = "Edge Wipe", "Edge Wipe", "Wipe", 1
	}
	return f
}

// xmlMarkers places a clip's markers in the time of its file, which begins at 0 whatever timecode it bears.
func xmlMarkers(all []timeline.Marker, from int64) []xmlMarker {
	var out []xmlMarker
	for _, m := range all {
		x := xmlMarker{Comment: oneLine(m.Note), Name: oneLine(m.Name), In: from + m.At, Out: -1, Colour: colours[m.Colour]}
		if m.Length > 0 {
			x.Out = x.In + m.Length
		}
		out = append(out, x)
	}
	return out
}

var colours = map[string]*xmlColour{
	"red": {Red: 255}, "green": {Green: 255}, "blue": {Blue: 255}, "yellow": {Red: 255, Green: 255}, "cyan": {Green: 255, Blue: 255},
	"magenta": {Red: 255, Blue: 255}, "purple": {Red: 128, Blue: 128}, "orange": {Red: 255, Green: 128}, "pink": {Red: 255, Green: 128, Blue: 192},
	"white": {Red: 255, Green: 255, Blue: 255}, "black": {},
}
