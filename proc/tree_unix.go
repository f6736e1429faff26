//go:build unix

package proc

import (
	"errors"
	"os"
	"os/exec"
	"syscall"
)

// tree is a process group of its own, led by the program.
type tree struct{}

func (tree) prepare(cmd *exec.Cmd) { cmd.SysProcAttr = attributes() }

func (tree) adopt(*os.Process) error { return nil }

// kill ends the group. The kernel gives a group's number to nobody else while a member lives.
func (tree) kill(leader *os.Process) error {
	if err := syscall.Kill(-leader.Pid, syscall.SIGKILL); err != nil && !errors.Is(err, syscall.ESRCH) {
		return leader.Kill()
	}
	return nil
}

func (tree) close() {}
