package subtitles

import (
	"errors"
	"fmt"
	"slices"

	"github.com/amvlib/amvlib/timecode"
)

// ErrUnknown is returned for bytes in which no known format has anything to read.
var ErrUnknown = errors.New("no subtitles or lyrics that can be read")

// ErrTooLarge is returned for more bytes than any subtitle file has; nothing of them is read.
var ErrTooLarge = errors.New("larger than 64 MB, too large for a subtitle file")

const (
	maxBytes   = 64 << 20
	maxLines   = 200_000
	maxLine    = 1 << 20 // bytes of one physical line, and of one cue
	maxSkipped = 100     // notes kept; the rest is counted
	maxTime    = 100 * 3600 * timecode.Second

	// guessedLength is how long a line is up whose end is missing or lies before its start.
	guessedLength = 3 * timecode.Second
)

// Document is what one subtitle or lyrics file says.
type Document struct {
	Lines   []Line `json:"lines"`   // by start; lines with one start keep the file's order, so that of a translation pair the first is the main one
	Format  string `json:"format"`  // what it was read as: "srt", "ass", "vtt", "ttml", "sami", "stl", "microdvd", "mpl2", "tmplayer", "subviewer", "lrc", "ultrastar", "txt"
	Charset string `json:"charset"` // what it was written in, by its IANA name: "utf-8", "windows-1250", "shift_jis"

	Lang   string        `json:"lang,omitempty"`   // what the file says of itself, as [ParseLanguage] gives it; "" where it says nothing
	Title  string        `json:"title,omitempty"`  // of a song, or of a script
	Artist string        `json:"artist,omitempty"` // of a song
	Length timecode.Time `json:"length,omitempty"` // of a song, where the file says it; else 0

	Untimed bool     `json:"untimed,omitempty"` // plain lyrics: every line has Start and End 0
	Skipped []string `json:"skipped,omitempty"` // what could not be read, as "line 12: bad time"; at most 100
	Lost    int      `json:"lost,omitempty"`    // how many things could not be read, those in Skipped included
}

// Options are what a file may leave unsaid.
type Options struct {
	Rate   timecode.Rate // of the film, for formats that count frames (MicroDVD); 23.976 where it is not given, and the file's own word goes before
	Length timecode.Time // of the song, so that the last lyric line ends no later; 0 where it is not known
}

// Parse reads data as format, or as whatever it is where format is "" or wrong. Names of formats are those of [FormatOf]; it never
// panics. Errors are [ErrUnknown] where nothing at all is readable and [ErrTooLarge].
func Parse(data []byte, format string) (*Document, error) {
	return ParseWith(data, format, Options{})
}

// ParseWith is [Parse] with what the caller knows about the film or the song.
func ParseWith(data []byte, format string, opt Options) (*Document, error) {
	if len(data) > maxBytes {
		return nil, ErrTooLarge
	}
	if !opt.Rate.Valid() {
		opt.Rate = timecode.Film
	}
	if isEBU(data) {
		return parseEBU(data)
	}
	text, charset := decode(data)
	for name := range readersFor(format, text) {
		p := &parser{text: text, opt: opt, doc: &Document{Format: name, Charset: charset}}
		if formats[name](p); len(p.doc.Lines) > 0 || p.recognised {
			return p.finish(), nil
		}
	}
	return nil, ErrUnknown
}

// parser is one reading of one text as one format.
type parser struct {
	text       string
	opt        Options
	doc        *Document
	recognised bool // the text is surely of this format, even if it holds no lines
}

// add keeps a line if it says anything, mending an end that is no end.
func (p *parser) add(no int, l Line) {
	if l.Text == "" || len(p.doc.Lines) >= maxLines {
		return
	}
	if l.Start < 0 || l.Start > maxTime {
		p.doc.skip(no, "time out of range")
		return
	}
	if l.End <= l.Start && !p.doc.Untimed {
		l.End = l.Start + guessedLength
	}
	l.End = min(l.End, maxTime+guessedLength)
	p.doc.Lines = append(p.doc.Lines, l)
}

// full tells whether reading on is of no use.
func (p *parser) full() bool { return len(p.doc.Lines) >= maxLines }

// skip notes what could not be read.
func (d *Document) skip(no int, why string) {
	if d.Lost++; len(d.Skipped) < maxSkipped {
		d.Skipped = append(d.Skipped, fmt.Sprintf("line %d: %s", no, why))
	}
}

func (p *parser) finish() *Document {
	d := p.doc
	if len(d.Lines) >= maxLines {
		d.skip(0, fmt.Sprintf("more than %d lines, the rest is left out", maxLines))
	}
	slices.SortStableFunc(d.Lines, func(a, b Line) int { return int(max(-1, min(1, a.Start-b.Start))) })
	for i := range d.Lines {
		if d.Lines[i].Lang == "" {
			d.Lines[i].Lang = d.Lang
		}
	}
	return d
}
