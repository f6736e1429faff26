//go:build unix && !linux && !solaris && !aix

package inline

import "golang.org/x/sys/unix"

const (
	getTermios = unix.TIOCGETA
	setTermios = unix.TIOCSETA
)
