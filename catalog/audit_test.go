package catalog

import (
	"reflect"
	"slices"
	"testing"

	"github.com/amvlib/amvlib/timecode"
)

func kinds(all []Problem) []ProblemKind {
	var out []ProblemKind
	for _, p := range all {
		if !slices.Contains(out, p.Kind) {
			out = append(out, p.Kind)
		}
	}
	slices.Sort(out)
	return out
}

// expectProblems wants an audit to find these kinds.
func expectProblems(t *testing.T, c *Catalog, what string, want ...ProblemKind) []Problem {
	t.Helper()
	all, err := c.Audit(t.Context())
	slices.Sort(want)
	if got := kinds(all); err != nil || !slices.Equal(got, want) {
		t.Errorf("%s: got %v, %v, want %v", what, all, err, want)
	}
	return all
}

func TestAuditFindsWhatDoesNotHold(t *testing.T) {
	for spoil, want := range map[string][]ProblemKind{
		"SELECT 1":          nil,
		"DELETE FROM shot":  {NoShots, LostLines, Miscounted},
		"DELETE FROM thumb": {NoPictures},
		"DELETE FROM line":  {Miscounted},
		"UPDATE thumb SET jpeg = x'' WHERE number = 2":             {NoPictures},
		"UPDATE shot SET span_out = span_out - 1 WHERE number = 2": {BrokenShots},
		"UPDATE shot SET span_in = span_in + 1 WHERE number = 1":   {BrokenShots},
		"UPDATE shot SET span_out = span_out - 1 WHERE number = 5": {BrokenShots},
		"UPDATE shot SET span_out = span_out + 1 WHERE number = 5": {BrokenShots},
		"DELETE FROM shot WHERE number = 3":                        {BrokenShots, LostLines, Miscounted},
		"UPDATE line SET shot = 99":                                {LostLines},
		"UPDATE line SET shot = 0":                                 nil,
		"UPDATE line SET shot = -1":                                {LostLines},
		"UPDATE line SET track = 7":                                {LostTracks},
		"UPDATE episode SET shots = 7":                             {Miscounted},
		"PRAGMA foreign_keys = 0; UPDATE file SET episode = 9":     {StrayFiles},
		"INSERT INTO word (said, verb, key, starts, ends, value, undone) VALUES (0, 'tag', 'gone', 0, 0, 'x', 0)": {StrayWords},
		"INSERT INTO word (said, verb, key, starts, ends, value, undone) VALUES (0, 'tag', 'gone', 0, 0, 'x', 1)": nil,
		"INSERT INTO word (said, verb, key, starts, ends, value) VALUES (0, 'list', '', 0, 0, 'verse')":           nil,
	} {
		c := library(t, t.TempDir(), Options{})
		e := commit(t, c, synthetic(1, small))
		say(t, c, Tag, e.Key, timecode.Range{}, "rain")
		if _, err := c.writer.Exec(spoil); err != nil {
			t.Fatal(err)
		}
		for _, p := range expectProblems(t, c, spoil, want...) {
			if p.Words == "" || (p.Episode != e.ID) != (p.Kind == StrayFiles || p.Kind == StrayWords) {
				t.Errorf("%s: %+v", spoil, p)
			}
			if p.Fixable && (slices.Contains(want, BrokenShots) || slices.Contains(want, NoShots)) {
				t.Errorf("%s: without its shots this cannot be mended: %+v", spoil, p)
			}
		}
	}
}

func TestMend(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	e := commit(t, c, synthetic(1, small))
	other := commit(t, c, synthetic(2, small))
	before, err := c.Lines(t.Context(), e.ID)
	if err != nil {
		t.Fatal(err)
	}
	mark, _, err := c.Changes(t.Context(), Mark{})
	if err != nil {
		t.Fatal(err)
	}
	if done, err := c.Mend(t.Context()); err != nil || done != nil {
		t.Errorf("of a sound library it mended %v, %v", done, err)
	}
	const spoil = `UPDATE line SET shot = 99, shots = x'ff' WHERE episode = 1; UPDATE episode SET shots = 7, lines = 0 WHERE id = 1;
		PRAGMA foreign_keys = 0; INSERT INTO file VALUES (x'61', 99, 1, 1, '', 1); PRAGMA foreign_keys = 1;
		DELETE FROM thumb WHERE number = 2`
	if _, err := c.writer.Exec(spoil); err != nil {
		t.Fatal(err)
	}
	done, err := c.Mend(t.Context())
	if want := []ProblemKind{LostLines, Miscounted, StrayFiles}; err != nil || !slices.Equal(kinds(done), want) {
		t.Errorf("mended %v, %v, want %v", done, err, want)
	}
	expectProblems(t, c, "mended", NoPictures)
	if after, err := c.Lines(t.Context(), e.ID); err != nil || !reflect.DeepEqual(after, before) {
		t.Errorf("its lines are %v, %v, want %v", after, err, before)
	}
	if got, err := c.Episode(t.Context(), e.ID); err != nil || got.Shots != e.Shots || got.Lines != e.Lines {
		t.Errorf("it has %d shots, %d lines, %v", got.Shots, got.Lines, err)
	}
	_, changes, err := c.Changes(t.Context(), mark)
	if want := []Change{{Episode: e.ID}}; err != nil || !reflect.DeepEqual(changes, want) {
		t.Errorf("changed are %v, %v, want %v and not %d", changes, err, want, other.ID)
	}
	if err := c.Check(t.Context()); err != nil {
		t.Error(err)
	}
}
