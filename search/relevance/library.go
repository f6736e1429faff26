package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/shotdetect"
	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

// library is a catalog in memory: an episode for each dialogue, a shot for each cue, a track for each language.
type library struct {
	episodes []catalog.Episode
	lines    map[int64][]catalog.Line
	cues     map[int64][]string // by episode, in order of its shots
}

// cueTime is how long a cue and its shot last.
const cueTime = 4 * timecode.Second

// perEpisode bounds the lines of an episode, so that a line's ID tells its episode.
const perEpisode = 1 << 20

func newLibrary(dialogues []dialogue) *library {
	l := &library{lines: map[int64][]catalog.Line{}, cues: map[int64][]string{}}
	for i, d := range dialogues {
		l.put(int64(i+1), d)
	}
	return l
}

func (l *library) put(id int64, d dialogue) {
	for track, lang := range langs {
		for n, c := range d.Cues {
			l.lines[id] = append(l.lines[id], catalog.Line{
				Line: lineOf(c, lang, n), ID: id*perEpisode + int64(len(l.lines[id])), Episode: id, Track: track, Shot: n + 1, Shots: []int{n + 1},
			})
		}
	}
	for _, c := range d.Cues {
		l.cues[id] = append(l.cues[id], c.ID)
	}
	l.episodes = append(l.episodes, catalog.Episode{ID: id, Key: catalog.Key(fmt.Sprint("key ", id)), Path: "/" + d.ID + ".mkv",
		Name: catalog.Name{Source: d.Title, Number: "1"}, Shots: len(d.Cues), Lines: len(l.lines[id]), Generation: catalog.Generation(id)})
}

func lineOf(c cue, lang string, n int) subtitles.Line {
	at := timecode.Time(n) * cueTime
	line := subtitles.Line{Start: at, End: at + cueTime*3/4, Text: c.Text[lang], Lang: lang, Speaker: c.Speaker, Kind: subtitles.Dialogue}
	switch c.Speaker {
	case "♪":
		line.Kind, line.Speaker = subtitles.Song, ""
	case "[sign]":
		line.Kind, line.Speaker = subtitles.Sign, ""
	}
	return line
}

// cue names the cue that is a shot of an episode.
func (l *library) cue(episode int64, shot int) string { return l.cues[episode][shot-1] }

func (l *library) ID() string { return "relevance" }

func (l *library) Changes(_ context.Context, since catalog.Mark) (catalog.Mark, []catalog.Change, error) {
	var out []catalog.Change
	for _, e := range l.episodes {
		if e.Generation > since.Generation {
			out = append(out, catalog.Change{Episode: e.ID})
		}
	}
	return catalog.Mark{Generation: catalog.Generation(len(l.episodes))}, out, nil
}

func (l *library) Words(context.Context) ([]catalog.Word, error) { return nil, nil }

func (l *library) Episodes(context.Context) ([]catalog.Episode, error) {
	return slices.Clone(l.episodes), nil
}

func (l *library) Lines(_ context.Context, episode int64) ([]catalog.Line, error) {
	return slices.Clone(l.lines[episode]), nil
}

func (l *library) LinesByID(_ context.Context, ids []int64) (out []catalog.Line, err error) {
	for _, id := range ids {
		if of := l.lines[id/perEpisode]; id%perEpisode < int64(len(of)) {
			out = append(out, of[id%perEpisode])
		}
	}
	return out, nil
}

func (l *library) Effective(_ context.Context, episode int64) (out []catalog.Shot, err error) {
	for n := range l.cues[episode] {
		at := timecode.Time(n) * cueTime
		out = append(out, catalog.Shot{Shot: analysis.Shot{Shot: shotdetect.Shot{}, Range: timecode.Range{Start: at, End: at + cueTime}},
			Episode: episode, Number: n + 1})
	}
	return out, nil
}

func (l *library) Shot(ctx context.Context, episode int64, number int) (catalog.Shot, error) {
	shots, err := l.Effective(ctx, episode)
	if number < 1 || number > len(shots) {
		return catalog.Shot{}, catalog.ErrNotFound
	}
	return shots[number-1], err
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
