package storyboard

import (
	"context"
	"fmt"
	"html/template"
	"strings"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/page"
	"github.com/amvlib/amvlib/search"
	"github.com/amvlib/amvlib/timecode"
)

// viewer puts a storyboard into the words of the page.
type viewer struct {
	ctx      context.Context
	board    *Storyboard
	pictures Pictures
	colours  map[string]template.CSS // by source
	missing  int                     // pictures
	trouble  error                   // why the last of them is missing
}

type pageView struct {
	Policy, Title, Artist string
	Style                 template.CSS
	Script                template.JS
	Facts                 []factView
	Ticks                 []tickView
	Shares                []shareView
	Notes                 []string
	Sections              []sectionView
}

type factView struct{ Name, Value string }

type tickView struct {
	At   template.CSS
	Name string
}

type shareView struct {
	Name, Percent, Sum string
	Width, Colour      template.CSS
}

type sectionView struct {
	ID, At, Text, Size string
	Pause              bool
	Frames             int64
	Scenes             []page.Card
	Runners            []page.Card
	HoleFrames         int64
	Hole               string
	More               string // how many runners-up there are
}

func (v *viewer) page() *pageView {
	p := &pageView{
		Policy: page.Policy(page.CopyScript()), Style: template.CSS(page.CardsStyle() + pageCSS), Script: template.JS(page.CopyScript()),
		Title: songTitle(&v.board.Song), Artist: page.Plain(v.board.Song.Artist), Ticks: v.ticks(),
	}
	for i := range v.board.Sections {
		p.Sections = append(p.Sections, v.section(i))
	}
	p.Facts, p.Shares = v.facts(), v.shares()
	for _, n := range v.board.Notes {
		p.Notes = append(p.Notes, page.Plain(n))
	}
	if v.missing > 0 {
		p.Notes = append(p.Notes, page.Plain(fmt.Sprintf("%d pictures are missing: %v", v.missing, v.trouble)))
	}
	return p
}

// songTitle falls back on the file's name, of whatever system the path is.
func songTitle(s *Song) string {
	title := s.Title
	if strings.TrimSpace(title) == "" {
		title = s.Path[strings.LastIndexAny(s.Path, `/\`)+1:]
		if dot := strings.LastIndexByte(title, '.'); dot > 0 {
			title = title[:dot]
		}
	}
	if title = page.Plain(title); title == "" {
		return "A song"
	}
	return title
}

func (v *viewer) section(i int) sectionView {
	s := &v.board.Sections[i]
	out := sectionView{ID: fmt.Sprintf("s%d", i+1), Pause: s.Line == nil, Frames: s.Record.Len(), HoleFrames: s.Hole().Len()}
	out.At = clock(v.board.Rate.At(s.Record.In))
	if s.Line != nil {
		out.At, out.Text = clock(s.Line.Start), page.Shorten(page.Plain(s.Line.Text))
	}
	out.Size = v.seconds(s.Record.Len()) + " · " + count(len(s.Scenes), "scene", "scenes")
	if out.HoleFrames > 0 {
		out.Hole = v.seconds(out.HoleFrames)
	}
	for k := range s.Scenes {
		out.Scenes = append(out.Scenes, v.scene(&s.Scenes[k]))
	}
	out.More = "1 more that answers this line"
	if n := len(s.Runners); n > 1 {
		out.More = fmt.Sprintf("%d more that answer this line", n)
	}
	for k := range s.Runners {
		out.Runners = append(out.Runners, v.runner(&s.Runners[k]))
	}
	return out
}

func (v *viewer) scene(s *Scene) page.Card {
	c := v.card(&s.Hit, s.Source)
	c.Origin, c.Why, c.Frames = string(s.Origin), page.Shorten(page.Plain(s.Why))+match(&s.Hit), s.Record.Len()
	c.Length = v.seconds(c.Frames)
	c.Label = fmt.Sprintf("%s: %s of %s", clock(v.board.Rate.At(s.Record.In)), c.Length, page.Plain(episodeName(s.Hit.Episode)))
	return c
}

// runner shows the whole clean range: what could be had.
func (v *viewer) runner(h *search.Hit) page.Card {
	span := cleanSpan(h.Episode, &h.Shot)
	c := v.card(h, span)
	origin, why := because(h)
	c.Origin, c.Why = string(origin), page.Shorten(page.Plain(why))+match(h)
	c.Length = fmt.Sprintf("%.1f s", h.Episode.Rate.At(span.Len()).Seconds())
	return c
}

// match tells how well a hit answers its line, where it was found by words.
func match(h *search.Hit) string {
	if h.Score <= 0 {
		return ""
	}
	return fmt.Sprintf(" · match %.0f\u00a0%%", 100*min(1, h.Score))
}

func (v *viewer) card(h *search.Hit, span timecode.Span) page.Card {
	e := h.Episode
	c := page.Card{
		Source: page.Plain(e.Name.Source), Episode: page.Plain(episodeNumber(e)), Shot: h.Shot.Number,
		Colour: v.colour(e.Name.Source), Picture: v.picture(e.ID, h.Shot.Number),
	}
	c.Time = clock(e.FirstPTS + e.Rate.At(span.In))
	c.Span = fmt.Sprintf("frames %d to %d", span.In, max(span.In, span.Out-1))
	c.Alt = fmt.Sprintf("Shot %d of %s", h.Shot.Number, page.Plain(episodeName(e)))
	c.Copy = page.Plain(episodeName(e)) + " " + e.Rate.Timecode(span.In)
	if h.Line != nil {
		c.Quote = quote(h.Line.Text, h.Marks)
	}
	return c
}

func episodeNumber(e *catalog.Episode) string {
	return strings.TrimSpace(strings.TrimPrefix(episodeName(e), e.Name.Source))
}

// clock is t to a tenth of a second, for people: 1:02.3.
func clock(t timecode.Time) string {
	s := (t / (timecode.Second / 10) * (timecode.Second / 10)).String()
	return s[:len(s)-2]
}

func (v *viewer) seconds(frames int64) string {
	return fmt.Sprintf("%.1f s", v.board.Rate.At(frames).Seconds())
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
