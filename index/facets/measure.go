package facets

import (
	"cmp"
	"slices"
	"sort"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/mood"
	"github.com/amvlib/amvlib/picture"
	"github.com/amvlib/amvlib/timecode"
)

// around is the stretch of time in which cuts are counted, with the shot in its middle.
const around = 30 * timecode.Second

// unheard is the loudness in dB below full scale from which on down nothing is heard.
const unheard = -55

// measure gives the facets of an episode's shots, which are in order.
func measure(shots []catalog.Shot) []mood.Facets {
	usual, sounds := usualLevel(shots)
	out := make([]mood.Facets, len(shots))
	for i := range shots {
		s := &shots[i]
		f := s.Features
		out[i] = mood.Facets{
			Brightness: float64(f.Brightness), Contrast: float64(f.Contrast), Saturation: float64(f.Saturation),
			Warmth: float64(f.Warmth), Motion: float64(f.Motion), Stillness: float64(f.Stillness),
			Shares: shares(s.Palette), CutRate: cutRate(shots, i),
		}
		if out[i].Sounds = sounds && s.Loudness != analysis.Silent; out[i].Sounds {
			out[i].Silent, out[i].Level = s.Loudness <= unheard, float64(s.Loudness)-usual
		}
	}
	return out
}

func shares(p picture.Palette) []float64 {
	if p.Unknown() {
		return nil
	}
	out := make([]float64, picture.Hues)
	for h := range picture.Hues {
		out[h] = p.Share(h)
	}
	return out
}

// usualLevel is the loudness that half of an episode's time is below, of the time in which anything is heard; false where nothing is.
func usualLevel(shots []catalog.Shot) (level float64, ok bool) {
	heard := slices.DeleteFunc(slices.Clone(shots), func(s catalog.Shot) bool { return s.Loudness <= unheard })
	slices.SortFunc(heard, func(a, b catalog.Shot) int { return cmp.Compare(a.Loudness, b.Loudness) })
	var all, below timecode.Time
	for _, s := range heard {
		all += s.Range.Length()
	}
	for _, s := range heard {
		if below += s.Range.Length(); 2*below >= all {
			return float64(s.Loudness), true
		}
	}
	return 0, false
}

// cutRate is how many boundaries a minute there are around shot i. At the ends of a film the stretch is as much shorter.
func cutRate(shots []catalog.Shot, i int) float64 {
	middle := (shots[i].Range.Start + shots[i].Range.End) / 2
	from, to := max(middle-around/2, shots[0].Range.Start), min(middle+around/2, shots[len(shots)-1].Range.End)
	if to <= from {
		return 0
	}
	// The first shot begins with no cut.
	first := sort.Search(len(shots)-1, func(k int) bool { return shots[k+1].Range.Start >= from })
	last := sort.Search(len(shots)-1, func(k int) bool { return shots[k+1].Range.Start > to })
	return float64(last-first) * float64(timecode.Second*60) / float64(to-from)
}
