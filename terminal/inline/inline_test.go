package inline

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"flag"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

var sixelOut = flag.String("sixel", "", "write the sample picture in sixels to this file, for other decoders")

// sample is a picture of hues that change, with hard edges in it.
func sample(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{uint8(255 * x / w), uint8(255 * y / h), uint8(255 - 255*x/w), 255}
			if (x-w/2)*(x-w/2)+(y-h/2)*(y-h/2) < h*h/9 {
				c = color.RGBA{250, 240, 30, 255}
			}
			m.SetRGBA(x, y, c)
		}
	}
	return m
}

func written(t *testing.T, on Terminal, m image.Image, b Box) string {
	t.Helper()
	var out bytes.Buffer
	if err := on.Write(&out, m, b); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// psnr is how near b is to a, in dB.
func psnr(a, b *image.RGBA) float64 {
	sum := 0.
	for y := range a.Rect.Dy() {
		for x := range a.Rect.Dx() {
			p, q := a.RGBAAt(x, y), b.RGBAAt(x, y)
			for _, d := range []float64{float64(p.R) - float64(q.R), float64(p.G) - float64(q.G), float64(p.B) - float64(q.B)} {
				sum += d * d
			}
		}
	}
	return 10 * math.Log10(255*255/(sum/float64(3*a.Rect.Dx()*a.Rect.Dy())+1e-9))
}

// decodeSixel reads what a VT340 does of a sequence: raster, palette, repeats, carriage returns and new lines.
func decodeSixel(t *testing.T, s string) *image.RGBA {
	t.Helper()
	m := regexp.MustCompile(`(?s)^\x1bP0;1q"1;1;(\d+);(\d+)(.*)\x1b\\$`).FindStringSubmatch(s)
	if m == nil {
		t.Fatalf("no sixels: %.60q", s)
	}
	w, _ := strconv.Atoi(m[1])
	h, _ := strconv.Atoi(m[2])
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	palette := map[int]color.RGBA{}
	number := func(text string) (n int, rest string) {
		i := 0
		for i < len(text) && text[i] >= '0' && text[i] <= '9' {
			i++
		}
		n, _ = strconv.Atoi(text[:i])
		return n, text[i:]
	}
	x, y, pen := 0, 0, 0
	for rest := m[3]; rest != ""; {
		c := rest[0]
		rest = rest[1:]
		n := 1
		switch c {
		case '#':
			pen, rest = number(rest)
			var v [4]int
			if !strings.HasPrefix(rest, ";") {
				continue
			}
			for i := range v {
				v[i], rest = number(rest[1:])
			}
			palette[pen] = color.RGBA{uint8(v[1] * 255 / 100), uint8(v[2] * 255 / 100), uint8(v[3] * 255 / 100), 255}
			continue
		case '$':
			x = 0
			continue
		case '-':
			x, y = 0, y+6
			continue
		case '!':
			n, rest = number(rest)
			c, rest = rest[0], rest[1:]
		}
		if c < '?' || c > '~' {
			t.Fatalf("%q is no sixel", c)
		}
		for ; n > 0; n-- {
			for bit := range 6 {
				if (c-'?')>>bit&1 == 1 {
					if x >= w || y+bit >= h {
						t.Fatalf("a pixel outside, at %d, %d", x, y+bit)
					}
					out.SetRGBA(x, y+bit, palette[pen])
				}
			}
			x++
		}
	}
	return out
}

func TestSixel(t *testing.T) {
	for _, size := range []image.Point{{200, 112}, {1, 1}, {37, 5}, {64, 61}} {
		m := sample(size.X, size.Y)
		s := sixel(m)
		if got := decodeSixel(t, s); got.Rect != m.Rect {
			t.Errorf("%v came back as %v", m.Rect, got.Rect)
		} else if db := psnr(m, got); db < 30 {
			t.Errorf("%v: %.1f dB", size, db)
		}
	}
	if *sixelOut != "" {
		if err := os.WriteFile(*sixelOut, []byte(sixel(sample(200, 112))), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestPaletteOfFewColours: what has few colours keeps them.
func TestPaletteOfFewColours(t *testing.T) {
	m := image.NewRGBA(image.Rect(0, 0, 9, 7))
	for i := range 63 {
		m.SetRGBA(i%9, i/9, []color.RGBA{{255, 0, 0, 255}, {0, 0, 0, 255}, {255, 255, 255, 255}}[i%3])
	}
	if got := decodeSixel(t, sixel(m)); !bytes.Equal(got.Pix, m.Pix) {
		t.Error("three colours came back as others")
	}
	if n := len(quantise(m, 255)); n != 3 {
		t.Errorf("%d colours for three", n)
	}
}

var kittyPart = regexp.MustCompile(`\x1b_G([^;\x1b]*);([A-Za-z0-9+/=]*)\x1b\\`)

// decodeKitty joins the parts of a picture.
func decodeKitty(t *testing.T, s string, w, h int) *image.RGBA {
	t.Helper()
	parts := kittyPart.FindAllStringSubmatch(s, -1)
	var data strings.Builder
	for i, p := range parts {
		if last := i == len(parts)-1; len(p[2]) > 4096 || strings.Contains(p[1], "m=0") != last || !strings.Contains(p[1], "q=2") {
			t.Fatalf("part %d of %d: %s, %d characters", i, len(parts), p[1], len(p[2]))
		}
		data.WriteString(p[2])
	}
	packed, err := base64.StdEncoding.DecodeString(data.String())
	if err != nil {
		t.Fatal(err)
	}
	z, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	pixels, err := io.ReadAll(z)
	if err != nil || len(pixels) != 3*w*h {
		t.Fatalf("%d bytes, %v", len(pixels), err)
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		out.SetRGBA(i%w, i/w, color.RGBA{pixels[3*i], pixels[3*i+1], pixels[3*i+2], 255})
	}
	return out
}

func TestKitty(t *testing.T) {
	m := sample(320, 180)
	s := written(t, Terminal{Protocol: Kitty, Cell: Cell{8, 16}}, m, Box{Indent: 4, Rows: 8})
	if !strings.HasPrefix(s, strings.Repeat("\n", 8)+"\x1b[8A\x1b7\x1b[4C\x1b_Ga=T,C=1,c=29,r=8,f=24,o=z,q=2,s=227,v=128,m=1;") || !strings.HasSuffix(s, "\x1b8\x1b[8B\r") {
		t.Errorf("begins %.90q", s)
	}
	got := decodeKitty(t, s, 227, 128)
	if want := scaled(m, place{29, 8, 227, 128}); !bytes.Equal(got.Pix, want.Pix) {
		t.Error("another picture came back")
	}
}

func TestKittyThroughTmux(t *testing.T) {
	s := written(t, Terminal{Protocol: Kitty, Tmux: true}, sample(320, 180), Box{Indent: 2, Rows: 3})
	passed := regexp.MustCompile(`(?s)\x1bPtmux;(.*?[^\x1b])\x1b\\`).FindAllStringSubmatch(s, -1)
	var inner strings.Builder
	for _, p := range passed {
		inner.WriteString(strings.ReplaceAll(p[1], "\x1b\x1b", "\x1b") + "\\")
	}
	unwrapped := strings.ReplaceAll(inner.String(), "\x1b\\\\", "\x1b\\")
	decodeKitty(t, unwrapped, 106, 60)
	id := regexp.MustCompile(`a=T,U=1,i=(\d+),c=11,r=3,`).FindStringSubmatch(unwrapped)
	if id == nil {
		t.Fatalf("begins %.90q", unwrapped)
	}
	n, _ := strconv.Atoi(id[1])
	rows := strings.Split(strings.TrimSuffix(s[strings.LastIndex(s, "\x1b\\")+2:], "\n"), "\n")
	if len(rows) != 3 {
		t.Fatalf("%d rows of placeholders", len(rows))
	}
	for _, row := range rows {
		colour := "  \x1b[38;2;" + strconv.Itoa(n>>16) + ";" + strconv.Itoa(n>>8&255) + ";" + strconv.Itoa(n&255) + "m"
		if !strings.HasPrefix(row, colour) || strings.Count(row, string(placeholder)) != 11 || !strings.HasSuffix(row, "\x1b[39m") || !utf8.ValidString(row) {
			t.Errorf("a row %q", row)
		}
	}
}

func TestITerm(t *testing.T) {
	for _, tmux := range []bool{false, true} {
		s := written(t, Terminal{Protocol: ITerm, Tmux: tmux}, sample(320, 180), Box{Rows: 6})
		if tmux {
			s = strings.ReplaceAll(strings.ReplaceAll(s, "\x1bPtmux;", ""), "\x1b\x1b", "\x1b")
		}
		m := regexp.MustCompile(`\x1b\]1337;File=inline=1;size=(\d+);width=22;height=6;preserveAspectRatio=1:([A-Za-z0-9+/=]+)\a`).FindStringSubmatch(s)
		if m == nil {
			t.Fatalf("%.120q", s)
		}
		data, err := base64.StdEncoding.DecodeString(m[2])
		if err != nil || strconv.Itoa(len(data)) != m[1] {
			t.Fatalf("%d bytes, %s said: %v", len(data), m[1], err)
		}
		if p, err := jpeg.Decode(bytes.NewReader(data)); err != nil || p.Bounds().Dx() != 320 {
			t.Errorf("%v, %v", p, err)
		}
	}
}

func TestFit(t *testing.T) {
	for _, c := range []struct {
		size image.Point
		box  Box
		want place
	}{
		{image.Pt(320, 180), Box{Rows: 9}, place{32, 9, 320, 180}},
		{image.Pt(320, 180), Box{Rows: 9, Columns: 16}, place{16, 5, 160, 90}},
		{image.Pt(10, 1000), Box{Rows: 9}, place{1, 9, 1, 180}},
		{image.Pt(1000, 1), Box{Rows: 2, Columns: 40}, place{40, 1, 400, 1}},
		{image.Pt(1<<20, 1), Box{Rows: 1}, place{410, 1, 4096, 20}},
	} {
		if got := (Terminal{}).fit(c.size, c.box); got != c.want {
			t.Errorf("%v in %v: got %v, want %v", c.size, c.box, got, c.want)
		}
	}
	if s := written(t, Terminal{}, sample(4, 4), Box{Rows: 2}); s != "" {
		t.Errorf("a terminal that takes none got %q", s)
	}
}

func BenchmarkSixel(b *testing.B) {
	m := sample(320, 180)
	for b.Loop() {
		sixel(m)
	}
}
