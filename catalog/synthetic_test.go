package catalog

import (
	"fmt"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/phash"
	"github.com/amvlib/amvlib/picture"
	"github.com/amvlib/amvlib/picture/flags"
	"github.com/amvlib/amvlib/shotdetect"
	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

// size says how much of everything a synthetic episode has.
type size struct{ frames, shots, lines, pictures int }

var (
	small   = size{frames: 240, shots: 5, lines: 6, pictures: 100}
	episode = size{frames: 34560, shots: 350, lines: 400, pictures: 0} // 24 minutes, without pictures
)

func synthetic(seed uint64, z size) Ingested {
	r := rand.New(rand.NewPCG(seed, 1))
	a := &analysis.Analysis{Versions: analysis.Versions{Shots: 1, Pictures: 2, Sound: 3, Text: 4}, Rate: timecode.Film, Info: info()}
	for i := range z.frames {
		a.Times = append(a.Times, timecode.Film.At(int64(i)))
		a.Scores = append(a.Scores, uint8(min(255, r.ExpFloat64()*6)))
	}
	for i := 0; i < z.frames; i += 6 {
		a.Samples = append(a.Samples, analysis.Sample{Frame: int64(i), Hash: phash.Hash(r.Uint64()), Centre: phash.Hash(r.Uint64()), Variance: r.Float32() * 3000,
			Features: features(r)})
	}
	for i := 0; i < z.frames; i += 24 {
		if z.pictures > 0 {
			a.Stills = append(a.Stills, analysis.Still{Frame: int64(i), JPEG: noise(r, z.pictures/2)})
		}
	}
	for i := 0; i < z.frames*1001/2400; i++ {
		a.Loudness = append(a.Loudness, int8(-10-r.IntN(30)))
	}
	a.Shots = shots(r, z, a)
	a.Tracks = []analysis.Track{{TextTrack: media.TextTrack{Stream: 2, Codec: "ass", Format: "ass", Language: "eng", Title: "Full",
		Default: true}, Lines: lines(r, z.lines-z.lines/3, z.frames), Skipped: []string{"line 7: no time"}}}
	beside := []analysis.Track{{TextTrack: media.TextTrack{Stream: -1, Codec: "subrip", Format: "srt", Language: "pl", Forced: true,
		File: "07.pl.srt"}, Lines: lines(r, z.lines/3, z.frames)}}
	return Ingested{Key: Key(fmt.Sprintf("key-%d", seed)), Path: absolute(fmt.Sprintf("Show - %02d.mkv", seed)), Size: 350 << 20,
		Modified: time.Date(2024, 2, 29, 23, 59, 59, 123456789, time.UTC), Sidecars: "07.pl.srt:1234",
		Name:     Name{Source: "Show", Season: 2, Number: fmt.Sprint(seed), Version: 2, Group: "Group"},
		Analysis: a, Beside: beside}
}

func absolute(name string) string {
	path, err := filepath.Abs(filepath.Join(string(filepath.Separator), "anime", name))
	if err != nil {
		panic(err)
	}
	return path
}

func info() media.Info {
	return media.Info{Container: "matroska,webm", Duration: 1440 * timecode.Second, BitRate: 2_000_000,
		Video: &media.Video{Codec: "hevc", PixFmt: "yuv420p10le", Width: 1920, Height: 1080, SAR: media.Ratio{Num: 1, Den: 1},
			Rate: timecode.Film, Colour: media.Colour{Matrix: media.BT709}},
		Audio:   []media.AudioTrack{{Stream: 1, Codec: "flac", Language: "jpn", SampleRate: 48000, Channels: 2, Default: true}},
		Text:    []media.TextTrack{{Stream: 2, Codec: "ass", Format: "ass", Language: "eng", Title: "Full", Default: true}},
		Skipped: []string{"stream 3: hdmv_pgs_subtitle (pictures, not text)"}}
}

func features(r *rand.Rand) picture.Features {
	return picture.Features{Brightness: r.Float32(), Contrast: r.Float32(), Saturation: r.Float32(), Warmth: r.Float32()*2 - 1,
		Sharpness: r.Float32(), Motion: r.Float32(), Stillness: r.Float32()}
}

func noise(r *rand.Rand, n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

func shots(r *rand.Rand, z size, a *analysis.Analysis) []analysis.Shot {
	var boundaries []shotdetect.Boundary
	for i := 1; i < z.shots; i++ {
		at := int64(i*z.frames/z.shots + r.IntN(z.frames/z.shots/2))
		b := shotdetect.Boundary{Type: shotdetect.Cut, Start: at, End: at + 1}
		if i%5 == 0 {
			b = shotdetect.Boundary{Type: shotdetect.Dissolve, Start: at, End: at + 8}
		}
		boundaries = append(boundaries, b)
	}
	var all []analysis.Shot
	for _, s := range shotdetect.Shots(boundaries, int64(z.frames)) {
		shot := analysis.Shot{Shot: s, Keyframe: s.Clean.In + 1, Hash: phash.Hash(r.Uint64()), Variance: r.Float32() * 3000,
			Features: features(r), Palette: hues(r), Flags: flags.Set(r.IntN(1 << 13)), Loudness: int8(-r.IntN(60)),
			Range: timecode.Range{Start: timecode.Film.At(s.Clean.In), End: timecode.Film.At(s.Clean.Out)}}
		shot.KeyTime = a.Times[shot.Keyframe]
		if z.pictures > 0 {
			shot.Thumb = noise(r, z.pictures)
		}
		all = append(all, shot)
	}
	return all
}

var words = []string{"I", "never", "knew", "the", "rain", "would", "fall", "on", "us", "again", "tonight", "and", "you", "were", "there"}

func lines(r *rand.Rand, n, frames int) []subtitles.Line {
	var all []subtitles.Line
	for i := range n {
		start := timecode.Film.At(int64(i * frames / n))
		l := subtitles.Line{Start: start, End: start + timecode.Second + timecode.Time(r.IntN(2_000_000)), Lang: "en", Style: "Default",
			Speaker: "Aki", Kind: subtitles.Dialogue}
		for range 8 {
			l.Text += words[r.IntN(len(words))] + " "
		}
		all = append(all, l)
	}
	return all
}

// library opens a new library, or the one in dir, that the test closes.
func library(t testing.TB, dir string, o Options) *Catalog {
	t.Helper()
	if o.Log == nil {
		o.Log = slog.New(slog.NewTextHandler(t.Output(), nil))
	}
	c, err := Open(t.Context(), dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

func commit(t testing.TB, c *Catalog, in Ingested) Episode {
	t.Helper()
	e, err := c.Commit(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func hues(r *rand.Rand) (p picture.Palette) {
	for h := range p {
		p[h] = uint8(r.IntN(256 / len(p)))
	}
	return p
}
