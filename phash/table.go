package phash

import (
	"cmp"
	"errors"
	"os"
	"sync"
)

// ID names one picture of a [Table].
type ID struct {
	Set    int64  // what the picture came with and goes with: an episode, an album
	Number uint32 // the picture among those of its set, such as its frame
}

// Compare orders by set, then by number.
func (a ID) Compare(b ID) int {
	return cmp.Or(cmp.Compare(a.Set, b.Set), cmp.Compare(a.Number, b.Number))
}

// Entry is one picture of a [Set].
type Entry struct {
	Hash   Hash
	Number uint32
}

// Set is all the pictures that come and go together. A set without entries is one that is taken out.
type Set struct {
	ID      int64
	Entries []Entry // in any order; the same entry twice counts twice
}

var (
	// ErrDamaged is returned for a table that is not as it was written. Make it anew with [Create].
	ErrDamaged = errors.New("table of hashes is damaged")
	// ErrClosed is returned by a table that was closed.
	ErrClosed = errors.New("table of hashes is closed")
	// ErrChanged is returned by Update when another handle has updated the table since it was opened. Open it again.
	ErrChanged = errors.New("table of hashes was changed elsewhere")
)

// Table finds the hashes near a given one, exactly: nothing near is missed. It lives in a folder of files that are mapped into
// memory, so it opens in milliseconds and all processes that read it share it. Any number of goroutines may search while one updates;
// a search sees the table as it was when it began.
type Table struct {
	dir       string
	indexFrom int

	updating sync.Mutex
	mu       sync.Mutex // over what follows, and the holders of states and segments
	state    *state     // nil once closed
}

// Open opens the table in dir. A folder that is not there or empty is an empty table. What cannot be believed is [ErrDamaged].
func Open(dir string) (*Table, error) {
	t := &Table{dir: dir, indexFrom: indexFrom}
	s, err := t.load()
	if err != nil {
		return nil, err
	}
	t.state = s
	return t, nil
}

// Close lets go of the table's files once the searches that are under way have ended. Closing again does nothing.
func (t *Table) Close() error {
	t.mu.Lock()
	s := t.state
	t.state = nil
	t.mu.Unlock()
	if s == nil {
		return nil
	}
	return t.release(s)
}

// Len is the number of entries in t, 0 once it is closed.
func (t *Table) Len() int {
	n := 0
	_ = t.read(func(s *state) error { n = s.live; return nil })
	return n
}

// Mark is what the last update was told to remember, such as how much of a catalog it has seen; empty where there was none.
func (t *Table) Mark() string {
	mark := ""
	_ = t.read(func(s *state) error { mark = s.mark(); return nil })
	return mark
}

// read runs do on the table as it is now, which stays mapped until do returns.
func (t *Table) read(do func(*state) error) error {
	s, err := t.hold()
	if err != nil {
		return err
	}
	return errors.Join(unfaulted(func() error { return do(s) }), t.release(s))
}

func (t *Table) hold() (*state, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.state == nil {
		return nil, ErrClosed
	}
	t.state.held++
	return t.state, nil
}

// release lets go of a state, and of its segments where nobody else holds them.
func (t *Table) release(s *state) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if s.held--; s.held > 0 {
		return nil
	}
	var errs []error
	for _, p := range s.parts {
		if p.held--; p.held == 0 {
			errs = append(errs, p.unmap())
		}
	}
	return errors.Join(errs...)
}

// load opens the files of the folder. Where another process replaces them meanwhile it looks again.
func (t *Table) load() (*state, error) {
	const patience = 20
	for try := 0; ; try++ {
		names, err := listSegments(t.dir)
		if err != nil {
			return nil, err
		}
		s, err := t.openAll(names)
		if !errors.Is(err, os.ErrNotExist) || try == patience {
			return s, err
		}
	}
}

func (t *Table) openAll(names []span) (*state, error) {
	var segments []*segment
	for _, n := range names {
		s, err := openSegment(n.path(t.dir))
		if err == nil && (s.first != n.first || s.last != n.last) {
			err = errors.Join(ErrDamaged, s.unmap())
		}
		if err != nil {
			return nil, errors.Join(err, unmapAll(segments))
		}
		segments = append(segments, s)
	}
	s, err := newState(segments)
	if err != nil {
		return nil, errors.Join(err, unmapAll(segments))
	}
	s.hold()
	return s, nil
}

func unmapAll(segments []*segment) error {
	var errs []error
	for _, s := range segments {
		errs = append(errs, s.unmap())
	}
	return errors.Join(errs...)
}
