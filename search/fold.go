package search

import (
	"cmp"
	"strings"
	"unicode"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/index"
	"github.com/amvlib/amvlib/phash"
	"github.com/amvlib/amvlib/timecode"
)

// Also is another place that has what a hit has.
type Also struct {
	Episode *catalog.Episode
	Shot    catalog.Shot
	Line    *catalog.Line // nil where the shot was found without one
	Same    Sameness
}

// Sameness is in what two hits are the same.
type Sameness string

// What can be the same.
const (
	SameFootage Sameness = "footage" // the library knows that they show the same, frame by frame
	SamePicture Sameness = "picture" // the keyframes differ by no more than encoders make them
	SameMoment  Sameness = "moment"  // another copy of the episode, at about the same time
	SameLine    Sameness = "line"    // what is said there is the same line in another track of the episode
)

const (
	foldReach  = 6                     // bits by which the hashes of one picture may differ, encoded twice
	foldBlocks = foldReach + 1         // of a hash; one of them at least is equal in hashes that near
	sameCue    = timecode.Second       // cues of one moment in two releases start within, where both keep the time
	sameReply  = 120 * timecode.Second // and where one has an advertisement in it, or another beginning
	sameLength = timecode.Second * 3 / 10
)

// fold keeps the first of hits that show the same footage, or in its place the best copy of it that was found, and names the others in its
// Also. In one episode pictures alike are footage
// of one place, used for one sentence after another; there the words must be the same too.
func fold(hits []Hit) []Hit {
	f := folder{alike: map[block][]int{}, copies: map[copyOf][]member{}, spoken: map[int64][]member{}, groups: map[int]int{}}
	for i := range hits {
		h := &hits[i]
		at, same := f.like(h)
		if at < 0 {
			f.keep(h)
			continue
		}
		f.join(h, at, same)
		f.know(h, at)
	}
	return f.kept
}

// join puts h to the one at a place, or in front of it.
func (f *folder) join(h *Hit, at int, same Sameness) {
	first := &f.kept[at]
	if same != SameFootage || !h.best || first.best || h.Episode.Path == "" {
		first.Also = append(first.Also, Also{h.Episode, h.Shot, h.Line, same})
		return
	}
	old := *first
	*first = *h
	first.Also = append([]Also{{old.Episode, old.Shot, old.Line, same}}, old.Also...)
}

// block is a stretch of a hash: where it is, and its bits.
type block struct {
	at   int
	bits uint64
}

// copyOf is what all files of one episode have in common.
type copyOf struct {
	source, number string
	season         int
}

// folder finds among what is kept the hit that another is the same as.
type folder struct {
	kept   []Hit
	alike  map[block][]int     // places of what is kept, by the blocks of its hash, and of what was folded into it
	copies map[copyOf][]member // all hits, by the names of their episodes
	spoken map[int64][]member  // and by their episodes
	groups map[int]int         // places of what is kept, by its group and those of what was folded into it
}

// member is a hit with the place of the one that it is part of.
type member struct {
	hit *Hit
	at  int
}

func (f *folder) keep(h *Hit) {
	f.kept = append(f.kept, *h)
	f.know(h, len(f.kept)-1)
}

// know lets h speak for the hit at a place.
func (f *folder) know(h *Hit, at int) {
	for _, b := range blocks(h.Shot) {
		if all := f.alike[b]; len(all) == 0 || all[len(all)-1] != at {
			f.alike[b] = append(all, at)
		}
	}
	if name, ok := nameOf(h.Episode); ok {
		f.copies[name] = append(f.copies[name], member{h, at})
	}
	f.spoken[h.Episode.ID] = append(f.spoken[h.Episode.ID], member{h, at})
	if _, ok := f.groups[h.Group]; !ok && h.Group != 0 {
		f.groups[h.Group] = at
	}
}

// like is the place of the first hit that h is the same as, -1 where there is none.
func (f *folder) like(h *Hit) (at int, same Sameness) {
	at = -1
	take := func(i int, s Sameness) {
		if at < 0 || i < at {
			at, same = i, s
		}
	}
	if i, ok := f.groups[h.Group]; ok {
		return i, SameFootage
	}
	for _, b := range blocks(h.Shot) {
		for _, i := range f.alike[b] {
			if samePicture(&f.kept[i], h) {
				take(i, SamePicture)
				break
			}
		}
	}
	if name, ok := nameOf(h.Episode); ok {
		for _, m := range f.copies[name] {
			if sameMoment(m.hit, h) {
				take(m.at, SameMoment)
				break
			}
		}
	}
	for _, m := range f.spoken[h.Episode.ID] {
		if m.hit.Line != nil && h.Line != nil && oneMoment(m.hit.Line, h.Line) {
			take(m.at, SameLine)
			break
		}
	}
	return at, same
}

func blocks(s catalog.Shot) []block {
	if phash.Flat(s.Variance) {
		return nil
	}
	out := make([]block, foldBlocks)
	for i := range out {
		from, to := i*64/foldBlocks, (i+1)*64/foldBlocks
		out[i] = block{i, uint64(s.Hash) >> from & (1<<(to-from) - 1)}
	}
	return out
}

func samePicture(a, b *Hit) bool {
	if phash.Flat(a.Shot.Variance) || phash.Flat(b.Shot.Variance) || a.Shot.Hash.Distance(b.Shot.Hash) > foldReach {
		return false
	}
	return a.Episode.ID != b.Episode.ID || words(a) == words(b) && words(a) != ""
}

// sameMoment tells whether two hits are of one moment in two files of an episode.
func sameMoment(a, b *Hit) bool {
	if a.Episode.ID == b.Episode.ID || a.Line == nil || b.Line == nil {
		return false
	}
	apart := distance(a.Line.Start, b.Line.Start)
	if apart > sameReply {
		return false
	}
	if said := words(a); said != "" && said == words(b) {
		return true
	}
	return apart <= sameCue && distance(a.Shot.Range.Start, b.Shot.Range.Start) <= sameCue &&
		distance(a.Shot.Range.Length(), b.Shot.Range.Length()) <= sameLength
}

func distance(a, b timecode.Time) timecode.Time { return max(a-b, b-a) }

// words are what is said, without how it is written.
func words(h *Hit) string {
	if h.Line == nil {
		return ""
	}
	return strings.Join(strings.FieldsFunc(index.Fold(h.Line.Text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	}), " ")
}

// nameOf is false for a name that says too little: a series without a number.
func nameOf(e *catalog.Episode) (copyOf, bool) {
	n := e.Name
	return copyOf{index.Fold(n.Source), number(n.Number), cmp.Or(n.Season, 1)}, n.Source != "" && n.Number != ""
}
