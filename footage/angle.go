package footage

import (
	"image"
	"math"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/phash"
)

// angle is one way to take a picture: what of it is film, whether it is mirrored, and how much of the film's frame that shows.
type angle struct {
	part       image.Rectangle
	mirrored   bool
	wide, high float64 // of the film's frame, from its middle; 1 for all
	cover      cover   // what is taken for something that lies over it; mostly nothing
	dim        bool    // little can be seen, and little is taken for noise
	look       Look    // as it would be looked at in the library; Whole is flat where the angle shows less than all
}

// zooms are the shares of a frame's width and height that pictures are taken to show.
var zooms = []float64{0.93, 0.87, 0.8}

// angles are all ways that are tried, the likeliest first, but for those from which nothing can be recognised. shapes are the shapes of
// the library's films, width to height.
func (p *Picture) angles(shapes []float64) []angle {
	var all []angle
	for _, a := range p.ways(shapes) {
		if a.take(p) {
			all = append(all, a)
		}
	}
	return all
}

// ways are angles before anything was looked at.
func (p *Picture) ways(shapes []float64) []angle {
	var all []angle
	for _, part := range p.parts() {
		for _, share := range shares(p.shapeOf(part), shapes) {
			for _, mirror := range []bool{false, true} {
				all = append(all, angle{part: part, mirrored: mirror, wide: share[0], high: share[1]})
			}
		}
	}
	for _, c := range covers {
		all = append(all, angle{part: p.whole(), wide: 1, high: 1, cover: c})
	}
	return all
}

// parts are what of a picture may be film: all of it, what lies within bars and, where there are bars on all four sides, what lies within
// those of two: the others may be the film's own.
func (p *Picture) parts() []image.Rectangle {
	whole := p.whole()
	r, ok := p.inner()
	switch {
	case !ok:
		return []image.Rectangle{whole}
	case r.Dx() == whole.Dx() || r.Dy() == whole.Dy():
		return []image.Rectangle{whole, r}
	}
	return []image.Rectangle{whole, r, image.Rect(r.Min.X, 0, r.Max.X, p.Height), image.Rect(0, r.Min.Y, p.Width, r.Max.Y)}
}

// shares are how much of a frame's width and height a part of a picture may show: all, less where it was zoomed, or all of one alone
// where it has been cropped from a film's shape to its own.
func shares(shape float64, shapes []float64) [][2]float64 {
	all := [][2]float64{{1, 1}}
	for _, s := range shapes {
		switch share := shape / s; {
		case share >= 0.55 && share < 0.96:
			all = appendShare(all, share, 1)
		case share > 1.04 && share <= 1.8:
			all = appendShare(all, 1, 1/share)
		}
	}
	for _, z := range zooms {
		all = appendShare(all, z, z)
	}
	return all
}

// appendShare leaves out what is there already, about.
func appendShare(all [][2]float64, wide, high float64) [][2]float64 {
	for _, s := range all {
		if math.Abs(s[0]-wide)+math.Abs(s[1]-high) < 0.03 {
			return all
		}
	}
	return append(all, [2]float64{wide, high})
}

// zoomed tells whether less than all of a film's width and of its height is seen.
func (a angle) zoomed() bool { return a.wide < 1 && a.high < 1 }

// on is the angle on a film of a shape, exactly, but for one that is zoomed: how much of the frame a crop leaves, and what was taken
// from the picture at the edges of bars.
func (a angle) on(p *Picture, shape float64) angle {
	if a.zoomed() {
		return a
	}
	full := p.withEdges(a.part)
	const most = 0.04 // shapes are rounded
	share := p.shapeOf(full) / shape
	if a.wide < 1 && math.Abs(share-a.wide) < most {
		a.wide = min(1, share)
	}
	if a.high < 1 && math.Abs(1/share-a.high) < most {
		a.high = min(1, 1/share)
	}
	a.wide *= float64(a.part.Dx()) / float64(full.Dx())
	a.high *= float64(a.part.Dy()) / float64(full.Dy())
	return a
}

// take looks at p so; false where nothing can be seen.
func (a *angle) take(p *Picture) bool {
	const middle = float64(analysis.Middle) / 4
	a.look.Flat = true
	if a.wide == 1 && a.high == 1 {
		hash, flat := hashed(a.cover.taken(p.reduced(a.part)), a.mirrored)
		a.look.Whole, a.look.Flat = hash, flat
	}
	part := middleOf(a.part, min(1, middle/a.wide), min(1, middle/a.high))
	if part.Dx() < 1 || part.Dy() < 1 {
		return !a.look.Flat
	}
	if hash, flat := hashed(a.cover.middle().taken(p.reduced(part)), a.mirrored); !flat {
		a.look.Centre = hash
	}
	return !a.look.Flat || a.look.Centre != 0
}

func hashed(g *image.Gray, mirror bool) (phash.Hash, bool) {
	if mirror {
		g = mirrored(g)
	}
	hash, variance, err := phash.Of(g)
	return hash, err != nil || phash.Flat(variance)
}
