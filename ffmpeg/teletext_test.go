package ffmpeg

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// broadcast writes a transport stream of teletext, as television sends it: page 888 is subtitles, page 100 is news.
type broadcast struct {
	bytes.Buffer
	count map[uint16]byte
}

const tablePID, textPID = 0x100, 0x200

// packet is one of 188 bytes; extra is its adaptation field behind its length.
func (b *broadcast) packet(pid uint16, first bool, extra, body []byte) {
	head := []byte{0x47, byte(pid >> 8), byte(pid), 0x10 | b.count[pid]&15}
	b.count[pid]++
	if first {
		head[1] |= 0x40
	}
	if room := 184 - len(body); room > 0 {
		head[3] |= 0x20
		extra = append(extra, bytes.Repeat([]byte{0xff}, room-1-len(extra))...)
		head = append(append(head, byte(room-1)), extra...)
	}
	b.Write(append(head, body...))
}

func (b *broadcast) table(pid uint16, id byte, body ...byte) {
	s := append([]byte{id, 0xb0, byte(len(body) + 9), 0, 1, 0xc1, 0, 0}, body...)
	sum := uint32(0xffffffff)
	for _, c := range s {
		for bit := 7; bit >= 0; bit-- {
			if high := sum>>31 ^ uint32(c>>bit&1); high == 1 {
				sum = sum<<1 ^ 0x04c11db7
			} else {
				sum <<= 1
			}
		}
	}
	s = append([]byte{0}, binary.BigEndian.AppendUint32(s, sum)...)
	b.packet(pid, true, nil, append(s, bytes.Repeat([]byte{0xff}, 184-len(s))...))
}

// tables say that there is one stream, teletext in German, whose packets carry the clock.
func (b *broadcast) tables() {
	b.table(0, 0, 0, 1, 0xe0|tablePID>>8, tablePID&0xff)
	b.table(tablePID, 2, 0xe0|textPID>>8, textPID&0xff, 0xf0, 0, 6, 0xe0|textPID>>8, textPID&0xff, 0xf0, 7, 0x56, 5, 'd', 'e', 'u', 2<<3, 0x88)
}

var hamming = []byte{0x15, 0x02, 0x49, 0x5e, 0x64, 0x73, 0x38, 0x2f, 0xd0, 0xc7, 0x8c, 0x9b, 0xa1, 0xb6, 0xfd, 0xea}

// unit is one teletext line: 42 bytes, sent from their lowest bit on.
func unit(magazine, row byte, data []byte) []byte {
	out := []byte{3, 0x2c, 0xe0 | row%16 + 7, 0xe4}
	for _, c := range append([]byte{hamming[magazine|row&1<<3], hamming[row>>1]}, data...) {
		out = append(out, bits.Reverse8(c))
	}
	return out
}

// odd is text with its parity.
func odd(text string, length int) (out []byte) {
	for _, c := range []byte(text + strings.Repeat(" ", length-len(text))) {
		if bits.OnesCount8(c)%2 == 0 {
			c |= 0x80
		}
		out = append(out, c)
	}
	return out
}

func header(magazine, page byte, subtitle bool) []byte {
	flag := byte(0)
	if subtitle {
		flag = 8
	}
	h := []byte{hamming[page&15], hamming[page>>4], hamming[0], hamming[8], hamming[0], hamming[flag], hamming[1], hamming[1]}
	return unit(magazine, 0, append(h, odd("", 32)...))
}

// page sends one: news where the magazine is 1, subtitles where it is 8, which is written 0.
func (b *broadcast) page(seconds float64, magazine byte, lines ...string) {
	b.tables()
	number := map[byte]byte{0: 0x88, 1: 0x00}[magazine]
	units := header(magazine, number, magazine == 0)
	for i, l := range lines {
		units = append(units, unit(magazine, byte(20+2*i), odd("\r\x0b\x0b"+l, 40))...)
	}
	units = append(units, header(magazine, 0xff, false)...)
	at := uint64(seconds * 90000)
	clock := binary.BigEndian.AppendUint64(nil, (at-9000)<<15|0x7e00)
	b.packet(textPID, false, append([]byte{0x10}, clock[2:]...), nil)
	b.count[textPID]-- // a packet without a body does not count
	pes := []byte{0x84, 0x80, 0x24, 0x21 | byte(at>>29&14), byte(at >> 22), 1 | byte(at>>14&0xfe), byte(at >> 7), 1 | byte(at<<1)}
	pes = append(append(pes, bytes.Repeat([]byte{0xff}, 0x24-5)...), append([]byte{0x10}, units...)...)
	for (len(pes)+6)%184 != 0 {
		pes = append(append(pes, 0xff, 0x2c), bytes.Repeat([]byte{0xff}, 44)...)
	}
	pes = append([]byte{0, 0, 1, 0xbd, byte(len(pes) >> 8), byte(len(pes))}, pes...)
	for first := true; len(pes) > 0; first = false {
		b.packet(textPID, first, nil, pes[:184])
		pes = pes[184:]
	}
}

// recording is a film with teletext, as a television card keeps it.
func recording(t *testing.T, tool *Tool) string {
	t.Helper()
	b := &broadcast{count: map[uint16]byte{}}
	b.page(1, 0, "Der Leuchtturm", "war dunkel.")
	b.page(2, 1, "Nachrichten von heute")
	b.page(3, 0)
	b.page(4, 0, "Die Flut kommt.")
	b.page(5, 0, "Die Flut kommt.") // sent again, as it is every few seconds
	b.page(6, 0)
	text := filepath.Join(t.TempDir(), "text.ts")
	if err := os.WriteFile(text, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return makeFile(t, tool, "film.ts", "-f", "lavfi", "-i", "testsrc=s=96x64:r=25:d=8", "-i", "file:"+text, "-map", "0", "-map", "1",
		"-c:v", "mpeg2video", "-c:s", "copy")
}

func TestTeletext(t *testing.T) {
	tool := findTool(t)
	if !tool.readsTeletext(t.Context()) {
		t.Skip("this ffmpeg was built without libzvbi")
	}
	path := recording(t, tool)
	for _, o := range []Options{{}, {TextOnly: true}} {
		k, info := openAll(t, tool, path, o)
		if k.err != nil || len(k.texts) != 1 || len(info.Skipped) != 0 {
			t.Fatalf("%+v: %d texts, skipped %q, %v", o, len(k.texts), info.Skipped, k.err)
		}
		if track := k.texts[0].Track; track.Codec != teletext || track.Format != "ass" || track.Language != "deu" {
			t.Errorf("%+v", track)
		}
		said := string(k.texts[0].Data)
		if strings.Count(said, `Der Leuchtturm\Nwar dunkel.`) != 1 || !strings.Contains(said, "Die Flut kommt.") || strings.Contains(said, "Nachrichten") {
			t.Errorf("%+v: %s", o, said)
		}
		// Shown for two seconds each, the second in two pieces.
		if want := `0:10:00.00,0:10:02.00`; !strings.Contains(said, want) {
			t.Errorf("%+v: no line at %s: %s", o, want, said)
		}
		if o == (Options{}) && len(k.frames) != 200 {
			t.Errorf("%d frames", len(k.frames))
		}
	}
}

func TestTeletextThatThisFfmpegCannotRead(t *testing.T) {
	tool := findTool(t)
	info, err := tool.Probe(t.Context(), recording(t, tool))
	if err != nil {
		t.Fatal(err)
	}
	l := layout{info: info}
	lacking := &Tool{Path: filepath.Join(t.TempDir(), "none")}
	lacking.mendTeletext(t.Context(), &l)
	if len(l.info.Text) != 0 || len(l.info.Skipped) != 1 || !strings.Contains(l.info.Skipped[0], "libzvbi") {
		t.Errorf("%+v", l.info)
	}
}
