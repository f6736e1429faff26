package footage

import (
	"context"

	"github.com/amvlib/amvlib/timecode"
)

const (
	stillAlike = 8                    // bits by which pictures differ at most that one may be taken for the other
	mostAlike  = 12 * timecode.Second // that is looked at for it, to both sides
	sideOfPath = timecode.Second * 6 / 10
)

// reach is where the footage of a shot may be, of which is known where it is about: as far as pictures stay alike, and where its
// frames come unevenly as many to both sides as the shot has.
func (t *tracer) reach(ctx context.Context, one *Traced) (timecode.Range, error) {
	reel, err := t.Reel(ctx, one.Run.Episode)
	if err != nil {
		return timecode.Range{}, err
	}
	q, err := t.sequence(ctx, one.Run.Episode)
	if err != nil {
		return timecode.Range{}, err
	}
	a, b := one.path.time(0), one.path.time(one.Range.Length())
	out := timecode.Range{Start: min(a, b), End: max(a, b)}
	first, last := frameAt(q, out.Start), frameAt(q, out.End)
	frames := one.Clean.Len()
	out.Start = min(reel.alike(out.Start, -1), q.Time(max(0, last-frames)))
	out.End = max(reel.alike(out.End, 1), q.Time(min(int64(len(q.Times))-1, first+frames)))
	side := min(one.Range.Length(), mostStrip/2) + sideOfPath
	long := timecode.Range{Start: min(a, b) - side, End: max(a, b) + side}
	return timecode.Range{Start: min(out.Start-sideOfPath, long.Start), End: max(out.End+sideOfPath, long.End)}, nil
}

// alike is how far from t on, in a direction, looks stay alike.
func (r *Reel) alike(t timecode.Time, direction int) timecode.Time {
	if len(r.Looks) == 0 {
		return t
	}
	i := min(r.From(t), len(r.Looks)-1)
	at := t
	for k := i; k >= 0 && k < len(r.Looks) && away(r.Looks[k].Time, t) <= mostAlike; k += direction {
		if r.Looks[k].Flat {
			continue
		}
		if r.Looks[k].Distance(r.Looks[i]) > stillAlike && !r.Looks[i].Flat {
			break
		}
		at = r.Looks[k].Time
	}
	return at
}

// reaching is the footage around what was found, as far as it may begin and end.
func (t *tracer) reaching(ctx context.Context, one *Traced, reel *footageReel) (*footageReel, error) {
	wanted, err := t.reach(ctx, one)
	if err != nil || reel.within.Start <= max(0, wanted.Start) && reel.within.End >= wanted.End {
		return reel, err
	}
	more, err := t.stretch(ctx, reel.episode, timecode.Range{Start: min(wanted.Start, reel.within.Start), End: max(wanted.End, reel.within.End)})
	if err != nil || more == nil || len(more.times) == 0 {
		return reel, err
	}
	return more, nil
}
