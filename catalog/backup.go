package catalog

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/amvlib/amvlib/media"
)

// partPattern names a file that is being written beside its place. One that a kill left behind may be deleted.
const partPattern = ".amvlib-*.part"

// Backup writes the library, as it is at one moment, to a file of its own, while others read and write. The file comes to its name
// whole or not at all, and never takes the place of another. [Restore] puts it back.
//
// Errors: fs.ErrExist, fs.ErrNotExist, fs.ErrPermission, ErrFull, ErrCorrupt, ErrGone.
func (c *Catalog) Backup(ctx context.Context, path string) error {
	const op = "write backup"
	path, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	if _, err := os.Lstat(path); err == nil {
		return &media.Error{Op: op, Path: path, Err: fs.ErrExist, Hint: "choose another name"}
	}
	if err := c.gone(c.copyTo(ctx, path)); errors.Is(err, fs.ErrPermission) || errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.EROFS) {
		return &media.Error{Op: op, Path: path, Err: err, Hint: "choose a folder that is there and can be written"}
	} else if err != nil {
		return trouble(ctx, op, path, err)
	}
	c.log.InfoContext(ctx, "library backed up", "library", c.dir, "file", path)
	return nil
}

// copyTo writes the library to a file that is not there yet.
func (c *Catalog) copyTo(ctx context.Context, path string) error {
	part, err := newPart(filepath.Dir(path))
	if err != nil {
		return err
	}
	if err = c.vacuumInto(ctx, part); err == nil {
		err = settle(part, path)
	}
	return errors.Join(err, removePart(part))
}

func newPart(dir string) (string, error) {
	f, err := os.CreateTemp(dir, partPattern)
	if err != nil {
		return "", bare(err)
	}
	return f.Name(), f.Close()
}

// removePart takes away what is left of a file that was being written, with what SQLite puts beside it.
func removePart(part string) (err error) {
	for _, end := range []string{"", "-wal", "-shm", "-journal", holderEnd} {
		if gone := os.Remove(part + end); gone != nil && !errors.Is(gone, fs.ErrNotExist) {
			err = gone
		}
	}
	return err
}

// vacuumInto fills an empty file. It takes a connection of its own: those that read are forbidden to, and the one that writes may be
// at work.
func (c *Catalog) vacuumInto(ctx context.Context, part string) error {
	db, err := c.pool(c.mode, 1)
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", part)
	if closing := db.Close(); err == nil {
		err = closing
	}
	return err
}

// settle brings a finished file to its name, never over another, and sees to it that both outlast a power cut.
func settle(part, path string) error {
	if err := syncFile(part); err != nil {
		return err
	}
	err := os.Link(part, path)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return errors.Join(bare(err), syncFolder(filepath.Dir(path)))
	}
	// Some disks know no links. There a name that comes in this very moment would be lost.
	if _, err := os.Lstat(path); err == nil {
		return fs.ErrExist
	}
	if err := os.Rename(part, path); err != nil {
		return bare(err)
	}
	return syncFolder(filepath.Dir(path))
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return bare(err)
	}
	err = f.Sync()
	if closing := f.Close(); err == nil {
		err = closing
	}
	return err
}

// syncFolder makes a name last. Windows and some network disks cannot be told to, and do it by themselves; so there is no error but
// that of a folder that is gone.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return bare(err)
	}
	_ = f.Sync()
	return f.Close()
}

// bare strips the names of files from an error whose teller names them.
func bare(err error) error {
	var p *fs.PathError
	var l *os.LinkError
	switch {
	case errors.As(err, &p):
		return p.Err
	case errors.As(err, &l):
		return l.Err
	}
	return err
}

const hintBackup = "give a file that amvlib backup wrote"

// Inspect reads a backup through and tells what is in it. It changes nothing.
//
// Errors: fs.ErrNotExist, ErrNotLibrary, ErrNewer, ErrCorrupt.
func Inspect(ctx context.Context, path string) (Stats, error) {
	c, err := openBackup(ctx, path)
	if err != nil {
		return Stats{}, err
	}
	s, err := c.Stats(ctx)
	return s, errors.Join(err, c.disconnect())
}

// openBackup opens a file for reading, whatever its name, that is a sound library from end to end.
func openBackup(ctx context.Context, path string) (*Catalog, error) {
	c, err := newCatalog(filepath.Dir(path), Options{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	c.file, c.schema = filepath.Join(c.dir, filepath.Base(path)), migrations
	if err = c.examine(ctx); err == nil {
		return c, nil
	}
	told := trouble(ctx, "read backup", path, errors.Join(err, c.disconnect()))
	var e *media.Error
	if errors.As(told, &e) && (errors.Is(err, ErrNotLibrary) || errors.Is(e, ErrNotLibrary) || errors.Is(e, ErrCorrupt)) {
		e.Hint = hintBackup
	}
	return nil, told
}

func (c *Catalog) examine(ctx context.Context) error {
	info, err := os.Stat(c.file)
	if err != nil {
		return bare(err)
	}
	if !info.Mode().IsRegular() || info.Size() == 0 {
		return ErrNotLibrary
	}
	err = c.examineAs(ctx, "mode=rw")
	if !isSealed(err) {
		return err
	}
	if !settled(c.file) {
		return fmt.Errorf("%w, and it was not closed when it last could be", ErrReadOnly)
	}
	return errors.Join(c.disconnect(), c.examineAs(ctx, "mode=ro&immutable=1"))
}

func (c *Catalog) examineAs(ctx context.Context, mode string) (err error) {
	c.mode = mode
	if c.reader, err = c.pool(mode+"&_pragma=query_only(1)", 1); err != nil {
		return err
	}
	s, err := c.state(ctx)
	if err == nil {
		err = c.refuse(s)
	}
	if err == nil {
		err = verify(ctx, c.reader)
	}
	return err
}
