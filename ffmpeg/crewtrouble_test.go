//go:build unix

package ffmpeg

import (
	"context"
	"errors"
	"os"
	"testing"
	"time"

	"github.com/amvlib/amvlib/proc"
)

func longFilm(t *testing.T, tool *Tool, name string, extra ...string) string {
	t.Helper()
	return makeFile(t, tool, name, append([]string{"-f", "lavfi", "-i", "testsrc2=s=96x64:r=25:d=10", "-f", "lavfi", "-i", "sine=d=10", "-c:v", "mpeg4", "-g", "50",
		"-c:a", "mp2"}, extra...)...)
}

// TestDecodersThatFail make one process decode the film, and nothing is given twice.
func TestDecodersThatFail(t *testing.T) {
	genuine := findTool(t)
	path := longFilm(t, genuine, "film.mkv")
	want := tell(t, genuine, path, -1)
	for what, decoder := range map[string]string{
		"reads too little": `head -c 60000 | "$REAL" "$@"; exit 0`,
		"gives nonsense":   `echo nonsense; exec cat >/dev/null`,
		"complains":        `echo "[mpeg4 @ 0x1] trouble" >&2; exec "$REAL" "$@"`,
		"fails at the end": `"$REAL" "$@"; exit 1`,
	} {
		tool := fake(t, genuine, "for a in \"$@\"; do [ \"$a\" = pipe:0 ] && { "+decoder+"; }; done\nexec \"$REAL\" \"$@\"\n")
		got := tell(t, tool, path, 1)
		if got.sum != want.sum || got.frames != want.frames || got.blocks != want.blocks || got.err != "" || got.divided {
			t.Errorf("%s: %d frames, %d blocks, want %d, %d; %s; divided: %v", what, got.frames, got.blocks, want.frames, want.blocks, got.err, got.divided)
		}
	}
}

// TestStretchesOfDamage tells of damage what one process tells, in the same pictures.
func TestStretchesOfDamage(t *testing.T) {
	tool := findTool(t)
	whole := longFilm(t, tool, "e.mkv")
	data, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	for i := len(data) / 2; i < len(data)/2+800; i++ {
		data[i] ^= 0x5a
	}
	path := whole + ".damaged.mkv"
	write(t, path, string(data))
	if k := sameEitherWay(t, tool, path); len(k.skipped) != 1 {
		t.Errorf("told %q", k.skipped)
	}
	if k := sameEitherWay(t, tool, cutFile(t, whole, 0.7)); k.err == "" {
		t.Error("a film that breaks off is whole")
	}
}

// TestEditsOfFilms gives what an edit list shows, and no more.
func TestEditsOfFilms(t *testing.T) {
	tool := findTool(t)
	film := longFilm(t, tool, "whole.mp4", "-bf", "2")
	if k := sameEitherWay(t, tool, film); !k.divided || k.frames != 250 {
		t.Errorf("an ordinary film: divided %v, %d frames; %s", k.divided, k.frames, k.why)
	}
	cut := makeFile(t, tool, "cut.mp4", "-ss", "1.3", "-i", film, "-c", "copy")
	if k := sameEitherWay(t, tool, cut); k.divided {
		t.Errorf("a film of which the beginning is not shown was divided")
	}
	late := makeFile(t, tool, "late.mp4", "-itsoffset", "1.5", "-i", film, "-i", film, "-map", "0:v", "-map", "1:a", "-c", "copy")
	if k := sameEitherWay(t, tool, late); !k.divided || k.frames != 250 {
		t.Errorf("a film that begins late: divided %v, %d frames; %s", k.divided, k.frames, k.why)
	}
}

// TestStretchesEnd when nobody wants more, and when their time is up.
func TestStretchesEnd(t *testing.T) {
	tool := findTool(t)
	path := longFilm(t, tool, "film.mkv")
	open := func(ctx context.Context, tool *Tool, o Options) (frames int, err error) {
		o.Cores = proc.NewCores(2)
		s, err := tool.Open(ctx, path, o)
		if err != nil {
			t.Fatal(err)
		}
		for p, err := range s.Packets(ctx) {
			if err != nil {
				return frames, err
			}
			if p.Frame != nil {
				frames++
			}
			if frames == 70 {
				break
			}
		}
		left := 0
		for o.Cores.Take() {
			left++
		}
		if left != 2 {
			t.Errorf("%d cores of 2 were given back", left)
		}
		return frames, nil
	}
	if n, err := open(t.Context(), tool, Options{}); n != 70 || err != nil {
		t.Errorf("%d frames, %v", n, err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	idle := fake(t, tool, "for a in \"$@\"; do [ \"$a\" = pipe:0 ] && exec sleep 60; done\nexec \"$REAL\" \"$@\"\n")
	if _, err := open(ctx, idle, Options{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a decoder that does nothing: %v", err)
	}
	if _, err := open(t.Context(), idle, Options{Stall: time.Second}); !errors.Is(err, ErrStalled) {
		t.Errorf("a decoder that stalls: %v", err)
	}
}
