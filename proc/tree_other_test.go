//go:build !linux

package proc

import (
	"os"
	"syscall"
)

// alive tells whether pid runs.
func alive(pid int) bool {
	p, err := os.FindProcess(pid)
	return err == nil && p.Signal(syscall.Signal(0)) == nil
}
