package footage

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/amvlib/amvlib/catalog"
)

// labelsFormat counts up whenever labels come out differently.
const labelsFormat = 2

// keptLabels is what a file of labels holds. It is derived: it can be deleted at any time.
type keptLabels struct {
	Format int
	Series map[string]keptSeries
}

// keptSeries is the labels of a series, and of which state of which episodes they are.
type keptSeries struct {
	State  string
	Labels []Label
}

// Labels are those of every series of the library. They are kept in file, and only series that changed since are looked through again;
// looking is told how many episodes these have, and may be nil. A file that cannot be read is made anew, and one that cannot be written
// is done without.
func (f *Footage) Labels(ctx context.Context, file string, looking func(episodes int)) ([]Label, error) {
	episodes, err := f.lib.Episodes(ctx)
	if err != nil {
		return nil, err
	}
	kept, now := readLabels(file), keptLabels{Format: labelsFormat, Series: map[string]keptSeries{}}
	var names []string
	series := map[string][]catalog.Episode{}
	changed := 0
	for _, e := range episodes {
		if len(series[e.Name.Source]) == 0 {
			names = append(names, e.Name.Source)
		}
		series[e.Name.Source] = append(series[e.Name.Source], e)
	}
	for _, name := range names {
		if s := kept.Series[name]; len(series[name]) > 1 && s.State != stateOf(series[name]) {
			changed += len(series[name])
		}
	}
	if changed > 0 && looking != nil {
		looking(changed)
	}
	var all []Label
	for _, name := range names {
		s := kept.Series[name]
		if state := stateOf(series[name]); s.State != state {
			s = keptSeries{State: state}
			if len(series[name]) > 1 {
				if s.Labels, err = f.Recurring(ctx, series[name]); err != nil {
					return nil, err
				}
			}
		}
		now.Series[name] = s
		all = append(all, s.Labels...)
	}
	if changed > 0 || len(kept.Series) != len(now.Series) {
		writeLabels(file, now)
	}
	return all, nil
}

// stateOf names the episodes of a series, and how their pictures were learnt; what the user says of them changes no label.
func stateOf(episodes []catalog.Episode) string {
	all := make([]string, len(episodes))
	for i, e := range episodes {
		all[i] = fmt.Sprintf("%d=%s %v", e.ID, e.Key, e.Versions)
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

func readLabels(file string) (kept keptLabels) {
	b, err := os.ReadFile(file)
	if err != nil || json.Unmarshal(b, &kept) != nil || kept.Format != labelsFormat {
		return keptLabels{}
	}
	return kept
}

// writeLabels gives the file its name when it is whole.
func writeLabels(file string, kept keptLabels) {
	b, err := json.Marshal(kept)
	if err != nil {
		return
	}
	part, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+".*.part")
	if err != nil {
		return
	}
	_, err = part.Write(b)
	if cerr := part.Close(); err != nil || cerr != nil || os.Rename(part.Name(), file) != nil {
		_ = os.Remove(part.Name())
	}
}

// KeptLabels are those that [Footage.Labels] found last; none where it never looked.
func KeptLabels(file string) []Label {
	var all []Label
	for _, s := range readLabels(file).Series {
		all = append(all, s.Labels...)
	}
	return all
}

// PartOf is what a shot is within its series: what the user says of it, else the label that most of it lies in; false where it is just the
// episode. words are those on its episode.
func PartOf(labels []Label, words []catalog.Word, shot catalog.Shot) (Label, bool) {
	if part, ok := catalog.PartOn(words, shot.Range); ok {
		return Label{Episode: shot.Episode, Range: shot.Range, Part: Part(part)}, part != catalog.NoPart
	}
	return Of(labels, shot)
}

// LeftOut are the shots, by episode and number, that are openings and endings, or parts of them.
func (f *Footage) LeftOut(ctx context.Context, labels []Label) (map[int64]map[int]bool, error) {
	episodes, err := f.lib.Episodes(ctx)
	if err != nil {
		return nil, err
	}
	said, err := f.partsSaid(ctx)
	if err != nil {
		return nil, err
	}
	labelled := map[int64][]Label{}
	for _, l := range labels {
		if l.Part == Opening || l.Part == Ending {
			labelled[l.Episode] = append(labelled[l.Episode], l)
		}
	}
	out := map[int64]map[int]bool{}
	for _, e := range episodes {
		if len(labelled[e.ID])+len(said[e.Key]) == 0 {
			continue
		}
		shots, err := f.lib.Effective(ctx, e.ID)
		if err != nil {
			return nil, err
		}
		for _, s := range shots {
			if of, ok := PartOf(labelled[e.ID], said[e.Key], s); ok && (of.Part == Opening || of.Part == Ending) {
				if out[e.ID] == nil {
					out[e.ID] = map[int]bool{}
				}
				out[e.ID][s.Number] = true
			}
		}
	}
	return out, nil
}

// partsSaid is what the user says of parts, by content.
func (f *Footage) partsSaid(ctx context.Context) (map[catalog.Key][]catalog.Word, error) {
	words, err := f.lib.Words(ctx)
	said := map[catalog.Key][]catalog.Word{}
	for _, w := range words {
		if w.Verb == catalog.Part {
			said[w.Key] = append(said[w.Key], w)
		}
	}
	return said, err
}
