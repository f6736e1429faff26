//go:build unix

package ffmpeg

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// fake makes a program that plays ffmpeg. $REAL is the real one; script runs for everything but -version and the probe.
func fake(t *testing.T, genuine *Tool, script string) *Tool {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ffmpeg")
	head := "#!/bin/sh\nREAL='" + genuine.Path + "'\nPROBE=yes\nfor a in \"$@\"; do [ \"$a\" = pipe:1 ] && PROBE=; done\n" +
		"[ \"$1\" = -version ] && exec \"$REAL\" -version\n[ $PROBE ] && exec \"$REAL\" \"$@\"\n"
	if err := os.WriteFile(path, []byte(head+script), 0o700); err != nil {
		t.Fatal(err)
	}
	return &Tool{Path: path, Version: genuine.Version, Source: "flag"}
}

// saying makes a program that only says text.
func saying(t *testing.T, dir, text string) string {
	t.Helper()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "ffmpeg")
	if err := os.WriteFile(path, []byte("#!/bin/sh\necho '"+text+"'\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

const (
	good = "ffmpeg version 6.0 Copyright"
	old  = "ffmpeg version 4.4.2-0ubuntu0 Copyright"
)

func TestWhereFfmpegIsFound(t *testing.T) {
	onPath, app, named := t.TempDir(), t.TempDir(), t.TempDir()
	t.Setenv("PATH", onPath+":/bin:/usr/bin")
	t.Setenv(Variable, "")
	saying(t, onPath, good)
	saying(t, filepath.Join(app, "bin"), good)
	other := saying(t, named, good)
	expect(t, "", app, "PATH", nil)
	expect(t, other, app, "flag", nil)
	expect(t, filepath.Join(named, "none"), app, "", ErrMissing)
	expect(t, saying(t, filepath.Join(named, "old"), old), app, "", ErrTooOld)
	expect(t, saying(t, filepath.Join(named, "no"), "hello"), app, "", ErrMissing)
	saying(t, onPath, old)
	expect(t, "", app, "app folder", nil)
	expect(t, "", t.TempDir(), "", ErrTooOld)
	t.Setenv(Variable, other)
	expect(t, "", app, "environment", nil)
	t.Setenv(Variable, filepath.Join(named, "none"))
	expect(t, "", app, "", ErrMissing)
}

func TestNoFfmpegAtAll(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	t.Setenv(Variable, "")
	expect(t, "", t.TempDir(), "", ErrMissing)
}

func expect(t *testing.T, explicit, app, source string, want error) {
	t.Helper()
	tool, err := Find(t.Context(), explicit, app)
	if !errors.Is(err, want) || want == nil && (err != nil || tool.Source != source) {
		t.Errorf("found %+v, %v; want one from the %s, %v", tool, err, source, want)
	}
}

func TestStalledDecoderTimesOut(t *testing.T) {
	genuine := findTool(t)
	path := filmFile(t, genuine, "e.mkv")
	s, err := fake(t, genuine, "sleep 1000\n").Open(t.Context(), path, Options{Stall: 100 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	oneLine(t, takeAll(t.Context(), s).err, ErrStalled)
}

func TestStallInTheMiddle(t *testing.T) {
	genuine := findTool(t)
	path := filmFile(t, genuine, "e.mkv")
	// Half the stream comes, then nothing more.
	k, _ := openAll(t, fake(t, genuine, "\"$REAL\" \"$@\" | head -c 1000000\nsleep 1000\n"), path, Options{Stall: 2 * time.Second})
	oneLine(t, k.err, ErrStalled)
	if len(k.frames) == 0 {
		t.Error("what came before the stall was withheld")
	}
}

func TestFloodOfComplaintsIsBounded(t *testing.T) {
	genuine := findTool(t)
	k, _ := openAll(t, fake(t, genuine, "head -c 8000000 /dev/zero | tr '\\0' 'x' >&2\necho >&2; echo last words >&2\nexit 1\n"),
		filmFile(t, genuine, "e.mkv"), Options{})
	if k.err == nil || len(k.err.Error()) > 1000 || !strings.Contains(k.err.Error(), "last words") {
		t.Errorf("%d bytes: %.300v", len(k.err.Error()), k.err)
	}
}

// A text track that fails in the middle of the film must cost the track, not the film, nor give a picture twice.
func TestFailingTextTrackIsSpared(t *testing.T) {
	genuine := findTool(t)
	path := episodeFile(t, genuine, "e.mkv")
	fails := "case \"$*\" in *3.srt*)\n\"$REAL\" \"$@\" | head -c 1000000\necho 'Error while decoding stream #0:3: no text' >&2\nexit 1;;\nesac\nexec \"$REAL\" \"$@\"\n"
	k, info := openAll(t, fake(t, genuine, fails), path, Options{})
	if k.err != nil || len(k.frames) != 25 || k.samples() != 16000 {
		t.Errorf("%d frames, %d samples, %v", len(k.frames), k.samples(), k.err)
	}
	for i, f := range k.frames {
		if f.Index != int64(i) {
			t.Fatalf("frame %d comes as number %d", i, f.Index)
		}
	}
	if len(k.texts) != 1 || k.texts[0].Track.Stream != 2 || len(info.Skipped) != 1 || !strings.Contains(info.Skipped[0], "stream 3: subrip") {
		t.Errorf("%d texts, skipped %q", len(k.texts), info.Skipped)
	}
}

// Where ffmpeg does not say what is at fault the sound is left out first, and the texts only if that did not help; what did not help
// is put back.
func TestGuessesAtWhatFails(t *testing.T) {
	genuine := findTool(t)
	path := episodeFile(t, genuine, "e.mkv")
	for name, c := range map[string]struct {
		fails, says           string
		samples, texts, notes int
	}{
		"sound":               {"*pcm_s16le*", "Conversion failed!", 0, 2, 1},
		"texts":               {"*.srt*", "Conversion failed!", 16000, 0, 2},
		"both":                {"*pcm_s16le*|*.srt*", "Conversion failed!", 0, 0, 3},
		"sound, text blamed":  {"*pcm_s16le*", "Error while decoding stream #0:3: Invalid data", 0, 2, 1},
		"sound blamed":        {"*pcm_s16le*", "Decoder (codec x) not found for input stream #0:1", 0, 2, 1},
		"texts, sound blamed": {"*.srt*", "Error while decoding stream #0:1: Invalid data", 16000, 0, 2},
		"disk full":           {"*.srt*", "av_interleaved_write_frame(): No space left on device", 16000, 0, 2},
	} {
		script := "case \"$*\" in " + c.fails + ") echo '" + c.says + "' >&2; exit 1;; esac\nexec \"$REAL\" \"$@\"\n"
		k, info := openAll(t, fake(t, genuine, script), path, Options{})
		if k.err != nil || len(k.frames) != 25 || k.samples() != c.samples || len(k.texts) != c.texts || len(info.Skipped) != c.notes {
			t.Errorf("%s: %d frames, %d samples, %d texts, skipped %q, %v", name, len(k.frames), k.samples(), len(k.texts), info.Skipped, k.err)
		}
	}
}

func TestBrokenDecoderFailsOnce(t *testing.T) {
	genuine := findTool(t)
	k, _ := openAll(t, fake(t, genuine, "echo 'cannot go on' >&2; exit 1\n"), episodeFile(t, genuine, "e.mkv"), Options{})
	if k.err == nil || len(k.frames) != 0 || !strings.Contains(k.err.Error(), "cannot go on") {
		t.Errorf("%v", k.err)
	}
}

func TestCancellationLeavesNothing(t *testing.T) {
	genuine, temp := findTool(t), t.TempDir()
	pids := filepath.Join(t.TempDir(), "pids")
	path := makeFile(t, genuine, "long.mkv", "-f", "lavfi", "-i", "testsrc=s=96x64:r=25:d=60", "-c:v", "mpeg4")
	// The program starts another, as a wrapper script would, and both must end.
	tool := fake(t, genuine, "sleep 1000 &\necho $$ $! > '"+pids+"'\n\"$REAL\" \"$@\"\n")
	s, err := tool.Open(t.Context(), path, Options{TempDir: temp})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var last error
	for p, err := range s.Packets(ctx) {
		if last = err; p.Frame != nil && p.Frame.Index == 3 {
			cancel()
		}
	}
	cancel()
	if !errors.Is(last, context.Canceled) {
		t.Errorf("ended with %v", last)
	}
	said, err := os.ReadFile(pids)
	if err != nil {
		t.Fatal(err)
	}
	for f := range strings.FieldsSeq(string(said)) {
		pid, _ := strconv.Atoi(f)
		for running(pid) {
			time.Sleep(5 * time.Millisecond) // until the test binary's own deadline
		}
	}
	if left, _ := os.ReadDir(temp); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

// running tells whether pid runs; what has ended and only waits to be collected does not.
func running(pid int) bool {
	if stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat"); err == nil {
		_, after, _ := strings.Cut(string(stat), ") ")
		return !strings.HasPrefix(after, "Z")
	}
	return syscall.Kill(pid, 0) == nil
}

func TestPipeTellsWhatWentWrong(t *testing.T) {
	tool := findTool(t)
	err := tool.Pipe(t.Context(), []string{"-f", "lavfi", "-i", "nosuchfilter", "-f", "null", "-"}, nil)
	if err == nil || !strings.Contains(err.Error(), "nosuchfilter") && !strings.Contains(err.Error(), "rror") {
		t.Errorf("got %v", err)
	}
	path := filepath.Join(t.TempDir(), "raw.mkv")
	frames := strings.NewReader(strings.Repeat("\x80", 64*48*3/2*10))
	err = tool.Pipe(t.Context(), []string{"-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", "64x48", "-r", "25", "-i", "pipe:0", "-c:v", "ffv1", path}, frames)
	if err != nil {
		t.Fatal(err)
	}
	if k, _ := openAll(t, tool, path, Options{}); len(k.frames) != 10 || k.frames[9].Image.Y[0] != 0x80 {
		t.Errorf("%d frames, %v", len(k.frames), k.err)
	}
}
