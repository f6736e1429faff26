package ffmpeg

import (
	"errors"
	"image"
	"os"
	"path/filepath"
	"testing"

	"github.com/amvlib/amvlib/timecode"
)

// TestGrays gives of a film's middle what decoding the whole gives there, at the same times.
func TestGrays(t *testing.T) {
	tool, err := Find(t.Context(), "", "")
	if err != nil {
		t.Skip("no ffmpeg: ", err)
	}
	film := filepath.Join(t.TempDir(), "film.mkv")
	if err := tool.Pipe(t.Context(), []string{"-f", "lavfi", "-i", "testsrc=s=320x180:r=24000/1001:d=6", "-g", "40", "-c:v", "mpeg4", "-q:v", "2", "file:" + film}, nil); err != nil {
		t.Fatal(err)
	}
	opened, err := tool.Film(t.Context(), film, Options{})
	if err != nil {
		t.Fatal(err)
	}
	gather := func(r timecode.Range) (times []timecode.Time, pictures []*image.Gray) {
		err := opened.Grays(t.Context(), r, func(at timecode.Time, img *image.Gray) error {
			times, pictures = append(times, at), append(pictures, img)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return times, pictures
	}
	times, pictures := gather(timecode.Range{End: 20 * timecode.Second})
	some, there := gather(timecode.Range{Start: 2500 * timecode.Second / 1000, End: 4 * timecode.Second})
	if len(times) < 140 || len(some) < 35 || len(some) > 37 {
		t.Fatalf("%d and %d pictures", len(times), len(some))
	}
	at := 0
	for times[at] < some[0]-timecode.Second/200 {
		at++
	}
	for i := range some {
		if off := some[i] - times[at+i]; off > timecode.Second/500 || off < -timecode.Second/500 {
			t.Fatalf("picture %d at %v, not %v", i, some[i], times[at+i])
		}
		if string(there[i].Pix) != string(pictures[at+i].Pix) {
			t.Errorf("picture %d at %v is another one", i, some[i])
		}
	}
	if late, _ := gather(timecode.Range{Start: 60 * timecode.Second, End: 61 * timecode.Second}); len(late) > 0 {
		t.Errorf("%d pictures beyond the end", len(late))
	}
	enough := errors.New("enough")
	if err := opened.Grays(t.Context(), timecode.Range{End: timecode.Second}, func(timecode.Time, *image.Gray) error { return enough }); !errors.Is(err, enough) {
		t.Errorf("stopped with %v", err)
	}
}

// TestGraysOfNothing tells what is wrong with what is no film.
func TestGraysOfNothing(t *testing.T) {
	tool, err := Find(t.Context(), "", "")
	if err != nil {
		t.Skip("no ffmpeg: ", err)
	}
	junk := filepath.Join(t.TempDir(), "junk.mkv")
	if err := os.WriteFile(junk, []byte("no film"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{junk, junk + ".none"} {
		_, err := tool.Film(t.Context(), path, Options{})
		if err == nil {
			t.Errorf("%s is a film", path)
		}
		t.Log(err)
	}
}
