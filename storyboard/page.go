package storyboard

import (
	"context"
	_ "embed" // the page's parts
	"fmt"
	"html/template"
	"io"

	"github.com/amvlib/amvlib/page"
)

// Pictures gives the picture of a shot as JPEG or PNG.
type Pictures interface {
	Thumb(ctx context.Context, episode int64, number int) ([]byte, error)
}

var (
	//go:embed page/page.html
	pageHTML string
	//go:embed page/page.css
	pageCSS string

	layout = page.New("page", pageHTML)
)

// Page writes the storyboard as one HTML file with everything inside, to be looked at, passed on and printed; it names no path of
// this machine. A picture that cannot be read is left out and the page says so. Errors: what w returns, and the context's.
func Page(ctx context.Context, w io.Writer, b *Storyboard, pictures Pictures) error {
	v := &viewer{ctx: ctx, board: b, pictures: pictures, colours: colours(b)}
	all := v.page()
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := layout.Execute(w, all); err != nil {
		return fmt.Errorf("write the storyboard page: %w", err)
	}
	return nil
}

// picture is a shot's picture as a data URI, empty where there is none.
func (v *viewer) picture(episode int64, number int) template.URL {
	if v.pictures == nil || v.ctx.Err() != nil {
		return ""
	}
	data, err := v.pictures.Thumb(v.ctx, episode, number)
	var url template.URL
	if err == nil {
		url, err = page.Picture(data)
	}
	if err != nil {
		v.missing++
		v.trouble = err
	}
	return url
}
