package ingest

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

// sidecar is a subtitle file beside a film.
type sidecar struct {
	path   string
	track  media.TextTrack
	suffix string // what its name has beyond the film's: ".pl.srt"
	info   fs.FileInfo
}

// largestText is more than any subtitle file has.
const largestText = 64 << 20

// folders lists each folder once a run: a thousand films in one need not list it a thousand times.
type folders struct {
	mu    sync.Mutex
	lists map[string][]fs.DirEntry
}

// texts lists the subtitle files of a folder; none where it cannot be read.
func (f *folders) texts(dir string) []fs.DirEntry {
	f.mu.Lock()
	defer f.mu.Unlock()
	if list, ok := f.lists[dir]; ok {
		return list
	}
	var list []fs.DirEntry
	entries, _ := os.ReadDir(dir) // a folder that is missing holds no subtitles
	for _, e := range entries {
		if !e.IsDir() && !strings.HasPrefix(e.Name(), ".") && timedText(e.Name()) {
			list = append(list, e)
		}
	}
	if f.lists == nil {
		f.lists = map[string][]fs.DirEntry{}
	}
	f.lists[dir] = list
	return list
}

// timedText tells whether a name promises subtitles. Plain text and song lyrics beside a film are something else.
func timedText(name string) bool {
	switch subtitles.FormatOf(name) {
	case "", "txt", "lrc":
		return false
	}
	return !strings.EqualFold(filepath.Ext(name), ".xml")
}

// beside finds the subtitle files that belong to a film: in its folder and in a Subs folder there.
func (r *run) beside(film string) []sidecar {
	dir, base := filepath.Split(film)
	var found []sidecar
	for _, sub := range []string{"", "Subs", "subs", "Subtitles"} {
		folder := filepath.Join(dir, sub)
		for _, e := range r.folders.texts(folder) {
			if s, ok := matchSidecar(base, folder, e); ok && !listed(found, s) {
				found = append(found, s)
			}
		}
	}
	return found
}

// listed keeps a file from counting twice where Subs and subs are one folder.
func listed(found []sidecar, s sidecar) bool {
	for _, f := range found {
		if os.SameFile(f.info, s.info) {
			return true
		}
	}
	return false
}

func matchSidecar(film, folder string, e fs.DirEntry) (sidecar, bool) {
	match, ok := subtitles.SidecarOf(film, e.Name())
	if !ok {
		return sidecar{}, false
	}
	info, err := os.Stat(filepath.Join(folder, e.Name()))
	if err != nil || !info.Mode().IsRegular() {
		return sidecar{}, false
	}
	format := subtitles.FormatOf(e.Name())
	stem := strings.TrimSuffix(film, filepath.Ext(film))
	return sidecar{
		path: filepath.Join(folder, e.Name()), info: info, suffix: strings.TrimPrefix(e.Name(), stem),
		track: media.TextTrack{Stream: -1, Codec: format, Format: format, Language: match.Lang, Forced: match.Forced, File: e.Name()},
	}, true
}

// fingerprint tells whether the files beside a film are the ones that were read: by what their names add to the film's, by size and
// time. It holds when film and files are renamed together.
func fingerprint(texts []sidecar) string {
	var b strings.Builder
	for _, s := range texts {
		fmt.Fprintf(&b, "%s %d %d\n", s.suffix, s.info.Size(), stamp(s.info).UnixMicro())
	}
	return b.String()
}

// readSidecars reads the files; what cannot be read is said in notes.
func readSidecars(texts []sidecar, rate timecode.Rate) (tracks []analysis.Track, notes []string) {
	for _, s := range texts {
		data, err := readText(s)
		if err != nil {
			notes = append(notes, fmt.Sprintf("%s: %v", filepath.Base(s.path), err))
			continue
		}
		t := analysis.ReadText(s.track, data, rate)
		if len(t.Skipped) > 0 {
			notes = append(notes, fmt.Sprintf("%s: %s", filepath.Base(s.path), brief(t.Skipped)))
		}
		tracks = append(tracks, t)
	}
	return tracks, notes
}

func readText(s sidecar) ([]byte, error) {
	if s.info.Size() > largestText {
		return nil, fmt.Errorf("%d MB are too much for subtitles", s.info.Size()>>20)
	}
	return os.ReadFile(s.path)
}
