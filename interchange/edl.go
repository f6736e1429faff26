package interchange

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/amvlib/amvlib/timecode"
	"github.com/amvlib/amvlib/timeline"
)

// What the edit decision lists of 1978 have room for.
const (
	edlTitle  = 70
	edlEvents = 999
	edlBlend  = 255
)

// WriteEDL writes a CMX3600 edit decision list: the lowest track of video that has clips, then the first such track of audio. All
// reels are AX, the word for "a file", with the file's full name and path in comments. There is no FROM CLIP comment: on meeting
// one, Premiere calls every clip UNKNOWN. Where the medium runs at another rate, source timecode is conformed to the timeline's.
func WriteEDL(w io.Writer, t *timeline.Timeline) error {
	e, err := prepare(t)
	if err != nil {
		return err
	}
	l := &edlWriter{edit: e}
	l.header()
	for _, kind := range []timeline.Kind{timeline.Video, timeline.Audio} {
		if i := e.first(kind); i >= 0 {
			l.track(&e.Tracks[i])
		}
	}
	_, err = w.Write(l.out.Bytes())
	return err
}

// first is the index of the first track of kind that has clips, or -1.
func (e *edit) first(kind timeline.Kind) int {
	for i := range e.Tracks {
		if e.Tracks[i].Kind == kind && len(e.events(&e.Tracks[i])) > 0 {
			return i
		}
	}
	return -1
}

type edlWriter struct {
	*edit
	out      bytes.Buffer
	channels string // of the track being written
	number   int    // of the last event
}

func (l *edlWriter) line(format string, args ...any) {
	fmt.Fprintf(&l.out, format, args...)
	l.out.WriteString("\r\n")
}

func (l *edlWriter) header() {
	l.line("TITLE: %s", or(cut(oneLine(l.Name), edlTitle), "untitled"))
	if dropFrame(l.Rate) {
		l.line("FCM: DROP FRAME")
	} else {
		l.line("FCM: NON-DROP FRAME")
	}
	l.line("")
}

// track writes one event a clip, and one of black where a clip fades out to nothing.
func (l *edlWriter) track(track *timeline.Track) {
	l.channels = channels(track)
	events := l.events(track)
	for i := range events {
		ev := &events[i]
		var from *event
		if i > 0 && blend(&events[i-1], ev) {
			from = &events[i-1]
		}
		l.event(from, ev)
		l.markers(events, i)
		if ev.tail != nil && (i+1 == len(events) || !blend(ev, &events[i+1])) {
			l.fadeOut(ev)
		}
	}
}

// blend tells whether a transition leads from one clip to the next, rather than to or from black.
func blend(from, to *event) bool {
	return from.tail != nil && from.tail == to.head && from.end == to.start
}

// event writes a clip. A transition into it is said as edit lists say it: the new clip begins with the transition, after an event
// of no length that names the old one's place, or black.
func (l *edlWriter) event(from, ev *event) {
	l.number++
	kind, start, end := "C", ev.start-ev.before(), ev.end
	if ev.tail != nil {
		end -= ev.tail.Before
	}
	in := l.sourceStart(ev.clip.Media) + ev.in - ev.before()
	if ev.head != nil {
		kind = l.blending(ev.head)
		l.from(from, start)
	}
	l.played(ev.clip, kind, in, end-start, start)
	switch {
	case from != nil:
		l.line("* FROM CLIP NAME: %s", label(from.clip.Media))
		l.line("* TO CLIP NAME: %s", label(ev.clip.Media))
	case ev.head != nil:
		l.line("* TO CLIP NAME: %s", label(ev.clip.Media))
	default:
		l.line("* FROM CLIP NAME: %s", label(ev.clip.Media))
	}
	l.line("* SOURCE FILE: %s", oneLine(ev.clip.Media.Path))
	l.comment(ev.clip.Name)
	l.comment(ev.clip.Note)
}

func (l *edlWriter) from(from *event, at int64) {
	if from == nil {
		l.stamp("BL", "C", 0, 0, at)
		return
	}
	where := l.sourceStart(from.clip.Media) + from.in + at - from.start
	l.stamp("AX", "C", where, where, at)
}

func (l *edlWriter) fadeOut(ev *event) {
	l.number++
	at := ev.end - ev.tail.Before
	l.from(ev, at)
	l.stamp("BL", l.blending(ev.tail), 0, ev.tail.Before+ev.tail.After, at)
	l.line("* FROM CLIP NAME: %s", label(ev.clip.Media))
}

func (l *edlWriter) comment(s string) {
	if s = oneLine(s); s != "" {
		l.line("* COMMENT: %s", s)
	}
}

// played writes the line of a clip, and where it runs at another speed the M2 that says so, in frames a second.
func (l *edlWriter) played(c *timeline.Clip, kind string, in, length, start int64) {
	if !c.Retimed() {
		l.stamp("AX", kind, in, in+length, start)
		return
	}
	used := max(1, int64(math.Round(float64(length)*math.Abs(c.Speed))))
	l.stampAs("AX", kind, in, in+used, start, length)
	first := in
	if c.Speed < 0 {
		first = in + used - 1
	}
	l.line("M2   %-8s %06.1f                %s", "AX", c.Speed*l.Rate.Float(), frameText(l.Rate, first))
}

// stamp writes an event's own line; it lasts as long on the record side as in the source.
func (l *edlWriter) stamp(reel, kind string, in, out, start int64) {
	l.stampAs(reel, kind, in, out, start, out-in)
}

func (l *edlWriter) stampAs(reel, kind string, in, out, start, length int64) {
	at := l.Start + start
	l.line("%03d  %-8s %-5s %-8s %s %s %s %s", l.number, reel, l.channels, kind,
		frameText(l.Rate, in), frameText(l.Rate, out), frameText(l.Rate, at), frameText(l.Rate, at+length))
}

// channels is V for pictures, and for sound one or both sides: both where any clip is stereo, for a transition from one side to
// both cannot be said.
func channels(track *timeline.Track) string {
	switch {
	case track.Kind == timeline.Video:
		return "V"
	case stereo(track):
		return "AA"
	}
	return "A"
}

// blending is how a transition is said; sound has no wipes.
func (l *edlWriter) blending(t *timeline.Transition) string {
	if t.Type == wipe && l.channels == "V" {
		return fmt.Sprintf("W001 %03d", t.Before+t.After)
	}
	return fmt.Sprintf("D    %03d", t.Before+t.After)
}

// sourceStart is the medium's embedded timecode as a frame of the timeline's rate. It keeps what the timecode reads, not the
// instant: a program looks for a file by the digits, and 01:00:00:00 at 23.976 is another instant than at 25.
func (e *edit) sourceStart(m *timeline.MediaRef) int64 {
	if !e.mixed(m) {
		return m.Start
	}
	digits := frameText(m.Rate, m.Start)
	colon := len(digits) - 3
	second, err1 := e.Rate.ParseTimecode(digits[:colon] + ";00")
	frame, err2 := strconv.ParseInt(digits[colon+1:], 10, 64)
	if err1 != nil || err2 != nil {
		return m.Rate.Convert(m.Start, e.Rate, true) // past what timecode can read
	}
	return second + timecode.Rate{Num: m.Rate.Timebase(), Den: 1}.Convert(frame, timecode.Rate{Num: e.Rate.Timebase(), Den: 1}, true)
}

// markers writes those of the clip, and those of the timeline that stand in it; what stands in a hole goes to the clip before, for
// readers know comments only as part of an event.
func (l *edlWriter) markers(events []event, i int) {
	ev := &events[i]
	for _, m := range ev.clip.Markers {
		l.marker(m, ev.start+m.At)
	}
	if l.channels != "V" && l.first(timeline.Video) >= 0 {
		return
	}
	for _, m := range l.Timeline.Markers {
		if (i == 0 || m.At >= ev.start) && (i+1 == len(events) || m.At < events[i+1].start) {
			l.marker(m, m.At)
		}
	}
}

var edlColours = []string{"RED", "GREEN", "BLUE", "CYAN", "MAGENTA", "YELLOW", "BLACK", "WHITE"}

func (l *edlWriter) marker(m timeline.Marker, at int64) {
	text := or(oneLine(m.Name), oneLine(m.Note), "marker")
	// With colons even where the edit counts in drop frame: readers of locators know no others.
	when := strings.ReplaceAll(frameText(l.Rate, l.Start+at), ";", ":")
	l.line("* LOC: %s %-7s %s", when, colourName(m.Colour, edlColours), text)
}

func warnEDL(t *timeline.Timeline) []string { return warnings(t, (*edit).warnEDL) }

func (e *edit) warnEDL() []string {
	all := append(e.warnPaths(), e.warnMixed()...)
	if left := len(e.Tracks) - e.used(timeline.Video) - e.used(timeline.Audio); left > 0 {
		all = append(all, fmt.Sprintf("%d of %d tracks are left out: an edit list carries one of pictures and one of sound.", left, len(e.Tracks)))
	}
	all = append(all, e.warnEvents()...)
	if name := oneLine(e.Name); cut(name, edlTitle) != name {
		all = append(all, fmt.Sprintf("the title is cut to %d letters.", edlTitle))
	}
	if e.Start+e.Frames() > 24*timeline.Hour(e.Rate) {
		all = append(all, "the timeline runs past 24 hours, where timecode ends.")
	}
	return all
}

// used is 1 where the list carries a track of kind.
func (e *edit) used(kind timeline.Kind) int {
	if e.first(kind) < 0 {
		return 0
	}
	return 1
}

func (e *edit) warnEvents() []string {
	var all []string
	events, longest := 0, int64(0)
	for _, kind := range []timeline.Kind{timeline.Video, timeline.Audio} {
		if i := e.first(kind); i >= 0 {
			for _, ev := range e.events(&e.Tracks[i]) {
				events++
				if ev.head != nil {
					longest = max(longest, ev.head.Before+ev.head.After)
				}
			}
		}
	}
	if events > edlEvents {
		all = append(all, fmt.Sprintf("%d events are more than the %d that some programs read.", events, edlEvents))
	}
	if longest > edlBlend {
		all = append(all, fmt.Sprintf("a transition of %d frames is longer than the %d that some programs read.", longest, edlBlend))
	}
	return all
}
