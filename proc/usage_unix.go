//go:build unix

package proc

import (
	"os"
	"runtime"
	"syscall"
)

// peak is the most memory that a program held, in bytes, as the system counted it; 0 where it did not.
func peak(s *os.ProcessState) int64 {
	usage, ok := s.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" {
		return int64(usage.Maxrss) //nolint:unconvert // 32 bits on some systems; bytes on this one, KiB elsewhere
	}
	return int64(usage.Maxrss) << 10 //nolint:unconvert // 32 bits on some systems
}
