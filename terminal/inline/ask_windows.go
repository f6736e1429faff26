package inline

import (
	"errors"
	"os"
	"time"

	"golang.org/x/sys/windows"
)

type windowsConsole struct {
	in, out       *os.File
	wasIn, wasOut uint32
}

func openConsole() (console, error) {
	c := &windowsConsole{}
	var err1, err2 error
	c.in, err1 = os.OpenFile("CONIN$", os.O_RDWR, 0)
	c.out, err2 = os.OpenFile("CONOUT$", os.O_RDWR, 0)
	err := errors.Join(err1, err2)
	if err == nil {
		err = errors.Join(windows.GetConsoleMode(c.stdin(), &c.wasIn), windows.GetConsoleMode(windows.Handle(c.out.Fd()), &c.wasOut))
	}
	if err == nil {
		const echoed = windows.ENABLE_ECHO_INPUT | windows.ENABLE_LINE_INPUT
		err = errors.Join(windows.SetConsoleMode(c.stdin(), c.wasIn&^echoed|windows.ENABLE_VIRTUAL_TERMINAL_INPUT),
			windows.SetConsoleMode(windows.Handle(c.out.Fd()), c.wasOut|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING))
	}
	if err != nil {
		_ = c.in.Close() // a nil file says only that it is none
		_ = c.out.Close()
		return nil, err
	}
	return c, nil
}

func (c *windowsConsole) stdin() windows.Handle { return windows.Handle(c.in.Fd()) }

func (c *windowsConsole) Write(p []byte) (int, error) { return c.out.Write(p) }

func (c *windowsConsole) readFor(p []byte, wait time.Duration) (int, error) {
	event, err := windows.WaitForSingleObject(c.stdin(), uint32(wait.Milliseconds())+1)
	if err != nil || event != windows.WAIT_OBJECT_0 {
		return 0, err
	}
	return c.in.Read(p)
}

func (c *windowsConsole) close() {
	_ = windows.SetConsoleMode(c.stdin(), c.wasIn)
	_ = windows.SetConsoleMode(windows.Handle(c.out.Fd()), c.wasOut)
	_ = c.in.Close()
	_ = c.out.Close()
}
