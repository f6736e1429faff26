//go:build !unix && !windows

package mapped

import (
	"io"
	"os"
)

// File reads the first size bytes of f, for want of a mapping.
func File(f *os.File, size int) ([]byte, func() error, error) {
	data := make([]byte, size)
	_, err := io.ReadFull(io.NewSectionReader(f, 0, int64(size)), data)
	return data, func() error { return nil }, err
}
