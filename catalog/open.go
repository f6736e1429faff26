package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// fileName is the catalog's file in the library's directory.
const fileName = "catalog.db"

// Options say how a catalog is opened. The zero Options are fine.
type Options struct {
	ReadOnly bool          // changes are refused, and a missing library is ErrNotFound
	Existing bool          // a missing library is ErrNotFound for who writes too, instead of being made
	Wait     time.Duration // how long a change waits for another process that writes; 0 is 30 s
	Log      *slog.Logger  // nil discards
	Program  string        // what others are told who wait for this one: "amvlib ingest"; empty is the name of the program's file
	Waiting  func(Holder)  // told once for each change that has to wait; who is waited for is zero where that is not known; may be nil
}

// Catalog is an open library. It is for concurrent use.
type Catalog struct {
	dir      string
	file     string
	opened   os.FileInfo // of file; shows whether the library is still in its place
	id       string
	mode     string // in which the file was opened
	readonly bool
	existing bool // nothing is made where there is no library
	wait     time.Duration
	log      *slog.Logger
	program  string
	waiting  func(Holder)
	now      func() time.Time
	reader   *sql.DB
	writer   *sql.DB
	turn     chan struct{} // holds one token: whose turn it is to write
	schema   []string
	listed   episodeList
}

// Open opens the library in dir, and makes one where there is none unless it is to be ReadOnly. Close it. A library of an older
// amvlib is brought up to date first, after a copy of its file was put beside it.
//
// Errors: ErrNotFound, ErrNotLibrary, ErrNewer, ErrCorrupt, ErrReadOnly, ErrFull, ErrBusy.
func Open(ctx context.Context, dir string, o Options) (*Catalog, error) {
	c, err := open(ctx, dir, o, migrations)
	return c, trouble(ctx, "open library", dir, err)
}

func open(ctx context.Context, dir string, o Options, schema []string) (*Catalog, error) {
	c, err := newCatalog(dir, o)
	if err != nil {
		return nil, err
	}
	c.schema = schema
	if err := claim(c.dir, c.file, c.existing); err != nil {
		return nil, err
	}
	if err := c.connect(ctx); err != nil {
		return nil, c.gone(errors.Join(err, c.disconnect()))
	}
	return c, nil
}

func newCatalog(dir string, o Options) (*Catalog, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	c := &Catalog{dir: abs, file: filepath.Join(abs, fileName), readonly: o.ReadOnly, existing: o.ReadOnly || o.Existing, wait: o.Wait, log: o.Log,
		program: plainName(o.Program), waiting: o.Waiting, now: time.Now, turn: make(chan struct{}, 1)}
	if c.program == "" {
		c.program = ownProgram()
	}
	if c.wait == 0 {
		c.wait = 30 * time.Second
	}
	if c.log == nil {
		c.log = slog.New(slog.DiscardHandler)
	}
	return c, nil
}

// connect opens the file, makes or renews what is in it, and remembers which file it is. Nothing else in the process may open and
// close the file: on Unix that would drop SQLite's locks.
func (c *Catalog) connect(ctx context.Context) error {
	err := c.begin(ctx, "mode=rw")
	if c.readonly && isSealed(err) {
		err = errors.Join(c.disconnect(), c.beginSealed(ctx))
	}
	if err != nil {
		return err
	}
	if err := c.reader.QueryRowContext(ctx, "SELECT id FROM library").Scan(&c.id); err != nil {
		return err
	}
	opened, err := os.Stat(c.file)
	c.opened = opened
	return err
}

// begin makes the pools for a way of opening the file, and sees to what is in it.
func (c *Catalog) begin(ctx context.Context, mode string) (err error) {
	c.mode = mode
	if c.reader, err = c.pool(mode+"&_pragma=query_only(1)", 4); err != nil {
		return err
	}
	writing := "mode=rwc&_txlock=immediate"
	if c.existing {
		writing = "mode=rw&_txlock=immediate"
	}
	if c.writer, err = c.pool(writing, 1); err != nil {
		return err
	}
	return c.retry(ctx, c.prepare)
}

// isSealed tells of a library on a disk that takes nothing, not even the shared memory that readers agree by: it may only be read, or
// it is full.
func isSealed(err error) bool {
	var s *sqlite.Error
	return errors.As(err, &s) && (s.Code()&0xff == sqlite3.SQLITE_CANTOPEN || s.Code()&0xff == sqlite3.SQLITE_READONLY ||
		s.Code() == sqlite3.SQLITE_IOERR_SHMSIZE)
}

// beginSealed reads the file alone. That would pass over what is only in the log, so there must be nothing in it.
func (c *Catalog) beginSealed(ctx context.Context) error {
	if !settled(c.file) {
		return fmt.Errorf("%w, and it was not closed when it last could be: open it once where it can", ErrReadOnly)
	}
	return c.begin(ctx, "mode=ro&immutable=1")
}

// settled tells whether all that was committed is in the file itself, so that it can be read alone.
func settled(file string) bool {
	info, err := os.Stat(file + "-wal")
	return errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() == 0
}

// pool makes ready up to n connections. What they are told holds for the connection alone, so that a file that proves to be
// something else is left as it is.
//
// synchronous FULL, for "committed" has to mean on the disk; a commit is an episode's worth of work, so its cost is nothing.
func (c *Catalog) pool(query string, n int) (*sql.DB, error) {
	query += "&_pragma=busy_timeout(250)&_pragma=foreign_keys(1)&_pragma=synchronous(FULL)&_pragma=fullfsync(1)" +
		"&_pragma=temp_store(MEMORY)&_pragma=cache_size(-8192)&_pragma=journal_size_limit(67108864)"
	db, err := sql.Open("sqlite", uri(c.file)+"?"+query)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
	return db, nil
}

// uri names a file as SQLite takes it, whatever characters are in its name.
func uri(file string) string {
	parts := strings.Split(filepath.ToSlash(file), "/")
	for i, p := range parts {
		parts[i] = url.PathEscape(p)
	}
	path := strings.Join(parts, "/")
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	return "file://" + path
}

// ID names the library, wherever its directory is moved. A cache that was made from another ID is of no use.
func (c *Catalog) ID() string { return c.id }

// Dir is the library's directory, absolute.
func (c *Catalog) Dir() string { return c.dir }

// Close lets the library go. What was committed is safe without it.
func (c *Catalog) Close() error {
	return trouble(context.Background(), "close library", c.dir, c.disconnect())
}

// disconnect closes every connection; SQLite folds the log into the file with the last one that any process has.
func (c *Catalog) disconnect() error {
	var err error
	for _, db := range []*sql.DB{c.writer, c.reader} {
		if db != nil {
			err = errors.Join(err, db.Close())
		}
	}
	return err
}
