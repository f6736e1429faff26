package ffmpeg

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/proc"
)

// told is all that a decoding gives, in short.
type told struct {
	frames, blocks, texts int
	sum                   [32]byte
	skipped               []string
	err                   string
	divided               bool   // it went on in stretches to the end
	joints                int    // between them
	why                   string // it did not
}

// tell decodes a film, in stretches with cores more than one, if it can be.
func tell(t *testing.T, tool *Tool, path string, cores int) (k told) {
	t.Helper()
	o := Options{Threads: 1}
	var log bytes.Buffer
	o.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	if cores >= 0 {
		o.Cores = proc.NewCores(cores)
	}
	s, err := tool.Open(t.Context(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.New()
	sounds := sha256.New()
	for p, err := range s.Packets(t.Context()) {
		switch {
		case err != nil:
			k.err = err.Error()
		case p.Frame != nil:
			fmt.Fprintln(sum, p.Frame.Index, p.Frame.PTS)
			sum.Write(p.Frame.Image.Y)
			sum.Write(p.Frame.Image.Cb)
			sum.Write(p.Frame.Image.Cr)
			k.frames++
		case p.Audio != nil:
			fmt.Fprintln(sounds, p.Audio.PTS)
			binary.Write(sounds, binary.LittleEndian, p.Audio.Samples)
			k.blocks++
		case p.Text != nil:
			fmt.Fprintln(sum, p.Text.Track, p.Text.Offset, string(p.Text.Data))
			k.texts++
		}
	}
	k.sum, k.skipped = [32]byte(sum.Sum(sounds.Sum(nil))[:32]), s.Info().Skipped
	k.sum = sha256.Sum256(append(k.sum[:], sounds.Sum(nil)...))
	k.divided = s.(*source).full.crew
	if _, text, found := strings.Cut(log.String(), "stretches="); found {
		fmt.Sscan(text, &k.joints)
		k.joints = max(0, k.joints-1)
	}
	if _, why, found := strings.Cut(log.String(), "decoded by one process"); found {
		k.divided, k.why = false, why
	}
	return k
}

// sameEitherWay fails where decoding in stretches gives anything else than decoding in one.
func sameEitherWay(t *testing.T, tool *Tool, path string) (many told) {
	t.Helper()
	one := tell(t, tool, path, -1)
	for _, cores := range []int{0, 2} {
		many = tell(t, tool, path, cores)
		if many.frames != one.frames || many.blocks != one.blocks || many.texts != one.texts || many.sum != one.sum || many.err != one.err ||
			fmt.Sprint(many.skipped) != fmt.Sprint(one.skipped) {
			t.Errorf("%s: %d frames, %d blocks, %d texts, skipped %q, %v; in one %d, %d, %d, %q, %v; sums equal: %v; %s", filepath.Base(path), many.frames, many.blocks,
				many.texts, many.skipped, many.err, one.frames, one.blocks, one.texts, one.skipped, one.err, many.sum == one.sum, many.why)
		}
		if cores == 2 {
			t.Logf("%s: %d frames, divided %v, %d joints %s", filepath.Base(path), many.frames, many.divided, many.joints, many.why)
		}
	}
	return many
}

// TestFootageInStretches compares two films beside the repository; AMVLIB_TEST_ALL=1 takes every one that there is.
func TestFootageInStretches(t *testing.T) {
	tool := findTool(t)
	films := []string{"moviepy_chaplin.mp4", "mdn_crystal.mp4"}
	if os.Getenv("AMVLIB_TEST_ALL") == "1" {
		films = everyFilm(t)
	}
	for _, name := range films {
		sameEitherWay(t, tool, shared(t, name))
	}
}

// TestEncodingsInStretches draws films of every codec that is divided, and of kinds that are not.
func TestEncodingsInStretches(t *testing.T) {
	tool := findTool(t)
	sound := []string{"-f", "lavfi", "-i", "sine=d=11"}
	for _, c := range []struct {
		name     string
		args     string
		joints   int  // at least
		together bool // it is not divided
		quick    bool // one of those that are always taken
	}{
		{"x264.mkv", "-c:v libx264 -preset ultrafast -bf 2 -b_strategy 0 -g 50", 4, false, false},
		{"x264.mp4", "-c:v libx264 -preset veryfast -g 60", 3, false, true},
		{"x264.ts", "-c:v libx264 -preset veryfast -g 60", 3, false, false},
		{"opengop.mkv", "-c:v libx264 -preset veryfast -x264-params open-gop=1:keyint=50:bframes=3:b-adapt=0", 0, false, false},
		{"refresh.mkv", "-c:v libx264 -preset veryfast -x264-params intra-refresh=1:keyint=50", 0, false, false},
		{"x265.mkv", "-c:v libx265 -preset ultrafast -x265-params log-level=error:keyint=50:bframes=3:b-adapt=0", 4, false, true},
		{"x265closed.mp4", "-c:v libx265 -preset ultrafast -x265-params log-level=error:keyint=50:open-gop=0", 4, false, false},
		{"x26510.mkv", "-pix_fmt yuv420p10le -c:v libx265 -preset ultrafast -x265-params log-level=error:keyint=50", 4, false, false},
		{"hevc.ts", "-c:v libx265 -preset ultrafast -x265-params log-level=error:keyint=50", 4, false, false},
		{"mpeg2.ts", "-c:v mpeg2video -bf 2 -g 25", 4, false, true},
		{"mpeg2.mkv", "-c:v mpeg2video -bf 2 -g 60", 3, false, false},
		{"closed.mkv", "-c:v mpeg2video -bf 2 -g 30 -flags +cgop -sc_threshold 1000000000", 4, false, false},
		{"telecine.mkv", "-vf telecine,setsar=1 -c:v mpeg2video -flags +ilme+ildct -top 1 -g 30", 4, false, false},
		{"interlaced.mkv", "-vf interlace -c:v libx264 -preset ultrafast -flags +ilme+ildct -x264-params tff=1:keyint=50", 2, false, false},
		{"asp.mkv", "-c:v mpeg4 -bf 2 -g 50", 3, false, false},
		{"asp.mp4", "-c:v mpeg4 -bf 2 -g 50", 3, false, false},
		{"asp.avi", "-c:v mpeg4 -g 50", 4, false, false},
		{"packed.avi", "-c:v mpeg4 -bf 2 -g 50", 0, true, true},
		{"xvid.avi", "-c:v libxvid -g 50 -bf 2", 0, true, false},
		{"vp8.webm", "-c:v libvpx -g 50 -auto-alt-ref 1 -lag-in-frames 16 -deadline realtime", 3, false, false},
		{"vp9.webm", "-c:v libvpx-vp9 -g 50 -lag-in-frames 16 -deadline realtime -cpu-used 8", 3, false, false},
		{"av1.mkv", "-c:v libaom-av1 -usage realtime -cpu-used 8 -g 50", 3, false, false},
		{"vfr.mkv", "-vf select=gt(mod(n\\,13)\\,4) -fps_mode passthrough -c:v libx264 -preset ultrafast -g 50", 2, false, true},
		{"ntsc.mkv", "-vf fps=24000/1001 -c:v libx264 -preset ultrafast -g 50", 3, false, false},
		{"full.mkv", "-pix_fmt yuvj420p -c:v libx264 -preset ultrafast -g 50", 0, true, false},
		{"flv1.mkv", "-c:v flv -g 50", 0, true, false},
	} {
		if !c.quick && os.Getenv("AMVLIB_TEST_ALL") != "1" {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			args := append([]string{"-f", "lavfi", "-i", "testsrc2=s=96x64:r=25:d=11"}, sound...)
			args = append(append(args, strings.Fields(c.args)...), "-c:a", "aac")
			if strings.HasSuffix(c.name, ".webm") {
				args = append(args, "-c:a", "libopus")
			}
			path := filepath.Join(t.TempDir(), c.name)
			if err := tool.Pipe(t.Context(), append(args, "file:"+path), nil); err != nil {
				t.Skip("this ffmpeg cannot make it: ", err)
			}
			k := sameEitherWay(t, tool, path)
			if k.divided == c.together || k.frames == 0 {
				t.Errorf("divided: %v (%s), %d frames", k.divided, k.why, k.frames)
			}
			if k.joints < c.joints {
				t.Errorf("%d joints, want %d", k.joints, c.joints)
			}
		})
	}
}
