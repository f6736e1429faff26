package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"math"
	"os"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/ffmpeg"
	"github.com/amvlib/amvlib/footage"
	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/shotdetect"
	"github.com/amvlib/amvlib/timecode"
)

func traceCommand() *cli.Command {
	return &cli.Command{
		Name:      "trace",
		Usage:     "tell which footage of the library a finished video is made of",
		UsageText: "amvlib trace [OPTIONS] VIDEO",
		Description: `Finds the shots of a finished video, looks each up in the library, and compares it with the footage frame by frame: from which episode it
is, from which frame on, at what speed, and whether it is mirrored or cropped. Grades, logos, subtitles, flashes and captions over a part of the
picture do no harm; what covers or turns the picture, and shots of a handful of frames, may stay unknown. Shots of episodes whose files
are not there are found by what the library keeps of them, to some tenths of a second.

Prints a shot a line; JSON Lines with --json; with --credits the anime and episodes that were used and for how many seconds, longest first,
as text to paste; with -o timelines of the footage, as match and export write them, where what is unknown is a gap under a red
marker; with --html a page with pictures of the video and of the footage side by side. Ends with 0 where nothing is found, too.

   amvlib trace amv.mp4
   amvlib trace --credits amv.mp4 > credits.txt
   amvlib trace amv.mp4 -o sources.otio --html sources.html`,
		Flags: append(outputFlags(),
			&cli.BoolFlag{Name: "credits", Usage: "print the anime and episodes that were used, with seconds"},
			&cli.StringFlag{Name: "html", Usage: "write a page with pairs of pictures to `FILE`"},
			&cli.BoolFlag{Name: "json", Usage: "print JSON Lines (docs/json.md)"}),
		Action: traceAction,
	}
}

func traceAction(c *cli.Context) error {
	if c.NArg() != 1 {
		return usagef("amvlib trace needs one finished video: %s", usageLine(c))
	}
	if err := oneForm(c, "json", "credits"); err != nil {
		return err
	}
	out, err := traceOutputs(c)
	if err != nil {
		return err
	}
	rate, err := rateFlag(c)
	if err != nil {
		return err
	}
	ff, err := tool(c)
	if err != nil {
		return err
	}
	r, err := openRoll(c)
	if err != nil {
		return err
	}
	defer r.close()
	t := &tracing{c: c, roll: r, ff: ff, rate: rate, films: &opened{ff: ff, options: ffmpeg.Options{Threads: 1, Log: logger(c)}}}
	if err := t.run(c.Args().First()); err != nil {
		return err
	}
	return t.tell(out)
}

// traceOutputs are the files that are asked for; nil where there are none.
func traceOutputs(c *cli.Context) (*outputs, error) {
	if len(c.StringSlice("o")) == 0 && c.String("html") == "" {
		if c.String("format") != "" {
			return nil, usagef("--format says how -o is written: amvlib trace VIDEO -o TIMELINE")
		}
		return nil, nil
	}
	return newOutputs(c)
}

// tracing is one video being traced.
type tracing struct {
	c        *cli.Context
	roll     *roll
	ff       *ffmpeg.Tool
	path     string
	info     media.Info
	rate     timecode.Rate // of the timeline
	frames   int64
	shots    []footage.Traced
	episodes map[int64]*catalog.Episode
	there    whereabouts
	films    *opened
}

func (t *tracing) run(path string) error {
	t.path = path
	if err := t.library(); err != nil {
		return err
	}
	src, err := t.ff.Open(t.c.Context, path, ffmpeg.Options{Cores: otherCores(), Log: logger(t.c)})
	if err != nil {
		return err
	}
	t.info = src.Info()
	v := footage.NewVideo(t.info.Video, shotdetect.New(shotdetect.Options{}), t.c.String("html") != "")
	bar := newTraceBar(t.c, t.info.Duration)
	defer bar.close()
	if err := gatherVideo(t.c.Context, src, v, bar.at); err != nil {
		return err
	}
	t.frames = v.Frames()
	t.settleRate(v)
	t.shots, err = t.roll.Trace(t.c.Context, v, footage.TraceOptions{Frames: t.decode, Done: bar.shots})
	return inLibrary(err)
}

// library reads what there is to find.
func (t *tracing) library() error {
	all, err := t.roll.cat.Episodes(t.c.Context)
	if err != nil {
		return inLibrary(err)
	}
	if len(all) == 0 {
		return inputf("the library has no footage to look in: amvlib ingest FOLDER learns some")
	}
	t.episodes = map[int64]*catalog.Episode{}
	for i := range all {
		t.episodes[all[i].ID] = &all[i]
	}
	t.there, err = whereaboutsOf(t.c.Context, t.roll.cat, all)
	return inLibrary(err)
}

func gatherVideo(ctx context.Context, src media.Source, v *footage.Video, at func(timecode.Time)) error {
	for packet, err := range src.Packets(ctx) {
		if err != nil {
			return err
		}
		if packet.Frame == nil {
			continue
		}
		if err := v.Add(packet.Frame); err != nil {
			return err
		}
		at(packet.Frame.PTS)
	}
	return nil
}

// settleRate takes the rate of the video for that of the timeline, unless another is asked for.
func (t *tracing) settleRate(v *footage.Video) {
	if !t.rate.Valid() && t.info.Video != nil {
		t.rate = t.info.Video.Rate
	}
	if !t.rate.Valid() {
		t.rate = timecode.Nearest(v.Pace())
	}
}

// decode gives a stretch of an episode; nil where its file is not there.
func (t *tracing) decode(ctx context.Context, e *catalog.Episode, stretch timecode.Range) iter.Seq2[*media.Frame, error] {
	if e == nil || e.Path == "" || t.there[e.ID] != there {
		return nil
	}
	if _, err := os.Stat(e.Path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return func(yield func(*media.Frame, error) bool) {
		film, err := t.films.film(ctx, e.Path)
		if err != nil {
			yield(nil, err)
			return
		}
		for packet, err := range film.Stretch(stretch).Packets(ctx) {
			if err == nil && packet.Frame == nil {
				continue
			}
			if !yield(packet.Frame, err) || err != nil {
				return
			}
		}
	}
}

// tell prints and writes what was found.
func (t *tracing) tell(out *outputs) error {
	rows, err := t.rows()
	if err != nil {
		return err
	}
	t.sum()
	if out != nil {
		if err := t.write(out, rows); err != nil || !t.c.Bool("json") && !t.c.Bool("credits") {
			return err
		}
	}
	switch {
	case t.c.Bool("json"):
		return jsonLines(t.c.App.Writer, rows, itself)
	case t.c.Bool("credits"):
		return t.credits()
	}
	return t.table(rows)
}

// sum says in a line how much was found.
func (t *tracing) sum() {
	found, plain, anime := 0, 0, map[string]bool{}
	for _, s := range t.shots {
		switch {
		case s.Found:
			found++
			anime[t.episodes[s.Run.Episode].Name.Source] = true
		case s.Plain:
			plain++
		}
	}
	text := counted(len(t.shots), "shot") + ": " + counted(found, "shot") + " found, of " + counted(len(anime), "anime")
	if unknown := len(t.shots) - found - plain; unknown > 0 {
		text += ", " + counted(unknown, "shot") + " unknown"
	}
	if plain > 0 {
		text += ", " + counted(plain, "shot") + " plain"
	}
	say(t.c, "%s", text)
}

// traceRow is one shot as scripts see it: docs/json.md is its contract.
type traceRow struct {
	Shot       int      `json:"shot"`
	Start      seconds  `json:"start"`
	End        seconds  `json:"end"`
	StartFrame int64    `json:"start_frame"`
	EndFrame   int64    `json:"end_frame"`
	Found      bool     `json:"found"`
	Plain      bool     `json:"plain,omitempty"`
	ID         string   `json:"id,omitempty"`
	EpisodeID  int64    `json:"episode_id,omitempty"`
	Episode    string   `json:"episode,omitempty"`
	Path       string   `json:"path,omitempty"`
	From       *seconds `json:"source_start,omitempty"`
	To         *seconds `json:"source_end,omitempty"`
	FromFrame  *int64   `json:"source_start_frame,omitempty"`
	ToFrame    *int64   `json:"source_end_frame,omitempty"`
	Earliest   *int64   `json:"source_earliest_frame,omitempty"` // both only where the first may as well be another
	Latest     *int64   `json:"source_latest_frame,omitempty"`
	Also       []int64  `json:"source_also_frames,omitempty"`
	FPS        string   `json:"source_fps,omitempty"`
	Speed      *float64 `json:"speed,omitempty"`
	Reversed   bool     `json:"reversed,omitempty"`
	Mirrored   bool     `json:"mirrored,omitempty"`
	Cropped    bool     `json:"cropped,omitempty"`
	Exact      bool     `json:"exact,omitempty"`
	Seen       *float64 `json:"seen,omitempty"` // share of the pictures compared that are the footage's

	hit catalog.Shot
}

func (t *tracing) rows() ([]traceRow, error) {
	rows := make([]traceRow, 0, len(t.shots))
	for i, s := range t.shots {
		row := traceRow{Shot: i + 1, Start: seconds(s.Range.Start), End: seconds(s.Range.End + t.rate.At(1)), StartFrame: s.Clean.In, EndFrame: s.Clean.Out,
			Found: s.Found, Plain: s.Plain}
		if s.Found {
			if err := t.source(&row, s); err != nil {
				return nil, err
			}
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// source fills in where a shot is from.
func (t *tracing) source(row *traceRow, s footage.Traced) error {
	e := t.episodes[s.Run.Episode]
	shots, err := t.roll.cat.Effective(t.c.Context, e.ID)
	if err != nil && !errors.Is(err, catalog.ErrNotFound) {
		return inLibrary(err)
	}
	low, high := min(s.First, s.Last), max(s.First, s.Last)+1
	from, to := seconds(s.Run.At(s.Range.Start)), seconds(s.Run.At(s.Range.End))
	speed, seen := math.Round(1000*s.Run.Rate)/1000, math.Round(100*s.Seen)/100
	row.EpisodeID, row.Episode, row.Path, row.FPS = e.ID, episodeName(e), e.Path, e.Rate.String()
	row.From, row.To, row.FromFrame, row.ToFrame, row.Speed = &from, &to, &low, &high, &speed
	row.Reversed, row.Mirrored, row.Cropped, row.Exact = s.Run.Rate < 0, s.Mirrored, s.Cropped, s.Exact
	if s.Exact {
		row.Seen, row.Also = &seen, s.Also
		if s.Latest > s.Earliest {
			row.Earliest, row.Latest = &s.Earliest, &s.Latest
		}
	}
	if i := shownAt(shots, s.Run.At((s.Range.Start+s.Range.End)/2)); i >= 0 {
		row.ID, row.hit = shotID(shots[i]), shots[i]
	}
	return nil
}

// counted is a number of things in words; anime are as many as they are one.
func counted(n int, what string) string {
	if n != 1 && what != "anime" {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}
