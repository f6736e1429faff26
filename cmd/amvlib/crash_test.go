//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/ffmpeg"
	"github.com/amvlib/amvlib/fixtures"
)

// killsALife is how often one library is struck before its ingest may come to an end.
const killsALife = 4

// TestKilledWhileItIngests kills the program at random moments, from its start to the end of a run. Every third kill waits from that
// moment until the library is being written. Set AMVLIB_CRASHES for more than 3 kills, and 20 episodes.
func TestKilledWhileItIngests(t *testing.T) {
	kills, episodes := 3, 6
	if n, err := strconv.Atoi(os.Getenv("AMVLIB_CRASHES")); err == nil {
		kills, episodes = n, 20
	}
	k := newKiller(t, episodes)
	for k.kills < kills && !t.Failed() {
		k.life(kills)
		if k.libraries%10 == 0 {
			t.Logf("%d kills so far", k.kills)
		}
	}
	t.Log(k.report())
}

// killer strikes at ingests of one folder.
type killer struct {
	t     *testing.T
	films string
	tmp   string             // the program's folder for temporary files
	whole map[string]content // of a library that nobody disturbed
	takes time.Duration      // such an ingest
	rnd   *rand.Rand
	tally
}

// tally is what was struck.
type tally struct{ kills, libraries, starting, decoding, writing, unreported, missed, stood int }

// content is what the library knows of an episode.
type content struct {
	frames       int64
	shots, lines int
}

func newKiller(t *testing.T, episodes int) *killer {
	t.Helper()
	ff, err := ffmpeg.Find(t.Context(), "", "")
	if err != nil {
		t.Skip("needs ffmpeg:", err)
	}
	k := &killer{t: t, films: t.TempDir(), tmp: t.TempDir(), rnd: rand.New(rand.NewPCG(uint64(episodes), 1))}
	k.draw(ff, episodes)
	lib := t.TempDir()
	began := time.Now()
	k.finish(lib)
	k.takes = time.Since(began)
	if k.whole = k.contents(lib, false); len(k.whole) != episodes {
		t.Fatalf("undisturbed, the library has %d episodes of %d", len(k.whole), episodes)
	}
	return k
}

// draw makes the episodes, 3 to 5 seconds long, each with a seed and a number of its own.
func (k *killer) draw(ff *ffmpeg.Tool, episodes int) {
	k.t.Helper()
	work, ctx := errgroup.WithContext(k.t.Context())
	work.SetLimit(runtime.GOMAXPROCS(0))
	for i := range episodes {
		work.Go(func() error { return k.drawOne(ctx, ff, i) })
	}
	if err := work.Wait(); err != nil {
		k.t.Fatal(err)
	}
}

func (k *killer) drawOne(ctx context.Context, ff *ffmpeg.Tool, i int) error {
	e, err := fixtures.New(fixtures.Options{Seed: uint64(i + 1), Series: i, Number: 1 + i/3, Seconds: 3 + i%3, NoOpening: true})
	if err != nil {
		return err
	}
	dir := filepath.Join(k.tmp, strconv.Itoa(i))
	path, err := e.Write(ctx, ff, dir, fixtures.Format{Height: 180})
	if err != nil {
		return err
	}
	if err := os.Rename(path, filepath.Join(k.films, fmt.Sprintf("%s - %02d.mkv", e.Source, i+1))); err != nil {
		return err
	}
	return os.RemoveAll(dir)
}

// program is this test's own binary, which is amvlib when it is called so.
func program(ctx context.Context, tmp string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, os.Args[0], args...)
	cmd.Args[0], cmd.Env = "amvlib", append(os.Environ(), "TMPDIR="+tmp)
	return cmd
}

// life is one library: struck some times, looked at after each, and then brought to its end.
func (k *killer) life(kills int) {
	k.t.Helper()
	lib := filepath.Join(k.t.TempDir(), "library")
	k.libraries++
	stood := map[string]content{}
	for range min(killsALife, kills-k.kills) {
		said := k.strike(lib, len(stood))
		k.noChildren()
		if stood = k.survivors(lib, stood, said); len(stood) == len(k.whole) {
			break
		}
	}
	k.finish(lib)
	if now := k.contents(lib, false); len(now) != len(k.whole) {
		k.t.Errorf("at the end there are %d episodes of %d", len(now), len(k.whole))
	}
}

// strike starts an ingest, kills it, and gives what it had said.
func (k *killer) strike(lib string, stood int) string {
	k.t.Helper()
	var said bytes.Buffer
	cmd := program(k.t.Context(), k.tmp, "ingest", "--library", lib, k.films)
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		k.t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	left := k.takes * time.Duration(len(k.whole)-stood) / time.Duration(len(k.whole))
	time.Sleep(time.Duration(k.rnd.Int64N(int64(left) + 1)))
	moment := k.await(lib, ended)
	_ = cmd.Process.Kill() // it may have ended by itself
	k.count(<-ended, moment, said.String())
	return said.String()
}

// await gives the counter of what is to be struck. Every third time it waits until the library is being written.
func (k *killer) await(lib string, ended chan error) *int {
	if k.kills%3 == 2 {
		log := filepath.Join(lib, "catalog.db-wal")
		for before := state(log); state(log) == before && len(ended) == 0; {
			time.Sleep(100 * time.Microsecond)
		}
		return &k.writing
	}
	if len(k.running()) > 1 { // the program itself, and ffmpeg
		return &k.decoding
	}
	return &k.starting
}

// state is a file's size and time; empty where there is none.
func state(path string) string {
	info, err := os.Stat(path)
	if err != nil {
		return ""
	}
	return fmt.Sprint(info.Size(), info.ModTime().UnixNano())
}

func (k *killer) count(err error, moment *int, said string) {
	k.t.Helper()
	var exit *exec.ExitError
	switch {
	case err == nil:
		k.missed++
		k.takes -= k.takes / 5 // the machine has become faster than when it was measured
	case errors.As(err, &exit) && exit.Sys().(syscall.WaitStatus).Signal() == syscall.SIGKILL:
		k.kills++
		*moment++
	default:
		k.t.Errorf("it ended by itself: %v: %s", err, said)
	}
}

// running are the processes that have a film of ours, or their folder, among their arguments; none where the system has no /proc.
func (k *killer) running() (pids []string) {
	lines, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, name := range lines {
		if args, err := os.ReadFile(name); err == nil && bytes.Contains(args, []byte(k.films)) {
			pids = append(pids, filepath.Base(filepath.Dir(name)))
		}
	}
	return pids
}

// noChildren wants every process of the ingest gone. The kernel ends them, which takes as long as it takes; half a minute is no moment.
func (k *killer) noChildren() {
	k.t.Helper()
	for range 3000 {
		if len(k.running()) == 0 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	k.t.Errorf("processes %v outlive the program", k.running())
}

var reported = regexp.MustCompile(`(?m)^\[\d+/\d+\] (.+\.mkv): (?:\d+ shots|unchanged)`)

// survivors wants a sound library with every episode that stood before or was reported since.
func (k *killer) survivors(lib string, stood map[string]content, said string) map[string]content {
	k.t.Helper()
	now := k.contents(lib, k.kills%2 == 0)
	told := map[string]bool{}
	for _, m := range reported.FindAllStringSubmatch(said, -1) {
		told[m[1]] = true
	}
	for name := range stood {
		told[name] = true
	}
	for name := range told {
		if _, ok := now[name]; !ok {
			k.t.Errorf("%s was finished and is lost", name)
		}
	}
	k.unreported += len(now) - len(told)
	k.stood += len(now)
	return now
}

// contents opens and checks a library and reads what it holds; each episode must be as in one that nobody disturbed.
func (k *killer) contents(lib string, readOnly bool) map[string]content {
	k.t.Helper()
	cat, err := catalog.Open(k.t.Context(), lib, catalog.Options{ReadOnly: readOnly})
	if readOnly && errors.Is(err, catalog.ErrNotFound) {
		return map[string]content{} // struck before there was one; what was told is missed by the caller
	}
	if err != nil {
		k.t.Fatal(err)
	}
	found, err := k.read(cat)
	if err := errors.Join(cat.Check(k.t.Context()), err, cat.Close()); err != nil {
		k.t.Error(err)
	}
	return found
}

func (k *killer) read(cat *catalog.Catalog) (map[string]content, error) {
	found := map[string]content{}
	episodes, err := cat.Episodes(k.t.Context())
	for _, e := range episodes {
		a, err := cat.Analysis(k.t.Context(), e.ID)
		if err != nil {
			return found, err
		}
		lines, err := cat.Lines(k.t.Context(), e.ID)
		if err != nil {
			return found, err
		}
		name, is := filepath.Base(e.Path), content{int64(len(a.Times)), len(a.Shots), len(lines)}
		if want, ok := k.whole[name]; found[name] != (content{}) || len(k.whole) > 0 && (!ok || is != want) || is.frames != e.Frames {
			k.t.Errorf("%s is %+v of %d frames, want it once and %+v", name, is, e.Frames, want)
		}
		found[name] = is
	}
	return found, err
}

// finish brings an ingest to its end.
func (k *killer) finish(lib string) {
	k.t.Helper()
	if out, err := program(k.t.Context(), k.tmp, "ingest", "--library", lib, k.films).CombinedOutput(); err != nil {
		k.t.Fatalf("left alone, it ended with %v: %s", err, out)
	}
}

func (k *killer) report() string {
	left, size := litter(k.tmp)
	var b strings.Builder
	fmt.Fprintf(&b, "%d kills; %d libraries of %d episodes, whose ingest takes %.1f s in all\n", k.kills, k.libraries, len(k.whole), k.takes.Seconds())
	fmt.Fprintf(&b, "struck: %d while ffmpeg ran, %d while the library was written, %d at other moments; %d runs ended before their kill\n",
		k.decoding, k.writing, k.starting, k.missed)
	fmt.Fprintf(&b, "%d finished episodes looked at after a kill, %d of them stored and not yet told of\n", k.stood, k.unreported)
	fmt.Fprintf(&b, "left in the folder for temporary files: %d entries, %d bytes", left, size)
	return b.String()
}

// litter counts what a folder holds: entries in it, and bytes in all below it.
func litter(dir string) (entries int, size int64) {
	top, _ := os.ReadDir(dir)
	_ = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil // what goes while it is counted takes no room
		}
		if info, err := d.Info(); err == nil {
			size += info.Size()
		}
		return nil
	})
	return len(top), size
}
