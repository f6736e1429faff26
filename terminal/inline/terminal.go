package inline

import (
	"bytes"
	"fmt"
	"image"
	"io"
	"strings"

	"golang.org/x/image/draw"
)

// Protocol is a way to write pictures.
type Protocol string

// The protocols. None is that of terminals which take none.
const (
	None  Protocol = ""
	Kitty Protocol = "kitty"
	ITerm Protocol = "iterm"
	Sixel Protocol = "sixel"
)

// Terminal is what is known of a terminal.
type Terminal struct {
	Protocol Protocol
	Tmux     bool   // pictures are sent past tmux, which stands between
	Cell     Cell   // what a character takes; zero where the terminal does not say
	Why      string // in words why there is no protocol; empty where there is one
}

// Cell is the size of a character in pixels.
type Cell struct{ Width, Height int }

// usual is the size of a cell where it is not known: 1 to 2, as nearly everywhere.
var usual = Cell{10, 20}

func (c Cell) orUsual() Cell {
	if c.Width <= 0 || c.Height <= 0 {
		return usual
	}
	return c
}

// Box is where a picture goes, in cells: Rows high, as wide as its shape asks for, but no wider than Columns.
type Box struct {
	Indent  int
	Rows    int
	Columns int // 0: however wide
}

// place is a picture's size in cells and pixels.
type place struct{ columns, rows, width, height int }

const most = 4096 // pixels of a side; more is no thumbnail

// fit keeps the shape of a picture inside a box.
func (t Terminal) fit(size image.Point, b Box) place {
	cell := t.Cell.orUsual()
	rows := max(1, b.Rows)
	height := min(rows*cell.Height, most)
	width := max(1, height*size.X/max(1, size.Y))
	if most := b.Columns * cell.Width; b.Columns > 0 && width > most {
		width, height = most, max(1, most*size.Y/max(1, size.X))
	}
	width = min(width, most)
	return place{(width + cell.Width - 1) / cell.Width, (height + cell.Height - 1) / cell.Height, width, height}
}

// Write writes a picture, and leaves the cursor at the beginning of the line below it. A terminal without a protocol gets nothing.
func (t Terminal) Write(w io.Writer, picture image.Image, b Box) error {
	if t.Protocol == None || picture.Bounds().Empty() {
		return nil
	}
	p := t.fit(picture.Bounds().Size(), b)
	body, err := t.body(picture, p, b.Indent)
	if err == nil {
		_, err = w.Write(body)
	}
	if err != nil {
		return fmt.Errorf("write a picture to the terminal: %w", err)
	}
	return nil
}

func (t Terminal) body(picture image.Image, p place, indent int) ([]byte, error) {
	var out bytes.Buffer
	if t.Protocol == Kitty && t.Tmux {
		err := placeholders(&out, picture, p, indent)
		return out.Bytes(), err
	}
	out.WriteString(strings.Repeat("\n", p.rows))
	fmt.Fprintf(&out, "\x1b[%dA\x1b7", p.rows)
	if indent > 0 {
		fmt.Fprintf(&out, "\x1b[%dC", indent)
	}
	if err := t.sequence(&out, picture, p); err != nil {
		return nil, err
	}
	fmt.Fprintf(&out, "\x1b8\x1b[%dB\r", p.rows)
	return out.Bytes(), nil
}

// sequence writes the picture itself.
func (t Terminal) sequence(out *bytes.Buffer, picture image.Image, p place) error {
	send := func(s string) { out.WriteString(t.past(s)) }
	switch t.Protocol {
	case Kitty:
		return kitty(send, scaled(picture, p), fmt.Sprintf("a=T,C=1,c=%d,r=%d", p.columns, p.rows))
	case ITerm:
		return iterm(send, picture, p)
	default:
		send(sixel(scaled(picture, p)))
		return nil
	}
}

// past wraps a sequence so that tmux hands it on.
func (t Terminal) past(s string) string {
	if !t.Tmux {
		return s
	}
	return throughTmux(s)
}

func throughTmux(s string) string {
	return "\x1bPtmux;" + strings.ReplaceAll(s, "\x1b", "\x1b\x1b") + "\x1b\\"
}

// scaled is a picture at the size at which it is shown, without what was transparent.
func scaled(picture image.Image, p place) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, p.width, p.height))
	draw.Draw(out, out.Bounds(), image.Black, image.Point{}, draw.Src)
	draw.CatmullRom.Scale(out, out.Bounds(), picture, picture.Bounds(), draw.Over, nil)
	return out
}
