//go:build unix

package mapped

import (
	"os"

	"golang.org/x/sys/unix"
)

// File is the first size bytes of f, shared with every process that reads them, and what lets go of them.
func File(f *os.File, size int) ([]byte, func() error, error) {
	data, err := unix.Mmap(int(f.Fd()), 0, size, unix.PROT_READ, unix.MAP_SHARED)
	if err != nil {
		return nil, nil, os.NewSyscallError("mmap", err)
	}
	return data, func() error { return unix.Munmap(data) }, nil
}
