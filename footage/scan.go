package footage

import (
	"cmp"
	"context"
	"slices"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/timecode"
)

const (
	mostScanned = 3000                // small pictures that a question is compared with: 50 minutes of film
	mostSmall   = 6                   // places that they give
	mostRolled  = 12000               // that are kept, of 3.5 KB each
	rollStep    = 2 * timecode.Second // between two sightings by small pictures
)

// roll is the small pictures of an episode, one a second, as plates of the smallest size.
type roll struct {
	frames []int64
	plates []*plate
}

// roll reads an episode's small pictures, once for the questions that are asked together.
func (f *Footage) roll(ctx context.Context, e *catalog.Episode) (*roll, error) {
	if r, ok := f.rolls.get(e.ID); ok {
		return r, nil
	}
	stills, err := f.lib.Stills(ctx, e.ID, timecode.Span{Out: e.Frames})
	if err != nil {
		return nil, err
	}
	r := &roll{}
	for _, s := range stills {
		if p, err := stillOf(s.JPEG); err == nil {
			r.frames, r.plates = append(r.frames, s.Frame), append(r.plates, p.small())
		}
	}
	f.rolls.put(e.ID, r, len(r.frames))
	return r, nil
}

// small is all of a picture as a plate of the smallest size.
func (p *Picture) small() *plate {
	size := plateSizes[smallest]
	return p.plate(p.whole(), false, size[0], size[1])
}

// votes are the episodes that have sightings, those with most first.
func votes(found []Sighting) []int64 {
	count := map[int64]float64{}
	var all []int64
	for _, s := range found {
		if count[s.Episode] == 0 {
			all = append(all, s.Episode)
		}
		count[s.Episode] += max(0.01, s.agree)
	}
	slices.SortStableFunc(all, func(a, b int64) int { return cmp.Compare(count[b], count[a]) })
	return all
}

// scanned are the places whose small pictures differ least from p, in the episodes that are likeliest and, in a small library, in all: flat
// pictures are not looked up by their hashes, and what is laid over a picture that shows little makes another hash of it.
func (f *Footage) scanned(ctx context.Context, p *Picture, ways []angle, episodes []catalog.Episode, likely []int64) ([]Sighting, error) {
	var all []Sighting
	left := mostScanned
	for _, e := range inTurn(episodes, likely) {
		if left -= int(e.Duration / timecode.Second); left < 0 {
			break
		}
		r, err := f.roll(ctx, e)
		if err != nil {
			return nil, err
		}
		found, err := f.alikeIn(ctx, p, e, r, ways)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return bestApart(all, mostSmall, rollStep), nil
}

// inTurn are the likely episodes, then the others.
func inTurn(episodes []catalog.Episode, likely []int64) []*catalog.Episode {
	var all []*catalog.Episode
	for i := range episodes {
		all = append(all, &episodes[i])
	}
	turn := func(e *catalog.Episode) int {
		if i := slices.Index(likely, e.ID); i >= 0 {
			return i
		}
		return len(likely)
	}
	slices.SortStableFunc(all, func(a, b *catalog.Episode) int { return cmp.Compare(turn(a), turn(b)) })
	return all
}

// alikeIn are the places of an episode that are most like p, from the angle from which they are.
func (f *Footage) alikeIn(ctx context.Context, p *Picture, e *catalog.Episode, r *roll, ways []angle) ([]Sighting, error) {
	best := make([]Sighting, len(r.frames))
	for _, a := range ways {
		odds := a.odds()
		laid := a.laid(p, e.Info.Video.Shape(), smallest)
		for i, film := range r.plates {
			if score := (laid.differs(film) + leastOff) * odds; best[i].score == 0 || score < best[i].score {
				best[i].score, best[i].angle = score, a
			}
		}
	}
	reel, err := f.Reel(ctx, e.ID)
	if err != nil {
		return nil, err
	}
	for i := range best {
		s := &best[i]
		s.Episode, s.Frame, s.Time, s.small = e.ID, r.frames[i], reel.timeOf(r.frames[i]), true
	}
	return bestApart(seenSo(best), mostSmall, rollStep), nil
}

// seenSo tells of sightings what the angles say from which they are seen.
func seenSo(all []Sighting) []Sighting {
	for i := range all {
		s := &all[i]
		s.Mirrored, s.Cropped = s.angle.mirrored, s.angle.wide*s.angle.high < 1
	}
	return all
}

// bestApart are so many of all sightings, those of which least is unexplained, that are no neighbours of a better one.
func bestApart(all []Sighting, most int, apart timecode.Time) []Sighting {
	slices.SortStableFunc(all, func(a, b Sighting) int { return cmp.Compare(a.score, b.score) })
	return apartInTime(all, most, apart)
}

// laid is a picture laid over frames of a size as an angle says.
func (a angle) laid(p *Picture, shape float64, of int) *sheet {
	a = a.on(p, shape)
	size := plateSizes[of]
	return layOf(a).sheet(a.cover.veils(p.plate(a.part, a.mirrored, int(float64(size[0])*a.wide+0.5), int(float64(size[1])*a.high+0.5))), size[0], size[1])
}

// odds is by how much worse a way in which a picture may lie has to fit.
func (a angle) odds() float64 {
	odds := 1.0
	if a.mirrored {
		odds *= ofMirror
	}
	switch {
	case a.zoomed():
		odds *= ofZoom
	case a.wide*a.high < 1:
		odds *= ofCrop
	}
	if !a.cover.Empty() {
		odds *= ofCover
	}
	return odds
}
