package interchange

import (
	"fmt"

	"github.com/amvlib/amvlib/timecode"
	"github.com/amvlib/amvlib/timeline"
)

// edit is a timeline made ready for writing: checked, with what every writer needs to know of it worked out once.
type edit struct {
	*timeline.Timeline
	extent map[*timeline.MediaRef]int64 // frames of each medium, in its own rate
}

// prepare checks t before a byte of it is written.
func prepare(t *timeline.Timeline) (*edit, error) {
	if err := t.Validate(); err != nil {
		return nil, err
	}
	e := &edit{t, map[*timeline.MediaRef]int64{}}
	for _, m := range t.Media() {
		e.extent[m] = m.Frames
	}
	for i := range t.Tracks {
		for _, ev := range e.events(&t.Tracks[i]) {
			// A file said to be shorter than what is used of it would make readers drop the clip.
			e.extent[ev.clip.Media] = max(e.extent[ev.clip.Media], ev.needs(t.Rate))
		}
	}
	return e, nil
}

// rateOf is the rate that m's frames count at: its own, or the timeline's where it has none.
func (e *edit) rateOf(m *timeline.MediaRef) timecode.Rate {
	if m.Rate.Valid() {
		return m.Rate
	}
	return e.Rate
}

// event is a clip with its place. Where the medium runs at another rate, in and out are conformed: the first frame that begins
// inside the clip's stretch, and as many frames on as the clip is long. A program that shows, at each of these instants, the picture
// standing there shows none from outside the stretch, and out-in stays the clip's length, as every reader demands.
type event struct {
	clip       *timeline.Clip
	start, end int64                // on the timeline, from 0, end exclusive
	in, out    int64                // in the medium from its first frame, counted at the timeline's rate, out exclusive
	head, tail *timeline.Transition // over its edges, if any
}

// events lists the clips of track.
func (e *edit) events(track *timeline.Track) []event {
	var all []event
	var open *event               // the clip just before
	var over *timeline.Transition // the transition just before
	for at, it := range track.Placed() {
		switch it := it.(type) {
		case *timeline.Clip:
			in := it.Media.Rate.Convert(it.In, e.Rate, true)
			all = append(all, event{clip: it, start: at, end: at + it.Length, in: in, out: in + it.Length, head: over})
			open, over = &all[len(all)-1], nil
		case *timeline.Gap:
			open, over = nil, nil
		case *timeline.Transition:
			if open != nil {
				open.tail = it
			}
			open, over = nil, it
		}
	}
	return all
}

// needs is how many frames of its medium, in the medium's rate, ev must find there.
func (ev *event) needs(rate timecode.Rate) int64 {
	c := timeline.Clip{Media: ev.clip.Media, In: ev.clip.In, Length: ev.clip.Length + ev.after(), Speed: ev.clip.Speed}
	return c.Used(rate).Out
}

// before and after are how far the transitions over its edges reach beyond the clip.
func (ev *event) before() int64 {
	if ev.head == nil {
		return 0
	}
	return ev.head.Before
}

func (ev *event) after() int64 {
	if ev.tail == nil {
		return 0
	}
	return ev.tail.After
}

// mixed tells whether the medium runs at another rate than the timeline.
func (e *edit) mixed(m *timeline.MediaRef) bool { return !e.rateOf(m).Equal(e.Rate) }

// frameText is frame as timecode in the manner of rate: drop frame where there is such a thing, as the programs do by default.
func frameText(rate timecode.Rate, frame int64) string { return rate.DropTimecode(frame) }

// dropFrame tells whether timecode at rate is drop frame.
func dropFrame(rate timecode.Rate) bool { return rate.DropTimecode(0) != rate.Timecode(0) }

// trackName is the track's name, or V1, V2, A1 ... by kind and order.
func (e *edit) trackName(i int) string {
	if name := oneLine(e.Tracks[i].Name); name != "" {
		return name
	}
	n := 1
	for j := range i {
		if e.Tracks[j].Kind == e.Tracks[i].Kind {
			n++
		}
	}
	return fmt.Sprintf("%c%d", e.Tracks[i].Kind[0], n)
}
