package catalog

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"
)

// Holder is a process that is writing to a library.
type Holder struct {
	Program string    `json:"program"` // as Options.Program: "amvlib ingest"
	PID     int       `json:"pid"`
	Host    string    `json:"host"`
	Since   time.Time `json:"since"`
}

// String names it for people: "amvlib ingest (process 4711 on ernie, since 14:03:05)".
func (h Holder) String() string {
	if h.Program == "" {
		return "another amvlib"
	}
	return fmt.Sprintf("%s (process %d on %s, since %s)", h.Program, h.PID, h.Host, h.Since.Local().Format("15:04:05"))
}

// holderEnd is what the name of the file ends with that says who writes. It is written by who has the library's own lock, and locked
// itself for as long: what stands in a file that nobody locks is of a process that is no more.
const holderEnd = "-holder"

const (
	maxHolder     = 4096 // bytes of the file that are looked at
	maxHolderName = 60   // characters of a name in it
)

// hang writes down who holds the library, until the function that it gives is called. It goes without where that cannot be done: the
// name is a courtesy, and no reason for a change to fail.
func (c *Catalog) hang() (release func()) {
	f := c.ownHolder()
	if f == nil {
		return func() {}
	}
	if c.describeHolder(f) != nil {
		_ = f.Truncate(0) // half a name is none
	}
	return func() {
		gone := os.Remove(f.Name())
		_ = f.Close()
		if gone != nil { // Windows removes nothing that is open
			_ = os.Remove(f.Name()) // or the next one has it already
		}
	}
}

// ownHolder is the file that says who writes, locked. The last to write may be just about to remove it, and who asks for it holds it
// for a moment.
func (c *Catalog) ownHolder() *os.File {
	for range 4 {
		f, err := openHolder(c.file+holderEnd, os.O_RDWR|os.O_CREATE)
		if err != nil {
			return nil
		}
		if lockHolder(f) == nil && stillNamed(f) {
			return f
		}
		_ = f.Close() // another has it
		time.Sleep(time.Millisecond)
	}
	return nil
}

// stillNamed tells whether others who look under f's name find f.
func stillNamed(f *os.File) bool {
	own, err1 := f.Stat()
	named, err2 := os.Lstat(f.Name())
	return err1 == nil && err2 == nil && os.SameFile(own, named)
}

func (c *Catalog) describeHolder(f *os.File) error {
	host, err := os.Hostname()
	if err != nil {
		host = "this computer"
	}
	text, err := json.Marshal(Holder{Program: c.program, PID: os.Getpid(), Host: host, Since: c.now()})
	if err != nil {
		return err
	}
	if err := f.Truncate(0); err != nil {
		return err
	}
	_, err = f.WriteAt(text, 0)
	return err
}

// openHolder opens nothing but a file: a pipe would be waited for, and a link might lead to what must not be written.
func openHolder(path string, flags int) (*os.File, error) {
	info, err := os.Lstat(path)
	if err == nil && !info.Mode().IsRegular() {
		return nil, os.ErrInvalid
	}
	return os.OpenFile(path, flags, 0o600)
}

// Holder tells who is writing to the library now, in this process or another, and whether that is known.
func (c *Catalog) Holder() (Holder, bool) {
	f, err := openHolder(c.file+holderEnd, os.O_RDWR)
	if err != nil {
		return Holder{}, false
	}
	defer f.Close() //nolint:errcheck // it was only read
	if lockHolder(f) == nil {
		return Holder{}, false // whoever wrote it is no more
	}
	text, err := io.ReadAll(io.LimitReader(f, maxHolder))
	if err != nil {
		return Holder{}, false
	}
	return parseHolder(text)
}

// parseHolder takes what may be anything.
func parseHolder(text []byte) (h Holder, ok bool) {
	if json.Unmarshal(text, &h) != nil || h.PID <= 0 {
		return Holder{}, false
	}
	h.Program, h.Host = plainName(h.Program), plainName(h.Host)
	return h, h.Program != "" && h.Host != ""
}

// plainName is one short line without what a terminal would take for an order.
func plainName(s string) string {
	s = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, s)
	if r := []rune(s); len(r) > maxHolderName {
		s = string(r[:maxHolderName])
	}
	return strings.TrimSpace(s)
}

// ownProgram is what a process is called whose opener does not say.
func ownProgram() string { return plainName(filepath.Base(os.Args[0])) }
