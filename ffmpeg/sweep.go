package ffmpeg

import (
	"os"
	"path/filepath"
	"strings"
	"time"
)

// textFolder begins the names of the folders in which texts wait.
const textFolder = "amvlib-text-"

// stale is the age at which such a folder is nobody's: no film takes a day to decode.
const stale = 24 * time.Hour

// Sweep removes from dir, the system's folder for temporary files where empty, what earlier runs that were killed have left there.
// What cannot be removed is left.
func Sweep(dir string) {
	if dir == "" {
		dir = os.TempDir()
	}
	entries, _ := os.ReadDir(dir) // a folder that cannot be read holds nothing that could be removed
	for _, e := range entries {
		if !e.IsDir() || !strings.HasPrefix(e.Name(), textFolder) {
			continue
		}
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > stale {
			_ = os.RemoveAll(filepath.Join(dir, e.Name()))
		}
	}
}
