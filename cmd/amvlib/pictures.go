package main

import (
	"bytes"
	"context"
	"image/jpeg"
	"io"
	"os"
	"slices"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/proc"
	"github.com/amvlib/amvlib/search"
	"github.com/amvlib/amvlib/terminal/inline"
)

const (
	pictureRows   = 8 // lines of the screen
	pictureIndent = 4
	findOut       = "auto"
)

// pictureFlag may stand alone, or name the way in which pictures are written.
type pictureFlag struct{ *cli.GenericFlag }

// TakesValue keeps the word behind it from being taken for one.
func (pictureFlag) TakesValue() bool { return false }

func newPictureFlag() cli.Flag {
	return pictureFlag{&cli.GenericFlag{Name: "pictures", Value: new(pictureWish),
		Usage: "show pictures on terminals that can: kitty, iTerm2, or any with sixels; --pictures=kitty, =iterm and =sixel do not ask it"}}
}

// pictureWish is what --pictures says: nothing, findOut, or a protocol.
type pictureWish string

// Set takes everything; what is no protocol is told later, in better words than package flag has.
func (p *pictureWish) Set(value string) error {
	switch value {
	case "true", "on", "yes":
		value = findOut
	case "false", "off", "no":
		value = ""
	}
	*p = pictureWish(value)
	return nil
}

func (p *pictureWish) String() string { return string(*p) }

// Get is for package cli.
func (p *pictureWish) Get() any { return string(*p) }

// IsBoolFlag lets the flag stand alone.
func (p *pictureWish) IsBoolFlag() bool { return true }

// picturesWanted is what --pictures says where there is such a flag.
func picturesWanted(c *cli.Context) string {
	if p, ok := c.Generic("pictures").(*pictureWish); ok && p != nil {
		return string(*p)
	}
	return ""
}

func knownPictures(wish string) bool {
	return slices.Contains([]string{"", findOut, string(inline.Kitty), string(inline.ITerm), string(inline.Sixel)}, wish)
}

// easel shows the pictures of shots; a nil easel shows none.
type easel struct {
	ctx      context.Context
	cat      *catalog.Catalog
	terminal inline.Terminal
	columns  int
}

// newEasel is nil where no pictures are wanted, or none can be shown, of which it says a word.
func newEasel(c *cli.Context, cat *catalog.Catalog) *easel {
	wish, out := picturesWanted(c), c.App.Writer
	if wish == "" || wish == findOut && !isTerminal(out) {
		return nil
	}
	var t inline.Terminal
	if isTerminal(out) {
		t = inline.Detect(surroundings(c.Context))
	}
	if wish != findOut {
		t = inline.Terminal{Protocol: inline.Protocol(wish), Cell: t.Cell, Tmux: os.Getenv("TMUX") != "" && wish != string(inline.Sixel)}
	}
	if t.Protocol == inline.None {
		say(c, "no pictures: %s", t.Why)
		return nil
	}
	e := &easel{ctx: c.Context, cat: cat, terminal: t}
	if width := screenWidth(out); width > 0 {
		e.columns = max(1, width-pictureIndent-1)
	}
	return e
}

func surroundings(ctx context.Context) inline.Surroundings {
	return inline.Surroundings{Getenv: os.Getenv, Ask: inline.Ask, Tmux: func(format string) string { return askTmux(ctx, format) }}
}

// askTmux is empty where tmux does not answer.
func askTmux(ctx context.Context, format string) string {
	path, err := proc.Find("tmux")
	if err != nil {
		return ""
	}
	answer, err := proc.Run(ctx, proc.Command{Path: path, Args: []string{"display-message", "-p", format}, Limit: 2 * time.Second}, 4096)
	if err != nil {
		return ""
	}
	return string(answer)
}

// draw writes the picture of a shot. One that is not there, or cannot be read, is left out: the words are what was asked for.
func (e *easel) draw(w io.Writer, s catalog.Shot) error {
	data, err := e.cat.Thumb(e.ctx, s.Episode, s.Number)
	if err != nil {
		return nil //nolint:nilerr // a hit without a picture is a hit
	}
	picture, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		return nil //nolint:nilerr // as above
	}
	return e.terminal.Write(w, picture, inline.Box{Indent: pictureIndent, Rows: pictureRows, Columns: e.columns})
}

// drawn is what a table draws below the first line of a hit; nil for nothing.
func (e *easel) drawn(h search.Hit) func(io.Writer) error {
	if e == nil {
		return nil
	}
	return func(w io.Writer) error { return e.draw(w, h.Shot) }
}
