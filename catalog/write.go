package catalog

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// change is one transaction that writes, and the generation that it makes.
type change struct {
	*sql.Tx
	generation Generation
	now        func() time.Time
}

// write runs do in a transaction of its own, after whoever writes now. When it returns without an error, the change is on the disk.
func (c *Catalog) write(ctx context.Context, op string, do func(*change) error) error {
	select {
	case c.turn <- struct{}{}:
		defer func() { <-c.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	return c.trouble(ctx, op, c.transact(ctx, do))
}

func (c *Catalog) transact(ctx context.Context, do func(*change) error) error {
	if c.readonly {
		return fmt.Errorf("%w: it was opened for reading", ErrReadOnly)
	}
	if err := c.inPlace(); err != nil {
		return err
	}
	tx, err := c.beginChange(ctx)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after Commit it has nothing to do
	defer c.hang()()
	if err := do(tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	return c.inPlace()
}

// inPlace tells whether the file is still where others will look for it. Unix lets a process write on into a file that has been
// deleted, and what it wrote there would be lost.
func (c *Catalog) inPlace() error {
	now, err := os.Stat(c.file)
	if err != nil || !os.SameFile(now, c.opened) {
		return errVanished
	}
	return nil
}

func (c *Catalog) beginChange(ctx context.Context) (*change, error) {
	ch := &change{now: c.now}
	err := c.retry(ctx, func(ctx context.Context) (err error) {
		ch.Tx, err = c.writer.BeginTx(ctx, nil)
		return err
	})
	if err != nil {
		return nil, err
	}
	const query = "UPDATE library SET generation = generation + 1 WHERE id = ? RETURNING generation"
	err = replaced(ch.QueryRowContext(ctx, query, c.id).Scan(&ch.generation))
	if err == nil {
		err = ch.remember(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, ch.Rollback())
	}
	return ch, nil
}

// history is how many generations back a catalog knows its own tokens: some hundred kilobytes of them. Who comes from before that
// reads everything again.
const history = 4096

// remember gives the generation a token that no other copy of the library will draw.
func (ch *change) remember(ctx context.Context) error {
	_, err := ch.ExecContext(ctx, "INSERT INTO history (generation, token) VALUES (?, ?)", ch.generation, rand.Text())
	if err == nil {
		_, err = ch.ExecContext(ctx, "DELETE FROM history WHERE generation <= ?", int64(ch.generation)-history)
	}
	return err
}

// note writes down that an episode changed; of several changes to one only the last matters.
func (ch *change) note(ctx context.Context, episode int64, gone bool) error {
	_, err := ch.ExecContext(ctx, "INSERT OR REPLACE INTO change (episode, generation, gone) VALUES (?, ?, ?)",
		episode, ch.generation, gone)
	return err
}

// retry runs do until nobody else holds what it needs, the time to wait is over, or ctx ends. SQLite's own waiting would not hear
// of ctx, and would not say that it waits.
func (c *Catalog) retry(ctx context.Context, do func(context.Context) error) error {
	began, told := time.Now(), false
	for {
		err := do(ctx)
		if !isBusy(err) || ctx.Err() != nil {
			return err
		}
		if time.Since(began) >= c.wait {
			return c.blame(err)
		}
		if !told {
			c.tellWaiting(ctx)
			told = true
		}
		pause(ctx, 10*time.Millisecond) // some locks are refused without waiting
	}
}

// blame says who would not let go, where that is known.
func (c *Catalog) blame(err error) error {
	if h, ok := c.Holder(); ok {
		return fmt.Errorf("%w: %s", ErrBusy, h)
	}
	return err
}

func (c *Catalog) tellWaiting(ctx context.Context) {
	h, _ := c.Holder() // the zero Holder is fine
	c.log.InfoContext(ctx, "waiting for another amvlib that writes to the library", "library", c.dir, "holder", h.String())
	if c.waiting != nil {
		c.waiting(h)
	}
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

func isBusy(err error) bool {
	var s *sqlite.Error
	return errors.As(err, &s) && (s.Code()&0xff == sqlite3.SQLITE_BUSY || s.Code()&0xff == sqlite3.SQLITE_LOCKED)
}
