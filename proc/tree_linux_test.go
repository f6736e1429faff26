package proc

import (
	"io"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// alive tells whether pid runs; a zombie that waits for some foreign parent does not.
func alive(pid int) bool {
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return false
	}
	_, after, _ := strings.Cut(string(stat), ") ")
	return !strings.HasPrefix(after, "Z") && !strings.HasPrefix(after, "X")
}

func TestKilledParentTakesTheProgramAlong(t *testing.T) {
	guardian := exec.Command(os.Args[0])
	guardian.Env = append(os.Environ(), role+"=guardian")
	out, err := guardian.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := guardian.Start(); err != nil {
		t.Fatal(err)
	}
	child := readPID(t, out)
	guardian.Process.Kill() // kill -9: it cannot clean up
	guardian.Wait()
	awaitEnd(t, child)
}

// A program must outlive the thread from which it was asked for: a goroutine that ends while locked takes its thread along.
func TestProgramOutlivesTheThreadThatAsked(t *testing.T) {
	stdin, feed := io.Pipe()
	defer feed.Close()
	c := self("echo")
	c.Stdin = stdin
	p := startFromDyingThread(t, c)
	defer p.Close()
	go func() {
		feed.Write([]byte("still here"))
		feed.Close()
	}()
	if out, err := io.ReadAll(p); err != nil || string(out) != "still here" {
		t.Errorf("got %q, %v", out, err)
	}
	if err := p.Wait(); err != nil {
		t.Errorf("ended with %v", err)
	}
}

// startFromDyingThread starts c from a thread that is gone when it returns.
func startFromDyingThread(t *testing.T, c Command) (p *Process) {
	t.Helper()
	tids := make(chan int)
	for p == nil {
		go func() {
			runtime.LockOSThread()
			defer func() { tids <- unix.Gettid() }()
			if unix.Gettid() == os.Getpid() {
				runtime.UnlockOSThread() // the main thread never ends
				return
			}
			var err error
			if p, err = Start(t.Context(), c); err != nil {
				t.Error(err)
			}
		}()
		tid := <-tids
		for p != nil && alive(tid) {
			time.Sleep(5 * time.Millisecond)
		}
		if t.Failed() {
			t.FailNow()
		}
		runtime.Gosched()
	}
	return p
}
