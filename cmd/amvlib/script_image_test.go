package main

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"io"
	"os"

	"github.com/rogpeppe/go-internal/testscript"
)

// hostile writes pictures that nobody draws: hostile KIND FILE.
func hostile(ts *testscript.TestScript, neg bool, args []string) {
	kinds := map[string]func() []byte{
		"huge.png":  func() []byte { return pngOf(60000, 60000, 1) },
		"bomb.png":  func() []byte { return pngOf(8000, 8000, 8000) },
		"lying.png": func() []byte { return pngOf(6000, 6000, 3) },
		"huge.gif": func() []byte {
			return append([]byte("GIF89a\x60\xea\x60\xea\x80\x00\x00\x00\x00\x00\xff\xff\xff"), ",\x00\x00\x00\x00\x60\xea\x60\xea\x00\x02\x02\x4c\x01\x00;"...)
		},
		"huge.jpg": func() []byte {
			return []byte("\xff\xd8\xff\xc0\x00\x11\x08\xff\xdc\xff\xdc\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01\xff\xd9")
		},
		"huge.bmp":  bmpHead,
		"huge.webp": webpHead,
		"huge.avif": func() []byte {
			return []byte("\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1miaf\x7f\xff\xff\xffmdat")
		},
		"moves.gif": movingGIF,
	}
	if neg || len(args) != 2 || kinds[args[0]] == nil {
		ts.Fatalf("usage: hostile KIND FILE")
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), kinds[args[0]](), 0o600))
}

// pngOf is a picture of one colour, rows of it packed as tight as can be, whatever its header says.
func pngOf(width, height uint32, rows int) []byte {
	var b, packed bytes.Buffer
	chunk := func(name string, data []byte) {
		body := append([]byte(name), data...)
		b.Write(binary.BigEndian.AppendUint32(nil, uint32(len(data))))
		b.Write(body)
		b.Write(binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(body)))
	}
	b.WriteString("\x89PNG\r\n\x1a\n")
	head := binary.BigEndian.AppendUint32(nil, width)
	head = binary.BigEndian.AppendUint32(head, height)
	chunk("IHDR", append(head, 8, 2, 0, 0, 0))
	z := zlib.NewWriter(&packed)
	_, _ = io.CopyN(z, zeroes{}, int64(rows)*(3*int64(width)+1))
	_ = z.Close()
	chunk("IDAT", packed.Bytes())
	chunk("IEND", nil)
	return b.Bytes()
}

type zeroes struct{}

func (zeroes) Read(b []byte) (int, error) {
	clear(b)
	return len(b), nil
}

// bmpHead is the head of a bitmap of 60,000x60,000, without its levels.
func bmpHead() []byte {
	b := append([]byte("BM"), make([]byte, 52)...)
	binary.LittleEndian.PutUint32(b[10:], 54)
	binary.LittleEndian.PutUint32(b[14:], 40)
	binary.LittleEndian.PutUint32(b[18:], 60000)
	binary.LittleEndian.PutUint32(b[22:], 60000)
	binary.LittleEndian.PutUint16(b[26:], 1)
	binary.LittleEndian.PutUint16(b[28:], 24)
	return b
}

// webpHead is the head of a lossless picture of 16,384x16,384, the largest of its kind, and nothing of it.
func webpHead() []byte {
	return []byte("RIFF\x20\x00\x00\x00WEBPVP8L\x14\x00\x00\x00\x2f\xff\xff\xff\x0f\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00")
}

// movingGIF is two seconds of a square that wanders.
func movingGIF() []byte {
	var all gif.GIF
	for i := range 20 {
		m := image.NewPaletted(image.Rect(0, 0, 160, 90), color.Palette{color.Black, color.White})
		for y := 20; y < 60; y++ {
			for x := 5 * i; x < 5*i+40; x++ {
				m.SetColorIndex(x, y, 1)
			}
		}
		all.Image, all.Delay = append(all.Image, m), append(all.Delay, 10)
	}
	var b bytes.Buffer
	_ = gif.EncodeAll(&b, &all)
	return b.Bytes()
}
