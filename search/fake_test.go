package search

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/index"
	"github.com/amvlib/amvlib/shotdetect"
	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

// library is a catalog in memory, of shots two seconds long but for the last of an episode, which is one.
type library struct {
	upto     catalog.Generation
	episodes []catalog.Episode
	lines    map[int64][]catalog.Line
	lost     bool // every shot is gone
	words    []catalog.Word
	asked    int // how often the words were read
	looks    func(*catalog.Shot)
}

func (l *library) ID() string { return "fake" }

// put adds an episode of the shots that its lines name.
func (l *library) put(name catalog.Name, path string, lines ...catalog.Line) {
	id := int64(len(l.episodes) + 1)
	for i := range lines {
		lines[i].ID, lines[i].Episode = id*1000+int64(i), id
	}
	if l.lines == nil {
		l.lines = map[int64][]catalog.Line{}
	}
	l.upto++
	l.lines[id] = lines
	l.episodes = append(l.episodes, catalog.Episode{ID: id, Key: key(id), Path: path, Name: name, Shots: 6, Generation: l.upto})
}

func key(episode int64) catalog.Key { return catalog.Key(fmt.Sprint("key ", episode)) }

func (l *library) Words(context.Context) ([]catalog.Word, error) {
	l.asked++
	return l.words, nil
}

// say lets the user say something of a shot; of shot 0, of the episode.
func (l *library) say(episode int64, shot int, verb catalog.Verb, value string) {
	w := catalog.Word{Verb: verb, Key: key(episode), Value: value}
	if shot > 0 {
		s, _ := l.Shot(context.Background(), episode, shot)
		w.Subject, w.Range = catalog.OnShot, s.Range
	}
	l.words = append(l.words, w)
}

// sayOf lets the user say something of a line, by its index in its episode.
func (l *library) sayOf(episode int64, line int, verb catalog.Verb, value string) {
	at := l.lines[episode][line]
	l.words = append(l.words, catalog.Word{Verb: verb, Key: key(episode), Subject: catalog.OnLine, Range: at.Range(), Text: at.Text, Value: value})
}

// line is spoken in a shot, a second after its start.
func line(shot int, lang, text string) catalog.Line {
	at := timecode.Time(shot-1)*2*timecode.Second + timecode.Second
	return catalog.Line{Line: subtitles.Line{Start: at, End: at + timecode.Second, Text: text, Lang: lang}, Shot: shot}
}

func (l *library) Changes(_ context.Context, since catalog.Mark) (catalog.Mark, []catalog.Change, error) {
	var out []catalog.Change
	for _, e := range l.episodes {
		if e.Generation > since.Generation {
			out = append(out, catalog.Change{Episode: e.ID})
		}
	}
	return catalog.Mark{Generation: l.upto}, out, nil
}

func (l *library) Episodes(context.Context) ([]catalog.Episode, error) {
	return slices.Clone(l.episodes), nil
}

func (l *library) Lines(_ context.Context, episode int64) ([]catalog.Line, error) {
	return slices.Clone(l.lines[episode]), nil
}

func (l *library) LinesByID(_ context.Context, ids []int64) (out []catalog.Line, _ error) {
	for _, id := range ids {
		for _, line := range l.lines[id/1000] {
			if line.ID == id {
				out = append(out, line)
			}
		}
	}
	return out, nil
}

func (l *library) Effective(_ context.Context, episode int64) (out []catalog.Shot, _ error) {
	for n := range 6 {
		r := timecode.Range{Start: timecode.Time(n) * 2 * timecode.Second, End: timecode.Time(n+1) * 2 * timecode.Second}
		if n == 5 {
			r.End -= timecode.Second
		}
		out = append(out, catalog.Shot{Shot: analysis.Shot{Shot: shotdetect.Shot{}, Range: r}, Episode: episode, Number: n + 1})
		if l.looks != nil {
			l.looks(&out[n])
		}
	}
	return out, nil
}

func (l *library) Shot(ctx context.Context, episode int64, number int) (catalog.Shot, error) {
	shots, _ := l.Effective(ctx, episode)
	if l.lost || number < 1 || number > len(shots) {
		return catalog.Shot{}, catalog.ErrNotFound
	}
	return shots[number-1], nil
}

func (l *library) LinesDuring(_ context.Context, stretches []catalog.Stretch) (out []catalog.Line, _ error) {
	seen := map[int64]bool{}
	for _, s := range stretches {
		for _, line := range l.lines[s.Episode] {
			if line.Range().Overlap(s.Range) > 0 && !seen[line.ID] {
				seen[line.ID], out = true, append(out, line)
			}
		}
	}
	return out, nil
}

func (l *library) ShotsByName(ctx context.Context, names []catalog.ShotName) (out []catalog.Shot, _ error) {
	for _, n := range names {
		if s, err := l.Shot(ctx, n.Episode, n.Number); err == nil {
			out = append(out, s)
		}
	}
	return out, nil
}

// searcher opens an index of l.
func (l *library) searcher(t testing.TB) *Searcher {
	t.Helper()
	ix, err := index.Open(context.Background(), t.TempDir(), l, index.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ix.Close() })
	return New(l, ix)
}
