//go:build unix

package main

import (
	"syscall"
	"time"
)

// processor is how much time of processors this process has taken: what other programs take at the same time does not count.
func processor() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
