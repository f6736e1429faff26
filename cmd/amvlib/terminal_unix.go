//go:build unix

package main

import (
	"os"

	"golang.org/x/sys/unix"
)

// fileWidth is how many columns a terminal has; 0 where it does not say.
func fileWidth(f *os.File) int {
	size, err := unix.IoctlGetWinsize(int(f.Fd()), unix.TIOCGWINSZ)
	if err != nil {
		return 0
	}
	return int(size.Col)
}

// colours makes a terminal ready for them: here all are.
func colours(*os.File) bool { return true }
