//go:build !unix

package proc

import "os"

// peak is 0: the system does not say how much memory a program that has ended held.
func peak(*os.ProcessState) int64 { return 0 }
