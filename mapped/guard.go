package mapped

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
)

// ErrGone is what Guard gives where mapped bytes could not be read.
var ErrGone = errors.New("a file cannot be read any more")

// Guard turns a fault while do reads mapped memory into ErrGone. Without this the whole program would die of a signal. Goroutines that do
// starts need a Guard of their own.
func Guard(do func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			fault, ok := r.(interface {
				runtime.Error
				Addr() uintptr
			})
			if !ok {
				panic(r)
			}
			err = fmt.Errorf("%w: %w", ErrGone, fault)
		}
	}()
	return do()
}
