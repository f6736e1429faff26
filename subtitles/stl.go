package subtitles

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/asticode/go-astisub"

	"github.com/amvlib/amvlib/timecode"
)

// EBU STL (Tech 3264): a header of 1024 bytes (GSI), then blocks of 128 (TTI), one cue or a piece of one each.
const (
	gsiSize = 1024
	ttiSize = 128

	lastPiece = 0xff // extension block number of the block that ends a cue
	userData  = 0xfe
)

// isEBU tells EBU STL by its disk format code, "STL25.01".
func isEBU(data []byte) bool {
	return len(data) >= gsiSize && bytes.HasPrefix(data[3:], []byte("STL")) && data[8] == '.'
}

var ebuRates = map[string]timecode.Rate{
	"STL23": timecode.Film, "STL24": timecode.Cinema, "STL25": timecode.PAL, "STL29": timecode.NTSC, "STL30": timecode.Thirty,
	"STL50": timecode.PALFull, "STL60": timecode.Sixty,
}

var ebuCharsets = map[string]string{"00": "iso_6937", "01": "iso-8859-5", "02": "iso-8859-6", "03": "iso-8859-7", "04": "iso-8859-8"}

type ebu struct {
	p      *parser
	gsi    []byte
	rate   timecode.Rate
	origin timecode.Time // of the programme's clock
	text   strings.Builder
	number [3]byte // group and number of the cue that text belongs to
}

// parseEBU reads the times here and has go-astisub decode the text, block by block: given the whole file it fails at a date or a
// control code that is out of place.
func parseEBU(data []byte) (*Document, error) {
	e := &ebu{p: &parser{doc: &Document{Format: "stl"}}, gsi: mendedGSI(data[:gsiSize])}
	e.p.doc.Charset = ebuCharsets[string(e.gsi[12:14])]
	if e.rate = ebuRates[string(data[3:8])]; !e.rate.Valid() {
		e.rate = timecode.PAL
	}
	blocks := data[gsiSize:]
	e.origin = e.programme(data[256:264], blocks)
	for n := 1; len(blocks) >= ttiSize && !e.p.full(); n++ {
		e.block(n, blocks[:ttiSize])
		blocks = blocks[ttiSize:]
	}
	if rest := bytes.Trim(blocks, "\x00\x1a\x8f "); len(rest) > 0 && len(blocks) < ttiSize {
		e.p.doc.skip(len(data)/ttiSize, "cut short")
	}
	return e.p.finish(), nil
}

// mendedGSI is the header with every field blank that astisub may stumble over and that no text depends on.
func mendedGSI(gsi []byte) []byte {
	out := bytes.Repeat([]byte{' '}, gsiSize)
	copy(out, gsi[:14])
	copy(out[3:], "STL25.010") // open subtitles: as teletext, text before a start box would be dropped
	if _, ok := ebuCharsets[string(gsi[12:14])]; !ok {
		copy(out[12:], "00")
	}
	return out
}

// programme is the programme's first timecode, 10:00:00:00 by custom, which cues count from. Some files name one that their cues
// do not keep to; they count from 0.
func (e *ebu) programme(field, blocks []byte) timecode.Time {
	n := number(strings.TrimSpace(string(field)))
	origin, ok := e.time([]byte{byte(n / 1_000_000), byte(n / 10_000 % 100), byte(n / 100 % 100), byte(n % 100)})
	for ; ok && len(blocks) >= ttiSize; blocks = blocks[ttiSize:] {
		if first, fine := e.time(blocks[5:9]); fine && blocks[3] != userData && blocks[15] == 0 {
			ok = first >= origin
		}
	}
	if !ok {
		return 0
	}
	return origin
}

func (e *ebu) block(n int, b []byte) {
	const comment = 15
	if b[3] == userData || b[comment] != 0 {
		return
	}
	text, err := e.decode(b)
	if err != nil {
		e.p.doc.skip(n, "block cannot be decoded")
		return
	}
	if number := [3]byte(b[:3]); number != e.number {
		e.number = number
		e.text.Reset()
	}
	if e.text.Len() < sniffed {
		e.text.WriteString(text)
	}
	if b[3] != lastPiece {
		return
	}
	e.take(n, b)
}

// take keeps the cue that a block completes.
func (e *ebu) take(n int, b []byte) {
	start, ok1 := e.time(b[5:9])
	end, ok2 := e.time(b[9:13])
	text := tidy(e.text.String())
	e.text.Reset()
	if !ok1 {
		e.p.doc.skip(n, "bad time")
		return
	}
	if !ok2 {
		end = 0
	}
	e.p.add(n, Line{Start: start - e.origin, End: end - e.origin, Text: text, Kind: webKind("", text)})
}

// time reads hours, minutes, seconds and frames, a byte each.
func (e *ebu) time(b []byte) (timecode.Time, bool) {
	base := e.rate.Timebase()
	seconds := (int64(b[0])*60+int64(b[1]))*60 + int64(b[2])
	return e.rate.At(seconds*base + int64(b[3])), b[0] < 24 && b[1] < 60 && b[2] < 60 && int64(b[3]) < base
}

// decode has go-astisub read the text of one block.
func (e *ebu) decode(b []byte) (text string, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("go-astisub gave up: %v", r)
		}
	}()
	file := append(bytes.Clone(e.gsi), b...)
	mendText(file[gsiSize+16:])
	subs, err := astisub.ReadFromSTL(bytes.NewReader(file), astisub.STLOptions{IgnoreTimecodeStartOfProgramme: true})
	if err != nil || len(subs.Items) != 1 {
		return "", fmt.Errorf("%d cues in one block: %w", len(subs.Items), err)
	}
	return edges(b[16:], rows(subs.Items[0])), nil
}

// edges gives text back the blanks at its ends, which astisub trims, for it may go on in the next block.
func edges(raw []byte, text string) string {
	raw = bytes.TrimRight(raw, "\x8f")
	if bytes.HasPrefix(raw, []byte(" ")) {
		text = " " + text
	}
	if bytes.HasSuffix(raw, []byte(" ")) {
		text += " "
	}
	return text
}

// mendText ends a block's text at its filler, and blanks the teletext controls, which take a column each.
func mendText(text []byte) {
	if i := bytes.IndexByte(text, 0x8f); i >= 0 {
		copy(text[i:], bytes.Repeat(text[i:i+1], len(text)-i))
	}
	for i, c := range text {
		if c < 0x20 {
			text[i] = ' '
		}
	}
}

// rows is a cue's text; a change of colour takes the place of a blank.
func rows(item *astisub.Item) string {
	var b strings.Builder
	for i, l := range item.Lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		for j, li := range l.Items {
			if j > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(li.Text)
		}
	}
	return b.String()
}
