//go:build unix

package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// systemCommands are the commands of scripts that only some systems can do.
func systemCommands() map[string]func(*testscript.TestScript, bool, []string) {
	return map[string]func(*testscript.TestScript, bool, []string){"interrupt": interrupt, "tmpfs": tmpfs, "await": await}
}

// interrupt runs amvlib and sends it a signal as soon as it has told of its first film.
func interrupt(ts *testscript.TestScript, neg bool, args []string) {
	signals := map[string]syscall.Signal{"INT": syscall.SIGINT, "KILL": syscall.SIGKILL}
	if neg || len(args) < 2 || signals[args[0]] == 0 {
		ts.Fatalf("usage: interrupt INT|KILL ARGS...")
	}
	err := runInterrupted(ts, signals[args[0]], args[1:])
	var exit *exec.ExitError
	switch {
	case !errors.As(err, &exit):
		ts.Fatalf("it ended before the signal came: %v", err)
	case args[0] == "INT" && exit.ExitCode() != exitInterrupted:
		ts.Fatalf("interrupted, it ended with %v", err)
	}
}

func runInterrupted(ts *testscript.TestScript, signal os.Signal, args []string) error {
	cmd := exec.Command("sh", append([]string{"-c", `exec amvlib "$@"`, "sh"}, args...)...)
	cmd.Dir = ts.MkAbs(".")
	for _, name := range []string{"PATH", "XDG_DATA_HOME", "AMVLIB_HOME", "HOME"} {
		cmd.Env = append(cmd.Env, name+"="+ts.Getenv(name))
	}
	stderr, err := cmd.StderrPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	var said bytes.Buffer
	for lines := bufio.NewScanner(io.TeeReader(stderr, &said)); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "[1/") {
			ts.Check(cmd.Process.Signal(signal))
		}
	}
	err = cmd.Wait()
	ts.Logf("[stderr]\n%s", said.String())
	return err
}

// await runs amvlib until what it prints matches.
func await(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: await REGEXP ARGS...")
	}
	want := regexp.MustCompile(args[0])
	for range 600 {
		if ts.Exec("amvlib", args[1:]...) == nil && want.MatchString(ts.ReadFile("stdout")) {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	ts.Fatalf("a minute long nothing matched %s", args[0])
}

// tmpfs lays a small disk over a folder.
func tmpfs(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: tmpfs DIR SIZE")
	}
	ts.Check(mount(ts.MkAbs(args[0]), args[1]))
	ts.Defer(func() { _ = exec.Command("umount", "-l", ts.MkAbs(args[0])).Run() })
}

func mount(dir, size string) error {
	return exec.Command("mount", "-t", "tmpfs", "-o", "size="+size, "tmpfs", dir).Run()
}

// canMount tells whether small disks can be had here: as root, outside a locked-down container.
func canMount(t *testing.T) bool {
	dir := t.TempDir()
	if mount(dir, "64k") != nil {
		return false
	}
	return exec.Command("umount", dir).Run() == nil
}
