package ffmpeg

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"testing"

	"github.com/amvlib/amvlib/timecode"
)

// tinyNUT is five pictures of 16x8 at 25 a second and a fifth of a second of sound at 16 kHz, on a clock that begins at 10 s, as
// ffmpeg 5.1 writes it.
func tinyNUT(tb testing.TB) []byte {
	tb.Helper()
	data, err := os.ReadFile("testdata/tiny.nut")
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

// drain reads every frame and its body.
func drain(r io.Reader) (frames []nutFrame, bodies [][]byte, err error) {
	n, err := newNUTReader(r)
	for err == nil {
		var f nutFrame
		if f, err = n.next(); err != nil {
			break
		}
		body := make([]byte, f.size)
		if err = n.body(body); err == nil {
			frames, bodies = append(frames, f), append(bodies, body)
		}
	}
	return frames, bodies, err
}

func TestNUTIsReadExactly(t *testing.T) {
	frames, bodies, err := drain(bytes.NewReader(tinyNUT(t)))
	if !errors.Is(err, io.EOF) {
		t.Fatal(err)
	}
	var pictures, samples int
	for i, f := range frames {
		if f.class == 0 {
			if want := 10*timecode.Second + timecode.Time(pictures)*40_000; f.pts != want || len(bodies[i]) != 16*8*3/2 {
				t.Errorf("picture %d at %d has %d bytes", pictures, f.pts, len(bodies[i]))
			}
			pictures++
			continue
		}
		if want := 10*timecode.Second + timecode.Time(samples)*timecode.Second/16000; f.pts != want {
			t.Errorf("sound after %d samples at %d, want %d", samples, f.pts, want)
		}
		samples += len(bodies[i]) / 2
	}
	if pictures != 5 || samples != 3200 {
		t.Errorf("%d pictures, %d samples", pictures, samples)
	}
}

func TestNUTBodiesMayBeSkipped(t *testing.T) {
	n, err := newNUTReader(bytes.NewReader(tinyNUT(t)))
	count := 0
	for ; err == nil; count++ {
		_, err = n.next()
	}
	frames, _, _ := drain(bytes.NewReader(tinyNUT(t)))
	if !errors.Is(err, io.EOF) || count-1 != len(frames) {
		t.Errorf("%d frames, %v; want %d", count-1, err, len(frames))
	}
}

// A stream may only seem to end where a header, a syncpoint or a frame does; every other cut must be told from the film's end.
func TestCutNUTIsNoEnd(t *testing.T) {
	data := tinyNUT(t)
	frames, _, _ := drain(bytes.NewReader(data))
	units, ends := len(frames), 0
	for _, start := range []uint64{nutMain, nutStream, nutSyncpoint, 0x4E58DD672F23E64E, 0x4E49AB68B596BA78} {
		units += bytes.Count(data, binary.BigEndian.AppendUint64(nil, start))
	}
	for cut := len(nutMagic); cut < len(data); cut++ {
		switch _, _, err := drain(bytes.NewReader(data[:cut])); {
		case errors.Is(err, io.EOF):
			ends++
		case !errors.Is(err, io.ErrUnexpectedEOF):
			t.Fatalf("cut at %d: %v", cut, err)
		}
	}
	if ends != units {
		t.Errorf("%d cuts pass for an end, want %d", ends, units)
	}
}

func TestForeignStreamIsRefused(t *testing.T) {
	if _, _, err := drain(bytes.NewReader(bytes.Repeat([]byte("RIFF"), 20))); !errors.Is(err, errNUT) {
		t.Errorf("got %v", err)
	}
}

func TestTicksToMicroseconds(t *testing.T) {
	for _, c := range []struct {
		base  timeBase
		ticks int64
		want  timecode.Time
	}{
		{timeBase{1, 1e6}, -7, -7}, {timeBase{1, 16000}, 160_001, 10_000_063}, {timeBase{1, 16000}, -1, -63},
		{timeBase{1001, 24000}, 24, 1_001_000}, {timeBase{1 << 31, 1}, nutMaxTime, nutMaxTime},
	} {
		if got := c.base.micros(c.ticks); got != c.want {
			t.Errorf("%d ticks of %v are %d, want %d", c.ticks, c.base, got, c.want)
		}
	}
}

func FuzzNUT(f *testing.F) {
	data := tinyNUT(f)
	f.Add(data)
	f.Add(data[:300])
	f.Add([]byte(nutMagic + "NM\x7aV\x1f\x5f\x04\xad\x10\x03\x02\x04\x01\x01\x19\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		n, err := newNUTReader(bytes.NewReader(data))
		for err == nil {
			var h nutFrame
			if h, err = n.next(); err == nil && (h.size > nutMaxFrame || h.size < 0 || h.pts > nutMaxTime || h.pts < -nutMaxTime*2) {
				t.Fatalf("%+v", h)
			}
		}
	})
}

func BenchmarkNUT(b *testing.B) {
	data := tinyNUT(b)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, _, err := drain(bytes.NewReader(data)); !errors.Is(err, io.EOF) {
			b.Fatal(err)
		}
	}
}
