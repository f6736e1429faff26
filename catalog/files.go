package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"time"
)

// Files is what is known of files by their paths: those that hold an episode now, as far as anybody has told.
func (c *Catalog) Files(ctx context.Context) (map[string]File, error) {
	files := map[string]File{}
	const query = "SELECT path, size, modified, episode, sidecars FROM file"
	err := c.query(ctx, "list the files of library", query, nil, func(rows *sql.Rows) error {
		var f File
		var path []byte
		var modified int64
		err := rows.Scan(&path, &f.Size, &modified, &f.Episode, &f.Sidecars)
		f.Path, f.Modified = string(path), moment(modified)
		files[f.Path] = f
		return err
	})
	return files, err
}

// Same tells whether a file's size and date are still those of f, as far as every disk keeps dates: to the microsecond, within the
// years that a catalog can write down.
func (f File) Same(size int64, modified time.Time) bool {
	return f.Size == size && date(f.Modified) == date(modified)
}

func date(t time.Time) int64 { return stamp(moment(stamp(t)).Truncate(time.Microsecond)) }

// Relocate tells that an episode's content was seen at path, with nothing else about it changed: a renamed or moved file, a copy, a
// touched date. The other places where it was seen stay known until another content is found there, or [Catalog.Drop].
//
// Errors: ErrNotFound where no episode has the key; those of [Catalog.Commit].
func (c *Catalog) Relocate(ctx context.Context, key Key, path string, modified time.Time, sidecars string) (Episode, error) {
	if !filepath.IsAbs(path) {
		return Episode{}, fmt.Errorf("relocate %s: its path is not absolute", path)
	}
	var e Episode
	err := c.write(ctx, "note the place of "+filepath.Base(path)+" in library", func(ch *change) (err error) {
		if e, err = episodeWhere(ctx, ch, "key = ?", string(key)); err != nil {
			return err
		}
		e.Path, e.Modified, e.Generation = path, moment(stamp(modified)), ch.generation
		return errors.Join(ch.putFile(ctx, &e, path, modified, sidecars), ch.move(ctx, e.ID, path, stamp(modified)),
			ch.note(ctx, e.ID, false))
	})
	return e, err
}

// Drop tells that the file at path is no more. Its episode stays, and is at another place where it was seen, if there is one.
// A path that is not known is fine.
func (c *Catalog) Drop(ctx context.Context, path string) error {
	return c.write(ctx, "forget the place of "+filepath.Base(path)+" in library", func(ch *change) error {
		var episode int64
		err := ch.QueryRowContext(ctx, "DELETE FROM file WHERE path = ? RETURNING episode", []byte(path)).Scan(&episode)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		return ch.fallBack(ctx, episode, path, path)
	})
}

// Forget takes an episode out of the library with all that was learnt of it. Its ID is never given again.
//
// Errors: ErrNotFound; those of [Catalog.Commit].
func (c *Catalog) Forget(ctx context.Context, episode int64) error {
	return c.write(ctx, "forget an episode of library", func(ch *change) error {
		gone, err := ch.ExecContext(ctx, "DELETE FROM episode WHERE id = ?", episode)
		if err != nil {
			return err
		}
		if n, err := gone.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, noEpisode(episode))
		}
		return ch.note(ctx, episode, true)
	})
}

// putFile tells that path holds e now. What it held before loses that place.
func (ch *change) putFile(ctx context.Context, e *Episode, path string, modified time.Time, sidecars string) error {
	var before int64
	err := ch.QueryRowContext(ctx, "SELECT episode FROM file WHERE path = ?", []byte(path)).Scan(&before)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	_, err = ch.ExecContext(ctx, "INSERT OR REPLACE INTO file (path, episode, size, modified, sidecars, seen) VALUES (?, ?, ?, ?, ?, ?)",
		[]byte(path), e.ID, e.Size, stamp(modified), sidecars, int64(ch.generation))
	if err != nil || before == 0 || before == e.ID {
		return err
	}
	return ch.fallBack(ctx, before, path, "")
}

// fallBack finds an episode that has lost the place lost another one where it was seen, the latest first; else it is at last.
func (ch *change) fallBack(ctx context.Context, episode int64, lost, last string) error {
	at, modified := []byte(last), int64(0)
	e, err := episodeWhere(ctx, ch, "id = ?", episode)
	if err != nil || e.Path != lost {
		return err
	}
	err = ch.QueryRowContext(ctx, "SELECT path, modified FROM file WHERE episode = ? ORDER BY seen DESC, path LIMIT 1", episode).
		Scan(&at, &modified)
	if errors.Is(err, sql.ErrNoRows) {
		modified, err = stamp(e.Modified), nil
	}
	if err != nil {
		return err
	}
	return errors.Join(ch.move(ctx, episode, string(at), modified), ch.note(ctx, episode, false))
}

func (ch *change) move(ctx context.Context, episode int64, path string, modified int64) error {
	_, err := ch.ExecContext(ctx, "UPDATE episode SET path = ?, modified = ?, generation = ? WHERE id = ?",
		[]byte(path), modified, int64(ch.generation), episode)
	return err
}
