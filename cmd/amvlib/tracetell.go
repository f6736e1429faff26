package main

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"
	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"github.com/amvlib/amvlib/sheet"
	"github.com/amvlib/amvlib/storyboard"
	"github.com/amvlib/amvlib/timecode"
	"github.com/amvlib/amvlib/timeline"
)

func itoa(n int) string { return strconv.Itoa(n) }

// table prints a shot a line: where it is in the video, and where it is from.
func (t *tracing) table(rows []traceRow) error {
	w := t.c.App.Writer
	i := inkFor(w)
	tab := newTable(w, column{right: true}, column{right: true}, column{right: true}, column{least: leastText, rank: 1}, column{right: true}, column{}, column{rank: 2})
	for _, r := range rows {
		long := fmt.Sprintf("%.2f s", timecode.Time(r.End-r.Start).Seconds())
		switch {
		case r.Found:
			tab.row(itoa(r.Shot), timecode.Time(r.Start).String(), long, clean(r.Episode), timecode.Time(*r.From).String(), r.ID, i.dim(r.how()))
		case r.Plain:
			tab.row(itoa(r.Shot), timecode.Time(r.Start).String(), long, i.dim("plain"), "", "", "")
		default:
			tab.row(itoa(r.Shot), timecode.Time(r.Start).String(), long, i.bold("unknown"), "", "", "")
		}
	}
	return tab.print(w)
}

// how says what was done to a shot.
func (r *traceRow) how() string {
	var all []string
	switch speed := math.Abs(*r.Speed); {
	case speed == 0:
		all = append(all, "frozen")
	case math.Abs(speed-1) > .011:
		all = append(all, fmt.Sprintf("%.3g times as fast", speed))
	}
	for _, k := range []struct {
		is   bool
		what string
	}{{r.Reversed, "backwards"}, {r.Mirrored, "mirrored"}, {r.Cropped, "a part of the frame"}, {!r.Exact, "about there: its file was not looked at"}} {
		if k.is {
			all = append(all, k.what)
		}
	}
	if r.Latest != nil && *r.Latest-*r.Earliest > hardly {
		all = append(all, fmt.Sprintf("hardly moves: may begin at any of %d frames", *r.Latest-*r.Earliest+1))
	}
	if len(r.Also) > 0 {
		all = append(all, fmt.Sprintf("the same again from frame %s on", frameList(r.Also)))
	}
	return strings.Join(all, ", ")
}

// frameList is some frames in words.
func frameList(all []int64) string {
	var text []string
	for _, n := range all {
		text = append(text, strconv.FormatInt(n, 10))
	}
	return strings.Join(text, ", ")
}

// hardly is how many frames may look alike without a word: to a frame or two nobody minds.
const hardly = 2

// credit is what was used of an anime, or of one of its episodes.
type credit struct {
	name     string
	used     timecode.Time
	episodes []*credit
}

// credits prints what was used, the longest first.
func (t *tracing) credits() error {
	var all []*credit
	of := func(list *[]*credit, name string) *credit {
		i := slices.IndexFunc(*list, func(c *credit) bool { return c.name == name })
		if i < 0 {
			i = len(*list)
			*list = append(*list, &credit{name: name})
		}
		return (*list)[i]
	}
	unknown := timecode.Time(0)
	for _, s := range t.shots {
		long := s.Range.Length() + t.rate.At(1)
		switch {
		case s.Found:
			e := t.episodes[s.Run.Episode]
			anime := of(&all, e.Name.Source)
			episode := of(&anime.episodes, episodeName(e))
			anime.used, episode.used = anime.used+long, episode.used+long
		case !s.Plain:
			unknown += long
		}
	}
	byUse := func(a, b *credit) int { return cmp.Or(cmp.Compare(b.used, a.used), strings.Compare(a.name, b.name)) }
	slices.SortFunc(all, byUse)
	w := t.c.App.Writer
	for _, a := range all {
		if _, err := fmt.Fprintf(w, "%s: %.1f s\n", clean(a.name), a.used.Seconds()); err != nil {
			return err
		}
		slices.SortFunc(a.episodes, byUse)
		for _, e := range a.episodes {
			if e.name == a.name { // a film
				continue
			}
			if _, err := fmt.Fprintf(w, "   %s: %.1f s\n", clean(e.name), e.used.Seconds()); err != nil {
				return err
			}
		}
	}
	if unknown > 0 {
		_, err := fmt.Fprintf(w, "unknown: %.1f s\n", unknown.Seconds())
		return err
	}
	return nil
}

// write writes the files that are asked for.
func (t *tracing) write(out *outputs, rows []traceRow) error {
	if len(out.targets) > 0 {
		if err := out.timeline(t.c, t.timeline(rows)); err != nil {
			return err
		}
	}
	if path := t.c.String("html"); path != "" {
		return out.file(t.c, path, func(w io.Writer) error { return sheet.WritePairs(t.c.Context, w, t.pairs(rows)) })
	}
	return nil
}

// pairs are the shots as a page shows them.
func (t *tracing) pairs(rows []traceRow) sheet.Pairs {
	p := sheet.Pairs{Title: fileTitle(t.path)}
	thumb := func(r *traceRow) []byte { // of a shot whose file was not looked at
		jpeg, err := t.roll.cat.Thumb(t.c.Context, r.EpisodeID, r.hit.Number)
		if err != nil {
			return nil
		}
		return jpeg
	}
	for i, r := range rows {
		s := t.shots[i]
		pair := sheet.Pair{Shot: r.Shot, At: timecode.Time(r.Start), Length: timecode.Time(r.End - r.Start), Picture: s.Picture, Footage: s.Footage, Plain: r.Plain}
		if r.Found {
			pair.Episode, pair.From, pair.ID, pair.Frame, pair.How = t.episodes[r.EpisodeID], timecode.Time(*r.From), r.ID, *r.FromFrame, r.how()
			if pair.Footage == nil {
				pair.Footage = thumb(&r)
			}
		}
		p.Pairs = append(p.Pairs, pair)
	}
	return p
}

// timeline is the footage that was found, where it is in the video.
func (t *tracing) timeline(rows []traceRow) *timeline.Timeline {
	var parts []storyboard.Part
	origin := t.shots[0].Range.Start
	for i, r := range rows {
		s := t.shots[i]
		p := storyboard.Part{Record: timecode.Span{In: t.rate.Frame(s.Range.Start - origin), Out: t.rate.Frame(s.Range.End-origin) + 1}}
		switch {
		case r.Found:
			p.Episode, p.In, p.Speed = t.episodes[r.EpisodeID], *r.FromFrame, *r.Speed
			if math.Abs(p.Speed) < frozen {
				p.Speed = frozen
			}
			p.Note = strings.TrimSuffix(fmt.Sprintf("%s, shot %d: %s", r.Episode, r.hit.Number, r.how()), ": ")
		case !r.Plain:
			p.Note = fmt.Sprintf("unknown: shot %d of %s", r.Shot, fileName(t.path))
		}
		parts = append(parts, p)
	}
	return storyboard.FromParts(cmp.Or(t.c.String("name"), fileTitle(t.path)), parts, t.rate)
}

// frozen is the speed of a picture that stands still, for formats in which none is the usual one.
const frozen = 0.001

// traceBar is progress: first over the video, then over its shots. Nothing is drawn where nobody looks.
type traceBar struct {
	p     *mpb.Progress
	video *mpb.Bar
	found *mpb.Bar
}

func newTraceBar(c *cli.Context, long timecode.Time) *traceBar {
	b := &traceBar{}
	if !isTerminal(c.App.ErrWriter) {
		return b
	}
	b.p = mpb.New(mpb.WithOutput(c.App.ErrWriter), mpb.WithWidth(30))
	b.video = b.p.AddBar(max(1, int64(long)), mpb.PrependDecorators(decor.Name("reading ")), mpb.AppendDecorators(decor.Percentage(), decor.Name(" "),
		decor.AverageETA(decor.ET_STYLE_GO)))
	return b
}

func (b *traceBar) at(t timecode.Time) {
	if b.p != nil {
		b.video.SetCurrent(int64(t))
	}
}

func (b *traceBar) shots(done, of int) {
	if b.p == nil {
		return
	}
	if b.found == nil {
		b.video.SetTotal(-1, true)
		b.found = b.p.AddBar(int64(of), mpb.PrependDecorators(decor.Name("looking ")), mpb.AppendDecorators(decor.CountersNoUnit("%d/%d shots"),
			decor.Name(" "), decor.AverageETA(decor.ET_STYLE_GO)))
	}
	b.found.SetCurrent(int64(done))
}

func (b *traceBar) close() {
	if b.p == nil {
		return
	}
	for _, bar := range []*mpb.Bar{b.video, b.found} {
		if bar != nil {
			bar.Abort(true)
		}
	}
	b.p.Wait()
	b.p = nil
}
