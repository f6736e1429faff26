package ingest

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"unicode"

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

// beside finds the subtitle files that belong to a film: in its folder, in a Subs folder there, in the folder of its own that some
// releases give each film in Subs, and where the user said.
func (r *run) beside(film string) (found []sidecar) {
	dir, base := filepath.Split(film)
	stem := strings.TrimSuffix(base, filepath.Ext(base))
	take := func(folder string, match func(string, string, fs.DirEntry) (sidecar, bool)) {
		for _, e := range r.folders.texts(folder) {
			if s, ok := match(base, folder, e); ok && !listed(found, s) {
				found = append(found, s)
			}
		}
	}
	take(dir, matchSidecar)
	for _, sub := range []string{"Subs", "subs", "Subtitles"} {
		take(filepath.Join(dir, sub), matchSidecar)
		take(filepath.Join(dir, sub, stem), ownSidecar)
	}
	for _, named := range r.opt.Subs {
		if info, err := os.Stat(named); err == nil && info.Mode().IsRegular() {
			if s, ok := ownSidecar(base, filepath.Dir(named), fs.FileInfoToDirEntry(info)); ok && !listed(found, s) {
				found = append(found, s)
			}
			continue
		}
		take(named, matchSidecar)
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

// matchSidecar takes what is named after the film.
func matchSidecar(film, folder string, e fs.DirEntry) (sidecar, bool) {
	match, ok := subtitles.SidecarOf(film, e.Name())
	if !ok {
		return sidecar{}, false
	}
	return newSidecar(film, folder, e, match)
}

// ownSidecar takes a file that is the film's whatever it is called, and its language from any word of its name ("2_English.srt").
func ownSidecar(film, folder string, e fs.DirEntry) (sidecar, bool) {
	match, ok := subtitles.SidecarOf(film, e.Name())
	if ok {
		return newSidecar(film, folder, e, match)
	}
	stem := strings.TrimSuffix(e.Name(), filepath.Ext(e.Name()))
	for _, word := range strings.FieldsFunc(stem, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if match.Lang == "" {
			match.Lang = subtitles.ParseLanguage(word)
		}
		match.Forced = match.Forced || strings.EqualFold(word, "forced")
	}
	return newSidecar(film, folder, e, match)
}

func newSidecar(film, folder string, e fs.DirEntry, match subtitles.Sidecar) (sidecar, bool) {
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

// readSidecars reads the files, on the clock of the film; what cannot be read, and what was moved, is said in notes.
func (r *run) readSidecars(texts []sidecar, film *analysis.Analysis) (tracks []analysis.Track, notes []string) {
	for _, s := range texts {
		data, err := readText(s)
		if err != nil {
			notes = append(notes, fmt.Sprintf("%s: %v", filepath.Base(s.path), err))
			continue
		}
		t := analysis.ReadText(s.track, data, film.Rate)
		if len(t.Skipped) > 0 {
			notes = append(notes, fmt.Sprintf("%s: %s", filepath.Base(s.path), brief(t.Skipped)))
		}
		if clock := r.clock(t, film); clock != (subtitles.Clock{}) {
			t.Lines = clock.Move(t.Lines)
			notes = append(notes, filepath.Base(s.path)+": "+moved(clock))
		}
		tracks = append(tracks, t)
	}
	return tracks, notes
}

// smallest is the least shift that is mended: less is how subtitles are timed by taste.
const smallest = timecode.Second / 4

// clock is how a sidecar's times become the film's: as the user said, or so that it fits the fullest track inside the film. It is zero
// where they fit as they are.
func (r *run) clock(t analysis.Track, film *analysis.Analysis) subtitles.Clock {
	if r.opt.SubsOffset != 0 {
		return subtitles.Clock{By: r.opt.SubsOffset}
	}
	var inside []subtitles.Line
	for _, own := range film.Tracks {
		if len(own.Lines) > len(inside) {
			inside = own.Lines
		}
	}
	clock, ok := subtitles.Fit(inside, t.Lines)
	if !ok || !clock.Drifts() && clock.By < smallest && clock.By > -smallest {
		return subtitles.Clock{}
	}
	return clock
}

// moved says what was mended.
func moved(c subtitles.Clock) string {
	by := fmt.Sprintf("moved by %+.2f s", c.By.Seconds())
	if c.Drifts() {
		return fmt.Sprintf("made for a film of %.5g frames a second, fitted to %.5g and %s", c.From.Float(), c.To.Float(), by)
	}
	return by
}

func readText(s sidecar) ([]byte, error) {
	if s.info.Size() > largestText {
		return nil, fmt.Errorf("%d MB are too much for subtitles", s.info.Size()>>20)
	}
	return os.ReadFile(s.path)
}
