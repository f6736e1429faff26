package storyboard

import (
	"context"
	"slices"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/search"
	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

// Finder answers a lyric line. It must answer the same query with the same hits for a plan to be reproducible.
type Finder interface {
	Search(ctx context.Context, q search.Query) ([]search.Hit, error)
}

// Shots gives the footage for the time that no answer fills. A Shots that lists fewer episodes confines the fillers to these.
type Shots interface {
	Episodes(ctx context.Context) ([]catalog.Episode, error)
	Effective(ctx context.Context, episode int64) ([]catalog.Shot, error)
}

// Planner makes storyboards out of a library.
type Planner struct {
	Finder Finder
	Shots  Shots
}

// Plan chooses scenes for a song. Lyrics may come unsorted, overlapping, without times or longer than the song; what was done about
// it is in the Notes. It fails with ErrNoLyrics, ErrDuration, ErrNoFootage, what the library returns, or the context's error.
func (p Planner) Plan(ctx context.Context, song Song, lyrics []subtitles.Line, o Options) (*Storyboard, error) {
	s, err := prepare(song, lyrics)
	if err != nil {
		return nil, err
	}
	song.Duration = s.duration
	lib := &library{Planner: p, answers: map[string][]search.Hit{}, films: films{shots: p.Shots, loaded: map[int64][]catalog.Shot{}}}
	if err := lib.open(ctx, s.lines); err != nil {
		return nil, err
	}
	o = o.settled()
	rate := o.Rate
	if !rate.Valid() {
		rate = lib.guess(s.lines, o.Runners)
	}
	board, err := newRun(lib, s, song, rate, o).plan(ctx)
	if chosen := board.filmRate(); err == nil && !o.Rate.Valid() && !chosen.Equal(rate) {
		board, err = newRun(lib, s, song, chosen, o).plan(ctx)
	}
	return board, err
}

func (o Options) settled() Options {
	defaultTo := func(v *timecode.Time, d timecode.Time) {
		if *v <= 0 {
			*v = d
		}
	}
	defaultTo(&o.MinShot, 800*timecode.Second/1000)
	defaultTo(&o.MaxShot, 4*timecode.Second)
	o.MaxShot = max(o.MaxShot, o.MinShot)
	o.PerLine = max(0, o.PerLine)
	if o.Runners == 0 {
		o.Runners = 5
	}
	o.Runners = max(0, o.Runners)
	return o
}

// library is what is read of the library for one plan, each thing once.
type library struct {
	Planner
	films
	answers map[string][]search.Hit // by voice
	gauge   *gauge
}

// open asks for every line before anything is chosen: the timeline's rate depends on all of the answers.
func (l *library) open(ctx context.Context, lines []subtitles.Line) error {
	for i := range lines {
		for _, v := range voices(lines[i].Text) {
			if err := l.ask(ctx, v); err != nil {
				return err
			}
		}
	}
	l.gauge = newGauge(l.answers)
	return l.list(ctx)
}

// guess is the rate that the best hits of the lines have most, else the one that the episodes have most.
func (l *library) guess(lines []subtitles.Line, best int) timecode.Rate {
	var v votes
	for i := range lines {
		for _, voice := range voices(lines[i].Text) {
			hits := l.answers[voice]
			for _, h := range hits[:min(len(hits), max(1, best))] {
				if h.Episode != nil {
					v.add(h.Episode.Rate, 1)
				}
			}
		}
	}
	if len(v) == 0 {
		for i := range l.all {
			v.add(l.all[i].Rate, 1)
		}
	}
	return v.winner()
}

// filmRate is the rate that most of the plan's frames were filmed in.
func (b *Storyboard) filmRate() timecode.Rate {
	var v votes
	if b == nil {
		return v.winner()
	}
	for _, s := range b.scenes() {
		v.add(s.Hit.Episode.Rate, s.Record.Len())
	}
	return v.winner()
}

// votes count for rates. Only those that editing programs offer can win: a web clip of 14 frames a second, or the average of a
// variable rate, is no rate to cut in.
type votes map[timecode.Rate]int64

var editable = []timecode.Rate{
	timecode.Film, timecode.Cinema, timecode.PAL, timecode.NTSC, timecode.Thirty,
	timecode.Film48, timecode.PALFull, timecode.NTSC60, timecode.Sixty,
}

func (v *votes) add(r timecode.Rate, n int64) {
	i := slices.IndexFunc(editable, r.Equal)
	if i < 0 {
		return
	}
	if *v == nil {
		*v = votes{}
	}
	(*v)[editable[i]] += n
}

func (v votes) winner() timecode.Rate {
	best := timecode.Film
	for _, r := range editable {
		if v[r] > v[best] {
			best = r
		}
	}
	return best
}
