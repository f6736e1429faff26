package main

import (
	"os"

	"golang.org/x/sys/windows"
)

// fileWidth is how many columns a console's window has, less one: a line that fills the last begins a new one by itself.
func fileWidth(f *os.File) int {
	var info windows.ConsoleScreenBufferInfo
	if err := windows.GetConsoleScreenBufferInfo(windows.Handle(f.Fd()), &info); err != nil {
		return 0
	}
	return max(0, int(info.Window.Right-info.Window.Left))
}

// colours asks a console to take them; those before Windows 10 cannot. What is no console is a terminal of Cygwin's.
func colours(f *os.File) bool {
	var mode uint32
	if err := windows.GetConsoleMode(windows.Handle(f.Fd()), &mode); err != nil {
		return true
	}
	return windows.SetConsoleMode(windows.Handle(f.Fd()), mode|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING) == nil
}
