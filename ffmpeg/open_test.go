package ffmpeg

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/timecode"
)

func TestEpisodeComesWhole(t *testing.T) {
	tool, temp := findTool(t), t.TempDir()
	k, info := openAll(t, tool, episodeFile(t, tool, "e.mkv"), Options{TempDir: temp})
	if k.err != nil || len(k.frames) != 25 || len(info.Skipped) != 0 {
		t.Fatalf("%d frames, %v, skipped %q", len(k.frames), k.err, info.Skipped)
	}
	for i, f := range k.frames {
		if f.Index != int64(i) || f.PTS-k.frames[0].PTS != timecode.Time(i)*40_000 || len(f.Image.Y) != media.Width*media.Height ||
			len(f.Image.Cb) != media.Width*media.Height/4 || len(f.Image.Cr) != len(f.Image.Cb) {
			t.Errorf("frame %d: index %d at %v", i, f.Index, f.PTS)
		}
	}
	if n := k.samples(); n != 16000 {
		t.Errorf("%d samples for a second", n)
	}
	if len(k.texts) != 2 || k.texts[0].Track.Format != "ass" || k.texts[1].Track.Language != "pol" {
		t.Fatalf("texts %+v", k.texts)
	}
	if s := string(k.texts[0].Data); !strings.Contains(s, `Sign,Rei,0,0,0,,{\pos(1,2)}rain`) || !strings.Contains(s, "Style: Sign") {
		t.Errorf("ass arrives as %q", s)
	}
	if s := string(k.texts[1].Data); !strings.Contains(s, " --> ") || !strings.Contains(s, "sun") {
		t.Errorf("srt arrives as %q", s)
	}
	if left, _ := os.ReadDir(temp); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestEveryKindOfTextArrives(t *testing.T) {
	tool := findTool(t)
	dir := t.TempDir()
	write(t, filepath.Join(dir, "t.srt"), srt)
	for name, codec := range map[string]string{"a.mp4": "mov_text", "b.mkv": "webvtt", "c.mkv": "ass", "d.mkv": "text"} {
		path := filmFile(t, tool, name, "-i", filepath.Join(dir, "t.srt"), "-map", "0", "-map", "1", "-c:s", codec)
		k, info := openAll(t, tool, path, Options{})
		if k.err != nil || len(k.texts) != 1 || !strings.Contains(string(k.texts[0].Data), "rain") {
			t.Errorf("%s in %s: %v, %d texts, skipped %q", codec, name, k.err, len(k.texts), info.Skipped)
		}
	}
}

func TestFilmsWithoutSound(t *testing.T) {
	tool := findTool(t)
	for _, name := range []string{"a.avi", "b.mp4", "c.mkv", "d.ts"} {
		k, _ := openAll(t, tool, filmFile(t, tool, name), Options{Threads: 1})
		if k.err != nil || len(k.frames) != 25 || len(k.audio) != 0 {
			t.Errorf("%s: %d frames, %d blocks, %v", name, len(k.frames), len(k.audio), k.err)
		}
	}
}

func TestDefaultSoundIsTaken(t *testing.T) {
	tool := findTool(t)
	path := filmFile(t, tool, "e.mkv", "-f", "lavfi", "-i", "aevalsrc=0:d=1", "-f", "lavfi", "-i", "sine=d=1", "-map", "0", "-map", "1", "-map", "2",
		"-c:a", "flac", "-disposition:a:0", "0", "-disposition:a:1", "default")
	k, info := openAll(t, tool, path, Options{})
	if loudest(k) < 1000 || len(info.Audio) != 2 || !info.Audio[1].Default {
		t.Errorf("the silent track was taken from %+v", info.Audio)
	}
}

func loudest(k take) (peak int16) {
	for _, a := range k.audio {
		for _, s := range a.Samples {
			peak = max(peak, s)
		}
	}
	return peak
}

func TestSongs(t *testing.T) {
	tool := findTool(t)
	song := makeFile(t, tool, "s.wav", "-f", "lavfi", "-i", "sine=r=44100:d=1")
	info, err := tool.Probe(t.Context(), song)
	if err != nil || info.Video != nil || len(info.Audio) != 1 || info.Audio[0].SampleRate != 44100 || info.Duration != timecode.Second {
		t.Errorf("probed as %+v, %v", info, err)
	}
	if _, err := tool.Open(t.Context(), song, Options{}); err == nil {
		t.Error("a song passes for a film")
	} else {
		oneLine(t, err, ErrNoVideo)
	}
	k, _ := openAll(t, tool, song, Options{SoundOnly: true})
	if k.err != nil || k.samples() != 16000 || k.audio[0].PTS != 0 || loudest(k) < 1000 {
		t.Errorf("%d samples, %v", k.samples(), k.err)
	}
	_, err = tool.Open(t.Context(), filmFile(t, tool, "f.mkv"), Options{SoundOnly: true})
	oneLine(t, err, ErrNoSound)
}

// Sound that begins 170 seconds late would make ffmpeg hold 367 MB of pictures back.
func TestLateSoundKeepsItsTime(t *testing.T) {
	tool := findTool(t)
	path := makeFile(t, tool, "e.mkv", "-f", "lavfi", "-i", "testsrc=s=32x32:r=25:d=172", "-f", "lavfi", "-i", "sine=d=2", "-map", "0", "-map", "1",
		"-c:v", "mpeg4", "-c:a", "pcm_s16le", "-af", "asetpts=PTS+170/TB")
	k, info := openAll(t, tool, path, Options{})
	if k.err != nil || len(k.frames) != 4300 || k.samples() != 32000 || len(info.Skipped) != 0 {
		t.Fatalf("%d frames, %d samples, skipped %q, %v", len(k.frames), k.samples(), info.Skipped, k.err)
	}
	if k.frames[0].PTS != 0 || k.audio[0].PTS < 169_990_000 || k.audio[0].PTS > 170_010_000 {
		t.Errorf("picture from %v, sound from %v", k.frames[0].PTS, k.audio[0].PTS)
	}
}

func TestVariableRateIsExact(t *testing.T) {
	tool := findTool(t)
	path := makeFile(t, tool, "vfr.mkv", "-f", "lavfi", "-i", "testsrc=s=96x64:r=1000:d=1", "-vf", `select=not(mod(n\,7))*lt(mod(n\,100)\,60)`,
		"-fps_mode", "passthrough", "-c:v", "mpeg4")
	k, _ := openAll(t, tool, path, Options{})
	i := 0
	for n := range 1000 {
		if n%7 != 0 || n%100 >= 60 {
			continue
		}
		if i < len(k.frames) && k.frames[i].PTS != timecode.Time(n)*1000 {
			t.Fatalf("frame %d at %v, want %d ms", i, k.frames[i].PTS, n)
		}
		i++
	}
	if i != len(k.frames) || k.err != nil {
		t.Errorf("%d frames, want %d; %v", len(k.frames), i, k.err)
	}
}

func TestTimesThatDoNotIncreaseAreMended(t *testing.T) {
	u := unpacker{plan: plan{video: 0, audio: -1}, last: -1 << 62}
	var got []timecode.Time
	for _, pts := range []timecode.Time{-5, 40, 40, 39, 80} {
		u.nut = &nutReader{r: zeros()}
		u.nut.left = pictureBytes
		p, err := u.picture(nutFrame{pts: pts, size: pictureBytes})
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, p.Frame.PTS)
	}
	for i, want := range []timecode.Time{-5, 40, 41, 42, 80} {
		if got[i] != want {
			t.Fatalf("got %v", got)
		}
	}
}

func TestRangeArrivesAsTheFilmHasIt(t *testing.T) {
	tool := findTool(t)
	for _, c := range []struct {
		name, format, codec string
		black               uint8
	}{{"limited.mkv", "yuv420p", "ffv1", 16}, {"full.mkv", "yuvj420p", "mjpeg", 0}, {"rgb.mkv", "bgr0", "ffv1", 16}} {
		path := makeFile(t, tool, c.name, "-f", "lavfi", "-i", "color=black:s=96x64:r=25:d=0.2", "-pix_fmt", c.format, "-c:v", c.codec)
		k, info := openAll(t, tool, path, Options{})
		if k.err != nil || len(k.frames) == 0 {
			t.Fatalf("%s: %v", c.name, k.err)
		}
		if y := k.frames[0].Image.Y[1000]; y != c.black || info.Video.Colour.Full != (c.black == 0) {
			t.Errorf("%s: black is %d, colour %+v of %s", c.name, y, info.Video.Colour, info.Video.PixFmt)
		}
	}
}

func TestSecondCallDecodesAnew(t *testing.T) {
	tool := findTool(t)
	s, err := tool.Open(t.Context(), episodeFile(t, tool, "e.mkv"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for range s.Packets(t.Context()) {
		break // having had enough must leave nothing running
	}
	if k := takeAll(t.Context(), s); k.err != nil || len(k.frames) != 25 || len(k.texts) != 2 {
		t.Errorf("%d frames, %d texts, %v", len(k.frames), len(k.texts), k.err)
	}
}
