package phash

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// span is the updates that a segment holds, which is also its name: merging 1 to 3 and 4 makes 1 to 4, and whoever finds that needs
// no list to know that the others are done with.
type span struct{ first, last uint64 }

const (
	suffix     = ".phash"
	unfinished = ".unfinished"
)

func (s span) name() string { return fmt.Sprintf("%08d-%08d%s", s.first, s.last, suffix) }

func (s span) path(dir string) string { return filepath.Join(dir, s.name()) }

func parseSpan(name string) (span, bool) {
	var s span
	_, err := fmt.Sscanf(name, "%d-%d", &s.first, &s.last)
	return s, err == nil && name == s.name() && s.first >= 1 && s.first <= s.last && s.last < math.MaxInt64
}

// listSegments finds the files that together hold every update once, from old to new.
func listSegments(dir string) ([]span, error) {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var all []span
	for _, e := range entries {
		if s, ok := parseSpan(e.Name()); ok {
			all = append(all, s)
		}
	}
	return chain(all)
}

// chain chooses the widest spans. A gap means that a file has gone, and with it what nobody can know.
func chain(all []span) ([]span, error) {
	slices.SortFunc(all, func(a, b span) int { return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(b.last, a.last)) })
	var chosen []span
	last := uint64(0)
	for _, s := range all {
		switch {
		case s.first == last+1:
			chosen = append(chosen, s)
			last = s.last
		case s.last > last:
			return nil, fmt.Errorf("%w: updates %d to %d are missing", ErrDamaged, last+1, s.first-1)
		}
	}
	return chosen, nil
}

// sweep removes what merged segments and killed updates have left. A file that another process still reads stays where the system
// wants it so, until the next sweep.
func sweep(dir string, keep []span) {
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		s, ok := parseSpan(e.Name())
		if ok && !slices.Contains(keep, s) || strings.HasSuffix(e.Name(), suffix+unfinished) {
			_ = os.Remove(filepath.Join(dir, e.Name()))
		}
	}
}
