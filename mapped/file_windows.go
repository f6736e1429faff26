package mapped

import (
	"os"
	"unsafe"

	"golang.org/x/sys/windows"
)

// File is the first size bytes of f, shared with every process that reads them, and what lets go of them. The view keeps its
// mapping alive, so the handle is closed at once.
func File(f *os.File, size int) ([]byte, func() error, error) {
	mapping, err := windows.CreateFileMapping(windows.Handle(f.Fd()), nil, windows.PAGE_READONLY, 0, 0, nil)
	if err != nil {
		return nil, nil, os.NewSyscallError("CreateFileMapping", err)
	}
	defer windows.CloseHandle(mapping)
	at, err := windows.MapViewOfFile(mapping, windows.FILE_MAP_READ, 0, 0, uintptr(size))
	if err != nil {
		return nil, nil, os.NewSyscallError("MapViewOfFile", err)
	}
	// The address is no Go pointer, which is why it is read through a pointer to it: the rules of unsafe allow no other way.
	data := unsafe.Slice(*(**byte)(unsafe.Pointer(&at)), size)
	return data, func() error { return windows.UnmapViewOfFile(at) }, nil
}
