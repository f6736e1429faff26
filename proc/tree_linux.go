package proc

import (
	"os"
	"os/exec"
	"runtime"
	"sync"
	"syscall"

	"golang.org/x/sys/unix"
)

// pipeSize lets a program run a few pictures ahead of its reader; the 64 KiB that a pipe has by itself is less than one.
const pipeSize = 1 << 20

// widen is a wish: the kernel may refuse it, and then the pipe is merely slower.
func widen(f *os.File) {
	raw, err := f.SyscallConn()
	if err != nil {
		return
	}
	_ = raw.Control(func(fd uintptr) { _, _ = unix.FcntlInt(fd, unix.F_SETPIPE_SZ, pipeSize) })
}

func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

type forkRequest struct {
	cmd *exec.Cmd
	err chan error
}

// forks is served by one goroutine that is locked to its thread and never returns: the kernel sends the parent death signal when
// the thread that forked dies, not the process, and the runtime may end any thread that no goroutine holds.
var forks = sync.OnceValue(func() chan<- forkRequest {
	requests := make(chan forkRequest)
	go func() {
		runtime.LockOSThread()
		for r := range requests {
			r.err <- r.cmd.Start()
		}
	}()
	return requests
})

func fork(cmd *exec.Cmd) error {
	r := forkRequest{cmd, make(chan error, 1)}
	forks() <- r
	return <-r.err
}
