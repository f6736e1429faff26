package subtitles

import (
	"bytes"
	"testing"

	"github.com/amvlib/amvlib/timecode"
)

// gsi is the header of an EBU STL with a date that is none, at which go-astisub gives the file up.
func gsi(disk, origin string) []byte {
	b := bytes.Repeat([]byte{' '}, gsiSize)
	copy(b, "850"+disk+"1"+"00"+"0F")
	copy(b[224:], "99x9x9")
	copy(b[256:], origin)
	return b
}

// tti is a block of cue n, from one second and frame to another.
func tti(n, ext byte, from, to [4]byte, text string) []byte {
	b := bytes.Repeat([]byte{0x8f}, ttiSize)
	copy(b, []byte{0, n, 0, ext, 0})
	copy(b[5:], from[:])
	copy(b[9:], to[:])
	copy(b[13:], []byte{20, 2, 0})
	copy(b[16:], text)
	return b
}

func TestEBU(t *testing.T) {
	data := gsi("STL25.01", "10000000")
	data = append(data, tti(1, 0xff, [4]byte{10, 0, 1, 5}, [4]byte{10, 0, 2, 0}, "\x0bZa\xc7z\xc2o\xf8\xc2c\x8a\x0bsecond \x02row")...)
	comment := tti(2, 0xff, [4]byte{10, 0, 2, 0}, [4]byte{10, 0, 3, 0}, "a remark")
	comment[15] = 1
	data = append(data, comment...)
	data = append(data, tti(3, 0xff, [4]byte{10, 99, 3, 0}, [4]byte{10, 0, 4, 0}, "bad time")...)
	data = append(data, tti(4, 0, [4]byte{10, 0, 5, 0}, [4]byte{10, 0, 6, 0}, "begun ")...)
	data = append(data, tti(4, 0xff, [4]byte{10, 0, 5, 0}, [4]byte{10, 0, 6, 0}, "and ended")...)
	data = append(data, tti(5, 0xff, [4]byte{10, 0, 7, 0}, [4]byte{10, 0, 8, 24}, "\x80last\x81")...)
	data = append(data, tti(6, 0xff, [4]byte{10, 0, 9, 0}, [4]byte{10, 0, 9, 9}, "cut")[:60]...)
	doc := mustParse(t, string(data), "stl")
	if got := sheet(doc); got != "1200-2000 Zażółć\nsecond row,5000-6000 begun and ended,7000-8960 last" {
		t.Errorf("%s %v", got, doc.Skipped)
	}
	if doc.Lost != 2 || doc.Charset != "iso_6937" || doc.Format != "stl" {
		t.Errorf("%+v", doc)
	}
}

func TestEBURates(t *testing.T) {
	for disk, want := range map[string]timecode.Time{"STL25.01": timecode.PAL.At(12), "STL24.01": timecode.Cinema.At(12), "STL23.01": timecode.Film.At(12), "STL30.01": timecode.Thirty.At(12)} {
		data := append(gsi(disk, "junk"), tti(1, 0xff, [4]byte{0, 0, 0, 12}, [4]byte{0, 0, 1, 0}, "x")...)
		if l := mustParse(t, string(data), "").Lines[0]; l.Start != want {
			t.Errorf("%s: %v, want %v", disk, l.Start, want)
		}
	}
}

// Some files name an origin that their cues do not count from.
func TestEBUOriginThatIsNone(t *testing.T) {
	data := append(gsi("STL25.01", "10000000"), tti(1, 0xff, [4]byte{0, 0, 1, 0}, [4]byte{0, 0, 2, 0}, "x")...)
	if l := mustParse(t, string(data), "").Lines[0]; l.Start != timecode.Second {
		t.Errorf("starts at %v", l.Start)
	}
}
