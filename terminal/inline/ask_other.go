//go:build !windows && (!unix || solaris || aix)

package inline

import "errors"

func openConsole() (console, error) { return nil, errors.ErrUnsupported }
