package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/ffmpeg"
	"github.com/amvlib/amvlib/footage"
	"github.com/amvlib/amvlib/footage/hashes"
	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/picture"
	"github.com/amvlib/amvlib/timecode"
)

func identifyCommand() *cli.Command {
	return &cli.Command{
		Name:      "identify",
		Usage:     "tell which episode, shot and moment a picture or clip is from",
		UsageText: "amvlib identify [OPTIONS] IMAGE|CLIP...",
		Description: `Looks a screenshot or a short clip up in the library: JPEG, PNG, GIF, WebP and whatever else ffmpeg reads, of any size, also where it
was compressed anew, mirrored, cropped, letterboxed, graded, zoomed a little, or has a logo or subtitles on it. Of a clip the first
minute is looked at.

Prints a place a line, the likeliest first: how sure it is in per cent, the episode, the time, the shot's name EPISODE:SHOT as show
and export take it, whether it is mirrored or a part of the frame, from when to when the very same picture stands where the film
holds it, and which places fit equally well, as those of a loop do. The film itself is decoded around the likeliest places, so the time
of a picture is that of its frame, or of one that shows no less of it. Where nothing there fits as the very frame would, the likeliest
film is watched whole, once for all pictures that are asked for together, which takes as long as decoding it. With --fast, and where the film is not at hand, the library alone
is asked: that is quicker, tells the film as well, and is some tenths of a second off, more where little moves. Says so where a picture
is from nowhere in the library, which is no failure.
Ends with 1 where a file could not be read; the others are looked up all the same.

   amvlib identify screenshot.png
   amvlib identify --fast screenshot.png
   amvlib identify --json --n 5 *.jpg`,
		Flags: []cli.Flag{
			&cli.IntFlag{Name: "n", Value: 3, Usage: "at most `N` places"},
			&cli.BoolFlag{Name: "fast", Usage: "do not decode the films: the time of a picture is a guess"},
			&cli.BoolFlag{Name: "json", Usage: "print JSON Lines (docs/json.md)"},
		},
		Action: identifyAction,
	}
}

func identifyAction(c *cli.Context) error {
	if err := needArgs(c, 1, "a picture or a clip"); err != nil {
		return err
	}
	if c.Int("n") < 1 || c.Int("n") > 100 {
		return usagef("--n is how many places to show, 1 to 100: not %d", c.Int("n"))
	}
	r, err := openRoll(c)
	if err != nil {
		return err
	}
	defer r.close()
	r.openFilms(c)
	failed := false
	for _, name := range c.Args().Slice() {
		found, err := r.identify(c, name)
		switch {
		case c.Context.Err() != nil:
			return c.Context.Err()
		case err != nil && codeOf(err) != exitInput:
			return err
		case err != nil:
			say(c, "amvlib: %s", clean(err.Error()))
			failed = true
			continue
		}
		if err := r.tell(c, name, found); err != nil {
			return err
		}
	}
	if failed {
		return &coded{code: exitInput}
	}
	return nil
}

// roll is a library opened for questions about its pictures.
type roll struct {
	*footage.Footage
	cat  *catalog.Catalog
	view *hashes.View
	told map[int64]bool // episodes whose films cannot be read, as was said
}

func openRoll(c *cli.Context) (*roll, error) {
	cat, _, err := openCatalog(c, true)
	if err != nil {
		return nil, err
	}
	view, err := hashes.Open(c.Context, filepath.Join(cat.Dir(), "hashes"), cat, hashes.Options{Log: logger(c)})
	if err != nil {
		cat.Close()
		return nil, inLibrary(err)
	}
	if why := view.Stale(); why != nil {
		say(c, "amvlib: %v; the answer may lack the newest episodes", why)
	}
	return &roll{footage.New(cat, view), cat, view, map[int64]bool{}}, nil
}

// openFilms lets films be decoded, unless they are not to be or there is nothing to decode them with.
func (r *roll) openFilms(c *cli.Context) {
	if c.Bool("fast") {
		return
	}
	ff, err := tool(c)
	if err != nil {
		say(c, "amvlib: %v; times of pictures are guesses", err)
		return
	}
	r.WithFilms((&opened{ff: ff, options: ffmpeg.Options{Log: logger(c)}}).grays).OnWatch((&watchBar{c: c}).tell)
}

func (r *roll) close() {
	r.view.Close()
	r.cat.Close()
}

// identify reads a file as what its first bytes say that it is.
func (r *roll) identify(c *cli.Context, name string) ([]footage.Sighting, error) {
	kind, err := sniff(name)
	if err != nil {
		return nil, err
	}
	switch kind {
	case picture.JPEG, picture.PNG:
		p, err := readPicture(name)
		if err != nil {
			return nil, err
		}
		found, err := r.Identify(c.Context, p, c.Int("n"))
		return found, inLibrary(err)
	case picture.Foreign:
		ff, err := tool(c)
		if err != nil {
			return nil, err
		}
		img, err := ff.Picture(c.Context, name, picture.MostPixels)
		if err != nil {
			return nil, err
		}
		found, err := r.Identify(c.Context, footage.PictureOf(img), c.Int("n"))
		return found, inLibrary(err)
	case picture.GIF:
		if _, err := readPicture(name); err != nil { // its size is looked at before ffmpeg sees it
			return nil, err
		}
	}
	return r.identifyClip(c, name)
}

func sniff(name string) (picture.Kind, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", &media.Error{Op: "open", Path: name, Err: cause(err)}
	}
	defer f.Close()
	head := make([]byte, picture.SniffLength)
	n, err := io.ReadFull(f, head)
	if n == 0 {
		if errors.Is(err, io.EOF) {
			err = errors.New("it is empty")
		}
		return "", &media.Error{Op: "read", Path: name, Err: cause(err)}
	}
	return picture.Sniff(head[:n]), nil
}

func readPicture(name string) (*footage.Picture, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, &media.Error{Op: "open", Path: name, Err: cause(err)}
	}
	defer f.Close()
	img, err := picture.Read(f)
	if err != nil {
		return nil, &media.Error{Op: "read", Path: name, Err: err, Hint: "a picture of up to 40 megapixels is wanted, whole"}
	}
	return footage.PictureOf(img), nil
}

func (r *roll) identifyClip(c *cli.Context, name string) ([]footage.Sighting, error) {
	ff, err := tool(c)
	if err != nil {
		return nil, err
	}
	src, err := ff.Open(c.Context, name, ffmpeg.Options{Cores: otherCores(), Log: logger(c)})
	if err != nil {
		return nil, err
	}
	clip, err := gatherClip(c.Context, src)
	if err != nil {
		return nil, err
	}
	found, err := r.IdentifyClip(c.Context, clip, c.Int("n"))
	return found, inLibrary(err)
}

func gatherClip(ctx context.Context, src media.Source) (*footage.Clip, error) {
	clip := footage.NewClip(src.Info().Video)
	for packet, err := range src.Packets(ctx) {
		if err != nil {
			return nil, err
		}
		if packet.Frame == nil {
			continue
		}
		if more, err := clip.Add(packet.Frame); err != nil || !more {
			return clip, err
		}
	}
	return clip, nil
}

// tell prints where a file is from.
func (r *roll) tell(c *cli.Context, name string, found []footage.Sighting) error {
	rows := make([]sightingRow, 0, len(found)+1)
	alone := !slices.ContainsFunc(found[min(1, len(found)):], func(s footage.Sighting) bool { return s.Equal })
	for _, s := range found {
		s.Equal = s.Equal && !alone
		row, err := r.row(c.Context, name, s)
		if errors.Is(err, catalog.ErrNotFound) { // forgotten since it was found
			continue
		}
		if err != nil {
			return inLibrary(err)
		}
		rows = append(rows, row)
		r.unread(c, s)
	}
	if c.Bool("json") {
		if len(rows) == 0 {
			rows = append(rows, sightingRow{File: name})
		}
		return jsonLines(c.App.Writer, rows, itself)
	}
	if len(rows) == 0 {
		say(c, "%s: from nowhere in the library, as far as can be told", clean(name))
		return nil
	}
	if c.NArg() > 1 {
		fmt.Fprintln(c.App.Writer, clean(name))
	}
	return sightingsTable(c.App.Writer, rows)
}

// unread says once of an episode that its film could not be looked at.
func (r *roll) unread(c *cli.Context, s footage.Sighting) {
	if s.Unread != nil && !r.told[s.Episode] {
		r.told[s.Episode] = true
		say(c, "amvlib: %s; times in it are guesses", clean(s.Unread.Error()))
	}
}

// sightingRow is a place that a picture may be from, as scripts see it: docs/json.md is its contract.
type sightingRow struct {
	File       string   `json:"file"`
	Confidence float64  `json:"confidence"`
	ID         string   `json:"id,omitempty"`
	EpisodeID  int64    `json:"episode_id,omitempty"`
	Episode    string   `json:"episode,omitempty"`
	Path       string   `json:"path,omitempty"`
	Shot       int      `json:"shot,omitempty"`
	Time       *seconds `json:"time,omitempty"`
	Frame      *int64   `json:"frame,omitempty"`
	ClipStart  *seconds `json:"clip_start,omitempty"` // the stretch of the clip that is there
	ClipEnd    *seconds `json:"clip_end,omitempty"`
	HeldStart  *seconds `json:"held_start,omitempty"` // the very same picture stands from then
	HeldEnd    *seconds `json:"held_end,omitempty"`
	Mirrored   bool     `json:"mirrored,omitempty"`
	Cropped    bool     `json:"cropped,omitempty"`
	Equal      bool     `json:"equal,omitempty"` // fits as well as another
}

func (r *roll) row(ctx context.Context, name string, s footage.Sighting) (sightingRow, error) {
	e, err := r.cat.Episode(ctx, s.Episode)
	if err != nil {
		return sightingRow{}, err
	}
	shots, err := r.cat.Effective(ctx, s.Episode)
	if err != nil {
		return sightingRow{}, err
	}
	at := seconds(s.Time)
	row := sightingRow{File: name, Confidence: math.Round(s.Confidence*1000) / 1000, EpisodeID: e.ID, Episode: episodeName(&e), Path: e.Path,
		Time: &at, Frame: &s.Frame, Mirrored: s.Mirrored, Cropped: s.Cropped, Equal: s.Equal}
	if i := shownAt(shots, s.Time); i >= 0 {
		row.Shot, row.ID = shots[i].Number, shotID(shots[i])
	}
	if s.Held.Length() > 0 {
		from, to := seconds(s.Held.Start), seconds(s.Held.End)
		row.HeldStart, row.HeldEnd = &from, &to
	}
	if s.Run.Matches > 0 {
		from, to := seconds(s.Run.A.Start), seconds(s.Run.A.End)
		row.ClipStart, row.ClipEnd = &from, &to
	}
	return row, nil
}

// shownAt is the index of the shot that is shown at t, or of the nearest; -1 where there is none.
func shownAt(shots []catalog.Shot, t timecode.Time) int {
	best := -1
	for i := range shots {
		if best < 0 || shots[i].Range.Start <= t {
			best = i
		}
	}
	return best
}

func sightingsTable(w io.Writer, rows []sightingRow) error {
	t := newTable(w, column{right: true}, column{least: leastText, rank: 1}, column{right: true}, column{}, column{rank: 2})
	for _, r := range rows {
		t.row(fmt.Sprintf("%.0f %%", 100*r.Confidence), clean(r.Episode), timecode.Time(*r.Time).String(), r.ID, r.how())
	}
	return t.print(w)
}

// how is what is to be said of a place beyond where it is.
func (r sightingRow) how() string {
	var all []string
	if r.Mirrored {
		all = append(all, "mirrored")
	}
	if r.Cropped {
		all = append(all, "a part of the frame")
	}
	if r.Equal {
		all = append(all, "one of several that fit as well")
	}
	if r.HeldStart != nil {
		all = append(all, fmt.Sprintf("stands from %v to %v", timecode.Time(*r.HeldStart), timecode.Time(*r.HeldEnd)))
	}
	return strings.Join(all, ", ")
}
