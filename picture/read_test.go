package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"runtime"
	"testing"
)

func drawn() *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, 64, 36))
	for i := range img.Pix {
		img.Pix[i] = byte(i * 7)
	}
	return img
}

func encoded(t testing.TB) map[Kind][]byte {
	t.Helper()
	var j, p, g bytes.Buffer
	if errors.Join(jpeg.Encode(&j, drawn(), nil), png.Encode(&p, drawn()), gif.Encode(&g, drawn(), nil)) != nil {
		t.Fatal("cannot encode")
	}
	return map[Kind][]byte{JPEG: j.Bytes(), PNG: p.Bytes(), GIF: g.Bytes()}
}

func TestRead(t *testing.T) {
	for kind, b := range encoded(t) {
		if got := Sniff(b[:min(len(b), SniffLength)]); got != kind {
			t.Errorf("%s is taken for %q", kind, got)
		}
		img, err := Read(bytes.NewReader(b))
		if err != nil || img.Bounds() != image.Rect(0, 0, 64, 36) {
			t.Errorf("%s: %v", kind, err)
		}
		for _, cut := range []int{4, len(b) / 3, len(b) - len(b)/4} {
			if _, err := Read(bytes.NewReader(b[:cut])); !errors.Is(err, ErrBroken) && !errors.Is(err, ErrPicture) {
				t.Errorf("%s cut to %d bytes: %v", kind, cut, err)
			}
		}
	}
}

func TestSniffForeign(t *testing.T) {
	for _, head := range []string{"RIFF\x00\x00\x00\x00WEBPVP8 ", "\x00\x00\x00\x1cftypavif", "BM123456", "II*\x00", "\x00\x00\x00\x18ftypheic"} {
		if got := Sniff([]byte(head)); got != Foreign {
			t.Errorf("%q is taken for %q", head, got)
		}
	}
	for _, head := range []string{"", "\x1aE\xdf\xa3", "\x00\x00\x00\x1cftypisom", "GIF", "RIFF\x00\x00\x00\x00AVI "} {
		if got := Sniff([]byte(head)); got != Unknown {
			t.Errorf("%q is taken for %q", head, got)
		}
	}
}

// huge is a PNG whose header says how large it is, and a little of what would be in it.
func huge(width, height uint32) []byte {
	var b bytes.Buffer
	chunk := func(name string, data []byte) {
		binary.Write(&b, binary.BigEndian, uint32(len(data)))
		body := append([]byte(name), data...)
		b.Write(body)
		binary.Write(&b, binary.BigEndian, crc32.ChecksumIEEE(body))
	}
	b.WriteString("\x89PNG\r\n\x1a\n")
	head := binary.BigEndian.AppendUint32(nil, width)
	head = binary.BigEndian.AppendUint32(head, height)
	chunk("IHDR", append(head, 8, 6, 0, 0, 0))
	chunk("IDAT", []byte("\x78\x9c\x03\x00"))
	chunk("IEND", nil)
	return b.Bytes()
}

// TestReadHostile: what a header says is not believed with memory.
func TestReadHostile(t *testing.T) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for _, size := range [][2]uint32{{60000, 60000}, {1 << 30, 1}, {1, 1<<31 - 1}, {7000, 7000}} {
		if _, err := Read(bytes.NewReader(huge(size[0], size[1]))); !errors.Is(err, ErrTooLarge) && !errors.Is(err, ErrBroken) {
			t.Errorf("%dx%d: %v", size[0], size[1], err)
		}
	}
	if _, err := Read(bytes.NewReader(huge(0, 7))); !errors.Is(err, ErrBroken) {
		t.Errorf("empty: %v", err)
	}
	runtime.ReadMemStats(&after)
	if took := (after.TotalAlloc - before.TotalAlloc) >> 20; took > 20 {
		t.Errorf("took %d MB", took)
	}
	if depth(color.NRGBA64Model) != 8 || depth(color.GrayModel) != 1 {
		t.Error("depths")
	}
}

func FuzzRead(f *testing.F) {
	for _, b := range encoded(f) {
		f.Add(b)
	}
	f.Add(huge(60000, 60000))
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 1<<16 {
			t.Skip()
		}
		img, err := Read(bytes.NewReader(b))
		if err == nil && img.Bounds().Dx()*img.Bounds().Dy() > MostPixels {
			t.Errorf("%v", img.Bounds())
		}
	})
}
