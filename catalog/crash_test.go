package catalog

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The test binary doubles as a process that writes to a library until it is killed.
const writerVariable = "AMVLIB_CATALOG_WRITER" // "directory|first seed|episodes"

func TestMain(m *testing.M) {
	if job := os.Getenv(writerVariable); job != "" {
		if err := writeUntilKilled(job); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	if job := os.Getenv(restorerVariable); job != "" {
		if err := restoreUntilKilled(job); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// writeUntilKilled commits, relocates and forgets, and tells of each on stdout when it is done.
func writeUntilKilled(job string) error {
	part := strings.Split(job, "|")
	first, _ := strconv.ParseUint(part[1], 10, 64)
	episodes, _ := strconv.ParseUint(part[2], 10, 64)
	ctx := context.Background()
	c, err := Open(ctx, part[0], Options{})
	if err != nil {
		return err
	}
	for seed := first; seed < first+episodes; seed++ {
		e, err := c.Commit(ctx, synthetic(seed, size{frames: 240, shots: 5, lines: 6, pictures: 3000}))
		if err != nil {
			return err
		}
		fmt.Printf("+%d\n", e.ID)
		if seed%4 == 3 {
			fmt.Printf("?%d\n", e.ID)
			if err := c.Forget(ctx, e.ID); err != nil {
				return err
			}
			fmt.Printf("-%d\n", e.ID)
		}
	}
	return c.Close()
}

// startWriter gives the process and what it will say.
func startWriter(t *testing.T, dir string, first uint64, episodes int) (*os.Process, io.ReadCloser) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	reading, says, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	p, err := os.StartProcess(self, []string{self}, &os.ProcAttr{Files: []*os.File{nil, says, os.Stderr},
		Env: append(os.Environ(), fmt.Sprintf("%s=%s|%d|%d", writerVariable, dir, first, episodes))})
	if err != nil {
		t.Fatal(err)
	}
	if err := says.Close(); err != nil {
		t.Fatal(err)
	}
	return p, reading
}

// said is the last word about an episode: '+' it is there, '?' it is about to be forgotten, '-' it is not there.
type said map[int64]byte

func (s said) listen(t *testing.T, writer io.ReadCloser) {
	t.Helper()
	for lines := bufio.NewScanner(writer); lines.Scan(); {
		line := lines.Text()
		id, err := strconv.ParseInt(line[1:], 10, 64)
		if err != nil {
			t.Errorf("a writer said %q", line)
		}
		s[id] = line[0]
	}
	if err := writer.Close(); err != nil {
		t.Error(err)
	}
}

// Set AMVLIB_CRASHES for more than 20.
func TestKilledAtAnyMoment(t *testing.T) {
	crashes := 20
	if n, err := strconv.Atoi(os.Getenv("AMVLIB_CRASHES")); err == nil {
		crashes = n
	}
	var dir string
	var words said
	for i := range crashes {
		if i%4 == 0 { // a new one, so that the making of a library is hit too
			dir, words = t.TempDir(), said{}
		}
		p, writer := startWriter(t, dir, uint64(i)*1000, 1000)
		after := time.Duration(5+rand.IntN(90)) * time.Millisecond
		time.AfterFunc(after, func() { _ = p.Kill() }) // it may have ended by itself
		words.listen(t, writer)
		if _, err := p.Wait(); err != nil {
			t.Fatal(err)
		}
		expectEpisodes(t, dir, words)
	}
}

// expectEpisodes wants a sound library with every episode that was reported finished, none that was reported forgotten, and
// perhaps one more that was finished and not yet reported.
func expectEpisodes(t *testing.T, dir string, words said) {
	t.Helper()
	c, err := Open(t.Context(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Check(t.Context()); err != nil {
		t.Error(err)
	}
	readEverything(t, c)
	episodes, err := c.Episodes(t.Context())
	if err := errors.Join(err, c.Close()); err != nil { // the next writer is to be alone when it is killed
		t.Fatal(err)
	}
	now := said{}
	for _, e := range episodes {
		now[e.ID] = '+'
	}
	words.compare(t, now)
	t.Logf("%d episodes", len(now))
	maps.Copy(words, now)
}

func (s said) compare(t *testing.T, now said) {
	t.Helper()
	unreported := 0
	for id := range now {
		switch s[id] {
		case 0:
			unreported++
		case '-':
			t.Errorf("episode %d, which was forgotten, is there", id)
		}
	}
	for id, word := range s {
		if word == '+' && now[id] == 0 {
			t.Errorf("episode %d, which was finished, is lost", id)
		} else if word == '?' && now[id] == 0 {
			s[id] = '-'
		}
	}
	if unreported > 1 {
		t.Errorf("%d episodes came unreported, want 1 at most", unreported)
	}
}

func TestTwoProcessesQueue(t *testing.T) {
	dir := t.TempDir()
	p1, writer1 := startWriter(t, dir, 0, 12)
	p2, writer2 := startWriter(t, dir, 1000, 12)
	words := said{}
	words.listen(t, writer1)
	words.listen(t, writer2)
	for _, p := range []*os.Process{p1, p2} {
		if state, err := p.Wait(); err != nil || !state.Success() {
			t.Errorf("a writer ended with %v, %v", state, err)
		}
	}
	c := library(t, dir, Options{})
	if s, err := c.Stats(t.Context()); err != nil || s.Episodes != 18 || len(words) != 24 {
		t.Errorf("%d episodes of %d, %v; want 18 of 24", s.Episodes, len(words), err)
	}
	if g, err := c.Generation(t.Context()); err != nil || g != 30 {
		t.Errorf("generation %d, %v; want 30", g, err)
	}
}
