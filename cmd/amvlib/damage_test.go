//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/ffmpeg"
	"github.com/amvlib/amvlib/fixtures"
	"github.com/amvlib/amvlib/timecode"
)

// What a damaged film may cost at the most, the program itself, the largest of its processes, and the folder for temporary files.
const (
	mostOwn     = 1 << 30
	mostProcess = 4 << 30
	mostTemp    = 256 << 20
	hangs       = 3 * time.Minute // is ended then, and counted as hanging
)

// TestDamagedFilms ingests damaged films of the footage beside the project, each of its own seed, with the real program. Set
// AMVLIB_DAMAGES for more than 10, or to a range such as 17-17; then each must also end within twice the time of the film that was
// damaged and ten seconds.
func TestDamagedFilms(t *testing.T) {
	first, last := 0, 9
	timed, told := chosen(os.Getenv("AMVLIB_DAMAGES"), &first, &last)
	w := newWreckers(t, timed)
	w.told = told
	work := errgroup.Group{}
	work.SetLimit(runtime.GOMAXPROCS(0))
	for i := first; i <= last; i++ {
		work.Go(func() error { return w.damaged(i) })
	}
	if err := work.Wait(); err != nil {
		t.Fatal(err)
	}
	w.sound()
	t.Log(w.report())
}

// chosen reads how many there are to be, or which; then each is told of.
func chosen(wish string, first, last *int) (timed, told bool) {
	if n, err := strconv.Atoi(wish); err == nil {
		*last = n - 1
		return true, false
	}
	n, err := fmt.Sscanf(wish, "%d-%d", first, last)
	return n == 2 && err == nil, n == 2 && err == nil
}

// wreckable is one film to be damaged: a whole small one, or a piece of a larger.
type wreckable struct {
	path  string
	piece func() (string, error)
	clean func() (cost, error) // of it undamaged
}

// wreckers damage films and look at what ingesting them costs.
type wreckers struct {
	t     *testing.T
	ff    *ffmpeg.Tool
	dir   string
	films []*wreckable
	timed bool
	told  bool // of each film

	mu      sync.Mutex
	fates   map[string]map[string]int // how many, by kind of damage and fate
	worst   cost                      // each figure of another film
	slowest string
	ratio   float64
}

// cost is what one ingest took.
type cost struct {
	took         time.Duration
	own, largest int64 // bytes of memory, of the program itself and of the largest of its processes
	temp         int64 // bytes in the folder for temporary files
}

func newWreckers(t *testing.T, timed bool) *wreckers {
	t.Helper()
	ff, err := ffmpeg.Find(t.Context(), "", "")
	if err != nil {
		t.Skip("needs ffmpeg:", err)
	}
	all, _ := filepath.Glob(filepath.Join(sharedFootage(), "video", "*.*"))
	if sharedFootage() == "" || len(all) == 0 {
		t.Skip("needs the footage in ../shared")
	}
	w := &wreckers{t: t, ff: ff, dir: t.TempDir(), timed: timed, fates: map[string]map[string]int{}}
	for _, path := range append(all, w.draw()...) {
		if filepath.Ext(path) != ".srt" {
			w.films = append(w.films, w.footage(path))
		}
	}
	return w
}

// draw makes films with text in them, which the others have none of.
func (w *wreckers) draw() (films []string) {
	w.t.Helper()
	for i, container := range []string{"mkv", "mp4"} {
		e, err := fixtures.New(fixtures.Options{Seed: 1, Series: i, Seconds: 5, NoOpening: true})
		if err != nil {
			w.t.Fatal(err)
		}
		path, err := e.Write(w.t.Context(), w.ff, w.dir, fixtures.Format{Container: container, Height: 180})
		if err != nil {
			w.t.Fatal(err)
		}
		films = append(films, path)
	}
	return films
}

func (w *wreckers) footage(path string) *wreckable {
	f := &wreckable{path: path}
	f.piece = sync.OnceValues(func() (string, error) { return w.cut(path) })
	f.clean = sync.OnceValues(func() (cost, error) {
		piece, err := f.piece()
		if err != nil {
			return cost{}, err
		}
		c, fate, said := w.ingest(piece, "clean "+filepath.Base(path))
		if fate != "whole" && fate != "with notes" {
			return c, fmt.Errorf("undamaged, %s is %s: %s", path, fate, said)
		}
		return c, nil
	})
	return f
}

// cut gives the film itself where it is small and short, or else its first ten seconds, 1.5 MB at the most, as they are stored.
func (w *wreckers) cut(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	film, err := w.ff.Probe(w.t.Context(), path)
	if err != nil || info.Size() < 3_000_000 && film.Duration < 15*timecode.Second {
		return path, err
	}
	piece := filepath.Join(w.dir, filepath.Base(path))
	return piece, w.ff.Pipe(w.t.Context(), []string{"-t", "10", "-i", "file:" + path, "-map", "0:v", "-map", "0:a?", "-map", "0:s?",
		"-c", "copy", "-fs", "1500000", "file:" + piece}, nil)
}

// damaged makes film number i, ingests it and judges what came of it.
func (w *wreckers) damaged(i int) error {
	r := rand.New(rand.NewPCG(uint64(i), 4))
	kind := kindsOfDamage[i%len(kindsOfDamage)]
	film, other := w.films[r.IntN(len(w.films))], w.films[r.IntN(len(w.films))]
	name := fmt.Sprintf("%03d %s %s", i, kind.name, filepath.Base(film.path))
	path := filepath.Join(w.dir, name)
	if err := wreck(path, film, other, func(a, b []byte) []byte { return kind.do(r, a, b) }); err != nil {
		return err
	}
	defer os.Remove(path)
	c, fate, said := w.ingest(path, name)
	if fate == "bad" {
		w.t.Errorf("%s: %s", name, said)
	}
	if w.told {
		w.t.Logf("%s: %s in %.1f s, %d and %d MB: %s", name, fate, c.took.Seconds(), c.own>>20, c.largest>>20, said)
	}
	w.bounded(name, c)
	if err := w.inTime(name, c, film, other, kind.both); err != nil {
		return err
	}
	w.count(kind.name, fate, c)
	return nil
}

func wreck(path string, film, other *wreckable, damage func(a, b []byte) []byte) error {
	var data [2][]byte
	for i, f := range []*wreckable{film, other} {
		piece, err := f.piece()
		if err != nil {
			return err
		}
		if data[i], err = os.ReadFile(piece); err != nil {
			return err
		}
	}
	return os.WriteFile(path, damage(data[0], data[1]), 0o600)
}

// ingest gives what came of a film: "whole", "with notes", "broken", or "bad" for what must never be, with what was said.
func (w *wreckers) ingest(path, name string) (c cost, fate, said string) {
	tmp := filepath.Join(w.dir, "tmp "+name)
	if err := os.Mkdir(tmp, 0o700); err != nil {
		return c, "bad", err.Error()
	}
	defer os.RemoveAll(tmp)
	ctx, cancel := context.WithTimeout(w.t.Context(), hangs)
	defer cancel()
	cmd := program(ctx, tmp, "ingest", "--library", filepath.Join(w.dir, "library"), "--force", "--jobs", "1", path)
	var text bytes.Buffer
	cmd.Stderr = &text
	c, err := watched(cmd, tmp)
	if left, _ := litter(tmp); left > 0 {
		return c, "bad", fmt.Sprintf("it left %d entries in the folder for temporary files: %s", left, text.String())
	}
	return c, fateOf(err, text.String()), fmt.Sprintf("%v: %s", err, text.String())
}

// fateOf judges by the exit code and by what was said. Trouble of one film is exit code 1 and a line.
func fateOf(err error, said string) string {
	var exit *exec.ExitError
	switch {
	case strings.Contains(said, "panic") || strings.Contains(said, "goroutine "):
		return "bad"
	case err == nil && strings.Contains(said, "x); "):
		return "with notes"
	case err == nil && strings.Contains(said, " shots, "):
		return "whole"
	case errors.As(err, &exit) && exit.ExitCode() == exitInput && strings.Count(said, "\n") == 2 && strings.HasPrefix(said, "[1/1] failed: "):
		return "broken"
	}
	return "bad"
}

// watched runs a program to its end, looking at it every ten milliseconds.
func watched(cmd *exec.Cmd, tmp string) (c cost, err error) {
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return c, err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for every := time.Tick(10 * time.Millisecond); ; {
		select {
		case err := <-ended:
			c.took = time.Since(began)
			if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
				c.largest = int64(usage.Maxrss) * unitOfMaxrss() //nolint:unconvert // 32 bits on some systems
			}
			return c, err
		case <-every:
			c.own = max(c.own, highWater(cmd.Process.Pid))
			_, size := litter(tmp)
			c.temp = max(c.temp, size)
		}
	}
}

func unitOfMaxrss() int64 {
	if runtime.GOOS == "darwin" {
		return 1
	}
	return 1 << 10
}

// highWater is the most memory that a process has held so far, in bytes; 0 where the system does not say.
func highWater(pid int) int64 {
	var kib int64
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if _, after, ok := strings.Cut(string(status), "VmHWM:"); ok {
		_, _ = fmt.Sscan(after, &kib)
	}
	return kib << 10
}

func (w *wreckers) bounded(name string, c cost) {
	if c.own > mostOwn || c.largest > mostProcess || c.temp > mostTemp {
		w.t.Errorf("%s: %d MB of memory itself, %d in one process, %d MB of temporary files", name, c.own>>20, c.largest>>20, c.temp>>20)
	}
}

// inTime wants twice the clean time and ten seconds; that of two films where both are in it.
func (w *wreckers) inTime(name string, c cost, film, other *wreckable, both bool) error {
	if !w.timed {
		return nil
	}
	clean, err := film.clean()
	if err != nil {
		return err
	}
	if both {
		more, err := other.clean()
		if err != nil {
			return err
		}
		clean.took += more.took
	}
	if limit := 2*clean.took + 10*time.Second; c.took > limit {
		w.t.Errorf("%s: took %v where it takes %v undamaged", name, c.took, clean.took)
	}
	w.slow(name, c.took, clean.took)
	return nil
}

func (w *wreckers) slow(name string, took, clean time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if r := took.Seconds() / clean.Seconds(); r > w.ratio {
		w.ratio, w.slowest = r, fmt.Sprintf("%s: %.1f s, undamaged %.1f s", name, took.Seconds(), clean.Seconds())
	}
}

func (w *wreckers) count(kind, fate string, c cost) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, k := range []string{kind, "in all"} {
		if w.fates[k] == nil {
			w.fates[k] = map[string]int{}
		}
		w.fates[k][fate]++
	}
	w.worst = cost{max(w.worst.took, c.took), max(w.worst.own, c.own), max(w.worst.largest, c.largest), max(w.worst.temp, c.temp)}
}

// sound wants the library, which took in every film that could be read, to be in order.
func (w *wreckers) sound() {
	cat, err := catalog.Open(w.t.Context(), filepath.Join(w.dir, "library"), catalog.Options{})
	if err != nil {
		w.t.Fatal(err)
	}
	if err := errors.Join(cat.Check(w.t.Context()), cat.Close()); err != nil {
		w.t.Error(err)
	}
}

func (w *wreckers) report() string {
	var b strings.Builder
	for _, kind := range slices.Sorted(maps.Keys(w.fates)) {
		f := w.fates[kind]
		fmt.Fprintf(&b, "%s: %d ingested, %d ingested with notes, %d told to be broken\n", kind, f["whole"], f["with notes"], f["broken"])
	}
	_, library := litter(filepath.Join(w.dir, "library"))
	fmt.Fprintf(&b, "at the most %.1f s, %d MB of memory in amvlib, %d MB in one of its processes, %.1f kB of temporary files, none left\n",
		w.worst.took.Seconds(), w.worst.own>>20, w.worst.largest>>20, float64(w.worst.temp)/1e3)
	fmt.Fprintf(&b, "the library has grown to %.1f MB\n", float64(library)/1e6)
	if w.timed {
		fmt.Fprintf(&b, "slowest beside its clean time: %.2f times (%s)", w.ratio, w.slowest)
	}
	return b.String()
}
