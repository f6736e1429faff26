package catalog

import (
	"os"

	"golang.org/x/sys/windows"
)

// lockHolder locks a file until it is closed, or says at once that another has. Windows keeps others from reading what is locked, so
// that is a byte far behind what is written.
func lockHolder(f *os.File) error {
	const flags = windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY
	return windows.LockFileEx(windows.Handle(f.Fd()), flags, 0, 1, 0, &windows.Overlapped{Offset: 1 << 30})
}
