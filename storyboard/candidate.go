package storyboard

import (
	"slices"
	"strings"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/phash"
	"github.com/amvlib/amvlib/search"
	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
	"github.com/amvlib/amvlib/timeline"
)

const (
	darkest  = 0.05 // brightness below which a shot reads as black
	flattest = 0.04 // contrast below which there is nothing in the picture
	comfort  = 700 * timecode.Second / 1000
	glimpse  = 200 * timecode.Second / 1000 // a shot below this length is seen as an error in the cut
	atOnce   = 6                            // bits by which pictures differ that people take for the same
	ownSong  = 0.75                         // an opening's lyrics match lyrics well, but its pictures carry credits
	answered = 40                           // hits asked for a line

	wordsMost   = 32 // words of a line that are asked for
	longestWord = 30 // runes of a word, longer ones are asked for in parts: Japanese puts no spaces between words
)

// shotKey names a shot in the library.
type shotKey struct {
	episode int64
	number  int
}

// candidate is a shot that could stand in the timeline.
type candidate struct {
	hit    search.Hit
	clean  timecode.Span // frames of the film, as editing programs count them
	fit    int64         // most frames of the timeline that it can fill
	spoken int64         // frame of the film at which the matched line begins; clean.In where there is none
	ease   float64       // 1 where it is long enough for comfort and shows no opening
	value  float64       // 1 for a line's best hit
	spent  bool          // it or its double is in the plan
}

func newCandidate(h search.Hit, rate timecode.Rate) candidate {
	c := candidate{hit: h, clean: cleanSpan(h.Episode, &h.Shot)}
	c.hit.Shot.Thumb = nil // hundreds of shots are held at a time; the page asks for the pictures it shows
	c.fit = timeline.Fit(c.clean, h.Episode.Rate, rate)
	c.spoken = c.clean.In
	if h.Line != nil {
		c.spoken = max(c.spoken, h.Episode.Rate.Frame(h.Line.Start-h.Episode.FirstPTS))
	}
	return c
}

// cleanSpan is the clean range in frames of the film. Editing programs know no variable rate: they lay the pictures on frames of
// the nominal rate, some each to the nearest, some to the next. Only the frames that lie inside the range by time are the shot's
// own in both.
func cleanSpan(e *catalog.Episode, s *catalog.Shot) timecode.Span {
	span := s.Clean
	if e.Variable {
		span = inside(timecode.Range{Start: s.Range.Start - e.FirstPTS, End: s.Range.End - e.FirstPTS}, e.Rate)
	}
	span.In = max(0, span.In)
	span.Out = min(span.Out, mediaFrames(e))
	return span
}

// inside is the frames of rate that neither begin before a range nor end after it.
func inside(t timecode.Range, rate timecode.Rate) timecode.Span {
	span := timecode.Span{In: rate.Frame(t.Start), Out: rate.Frame(t.End)}
	if rate.At(span.In) < t.Start {
		span.In++
	}
	if rate.At(span.Out) > t.End {
		span.Out--
	}
	return span
}

// mediaFrames is how many frames an editing program will count in the film.
func mediaFrames(e *catalog.Episode) int64 {
	if e.Variable && e.Duration > 0 {
		return max(1, e.Rate.Frame(e.Duration))
	}
	return e.Frames
}

func (c *candidate) key() shotKey { return shotKey{c.hit.Episode.ID, c.hit.Shot.Number} }

func (c *candidate) source() string { return c.hit.Episode.Name.Source }

// usable tells whether anything of the shot can be shown at all.
func (c *candidate) usable() bool { return c.fit > 0 && c.clean.Len() > 0 }

// good tells whether people would want to see it: long enough for the eye, neither black nor one flat colour.
func (c *candidate) good(rate timecode.Rate) bool {
	s := &c.hit.Shot
	f := s.Features
	return c.usable() && c.fit >= rate.Frame(glimpse) && !phash.Flat(s.Variance) && f.Brightness >= darkest && f.Contrast >= flattest
}

// looksLike tells whether both are the same footage, as the library knows, or the same picture to people, such as the shots of an
// opening in every episode.
func (c *candidate) looksLike(o *candidate) bool {
	if c.hit.Group != 0 && c.hit.Group == o.hit.Group {
		return true
	}
	a, b := &c.hit.Shot, &o.hit.Shot
	return !phash.Flat(a.Variance) && !phash.Flat(b.Variance) && a.Hash.Distance(b.Hash) <= atOnce
}

// showable are the shots of hits of which something can be shown at rate, each once, in the order of the hits. Of an episode whose
// file is gone nothing can.
func showable(hits []search.Hit, rate timecode.Rate) []candidate {
	var all []candidate
	seen := map[shotKey]bool{}
	for _, h := range hits {
		if h.Episode == nil || h.Episode.Path == "" || !h.Episode.Rate.Valid() || !finite(h.Score) {
			continue
		}
		if c := newCandidate(h, rate); c.usable() && !seen[c.key()] {
			seen[c.key()] = true
			all = append(all, c)
		}
	}
	return all
}

// value weighs the shots that answer a line against the best of them.
func value(all []candidate, rate timecode.Rate) {
	best := 0.0
	for i := range all {
		c := &all[i]
		c.ease = min(1, float64(c.fit)/float64(max(1, rate.Frame(comfort))))
		if c.hit.Line != nil && c.hit.Line.Kind == subtitles.Song {
			c.ease *= ownSong
		}
		best = max(best, c.gain())
	}
	for i := range all {
		if all[i].value = 1; best > 0 {
			all[i].value = all[i].gain() / best
		}
	}
}

// gain is what a shot is worth to the line that it answers; it compares between lines.
func (c *candidate) gain() float64 { return c.hit.Score * c.ease }

// shared lists the words that a hit and the line have in common, each once, as they stand in the film's line.
func shared(h *search.Hit) string {
	var all []string
	for _, r := range h.Why {
		if r.Kind != "word" && r.Kind != "phrase" {
			continue
		}
		same := func(s string) bool { return strings.EqualFold(s, r.Text) }
		if !slices.ContainsFunc(all, same) {
			all = append(all, r.Text)
		}
	}
	return strings.Join(all, ", ")
}

// means tells whether it was found by what its line means, with or without words.
func means(h *search.Hit) bool {
	return slices.ContainsFunc(h.Why, func(r search.Reason) bool { return r.Kind == "meaning" })
}

// because tells why a hit answers its line.
func because(h *search.Hit) (Origin, string) {
	if words := shared(h); words != "" || !means(h) {
		return Words, "shares " + orElse(words, "words with the line")
	}
	return Meaning, "says it in other words"
}
