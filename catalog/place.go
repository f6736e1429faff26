package catalog

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// claim looks at the place before SQLite does, whose words for what is wrong with it help nobody.
func claim(dir, file string, existing bool) error {
	info, err := os.Stat(file)
	switch {
	case err == nil && !info.Mode().IsRegular():
		return ErrNotLibrary
	case err == nil && (info.Size() > 0 || !existing):
		return nil
	case err == nil || existing && errors.Is(err, fs.ErrNotExist):
		return errNone
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return refuseFootage(dir)
}

// film holds the endings of what a library must not be mixed with.
var film = []string{".mkv", ".mp4", ".m4v", ".mov", ".avi", ".webm", ".wmv", ".ts", ".m2ts", ".mpg", ".mpeg", ".ogm", ".vob", ".flv"}

// refuseFootage keeps a slip of the hand (--library ~/Anime) from scattering a library's files among somebody's episodes.
func refuseFootage(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := e.Name()
		if e.IsDir() {
			name = firstFilm(filepath.Join(dir, name))
		}
		if isFilm(name) {
			return fmt.Errorf("%w: the folder holds footage (%q)", ErrNotLibrary, name)
		}
	}
	return nil
}

// firstFilm is a film right in dir, or nothing: a folder that cannot be read is none of ours.
func firstFilm(dir string) string {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return ""
	}
	for _, e := range entries {
		if !e.IsDir() && isFilm(e.Name()) {
			return e.Name()
		}
	}
	return ""
}

func isFilm(name string) bool { return slices.Contains(film, strings.ToLower(filepath.Ext(name))) }
