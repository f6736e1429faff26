package storyboard

import (
	"context"
	"crypto/sha256"
	_ "embed" // the page's parts
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"io"
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
	//go:embed page/page.js
	pageJS string

	page = template.Must(template.New("page").Parse(pageHTML))
)

// policy lets the page show what is in it and do nothing else, even if a title from the library found a way around the escaping.
func policy() string {
	script := sha256.Sum256([]byte(pageJS))
	return "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-" +
		base64.StdEncoding.EncodeToString(script[:]) + "'"
}

// Page writes the storyboard as one HTML file with everything inside, to be looked at, passed on and printed; it names no path of
// this machine. A picture that cannot be read is left out and the page says so. Errors: what w returns, and the context's.
func Page(ctx context.Context, w io.Writer, b *Storyboard, pictures Pictures) error {
	v := &viewer{ctx: ctx, board: b, pictures: pictures, colours: colours(b)}
	all := v.page()
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := page.Execute(w, all); err != nil {
		return fmt.Errorf("write the storyboard page: %w", err)
	}
	return nil
}

var errPicture = errors.New("neither JPEG nor PNG")

// picture is a shot's picture as a data URI, empty where there is none.
func (v *viewer) picture(episode int64, number int) template.URL {
	if v.pictures == nil || v.ctx.Err() != nil {
		return ""
	}
	data, err := v.pictures.Thumb(v.ctx, episode, number)
	kind := imageType(data)
	if err == nil && kind == "" {
		err = errPicture
	}
	if err != nil {
		v.missing++
		v.trouble = err
		return ""
	}
	return template.URL("data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(data))
}

func imageType(data []byte) string {
	switch {
	case len(data) > 3 && string(data[:3]) == "\xff\xd8\xff":
		return "image/jpeg"
	case len(data) > 8 && string(data[:8]) == "\x89PNG\r\n\x1a\n":
		return "image/png"
	}
	return ""
}
