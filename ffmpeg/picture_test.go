package ffmpeg

import (
	"os"
	"path/filepath"
	"testing"
)

func TestParsePGM(t *testing.T) {
	img, err := parsePGM([]byte("P5\n2 3\n255\nabcdef"))
	if err != nil || img.Rect.Dx() != 2 || img.Rect.Dy() != 3 || string(img.Pix) != "abcdef" {
		t.Errorf("%v, %v", img, err)
	}
	for _, bad := range []string{"", "P5\n", "P5\n2 3\n255\nabc", "P6\n2 3\n255\nabcdef", "P5\n-2 3\n255\nabcdef", "P5\n1000000 1000000\n255\nabcdef"} {
		if img, err := parsePGM([]byte(bad)); err == nil {
			t.Errorf("%q is %v", bad, img.Rect)
		}
	}
}

// TestPicture reads what Go's own decoders do not, no larger than is asked for.
func TestPicture(t *testing.T) {
	tool, err := Find(t.Context(), "", "")
	if err != nil {
		t.Skip("no ffmpeg: ", err)
	}
	dir := t.TempDir()
	for _, name := range []string{"a.bmp", "a.tiff", "a.webp", "a.avif"} {
		path := filepath.Join(dir, name)
		err := tool.Pipe(t.Context(), []string{"-f", "lavfi", "-i", "testsrc=s=1280x720:d=0.04", "-frames:v", "1", "file:" + path}, nil)
		if err != nil {
			t.Logf("%s cannot be made here: %v", name, err)
			continue
		}
		img, err := tool.Picture(t.Context(), path, 40_000_000)
		if err != nil || img.Rect.Dx() != 640 || img.Rect.Dy() != 360 {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := tool.Picture(t.Context(), path, 1000); err == nil {
			t.Errorf("%s is read though it is too large", name)
		}
	}
	broken := filepath.Join(dir, "b.webp")
	if err := os.WriteFile(broken, []byte("RIFF\x10\x00\x00\x00WEBPVP8 junk"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := tool.Picture(t.Context(), broken, 1000); err == nil {
		t.Error("junk is read")
	}
}
