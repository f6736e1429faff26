package footage

import (
	"image"
	"sort"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/phash"
	"github.com/amvlib/amvlib/timecode"
)

// Look is what a picture is recognised by: the hash of the whole and that of its middle, which a crop leaves and a logo spares.
type Look struct {
	Frame  int64
	Time   timecode.Time
	Whole  phash.Hash
	Centre phash.Hash // 0 where the middle is flat, or was never hashed
	Flat   bool       // the whole has too little contrast to be recognised
}

// LookAt looks at one decoded frame of a clip, of media.Width x media.Height.
func LookAt(img *image.YCbCr, frame int64, t timecode.Time) (Look, error) {
	hash, variance, centre, err := analysis.Hashes(img)
	return Look{Frame: frame, Time: t, Whole: hash, Centre: centre, Flat: phash.Flat(variance)}, err
}

// Distance is in how many bits two looks differ: the mean of both hashes where both are there, else that of the whole. 64 where
// either is flat.
func (l Look) Distance(o Look) int {
	if l.Flat || o.Flat {
		return 64
	}
	d := l.Whole.Distance(o.Whole)
	if l.Centre == 0 || o.Centre == 0 {
		return d
	}
	return (d + l.Centre.Distance(o.Centre) + 1) / 2
}

// Reel is a row of looks in order of time: an episode as the library keeps it, four a second, or a clip, as many as its frames.
type Reel struct {
	Episode int64 // 0 for what is not in the library
	Looks   []Look
}

// ReelOf is an episode of a library as a reel.
func ReelOf(q *catalog.Sequence) *Reel {
	r := &Reel{Episode: q.Episode, Looks: make([]Look, len(q.Samples))}
	for i := range q.Samples {
		s := &q.Samples[i]
		r.Looks[i] = Look{Frame: s.Frame, Time: q.Time(s.Frame), Whole: s.Hash, Centre: s.Centre, Flat: phash.Flat(s.Variance)}
	}
	return r
}

// From is the index of the first look at t or later.
func (r *Reel) From(t timecode.Time) int {
	return sort.Search(len(r.Looks), func(i int) bool { return r.Looks[i].Time >= t })
}

// Within are the looks of a stretch of time.
func (r *Reel) Within(s timecode.Range) []Look {
	from := r.From(s.Start)
	return r.Looks[from:max(from, r.From(s.End))]
}

// AtFrame is the look at a frame, if there is one.
func (r *Reel) AtFrame(frame int64) (int, bool) {
	i := sort.Search(len(r.Looks), func(i int) bool { return r.Looks[i].Frame >= frame })
	return i, i < len(r.Looks) && r.Looks[i].Frame == frame
}
