//go:build unix

package catalog

import (
	"os"

	"golang.org/x/sys/unix"
)

// lockHolder locks a file until it is closed, or says at once that another has. The system lets go of it for who dies.
func lockHolder(f *os.File) error {
	return unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
}
