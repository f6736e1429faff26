package phash

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// TestNothingIsMadeWhereALibraryWas: neither a new table nor an update puts folders in the place of a library that has vanished.
func TestNothingIsMadeWhereALibraryWas(t *testing.T) {
	library := filepath.Join(t.TempDir(), "library")
	dir := filepath.Join(library, "hashes")
	gone := func(did string, err error) {
		t.Helper()
		if !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: got %v", did, err)
		}
		if _, err := os.Lstat(library); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: it stands there again: %v", did, err)
		}
	}
	_, err := Create(t.Context(), dir, "", stream(equal(3)))
	gone("create", err)
	if err := os.Mkdir(library, 0o755); err != nil {
		t.Fatal(err)
	}
	table, err := Create(t.Context(), dir, "", stream(nil))
	if err != nil {
		t.Fatal(err)
	}
	defer table.Close()
	if err := os.RemoveAll(library); err != nil {
		t.Skip("what is open cannot be removed here: ", err)
	}
	if err := table.Update(t.Context(), "", stream(equal(3))); !errors.Is(err, ErrChanged) {
		gone("update", err)
	}
	if _, err := os.Lstat(library); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("it stands there again: %v", err)
	}
}
