package catalog

import (
	"context"
	"errors"
	"fmt"

	"github.com/amvlib/amvlib/timecode"
)

// Why a shot is not cut where the user says; the errors that wrap them say what is there instead.
var (
	// ErrOutside is a time before an episode's first frame, or after its last.
	ErrOutside = errors.New("the episode shows nothing then")
	// ErrBegins is a time at which a shot begins already.
	ErrBegins = errors.New("a shot begins there already")
	// ErrInTransition is a time within a dissolve, fade or wipe, where no frame is purely of one shot.
	ErrInTransition = errors.New("it is within a transition")
)

// Split cuts the shot that is shown at a time of an episode, and gives the two that it became: the second begins with the very frame that
// is shown then. What people see as a time is a rounded one, so a frame that begins less than a millisecond later counts as shown.
//
// It is remembered by content and time, and outlives another analysis: where that finds a transition there, or a cut at most nearby (a
// quarter of a second, and no more than half of the way to the next boundary of now), it is this boundary, and nothing doubles; the cut
// stays at the user's frame. The last word about a boundary counts. [Catalog.Undo] takes it back.
//
// What stands for a shot cut by hand was kept by analysis, for nothing is decoded. Its keyframe, hash and picture are those of a shot
// that analysis found, if that one's keyframe is in it; else the small picture of a second and the hash of that frame; else, of a part
// that has none, shorter than a second or so, the hash of a sample alone, four of which are kept a second; and of one that has none of
// these either, nothing: its Variance is 0, as of a flat picture. Features are means of samples, and so known to a quarter of a second.
//
// Errors: ErrNotFound where there is no such episode, ErrOutside, ErrBegins, ErrInTransition; those of [Catalog.Commit].
func (c *Catalog) Split(ctx context.Context, episode int64, at timecode.Time) ([]Shot, error) {
	var frame int64
	stood, err := c.recut(ctx, "cut a shot of library", episode, func(s *standing) (words []Word, err error) {
		var w Word
		w, frame, err = s.splitAt(at)
		return []Word{w}, err
	})
	for i := range stood {
		if err == nil && i > 0 && stood[i].Clean.In == frame {
			return stood[i-1 : i+1], nil
		}
	}
	return nil, err
}

// Merge joins the shots from first to last, numbered as [Catalog.Effective] does, and gives the one that they became. Transitions
// between them become part of it.
//
// It is remembered by content and time: of the boundaries that another analysis finds, the nearest to each of those that were taken away
// is taken away too, if it is at most nearby (a quarter of a second, and no more than half of the way to the boundaries at the ends of
// what was joined) or shares some of its transition. The last word about a boundary counts. [Catalog.Undo] takes it back, all at once.
//
// What stands for it is, of the shots that analysis found in it, that of the longest; features are means of samples: see [Catalog.Split].
//
// Errors: ErrNotFound where there are no such shots; those of [Catalog.Commit].
func (c *Catalog) Merge(ctx context.Context, episode int64, first, last int) (Shot, error) {
	stood, err := c.recut(ctx, "join shots of library", episode, func(s *standing) ([]Word, error) {
		for _, n := range []int{first, last} {
			if n < 1 || n > len(s.all)+1 {
				return nil, fmt.Errorf("shot %d of episode %d was %w", n, episode, ErrNotFound)
			}
		}
		return s.mergeOf(min(first, last), max(first, last))
	})
	if err != nil {
		return Shot{}, err
	}
	return stood[min(first, last)-1], nil
}

// recut says what is to be said of an episode's boundaries as they stand, and gives its shots after it. A refusal comes as it is.
func (c *Catalog) recut(ctx context.Context, op string, episode int64, say func(*standing) ([]Word, error)) (shots []Shot, err error) {
	var refused error
	err = c.write(ctx, op, func(ch *change) error {
		s, err := standingOf(ctx, ch.Tx, episode)
		if err != nil {
			return err
		}
		words, err := say(s)
		if err == nil {
			err = s.heed(words)
		}
		if err != nil {
			refused = err
			return err
		}
		if shots, err = s.shots(ctx, ch.Tx); err != nil {
			return err
		}
		return ch.sayAll(ctx, words)
	})
	if refused != nil {
		return nil, refused
	}
	return shots, err
}

// errNoTelling is for films whose stamps stand still or run back: what is said by time would be meant of another frame.
var errNoTelling = fmt.Errorf("%w, as far as the times of its frames tell", ErrBegins)

// heed lets words do what they are there for, each to one boundary.
func (s *standing) heed(words []Word) error {
	for i := range words {
		words[i].Key, words[i].Subject = s.key, AtBoundary
		want := len(s.all) - 1
		if words[i].Verb == Split {
			want = len(s.all) + 1
		}
		if s.hear(words[i]); len(s.all) != want {
			return errNoTelling
		}
	}
	return nil
}

// splitAt is the word that puts a boundary before the frame that is shown at t.
func (s *standing) splitAt(t timecode.Time) (Word, int64, error) {
	const rounding = timecode.Second/1000 - 1
	if t+rounding < s.time(0) || t >= s.end {
		return Word{}, 0, fmt.Errorf("%w: it goes from %s to %s", ErrOutside, s.time(0), s.end)
	}
	frame := s.frameAt(t + rounding)
	at, fits := slot(s.all, frame, int64(len(s.times)))
	switch {
	case fits:
	case frame == 0 || at < len(s.all) && s.all[at].End == frame:
		return Word{}, 0, fmt.Errorf("%w: %d:%d, at %s", ErrBegins, s.episode, s.numberAt(frame), s.time(frame))
	default:
		gap := s.gap(at)
		return Word{}, 0, fmt.Errorf("%w: a %s lasts from %s to %s", ErrInTransition, s.all[at].Type, gap.Start, gap.End)
	}
	when := s.time(frame)
	if s.frameNearest(when) != frame {
		return Word{}, 0, errNoTelling
	}
	reach := min(nearby, s.room(at-1, when), s.room(at, when))
	return Word{Verb: Split, Range: widened(timecode.Range{Start: when, End: when}, reach)}, frame, nil
}

// mergeOf are the words that take away the boundaries between the shots from first to last.
func (s *standing) mergeOf(first, last int) ([]Word, error) {
	var words []Word
	for i := first - 1; i < last-1; i++ {
		gap := s.gap(i)
		reach := min(nearby, s.room(first-2, gap.Start), s.room(last-1, gap.End))
		words = append(words, Word{Verb: Merge, Range: widened(gap, reach)})
	}
	if len(words) == 0 {
		return nil, fmt.Errorf("%w: it is one shot as it is", ErrNotFound)
	}
	return words, nil
}

// room is half of the way from t to boundary i; all there could be where there is none.
func (s *standing) room(i int, t timecode.Time) timecode.Time {
	if i < 0 || i >= len(s.all) {
		return nearby
	}
	return max(0, beside(s.gap(i), t)/2)
}

func widened(r timecode.Range, by timecode.Time) timecode.Range {
	return timecode.Range{Start: r.Start - by, End: r.End + by}
}
