package search

import (
	"context"

	"github.com/amvlib/amvlib/catalog"
)

// translations gives each hit the lines of the same moment in other languages.
func (s *Searcher) translations(ctx context.Context, hits []Hit) error {
	var asked []catalog.Stretch
	for i := range hits {
		if l := hits[i].Line; l != nil {
			asked = append(asked, catalog.Stretch{Episode: l.Episode, Range: l.Range()})
		}
	}
	lines, err := s.cat.LinesDuring(ctx, asked)
	if err != nil {
		return err
	}
	of := map[int64][]catalog.Line{}
	for _, l := range lines {
		of[l.Episode] = append(of[l.Episode], l)
	}
	for i := range hits {
		if l := hits[i].Line; l != nil {
			hits[i].Translations = translationsOf(l, of[l.Episode])
		}
	}
	return nil
}

// translationsOf are those of one line, of each language those of one track.
func translationsOf(l *catalog.Line, all []catalog.Line) (out []catalog.Line) {
	tracks := map[string]int{}
	for i := range all {
		o := &all[i]
		if o.Lang == l.Lang || o.Text == l.Text || !oneMoment(l, o) {
			continue
		}
		if track, ok := tracks[o.Lang]; !ok || track == o.Track {
			tracks[o.Lang] = o.Track
			out = append(out, *o)
		}
	}
	return out
}

// oneMoment tells whether two lines of an episode say the same in two tracks: one may be parted where the other is not, but a sign that stays
// for a minute is nobody's translation.
func oneMoment(a, b *catalog.Line) bool {
	if a.Episode != b.Episode || a.Track == b.Track || a.Kind != b.Kind {
		return false
	}
	shared, long, short := a.Range().Overlap(b.Range()), a.Range().Length(), b.Range().Length()
	long, short = max(long, short), min(long, short)
	return shared > 0 && 2*shared >= short && 4*shared >= long
}
