package footage

import (
	"container/list"
	"context"
	"image"
	"sync"

	"github.com/amvlib/amvlib/timecode"
)

// Films decodes a stretch of a film of the library, gray, media.Width x media.Height, and shows it picture by picture;
// [ffmpeg.Film.Grays] shows them.
type Films func(ctx context.Context, path string, r timecode.Range, show func(timecode.Time, *image.Gray) error) error

// shown is a picture of a film.
type shown struct {
	at  timecode.Time
	img *image.Gray
}

// pieces are stretches of films that were decoded lately. Films are cut in pieces of equal length, so that pictures that are asked for one
// after the other, near each other, need each decoded once.
type pieces struct {
	films Films

	mu    sync.Mutex
	kept  map[portion]*list.Element // of *cut
	order *list.List                // used last first
	total int                       // pictures in all of them
}

type portion struct {
	path   string
	number int64
}

type cut struct {
	portion
	pictures []shown
}

const (
	pieceLength  = 2 * timecode.Second
	mostPieces   = 1500 // pictures that are kept, of 58 KB each
	mostPictures = 1200 // of a stretch: 20 seconds at 60 frames a second
)

func newPieces(films Films) *pieces {
	return &pieces{films: films, kept: map[portion]*list.Element{}, order: list.New()}
}

// stretch are the pictures of a film within r.
func (p *pieces) stretch(ctx context.Context, path string, r timecode.Range) ([]shown, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	first, last := int64(max(0, r.Start)/pieceLength), int64(max(0, r.End-1)/pieceLength)
	var all []shown
	for n := first; n <= last; n++ {
		e, ok := p.kept[portion{path, n}]
		if !ok {
			end := n
			for end < last && p.kept[portion{path, end + 1}] == nil {
				end++
			}
			if err := p.decode(ctx, path, n, end); err != nil {
				return nil, err
			}
			e = p.kept[portion{path, n}]
		}
		p.order.MoveToFront(e)
		for _, s := range e.Value.(*cut).pictures {
			if s.at >= r.Start && s.at < r.End {
				all = append(all, s)
			}
		}
	}
	p.forget(int(last - first + 1))
	return all, nil
}

// decode makes the pieces from first to last.
func (p *pieces) decode(ctx context.Context, path string, first, last int64) error {
	made := make([]*cut, last-first+1)
	for i := range made {
		made[i] = &cut{portion: portion{path, first + int64(i)}}
	}
	n := 0
	span := timecode.Range{Start: timecode.Time(first) * pieceLength, End: timecode.Time(last+1) * pieceLength}
	err := p.films(ctx, path, span, func(at timecode.Time, img *image.Gray) error {
		c := made[max(0, min(int64(at/pieceLength)-first, last-first))]
		if n++; n <= mostPictures { // a film of a thousand frames a second is not looked at in each
			c.pictures = append(c.pictures, shown{at, img})
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, c := range made {
		p.kept[c.portion] = p.order.PushFront(c)
		p.total += len(c.pictures)
	}
	return nil
}

// forget lets go of what was used longest ago, but for the last few pieces.
func (p *pieces) forget(least int) {
	for p.total > mostPieces && p.order.Len() > least {
		c := p.order.Remove(p.order.Back()).(*cut)
		delete(p.kept, c.portion)
		p.total -= len(c.pictures)
	}
}
