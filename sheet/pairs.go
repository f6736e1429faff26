package sheet

import (
	"context"
	_ "embed" // the page's parts
	"fmt"
	"html/template"
	"io"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/page"
	"github.com/amvlib/amvlib/timecode"
)

// Pairs is a finished video beside the footage that it is made of.
type Pairs struct {
	Title string
	Pairs []Pair
}

// Pair is one shot of the video, and the footage that it shows.
type Pair struct {
	Shot             int
	At, Length       timecode.Time    // in the video
	Picture, Footage []byte           // JPEG or PNG; the page says so where there is none
	Episode          *catalog.Episode // nil where it is not known
	From             timecode.Time    // where in the episode
	Frame            int64            // the same as a frame
	ID               string           // of the library's shot
	How              string           // what was done to it
	Plain            bool             // black, white or the like
}

var (
	//go:embed pairs.html
	pairsHTML string
	//go:embed pairs.css
	pairsCSS string

	pairsLayout = page.New("pairs", pairsHTML)
)

type pairsView struct {
	Policy, Title string
	Style         template.CSS
	Script        template.JS
	Facts         []fact
	Pairs         []pairView
}

type pairView struct {
	Shot                                 int
	At, Length, From, Copy, ID, How      string
	Source, Episode, Unknown, Alt, Other string
	Colour                               template.CSS
	Picture, Footage                     template.URL
}

// WritePairs writes a page with a picture of every shot beside one of its footage. Errors: what w returns, and the context's.
func WritePairs(ctx context.Context, w io.Writer, p Pairs) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	script := page.CopyScript()
	v := &pairsView{Policy: page.Policy(script), Title: page.Plain(p.Title), Style: template.CSS(sheetCSS + page.CardsStyle() + lateCSS + pairsCSS),
		Script: template.JS(script)}
	on := &writer{colours: map[string]template.CSS{}}
	sources, found, unknown := map[string]bool{}, 0, 0
	for _, one := range p.Pairs {
		v.Pairs = append(v.Pairs, on.pair(one))
		switch {
		case one.Episode != nil:
			sources[one.Episode.Name.Source] = true
			found++
		case !one.Plain:
			unknown++
		}
	}
	v.Facts = []fact{{"shots", fmt.Sprint(len(p.Pairs))}, {"found", fmt.Sprint(found)}, {"unknown", fmt.Sprint(unknown)}, {"anime", fmt.Sprint(len(sources))}}
	if err := pairsLayout.Execute(w, v); err != nil {
		return fmt.Errorf("write the page of pairs: %w", err)
	}
	return nil
}

func (w *writer) pair(p Pair) pairView {
	v := pairView{Shot: p.Shot, At: p.At.String(), Length: fmt.Sprintf("%.1f s", p.Length.Seconds()), Colour: "var(--edge)", Alt: fmt.Sprintf("Shot %d", p.Shot)}
	v.Picture, _ = page.Picture(p.Picture) // "no picture" stands for what is none
	v.Footage, _ = page.Picture(p.Footage)
	if p.Episode == nil {
		if v.Unknown = "unknown footage"; p.Plain {
			v.Unknown = "plain: black, white or the like"
		}
		return v
	}
	name := page.Plain(episodeName(p.Episode))
	v.Source, v.Episode, v.Other = page.Plain(p.Episode.Name.Source), name, "The footage: "+name
	v.From, v.ID, v.How = p.From.String(), p.ID, page.Plain(p.How)
	v.Copy, v.Colour = name+" "+p.Episode.Rate.Timecode(p.Frame), w.colour(p.Episode.Name.Source)
	return v
}
