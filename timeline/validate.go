package timeline

import (
	"errors"
	"fmt"

	"github.com/amvlib/amvlib/timecode"
)

// ErrInvalid is returned for a timeline that no program could play: a clip without a file, a transition between nothing.
var ErrInvalid = errors.New("this timeline cannot be played")

// longest bounds every count of frames, so that sums of them stay far from overflowing; it is some thousand years at 24 a second.
const longest = 1 << 40

// Validate looks for contradictions and names the first as an error that wraps [ErrInvalid], with the track and item it stands in.
// A clip that runs past the end of its file passes: programs show black there, and files are often a frame shorter than they say.
// A medium without a rate passes too (many songs): its frames then count at the timeline's rate.
func (t *Timeline) Validate() error {
	if !sane(t.Rate) {
		return fmt.Errorf("%w: its frame rate is unknown or absurd: %v", ErrInvalid, t.Rate)
	}
	if t.Start < 0 || t.Start > longest || t.Width < 0 || t.Height < 0 {
		return fmt.Errorf("%w: start %d, size %dx%d", ErrInvalid, t.Start, t.Width, t.Height)
	}
	for i := range t.Tracks {
		if err := t.Tracks[i].validate(t.Rate); err != nil {
			return fmt.Errorf("%w: track %d, %w", ErrInvalid, i+1, err)
		}
	}
	if err := validateMarkers(t.Markers); err != nil {
		return fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	return nil
}

// sane rates can be multiplied with each other and with any sane count.
func sane(r timecode.Rate) bool {
	return r.Valid() && r.Num < 1<<31 && r.Den < 1<<31 && r.Num/r.Den < 10_000
}

func (t *Track) validate(rate timecode.Rate) error {
	if t.Kind != Video && t.Kind != Audio {
		return fmt.Errorf("kind %q is neither Video nor Audio", t.Kind)
	}
	var total int64
	for i, it := range t.Items {
		if err := t.validateItem(it); err != nil {
			return fmt.Errorf("item %d: %w", i+1, err)
		}
		if total += it.Frames(); total > longest {
			return errors.New("which is too long")
		}
	}
	return t.validateTransitions(rate) // now that their neighbours are known to be sound
}

func (t *Track) validateItem(item Item) error {
	switch it := item.(type) {
	case *Clip:
		if it != nil {
			return it.validate(t.Kind)
		}
	case *Gap:
		if it != nil && it.Length >= 0 && it.Length <= longest {
			return nil
		}
	case *Transition:
		if it != nil && it.Before >= 0 && it.After >= 0 && it.Before+it.After > 0 && max(it.Before, it.After) <= longest {
			return nil
		}
	}
	return fmt.Errorf("a %T of %+v is no clip, gap or transition", item, item)
}

func (c *Clip) validate(kind Kind) error {
	if c.Media == nil || c.Media.Path == "" {
		return errors.New("the clip has no file")
	}
	if c.Length < 1 || c.Length > longest || c.In < 0 || c.In > longest {
		return fmt.Errorf("the clip takes %d frames of %s from frame %d on", c.Length, c.Media.Path, c.In)
	}
	if !(c.Speed > -1000 && c.Speed < 1000) {
		return fmt.Errorf("the clip runs at %v times the speed of %s", c.Speed, c.Media.Path)
	}
	if err := c.Media.validate(); err != nil {
		return err
	}
	if kind == Video && !c.Media.HasVideo {
		return fmt.Errorf("%s has no pictures, yet the track is of video", c.Media.Path)
	}
	if kind == Audio && c.Media.Channels < 1 {
		return fmt.Errorf("%s has no sound, yet the track is of audio", c.Media.Path)
	}
	return validateMarkers(c.Markers)
}

func (m *MediaRef) validate() error {
	if m.Rate != (timecode.Rate{}) && !sane(m.Rate) {
		return fmt.Errorf("%s has the frame rate %v", m.Path, m.Rate)
	}
	if m.Frames < 0 || m.Frames > longest || m.Start < 0 || m.Start > longest {
		return fmt.Errorf("%s has %d frames from timecode %d on", m.Path, m.Frames, m.Start)
	}
	if !(m.SAR >= 0 && m.SAR < 1000) || m.Width < 0 || m.Height < 0 || m.SampleRate < 0 {
		return fmt.Errorf("%s has %dx%d pixels of shape %v, sound at %d", m.Path, m.Width, m.Height, m.SAR, m.SampleRate)
	}
	return nil
}

func (t *Track) validateTransitions(rate timecode.Rate) error {
	for i, it := range t.Items {
		if tr, ok := it.(*Transition); ok {
			if err := t.validateTransition(i, tr, rate); err != nil {
				return fmt.Errorf("item %d: %w", i+1, err)
			}
		}
	}
	return nil
}

// validateTransition makes sure that what a transition blends exists: neighbours long enough to lie over, free of other
// transitions, and frames in the file before the incoming clip's first.
func (t *Track) validateTransition(i int, tr *Transition, rate timecode.Rate) error {
	prev, next := t.neighbour(i-1), t.neighbour(i+1)
	_, leaves := prev.(*Clip)
	in, enters := next.(*Clip)
	if !leaves && !enters {
		return errors.New("a transition touches no clip")
	}
	if room(prev, t.neighbour(i-2), false) < tr.Before || room(next, t.neighbour(i+2), true) < tr.After {
		return errors.New("a transition is longer than what it lies over")
	}
	if enters && in.In < rate.Convert(tr.Before, in.Media.Rate, true) {
		return fmt.Errorf("a transition needs %d frames before frame %d of %s", tr.Before, in.In, in.Media.Path)
	}
	return nil
}

func (t *Track) neighbour(i int) Item {
	if i < 0 || i >= len(t.Items) {
		return nil
	}
	return t.Items[i]
}

// room is how much of it a transition may take when the item beyond may be another transition that takes its share. Nothing comes
// before the start of a track; after its end there is time without end. A transition has no room for another.
func room(it, beyond Item, after bool) int64 {
	if it == nil && after {
		return longest
	}
	if it == nil {
		return 0
	}
	if _, ok := it.(*Transition); ok {
		return -1
	}
	tr, ok := beyond.(*Transition)
	switch {
	case ok && after:
		return it.Frames() - tr.Before
	case ok:
		return it.Frames() - tr.After
	}
	return it.Frames()
}

func validateMarkers(all []Marker) error {
	for _, m := range all {
		if m.At < 0 || m.At > longest || m.Length < 0 || m.Length > longest {
			return fmt.Errorf("marker %q lies at %d for %d frames", m.Name, m.At, m.Length)
		}
	}
	return nil
}
