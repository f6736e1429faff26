package ingest

import (
	"context"
	"errors"
	"image"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/timecode"
)

// film of stripes that move from left to right for a second and then from top to bottom.
type stripes struct{ fail error }

func (stripes) Info() media.Info {
	return media.Info{Container: "drawn", Duration: 2 * timecode.Second, Video: &media.Video{Codec: "drawn", Width: 640, Height: 360, Rate: timecode.Cinema}}
}

func (s stripes) Packets(ctx context.Context) iter.Seq2[media.Packet, error] {
	return func(yield func(media.Packet, error) bool) {
		for i := range int64(48) {
			if ctx.Err() != nil {
				yield(media.Packet{}, ctx.Err())
				return
			}
			if s.fail != nil && i == 20 {
				yield(media.Packet{}, s.fail)
				return
			}
			if !yield(media.Packet{Frame: &media.Frame{Index: i, PTS: timecode.Cinema.At(i), Image: stripe(int(i))}}, nil) {
				return
			}
		}
		track := media.TextTrack{Stream: 2, Codec: "subrip", Format: "srt", Language: "eng"}
		yield(media.Packet{Text: &media.Text{Track: track, Data: []byte("1\n00:00:00,200 --> 00:00:00,900\nWe go home now\n")}}, nil)
	}
}

func stripe(i int) *image.YCbCr {
	img := image.NewYCbCr(image.Rect(0, 0, media.Width, media.Height), image.YCbCrSubsampleRatio420)
	for y := range media.Height {
		for x := range media.Width {
			at := x + i
			if i >= 24 {
				at = 3 * (y + i)
			}
			img.Y[y*img.YStride+x] = byte(40 + at*2%160)
		}
	}
	for k := range img.Cb {
		img.Cb[k], img.Cr[k] = 128, byte(128+40*(i/24))
	}
	return img
}

// library is a real catalog and films to bring into it.
type library struct {
	t      *testing.T
	cat    *catalog.Catalog
	dir    string
	opened atomic.Int32
	fail   error
	events []Event
	mu     sync.Mutex
}

func newLibrary(t *testing.T, films ...string) *library {
	t.Helper()
	cat, err := catalog.Open(t.Context(), filepath.Join(t.TempDir(), "library"), catalog.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cat.Close() })
	l := &library{t: t, cat: cat, dir: t.TempDir()}
	for _, f := range films {
		l.put(f, f)
	}
	return l
}

func (l *library) put(name, content string) string {
	l.t.Helper()
	path := filepath.Join(l.dir, name)
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		l.t.Fatal(err)
	}
	return path
}

func (l *library) run(opt Options) Summary {
	l.t.Helper()
	s, err := l.try(l.t.Context(), opt)
	if err != nil {
		l.t.Fatal(err)
	}
	return s
}

func (l *library) try(ctx context.Context, opt Options) (Summary, error) {
	l.t.Helper()
	films, problems := Discover(ctx, []string{l.dir})
	if len(problems) > 0 {
		l.t.Fatal(problems)
	}
	l.events = nil
	if opt.Open == nil {
		opt.Open = func(_ context.Context, path string, _ Share) (media.Source, error) {
			l.opened.Add(1)
			if strings.Contains(path, "broken") {
				return nil, &media.Error{Op: "open", Path: path, Err: errors.New("this is no film")}
			}
			return stripes{l.fail}, nil
		}
	}
	opt.Report = func(e Event) {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.events = append(l.events, e)
	}
	return Run(ctx, l.cat, films, opt)
}

func (l *library) expect(s Summary, added, updated, moved, known, failed int) {
	l.t.Helper()
	if s.Added != added || s.Updated != updated || s.Moved != moved || s.Known != known || s.Failed != failed {
		l.t.Errorf("added %d updated %d moved %d known %d failed %d, want %d %d %d %d %d; events %+v",
			s.Added, s.Updated, s.Moved, s.Known, s.Failed, added, updated, moved, known, failed, l.events)
	}
}

func (l *library) lines() int {
	l.t.Helper()
	n := 0
	for _, e := range l.episodes() {
		lines, err := l.cat.Lines(l.t.Context(), e.ID)
		if err != nil {
			l.t.Fatal(err)
		}
		n += len(lines)
	}
	return n
}

func (l *library) episodes() []catalog.Episode {
	l.t.Helper()
	all, err := l.cat.Episodes(l.t.Context())
	if err != nil {
		l.t.Fatal(err)
	}
	return all
}

func TestIngestLearnsOnce(t *testing.T) {
	l := newLibrary(t, "Kite - 01.mkv", "Kite - 02.mkv")
	s := l.run(Options{})
	l.expect(s, 2, 0, 0, 0, 0)
	if s.Frames != 96 || s.Footage != 4*timecode.Second {
		t.Errorf("%d frames, %s of footage", s.Frames, s.Footage)
	}
	l.expect(l.run(Options{}), 0, 0, 0, 2, 0)
	if n := l.opened.Load(); n != 2 {
		t.Errorf("films were opened %d times", n)
	}
	l.expect(l.run(Options{Force: true}), 0, 2, 0, 0, 0)
	e := l.episodes()[0]
	shots, err := l.cat.Effective(t.Context(), e.ID)
	if err != nil || len(shots) != 2 || shots[0].Clean != (timecode.Span{In: 0, Out: 24}) || shots[1].Range.End != 2*timecode.Second {
		t.Errorf("%v, shots %+v", err, shots)
	}
	if e.Name.Source != "Kite" || e.Name.Number != "1" || e.Frames != 48 || e.Variable {
		t.Errorf("%+v", e)
	}
	if n := l.lines(); n != 2 {
		t.Errorf("%d lines", n)
	}
}

func TestIngestFollowsMovesAndCopies(t *testing.T) {
	l := newLibrary(t, "a.mkv")
	l.run(Options{})
	id := l.episodes()[0].ID
	moved := filepath.Join(l.dir, "b.mkv")
	if err := os.Rename(filepath.Join(l.dir, "a.mkv"), moved); err != nil {
		t.Fatal(err)
	}
	l.expect(l.run(Options{}), 0, 0, 1, 0, 0)
	if e := l.episodes(); len(e) != 1 || e[0].ID != id || e[0].Path != moved {
		t.Errorf("%+v", e)
	}
	l.put("copy.mkv", "a.mkv")
	l.expect(l.run(Options{}), 0, 0, 1, 1, 0)
	l.expect(l.run(Options{}), 0, 0, 0, 2, 0)
	if n := l.opened.Load(); n != 1 {
		t.Errorf("opened %d times", n)
	}
}

func TestIngestDecodesCopiesOnce(t *testing.T) {
	l := newLibrary(t)
	for _, name := range []string{"1.mkv", "2.mkv", "3.mkv", "4.mkv"} {
		l.put(name, "same")
	}
	l.expect(l.run(Options{Jobs: 4}), 1, 0, 3, 0, 0)
	if n := l.opened.Load(); n != 1 {
		t.Errorf("opened %d times", n)
	}
}

func TestIngestSeesChangedContentAndTouchedFiles(t *testing.T) {
	l := newLibrary(t, "a.mkv")
	l.run(Options{})
	if err := os.Chtimes(filepath.Join(l.dir, "a.mkv"), time.Time{}, time.Now().Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	l.expect(l.run(Options{}), 0, 0, 0, 1, 0)
	if n := l.opened.Load(); n != 1 {
		t.Errorf("a touched film was decoded again")
	}
	l.put("a.mkv", "other content")
	l.expect(l.run(Options{}), 1, 0, 0, 0, 0)
	if e := l.episodes(); len(e) != 1 {
		t.Errorf("the content that was replaced is still there: %+v", e)
	}
	l.put("b.mkv", "other content")
	l.run(Options{})
	l.put("a.mkv", "a third content")
	l.run(Options{})
	if e := l.episodes(); len(e) != 2 || e[0].Path == "" || e[1].Path == "" {
		t.Errorf("a copy was forgotten: %+v", e)
	}
}

func TestIngestPassesOverBrokenFilms(t *testing.T) {
	l := newLibrary(t, "1.mkv", "broken.mkv", "3.mkv")
	l.expect(l.run(Options{}), 2, 0, 0, 0, 1)
	i := slices.IndexFunc(l.events, func(e Event) bool { return e.State == Failed })
	if err := l.events[i].Err; !strings.Contains(err.Error(), "broken.mkv: this is no film") {
		t.Error(err)
	}
	l.fail = errors.New("damaged")
	l.put("4.mkv", "4")
	l.expect(l.run(Options{}), 0, 0, 0, 2, 2)
}

func TestIngestStopsWhenItIsTold(t *testing.T) {
	l := newLibrary(t, "1.mkv", "2.mkv", "3.mkv")
	ctx, cancel := context.WithCancel(t.Context())
	opt := Options{Jobs: 1, Open: func(_ context.Context, path string, _ Share) (media.Source, error) {
		if strings.HasSuffix(path, "2.mkv") {
			cancel()
		}
		return stripes{}, nil
	}}
	s, err := l.try(ctx, opt)
	if !errors.Is(err, context.Canceled) || s.Added != 1 || s.Failed != 0 {
		t.Errorf("%v, %+v", err, s)
	}
	l.expect(l.run(Options{}), 2, 0, 0, 1, 0)
}

// full is a library whose disk is full.
type full struct{ Catalog }

func (full) Commit(context.Context, catalog.Ingested) (catalog.Episode, error) {
	return catalog.Episode{}, catalog.ErrFull
}

func TestIngestEndsOnLibraryTrouble(t *testing.T) {
	l := newLibrary(t, "1.mkv", "2.mkv", "3.mkv")
	films, _ := Discover(t.Context(), []string{l.dir})
	opened := 0
	s, err := Run(t.Context(), full{l.cat}, films, Options{Jobs: 1, Open: func(context.Context, string, Share) (media.Source, error) {
		opened++
		return stripes{}, nil
	}})
	if !errors.Is(err, catalog.ErrFull) || s.Failed != 0 || opened != 1 {
		t.Errorf("%v, %+v, opened %d", err, s, opened)
	}
}

func TestIngestRefusesFilmsThatGrow(t *testing.T) {
	l := newLibrary(t, "1.mkv")
	s := l.run(Options{Open: func(_ context.Context, path string, _ Share) (media.Source, error) {
		return stripes{}, os.WriteFile(path, []byte("longer than before"), 0o644)
	}})
	l.expect(s, 0, 0, 0, 0, 1)
	if len(l.episodes()) != 0 {
		t.Error("half a download was stored")
	}
	later := time.Now().Add(time.Hour)
	s = l.run(Options{Open: func(_ context.Context, path string, _ Share) (media.Source, error) {
		return stripes{}, os.Chtimes(path, later, later) // written over, to the same length
	}})
	l.expect(s, 0, 0, 0, 0, 1)
}

func TestIngestGoesOnWhenAFolderVanishes(t *testing.T) {
	l := newLibrary(t, "1.mkv")
	away := filepath.Join(l.dir, "disk")
	if err := os.Mkdir(away, 0o755); err != nil {
		t.Fatal(err)
	}
	l.put("disk/2.mkv", "2")
	l.put("z.mkv", "z")
	s := l.run(Options{Jobs: 1, Open: func(_ context.Context, path string, _ Share) (media.Source, error) {
		return stripes{}, os.RemoveAll(away)
	}})
	l.expect(s, 2, 0, 0, 0, 1)
	i := slices.IndexFunc(l.events, func(e Event) bool { return e.State == Failed })
	if err := l.events[i].Err; !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "the disk is connected") {
		t.Error(err)
	}
}

func TestIngestUpgradesOldAnalyses(t *testing.T) {
	l := newLibrary(t, "1.mkv")
	learnt, err := analysis.Analyze(t.Context(), stripes{}, analysis.Options{})
	if err != nil {
		t.Fatal(err)
	}
	learnt.Versions.Shots = 0
	path := filepath.Join(l.dir, "1.mkv")
	key, err := KeyOf(path)
	if err != nil {
		t.Fatal(err)
	}
	info, _ := os.Stat(path)
	if _, err := l.cat.Commit(t.Context(), catalog.Ingested{Key: key, Path: path, Size: info.Size(), Modified: stamp(info), Name: NameOf(path), Analysis: learnt}); err != nil {
		t.Fatal(err)
	}
	l.expect(l.run(Options{}), 0, 1, 0, 0, 0)
}

func TestFitUsesCoresSideBySide(t *testing.T) {
	for _, c := range []struct{ jobs, films, cores, wantJobs, wantThreads int }{
		{0, 4, 2, 2, 1}, {0, 1, 2, 1, 4}, {0, 0, 2, 1, 4}, {3, 9, 2, 3, 1}, {0, 100, 64, 16, 4}, {0, 3, 8, 3, 2},
	} {
		if j, th := Fit(c.jobs, c.films, c.cores); j != c.wantJobs || th != c.wantThreads {
			t.Errorf("Fit(%d, %d, %d) = %d, %d; want %d, %d", c.jobs, c.films, c.cores, j, th, c.wantJobs, c.wantThreads)
		}
	}
}
