package sheet

import (
	"context"
	_ "embed" // the page's parts
	"fmt"
	"html/template"
	"io"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/page"
	"github.com/amvlib/amvlib/search"
)

// Pictures gives the picture of a shot as JPEG or PNG.
type Pictures interface {
	Thumb(ctx context.Context, episode int64, number int) ([]byte, error)
}

// Sheet is what a page shows.
type Sheet struct {
	Title  string
	Groups []Group
}

// Group is one question with its hits. A sheet of one group has no headings.
type Group struct {
	At, Text string // when the line is sung, may be empty; the line
	Hits     []search.Hit
	Trouble  string // why it could not be asked
}

var (
	//go:embed sheet.html
	sheetHTML string
	//go:embed sheet.css
	sheetCSS string
	//go:embed sheet.js
	sheetJS string

	layout = page.New("sheet", sheetHTML)
)

type view struct {
	Policy, Title, Missing string
	Style                  template.CSS
	Script                 template.JS
	Facts                  []fact
	Groups                 []group
	Many                   bool
}

type fact struct{ Name, Value string }

type group struct {
	ID, At, Text, Size, Trouble string
	Cards                       []page.Card
}

// writer puts hits into the words of the page.
type writer struct {
	ctx      context.Context
	pictures Pictures
	known    map[string]template.URL // by shot: one that answers several lines is read once
	missing  int
	colours  map[string]template.CSS
}

// Write writes a sheet. A picture that cannot be read is left out, and the page says so. Errors: what w returns, and the context's.
func Write(ctx context.Context, w io.Writer, s Sheet, pictures Pictures) error {
	on := &writer{ctx: ctx, pictures: pictures, known: map[string]template.URL{}, colours: map[string]template.CSS{}}
	v := on.view(s)
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := layout.Execute(w, v); err != nil {
		return fmt.Errorf("write the page of hits: %w", err)
	}
	return nil
}

func (w *writer) view(s Sheet) *view {
	script := page.CopyScript() + sheetJS
	v := &view{
		Policy: page.Policy(script), Style: template.CSS(sheetCSS + page.CardsStyle() + lateCSS), Script: template.JS(script), Title: page.Plain(s.Title),
		Many: len(s.Groups) > 1,
	}
	hits, sources, episodes := 0, map[string]bool{}, map[int64]bool{}
	for i, g := range s.Groups {
		for k := range g.Hits {
			e := g.Hits[k].Episode
			sources[e.Name.Source], episodes[e.ID] = true, true
		}
		hits += len(g.Hits)
		v.Groups = append(v.Groups, w.group(i, g))
	}
	v.Facts = []fact{{"shots", fmt.Sprint(hits)}, {"anime", fmt.Sprint(len(sources))}, {"episodes", fmt.Sprint(len(episodes))}}
	if v.Many {
		v.Facts = append([]fact{{"lines", fmt.Sprint(len(s.Groups))}}, v.Facts...)
	}
	if w.missing > 0 {
		v.Missing = fmt.Sprintf("%d pictures are missing.", w.missing)
	}
	return v
}

func (w *writer) group(i int, g Group) group {
	out := group{ID: fmt.Sprintf("g%d", i+1), At: g.At, Text: page.Shorten(page.Plain(g.Text)), Trouble: page.Plain(g.Trouble)}
	if out.Size = fmt.Sprintf("%d shots", len(g.Hits)); len(g.Hits) == 1 {
		out.Size = "1 shot"
	}
	for k := range g.Hits {
		out.Cards = append(out.Cards, w.card(&g.Hits[k]))
	}
	return out
}

func (w *writer) picture(s catalog.Shot) template.URL {
	id := shotID(s)
	if url, ok := w.known[id]; ok || w.pictures == nil || w.ctx.Err() != nil {
		return url
	}
	data, err := w.pictures.Thumb(w.ctx, s.Episode, s.Number)
	var url template.URL
	if err == nil {
		url, err = page.Picture(data)
	}
	if err != nil {
		w.missing++
	}
	w.known[id] = url
	return url
}
