package subtitles

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
)

// decode turns a file into text and names the charset it was in. Marks go before everything, then UTF-16 by its zeros, then UTF-8 by
// its shape, and the rest by what reads most like a language.
func decode(data []byte) (text, charset string) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe\x00\x00")):
		return wide32(data[4:], binary.LittleEndian), "utf-32le"
	case bytes.HasPrefix(data, []byte("\x00\x00\xfe\xff")):
		return wide32(data[4:], binary.BigEndian), "utf-32be"
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return wide(data[2:], binary.LittleEndian), "utf-16le"
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return wide(data[2:], binary.BigEndian), "utf-16be"
	}
	if order, name := zeros(data); order != nil {
		return wide(data, order), name
	}
	if bytes.Contains(data, []byte("\x1b$B")) || bytes.Contains(data, []byte("\x1b$@")) {
		return string(transcode(data, encodings["iso-2022-jp"])), "iso-2022-jp"
	}
	if utf8.Valid(data) {
		return string(data), "utf-8"
	}
	return mixed(cutLines(data))
}

// cutLines shortens lines that no subtitle has before they are decoded, and leaves all other data as it is.
func cutLines(data []byte) []byte {
	var out []byte
	for start, at := 0, 0; ; {
		n := bytes.IndexAny(data[at:], "\r\n")
		if n < 0 {
			n = len(data) - at
		}
		if n > maxLine {
			out = append(out, data[start:at+maxLine]...)
			start = at + n
		}
		if at += n + 1; at >= len(data) {
			if out == nil {
				return data
			}
			return append(out, data[min(start, len(data)):]...)
		}
	}
}

// zeros finds UTF-16 without a mark: every timed text is full of digits and line ends, whose other byte is 0.
func zeros(data []byte) (binary.ByteOrder, string) {
	var even, odd int
	head := data[:min(len(data), sniffed)&^1]
	for i := 0; i < len(head); i += 2 {
		if head[i] == 0 {
			even++
		}
		if head[i+1] == 0 {
			odd++
		}
	}
	switch few := len(head) / 20; { // a tenth of the pairs
	case odd > few && even*8 < odd:
		return binary.LittleEndian, "utf-16le"
	case even > few && odd*8 < even:
		return binary.BigEndian, "utf-16be"
	}
	return nil, ""
}

func wide(data []byte, order binary.ByteOrder) string {
	var b strings.Builder
	b.Grow(len(data)/2 + 16)
	for len(data) >= 2 {
		r := rune(order.Uint16(data))
		if data = data[2:]; utf16.IsSurrogate(r) && len(data) >= 2 {
			if pair := utf16.DecodeRune(r, rune(order.Uint16(data))); pair != utf8.RuneError {
				r, data = pair, data[2:]
			}
		}
		b.WriteRune(r)
	}
	return b.String()
}

func wide32(data []byte, order binary.ByteOrder) string {
	var b strings.Builder
	for ; len(data) >= 4; data = data[4:] {
		r := order.Uint32(data)
		b.WriteRune(rune(min(r, 0x110000))) // beyond is no rune and becomes U+FFFD
	}
	return b.String()
}

// mixed decodes what is not all UTF-8. A file that mostly is was damaged, or pasted together: each of its lines speaks for itself,
// so that one flipped bit costs one character. Else the file is in one legacy charset.
func mixed(data []byte) (text, charset string) {
	sample, sound := legacyLines(data)
	charset = detect(sample)
	legacy := encodings[charset]
	if sound < len(sample) {
		return string(transcode(data, legacy)), charset
	}
	var b strings.Builder
	b.Grow(len(data) + len(data)/8)
	for len(data) > 0 {
		line := data
		if i := bytes.IndexByte(data, '\n'); i >= 0 {
			line = data[:i+1]
		}
		if data = data[len(line):]; isLegacy(line) {
			line = transcode(line, legacy)
		}
		b.WriteString(strings.ToValidUTF8(string(line), "\ufffd"))
	}
	return b.String(), "utf-8"
}

// sampled is how many bytes a charset is judged by, in lines that show it.
const sampled = 16 << 10

// legacyLines collects the lines that cannot be UTF-8 and counts the bytes of those that are and show it.
func legacyLines(data []byte) (sample []byte, sound int) {
	for line := range bytes.Lines(data) {
		switch {
		case isLegacy(line):
			if len(sample) < sampled {
				sample = append(sample, line[:min(len(line), sampled)]...)
			}
		case !ascii(line) && sound < sampled:
			sound += len(line)
		}
	}
	return sample, sound
}

// isLegacy tells whether a line is in some other charset than UTF-8. One with more whole characters than broken bytes is damaged UTF-8.
func isLegacy(line []byte) bool {
	broken, whole := 0, 0
	for len(line) > 0 {
		r, n := utf8.DecodeRune(line)
		switch {
		case r == utf8.RuneError && n == 1:
			broken++
		case n > 1:
			whole++
		}
		line = line[n:]
	}
	return broken > whole
}

func ascii(line []byte) bool {
	for _, c := range line {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// transcode decodes data; what cannot be decoded becomes U+FFFD.
func transcode(data []byte, e encoding.Encoding) []byte {
	out, err := e.NewDecoder().Bytes(data)
	if err != nil {
		return bytes.ToValidUTF8(data, []byte("\ufffd"))
	}
	return out
}
