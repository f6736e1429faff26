//go:build unix && !solaris && !aix

package inline

import (
	"errors"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

type unixConsole struct {
	*os.File
	fd  int
	was *unix.Termios
}

var errBackground = errors.New("in the background")

func openConsole() (console, error) {
	f, err := os.OpenFile("/dev/tty", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		return nil, err
	}
	c := &unixConsole{File: f, fd: int(f.Fd())}
	if owner, err := unix.IoctlGetInt(c.fd, unix.TIOCGPGRP); err != nil || owner != unix.Getpgrp() {
		_ = f.Close()
		return nil, errors.Join(err, errBackground) // whoever asks from there is stopped
	}
	if c.was, err = unix.IoctlGetTermios(c.fd, getTermios); err == nil {
		raw := *c.was
		raw.Lflag &^= unix.ECHO | unix.ICANON
		raw.Cc[unix.VMIN], raw.Cc[unix.VTIME] = 0, 0
		err = unix.IoctlSetTermios(c.fd, setTermios, &raw)
	}
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	return c, nil
}

func (c *unixConsole) readFor(p []byte, wait time.Duration) (int, error) {
	ready := []unix.PollFd{{Fd: int32(c.fd), Events: unix.POLLIN}}
	n, err := unix.Poll(ready, int(wait.Milliseconds())+1)
	if errors.Is(err, unix.EINTR) {
		return 0, nil
	}
	if err != nil || n == 0 {
		return 0, err
	}
	n, err = unix.Read(c.fd, p)
	return max(0, n), err
}

func (c *unixConsole) close() {
	_ = unix.IoctlSetTermios(c.fd, setTermios, c.was)
	_ = c.Close()
}
