package proc

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"
)

// role makes this test binary play the program that is run, so that the tests need no shell and hold on every system.
const role = "AMVLIB_PROC_ROLE"

func TestMain(m *testing.M) {
	if play, ok := roles[os.Getenv(role)]; ok {
		play()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

var roles = map[string]func(){
	"echo": func() { io.Copy(os.Stdout, os.Stdin) },
	"drain": func() { // fails only by being ended
		io.Copy(io.Discard, os.Stdin)
		time.Sleep(time.Hour)
	},
	"say":  func() { os.Stdout.WriteString(strings.Join(os.Args[1:], "|")) },
	"hang": func() { time.Sleep(time.Hour) },
	"fail": func() {
		os.Stderr.WriteString("first words\nlast words\n")
		os.Exit(3)
	},
	"spew": func() {
		line := strings.Repeat("x", 1022) + "\n"
		for range 4 << 10 {
			os.Stderr.WriteString(line)
		}
		os.Stderr.WriteString("the end")
		os.Exit(1)
	},
	"burst": func() {
		os.Stdout.WriteString(strings.Repeat("y", 100_000))
	},
	"parent": func() { // starts a child that hangs, says its number and hangs
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), role+"=tell")
		child.Stdout = os.Stdout
		child.Run()
	},
	"tell": func() {
		os.Stdout.WriteString(pidLine())
		time.Sleep(time.Hour)
	},
	"guardian": func() { // runs a child through this package, then waits to be killed
		p, err := Start(context.Background(), self("tell"))
		if err != nil {
			os.Exit(1)
		}
		io.Copy(os.Stdout, p)
	},
}

func self(name string, args ...string) Command {
	return Command{Path: os.Args[0], Args: args, Env: []string{role + "=" + name}}
}

func TestArgumentsArriveAsGiven(t *testing.T) {
	args := []string{"-i", "a b", "$(x)", "'q'", "*", "ł"}
	out, err := Run(t.Context(), self("say", args...), 1<<10)
	if err != nil || string(out) != strings.Join(args, "|") {
		t.Fatalf("got %q, %v", out, err)
	}
}

func TestStdinIsPassedOn(t *testing.T) {
	c := self("echo")
	c.Stdin = strings.NewReader("in and out")
	if out, err := Run(t.Context(), c, 1<<10); err != nil || string(out) != "in and out" {
		t.Fatalf("got %q, %v", out, err)
	}
}

func TestProgramNeedNotReadItsInput(t *testing.T) {
	never, w := io.Pipe()
	defer w.Close()
	c := self("say", "done")
	c.Stdin = never
	if out, err := Run(t.Context(), c, 1<<10); err != nil || string(out) != "done" {
		t.Fatalf("got %q, %v", out, err)
	}
}

func TestBrokenInputIsTheCause(t *testing.T) {
	broken := errors.New("no more pictures")
	c := self("drain")
	c.Stdin = io.MultiReader(strings.NewReader("some"), iotest.ErrReader(broken))
	if _, err := Run(t.Context(), c, 1<<10); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

func TestFailureTellsCodeAndLastWords(t *testing.T) {
	_, err := Run(t.Context(), self("fail"), 10)
	var e *Error
	if !errors.As(err, &e) || e.Code != 3 || e.Stderr != "first words\nlast words\n" {
		t.Fatalf("got %#v", err)
	}
	if !strings.HasSuffix(e.Error(), ": last words") || strings.Contains(e.Error(), "\n") {
		t.Errorf("message %q", e)
	}
}

func TestStderrIsBounded(t *testing.T) {
	c := self("spew")
	c.KeepStderr = 5000
	p, err := Start(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	io.Copy(io.Discard, p)
	if err := p.Wait(); err == nil {
		t.Error("an exit code of 1 passed as success")
	}
	if got := p.Stderr(); len(got) != 5000 || !strings.HasSuffix(got, "x\nthe end") {
		t.Errorf("kept %d bytes ending in %q", len(got), got[max(0, len(got)-20):])
	}
	if got := cap(p.stderr.buf); got > 4*5000+64<<10 {
		t.Errorf("holds %d bytes in memory", got)
	}
}

func TestStdoutIsBounded(t *testing.T) {
	out, err := Run(t.Context(), self("burst"), 1000)
	if !errors.Is(err, ErrTooMuch) || len(out) != 1000 {
		t.Errorf("got %d bytes, %v", len(out), err)
	}
	if out, err := Run(t.Context(), self("burst"), 100_000); err != nil || len(out) != 100_000 {
		t.Errorf("exactly the bound: got %d bytes, %v", len(out), err)
	}
}

func TestStallEndsTheProgram(t *testing.T) {
	c := self("hang")
	c.Stall = 50 * time.Millisecond
	_, err := Run(t.Context(), c, 10)
	if !errors.Is(err, ErrStalled) {
		t.Errorf("got %v", err)
	}
}

// sleeper is a program's output of which each piece takes a while.
type sleeper time.Duration

func (s sleeper) Read(b []byte) (int, error) {
	time.Sleep(time.Duration(s))
	return len(b), nil
}

func TestOnlyWaitingForOutputIsAStall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var stalls atomic.Int32
		w := watch{r: sleeper(59 * time.Second), limit: time.Minute, stalled: func() { stalls.Add(1) }}
		for range 3 {
			w.Read(make([]byte, 1))
			time.Sleep(time.Hour) // the reader is busy with what it got
		}
		if n := stalls.Load(); n != 0 {
			t.Errorf("a slow reader counts as %d stalls", n)
		}
		w.r = sleeper(61 * time.Second)
		w.Read(make([]byte, 1))
		if n := stalls.Load(); n != 1 {
			t.Errorf("a slow program counts as %d stalls", n)
		}
	})
}

func TestLimitEndsTheProgram(t *testing.T) {
	c := self("hang")
	c.Limit = 50 * time.Millisecond
	if _, err := Run(t.Context(), c, 10); !errors.Is(err, ErrTimeout) {
		t.Errorf("got %v", err)
	}
}

func TestCancellationEndsTheTree(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	p, err := Start(ctx, self("parent"))
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	grandchild := readPID(t, p)
	cancel()
	if err := p.Wait(); !errors.Is(err, context.Canceled) {
		t.Errorf("ended with %v", err)
	}
	awaitEnd(t, grandchild)
	awaitEnd(t, p.PID())
	if _, err := p.Read(make([]byte, 1)); !errors.Is(err, context.Canceled) {
		t.Errorf("what was cut reads as %v", err)
	}
}

func TestCloseEndsTheTreeAndMayBeRepeated(t *testing.T) {
	p, err := Start(t.Context(), self("parent"))
	if err != nil {
		t.Fatal(err)
	}
	grandchild := readPID(t, p)
	p.Close()
	p.Close()
	awaitEnd(t, grandchild)
	if err := p.Wait(); !errors.Is(err, os.ErrClosed) {
		t.Errorf("ended with %v", err)
	}
}

func TestMissingProgram(t *testing.T) {
	if _, err := Find("amvlib-no-such-program"); !errors.Is(err, ErrNotFound) {
		t.Errorf("Find gives %v", err)
	}
	_, err := Start(t.Context(), Command{Path: filepath.Join(t.TempDir(), "none")})
	if !errors.Is(err, ErrNotFound) {
		t.Errorf("Start gives %v", err)
	}
}

func readPID(t *testing.T, r io.Reader) int {
	t.Helper()
	line, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		t.Fatalf("no process number: %v", err)
	}
	return parsePID(t, line)
}
