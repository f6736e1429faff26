package catalog

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/amvlib/amvlib/media"
)

// What can be wrong with a library. The errors that wrap them are one line: what was being done, where, why, and what to do.
var (
	// ErrNewer is a library that a newer amvlib wrote; this one would damage it.
	ErrNewer = errors.New("the library was written by a newer amvlib")
	// ErrNotLibrary is a directory or file that is something else.
	ErrNotLibrary = errors.New("not a library")
	// ErrCorrupt is a library whose file is damaged.
	ErrCorrupt = errors.New("the library is damaged")
	// ErrReadOnly is a library that cannot be written: its disk or rights forbid it, or it was opened so.
	ErrReadOnly = errors.New("the library cannot be written")
	// ErrFull is a disk that takes no more. Nothing that was there is lost.
	ErrFull = errors.New("the disk is full")
	// ErrBusy is a library that another process would not let go of in time.
	ErrBusy = errors.New("another amvlib is writing to the library")
	// ErrOtherHistory is a state that the library was never in, or too long ago to tell.
	ErrOtherHistory = errors.New("the library knows nothing of that state of it")
	// ErrNotFound is a library, episode, shot or picture that is not there.
	ErrNotFound = errors.New("not found")
	// ErrGone is a library that vanished from its place while it was open. Whoever opens or writes is told so as ErrNotFound too.
	ErrGone = errors.New("the library is gone from its place")
)

// absent is an ErrGone that says in words of its own how.
type absent string

func (a absent) Error() string        { return string(a) }
func (a absent) Is(target error) bool { return target == ErrNotFound || target == ErrGone }

const (
	errNone     absent = "there is no library"
	errVanished absent = "the library is gone from its place"
	errReplaced absent = "the library was replaced by a backup meanwhile"
)

const (
	hintNone     = "run amvlib ingest first, or name another with --library"
	hintVanished = "connect its disk or put its folder back, then try again"
	hintReplaced = "run it again"
	hintNewer    = "install the newer amvlib, or name another library"
	hintOther    = "choose another folder with --library"
	hintCorrupt  = "amvlib restore puts a backup back; or move the folder away and ingest again"
	hintReadOnly = "check the rights of the folder and its disk, or choose another with --library"
	hintFull     = "free some space and run it again; what was finished is kept"
	hintBusy     = "wait until it has finished and try again"
)

// trouble gives err the words that the user needs. Errors that have them already, and cancellation, pass unchanged.
func trouble(ctx context.Context, op, path string, err error) error {
	var told *media.Error
	if err == nil || errors.As(err, &told) {
		return err
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	hint, cause := diagnose(err)
	return &media.Error{Op: op, Path: path, Err: cause, Hint: hint}
}

// trouble is that of the library itself.
func (c *Catalog) trouble(ctx context.Context, op string, err error) error {
	return trouble(ctx, op, c.dir, c.gone(err))
}

// gone is what is wrong where the library's folder has vanished, whatever it looks like: SQLite takes it for damage, or for rights
// that are missing.
func (c *Catalog) gone(err error) error {
	var told *media.Error
	if err == nil || errors.As(err, &told) || errors.Is(err, ErrGone) || !c.away() {
		return err
	}
	return ErrGone
}

func (c *Catalog) away() bool {
	_, err := os.Stat(c.dir)
	return errors.Is(err, fs.ErrNotExist)
}

// Present tells by its error, an ErrGone, that the library is no more where it was opened. What is open can still be read.
func (c *Catalog) Present() error {
	return trouble(context.Background(), "look after library", c.dir, c.inPlace())
}

// diagnose finds the sentinel behind an error and what to do about it.
func diagnose(err error) (hint string, cause error) {
	for _, d := range diagnoses {
		if errors.Is(err, d.is) {
			return d.hint, err
		}
	}
	var s *sqlite.Error
	if errors.As(err, &s) {
		return diagnoseSQLite(s)
	}
	return diagnoseSystem(err)
}

var diagnoses = []struct {
	is   error
	hint string
}{
	{errNone, hintNone}, {errReplaced, hintReplaced}, {ErrGone, hintVanished}, {ErrNotFound, ""}, {ErrNewer, hintNewer}, {ErrNotLibrary, hintOther},
	{ErrCorrupt, hintCorrupt}, {ErrReadOnly, hintReadOnly}, {ErrFull, hintFull}, {ErrBusy, hintBusy},
}

func diagnoseSQLite(err *sqlite.Error) (hint string, cause error) {
	switch err.Code() {
	case sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_TRUNCATE:
		return hintFull, fmt.Errorf("%w or fails: %w", ErrFull, err)
	}
	switch err.Code() & 0xff {
	case sqlite3.SQLITE_FULL:
		return hintFull, fmt.Errorf("%w: %w", ErrFull, err)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return hintBusy, fmt.Errorf("%w: %w", ErrBusy, err)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return hintReadOnly, fmt.Errorf("%w: %w", ErrReadOnly, err)
	case sqlite3.SQLITE_NOTADB:
		return hintOther, fmt.Errorf("%w: %w", ErrNotLibrary, err)
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_IOERR:
		return hintCorrupt, fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	return "", err
}

func diagnoseSystem(err error) (hint string, cause error) {
	switch {
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return hintReadOnly, fmt.Errorf("%w: %w", ErrReadOnly, err)
	case errors.Is(err, syscall.ENOSPC):
		return hintFull, fmt.Errorf("%w: %w", ErrFull, err)
	case errors.Is(err, syscall.ENOTDIR):
		return hintOther, fmt.Errorf("%w: %w", ErrNotLibrary, err)
	}
	return "", err
}
