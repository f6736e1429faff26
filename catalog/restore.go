package catalog

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Restore replaces the library in dir, or begins one there, by a backup that [Catalog.Backup] or an older amvlib wrote. The backup is
// read through before anything is touched, and is not changed. The library takes a new ID, for it goes another way than the one that
// it was. What was in its place is kept under the name that Restore gives, empty where there was nothing. Whoever is reading sees the
// old library or the new one, whole; so does who looks after a kill. A process that had the old one open for writing is refused from
// then on.
//
// Errors: those of [Inspect]; ErrBusy while another process writes; ErrNewer and ErrNotLibrary of what is in dir; ErrReadOnly, ErrFull.
func Restore(ctx context.Context, dir, backup string, o Options) (kept string, err error) {
	c, err := newCatalog(dir, o)
	if err != nil {
		return "", err
	}
	staged, err := c.stage(ctx, backup)
	if err == nil {
		kept, err = c.giveWay(ctx, staged, o)
	}
	return kept, c.trouble(ctx, "restore library", errors.Join(err, removePart(staged)))
}

// stage makes, in the library's folder, the file that the library is to become.
func (c *Catalog) stage(ctx context.Context, backup string) (part string, err error) {
	from, err := openBackup(ctx, backup)
	if err != nil {
		return "", err
	}
	defer from.disconnect() //nolint:errcheck // it was only read
	if sameFile(c.file, from.file) {
		return "", fmt.Errorf("%w: the backup is the library itself", ErrNotLibrary)
	}
	if err := claim(c.dir, c.file, false); err != nil {
		return "", err
	}
	if part, err = newPart(c.dir); err != nil {
		return "", err
	}
	if err = from.vacuumInto(ctx, part); err == nil {
		err = c.renameIn(ctx, part)
	}
	return part, err
}

func sameFile(a, b string) bool {
	x, err1 := os.Stat(a)
	y, err2 := os.Stat(b)
	return err1 == nil && err2 == nil && os.SameFile(x, y)
}

// renameIn brings the library in a file up to date and makes it another than the one that it is a copy of.
func (c *Catalog) renameIn(ctx context.Context, part string) error {
	n := &Catalog{dir: c.dir, file: part, schema: migrations, log: c.log, program: c.program, now: c.now}
	var err error
	if n.writer, err = n.pool("mode=rw&_txlock=immediate", 1); err != nil {
		return err
	}
	if _, err = n.writer.ExecContext(ctx, "PRAGMA journal_mode = WAL"); err == nil {
		err = n.migrate(ctx)
	}
	if err == nil {
		err = n.begetID(ctx)
	}
	if err == nil {
		err = verify(ctx, n.writer)
	}
	if closing := n.disconnect(); err == nil {
		err = closing
	}
	return err
}

func (c *Catalog) begetID(ctx context.Context) error {
	tx, err := c.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after Commit it has nothing to do
	ch := &change{Tx: tx}
	const query = "UPDATE library SET id = ?, generation = generation + 1 RETURNING generation"
	if err := tx.QueryRowContext(ctx, query, rand.Text()).Scan(&ch.generation); err != nil {
		return err
	}
	if err := ch.remember(ctx); err != nil {
		return err
	}
	return tx.Commit()
}

// giveWay lets the staged file become the library: through SQLite, whose locks and log make it one change like others, or, where the
// library is too damaged for that, by its name.
func (c *Catalog) giveWay(ctx context.Context, staged string, o Options) (kept string, err error) {
	was, err := Open(ctx, c.dir, Options{Wait: o.Wait, Log: o.Log, Program: o.Program, Waiting: o.Waiting})
	if err == nil {
		kept, err = was.overwrite(ctx, staged)
		if closing := was.disconnect(); err == nil {
			err = closing
		}
	}
	if isDamaged(err) && ctx.Err() == nil {
		c.log.WarnContext(ctx, "the library is damaged; its file is put aside", "library", c.dir, "err", err)
		return c.putAside(staged)
	}
	return kept, err
}

// isDamaged tells of a library that SQLite cannot read. What belongs to another program is not damaged.
func isDamaged(err error) bool {
	var s *sqlite.Error
	return errors.Is(err, ErrCorrupt) || errors.As(err, &s) &&
		(s.Code()&0xff == sqlite3.SQLITE_NOTADB || s.Code()&0xff == sqlite3.SQLITE_CORRUPT)
}

// restorer is SQLite's own way of replacing all of a database by another.
type restorer interface {
	NewRestore(from string) (*sqlite.Backup, error)
}

func (c *Catalog) overwrite(ctx context.Context, staged string) (kept string, err error) {
	conn, err := c.writer.Conn(ctx)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	// A catalog.db that was put in its place by hand may lack its log, and could not be read while it is written.
	if _, err := conn.ExecContext(ctx, "PRAGMA journal_mode = WAL"); err != nil {
		return "", err
	}
	err = conn.Raw(func(driver any) error {
		r, err := driver.(restorer).NewRestore(uri(staged) + "?mode=rw")
		if err != nil {
			return err
		}
		kept, err = c.keepAndCopy(ctx, r)
		if finish := r.Finish(); err == nil { // without all pages it rolls back
			err = finish
		}
		return err
	})
	return kept, err
}

// keepAndCopy takes the library's lock with the first page, so that what is kept is what is replaced.
func (c *Catalog) keepAndCopy(ctx context.Context, r *sqlite.Backup) (kept string, err error) {
	err = c.retry(ctx, func(context.Context) error { _, err := r.Step(1); return err })
	if err == nil {
		defer c.hang()()
		kept, err = c.keep(ctx)
	}
	for more := true; more && err == nil; {
		if more, err = r.Step(1024); err == nil {
			err = ctx.Err()
		}
	}
	if err != nil && kept != "" { // nothing is replaced, and the disk may be full
		err, kept = errors.Join(err, os.Remove(kept)), ""
	}
	return kept, err
}

// keep copies the library as it is to a name of its own. One in which nothing ever happened needs no keeping.
func (c *Catalog) keep(ctx context.Context) (string, error) {
	var g Generation
	if err := c.reader.QueryRowContext(ctx, generationQuery).Scan(&g); err != nil || g == 0 {
		return "", err
	}
	name, err := c.keptName()
	if err != nil {
		return "", err
	}
	if err := c.copyTo(ctx, name); err != nil {
		return "", err
	}
	return name, nil
}

// keptName is a name for the library as it was that is free.
func (c *Catalog) keptName() (string, error) {
	base := filepath.Join(c.dir, "catalog-before-restore-"+c.now().Format("20060102-150405"))
	for i, name := 2, base+".db"; i < 1000; i++ {
		if _, err := os.Lstat(name); errors.Is(err, fs.ErrNotExist) {
			return name, nil
		}
		name = fmt.Sprintf("%s-%d.db", base, i)
	}
	return "", fs.ErrExist
}

// putAside replaces a file that is no database any more. Its log goes with it, for SQLite would fold it into the new one.
func (c *Catalog) putAside(staged string) (kept string, err error) {
	if kept, err = c.keptName(); err != nil {
		return "", err
	}
	if err := linkOrCopy(c.file, kept); err != nil {
		return "", err
	}
	if err := os.Rename(c.file+"-wal", kept+"-wal"); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return kept, bare(err)
	}
	if err := os.Remove(c.file + "-shm"); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return kept, bare(err)
	}
	if err := syncFile(staged); err != nil {
		return kept, err
	}
	if err := os.Rename(staged, c.file); err != nil { // as on Windows, where somebody has it open
		_ = os.Rename(kept+"-wal", c.file+"-wal") // there may be none
		return "", bare(err)
	}
	return kept, syncFolder(c.dir)
}

// linkOrCopy leaves the file where it is, too, until another takes its name.
func linkOrCopy(from, to string) error {
	if os.Link(from, to) == nil {
		return nil
	}
	in, err := os.Open(from)
	if err != nil {
		return bare(err)
	}
	defer in.Close() //nolint:errcheck // it was only read
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return bare(err)
	}
	if _, err = io.Copy(out, in); err == nil {
		err = out.Sync()
	}
	if closing := out.Close(); err == nil {
		err = closing
	}
	return bare(err)
}

// replaced tells of a library that became another one since it was opened.
func replaced(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return errReplaced
	}
	return err
}
