package page

import (
	"crypto/sha256"
	_ "embed" // what pages share
	"encoding/base64"
	"errors"
	"html/template"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	//go:embed cards.css
	cardsCSS string
	//go:embed cards.html
	cardsHTML string
	//go:embed frame.html
	frameHTML string
	//go:embed copy.js
	copyJS string
)

// CardsStyle is the style of cards. It wants the colours --ground, --raised, --edge, --ink, --soft, --faint and --glow of the page.
func CardsStyle() string { return cardsCSS }

// CopyScript lets the buttons of cards copy what stands in their data-copy.
func CopyScript() string { return copyJS }

// New is a page's template. Beside it are "head", how a page with a Policy begins, "facts" for its Facts, each with a Name and a Value, and
// "card" for a [Card].
func New(name, html string) *template.Template {
	t := template.New(name)
	for _, part := range []string{html, frameHTML, cardsHTML} {
		template.Must(t.Parse(part))
	}
	return t
}

// Card is a shot on a page.
type Card struct {
	Source, Episode, Time, Span, Copy, Length string
	Label, Alt, Why                           string
	Origin                                    string // a class of the reason
	Shot                                      int
	ID                                        string // what else can be copied: the shot's name in the library; may be empty
	Frames                                    int64
	Colour                                    template.CSS
	Picture                                   template.URL
	Quote                                     []Piece
	Notes                                     []string
}

// Policy lets a page with this script show what is in it.
func Policy(script string) string {
	sum := sha256.Sum256([]byte(script))
	return "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-" +
		base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// ErrPicture is a picture that no page takes.
var ErrPicture = errors.New("neither JPEG nor PNG")

// Picture is a JPEG or PNG as a data URI.
func Picture(data []byte) (template.URL, error) {
	kind := imageType(data)
	if kind == "" {
		return "", ErrPicture
	}
	return template.URL("data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(data)), nil
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

// Longest is how many runes of a line are shown.
const Longest = 300

// Shorten leaves that much of a text.
func Shorten(s string) string {
	if utf8.RuneCountInString(s) <= Longest {
		return s
	}
	return string([]rune(s)[:Longest]) + "…"
}

// Plain drops what would act on the text around it: control characters, and the marks that turn its direction.
func Plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case unicode.IsControl(r), r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == 0x200E, r == 0x200F, r == 0x061C:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}
