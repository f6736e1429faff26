package phash

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// unfaulted turns a fault while do reads mapped memory into an error: the file was cut short, or its disk went away, after it was
// opened. Without this the whole program would die of a signal.
func unfaulted(do func() error) (err error) {
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
			err = fmt.Errorf("%w: cannot be read: %w", ErrDamaged, fault)
		}
	}()
	return do()
}
