package index

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// lock makes sure that one process builds at a time. It is let go of by the system when its holder dies, however it dies. With
// patient it waits for as long as ctx lasts, for then there is nothing to answer from.
func (ix *Index) lock(ctx context.Context, patient bool) (unlock func() error, err error) {
	// Its parent is the library's folder: where that has vanished, nothing is to stand in its place when its disk comes back.
	if err := os.Mkdir(ix.dir, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	deadline, told := time.Now().Add(ix.options.Wait), false
	for ctx.Err() == nil {
		db, err := bbolt.Open(filepath.Join(ix.dir, "lock"), 0o600, &bbolt.Options{Timeout: 100 * time.Millisecond, NoSync: true})
		switch {
		case err == nil:
			return db.Close, nil
		case !errors.Is(err, bolterrors.ErrTimeout):
			if err := ix.relock(err); err != nil {
				return nil, err
			}
		case !patient && time.Now().After(deadline):
			return nil, ErrBusy
		case !told && ix.options.Waiting != nil && time.Now().After(deadline):
			ix.options.Waiting()
			told = true
		}
	}
	return nil, ctx.Err()
}

// relock removes a lock file that is damaged, so that a new one can be made. Other trouble is given back.
func (ix *Index) relock(err error) error {
	if errors.Is(err, bolterrors.ErrInvalid) || errors.Is(err, bolterrors.ErrChecksum) || errors.Is(err, bolterrors.ErrVersionMismatch) {
		return os.Remove(filepath.Join(ix.dir, "lock"))
	}
	return err
}

// seed makes dir a copy of base, or empty. Segments are never changed once written, so links to them will do; but each is read through
// first, for merging a damaged one would hand the damage on. Errors: errDamaged.
func seed(dir string, base *snapshot) error {
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o755); err != nil || base == nil {
		return err
	}
	entries, err := os.ReadDir(base.dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		err = errors.Join(err, inherit(filepath.Join(base.dir, e.Name()), filepath.Join(dir, e.Name())))
	}
	return err
}

func inherit(from, to string) error {
	if !strings.HasSuffix(from, ".zap") {
		return copyFile(from, to)
	}
	if err := intact(from); err != nil {
		return err
	}
	if os.Link(from, to) != nil { // some disks know no links
		return copyFile(from, to)
	}
	return nil
}

// intact compares a segment with the checksum in its last four bytes.
func intact(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	sum, last := crc32.NewIEEE(), make([]byte, 4)
	_, err = io.Copy(sum, io.LimitReader(f, info.Size()-4))
	if err == nil {
		_, err = io.ReadFull(f, last)
	}
	if err == nil && binary.BigEndian.Uint32(last) != sum.Sum32() {
		err = fmt.Errorf("%w: %s", errDamaged, path)
	}
	return err
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err == nil {
		_, err = io.Copy(out, in)
		err = errors.Join(err, out.Close())
	}
	return errors.Join(err, in.Close())
}

// publish gives dir its name, changes over to it and removes what it replaces.
func (ix *Index) publish(dir string) error {
	list, err := numbers(ix.dir)
	if err != nil {
		return err
	}
	number := 1
	if len(list) > 0 {
		number = list[0] + 1
	}
	if err := os.Rename(dir, filepath.Join(ix.dir, snapshotName(number))); err != nil {
		return err
	}
	s, err := openSnapshot(ix.dir, ix.cat.ID(), number)
	if err != nil {
		return fmt.Errorf("%w right after it was written: %w", errDamaged, err)
	}
	err = errors.Join(s.prune(), ix.swap(s))
	ix.sweep(snapshotName(number))
	return err
}

// sweep removes every snapshot but the one to keep, those of other formats too. One that a process on Windows still has open stays
// until the next time. It takes a name away before what is behind it, so that nobody opens half a snapshot.
func (ix *Index) sweep(keep string) {
	entries, err := os.ReadDir(ix.dir)
	for _, e := range entries {
		if name := e.Name(); e.IsDir() && name != keep && (strings.HasPrefix(name, "v") || strings.HasPrefix(name, "old-")) {
			gone := filepath.Join(ix.dir, "old-"+strings.TrimPrefix(name, "old-"))
			if os.Rename(filepath.Join(ix.dir, name), gone) == nil {
				err = errors.Join(err, os.RemoveAll(gone))
			}
		}
	}
	if err != nil {
		ix.log.Warn("an old state of the index could not be removed", "dir", ix.dir, "err", err)
	}
}
