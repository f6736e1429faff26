package ffmpeg

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestSweepTakesOnlyWhatIsOldAndOurs(t *testing.T) {
	dir := t.TempDir()
	old := time.Now().Add(-2 * stale)
	for name, age := range map[string]time.Time{"amvlib-text-1": old, "amvlib-text-2": time.Now(), "other": old} {
		path := filepath.Join(dir, name)
		if err := os.Mkdir(path, 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(path, "3.srt"), "x")
		if err := os.Chtimes(path, age, age); err != nil {
			t.Fatal(err)
		}
	}
	write(t, filepath.Join(dir, "amvlib-text-file"), "no folder")
	Sweep(dir)
	for name, want := range map[string]bool{"amvlib-text-1": false, "amvlib-text-2": true, "other": true, "amvlib-text-file": true} {
		if _, err := os.Stat(filepath.Join(dir, name)); (err == nil) != want {
			t.Errorf("%s: %v", name, err)
		}
	}
}
