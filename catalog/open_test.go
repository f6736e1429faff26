package catalog

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/media"
)

// expectError wants a sentinel, in one line that says all of words.
func expectError(t *testing.T, err, want error, words ...string) {
	t.Helper()
	var told *media.Error
	if !errors.Is(err, want) || !errors.As(err, &told) {
		t.Errorf("got %v, want %v with where and what to do", err, want)
		return
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("%q does not say %q", err, w)
		}
	}
	if strings.Contains(err.Error(), "\n") {
		t.Errorf("%q is more than a line", err)
	}
}

func refused(t *testing.T, dir string, o Options, want error, words ...string) {
	t.Helper()
	c, err := Open(t.Context(), dir, o)
	if c != nil {
		t.Errorf("it was opened")
	}
	expectError(t, err, want, append(words, dir)...)
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestOpenMakesALibrary(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "library")
	c := library(t, dir, Options{})
	if info, err := os.Stat(dir); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
		t.Errorf("the folder is %v, %v; want it private", info, err)
	}
	if c.Dir() != dir || len(c.ID()) < 20 {
		t.Errorf("Dir = %q, ID = %q", c.Dir(), c.ID())
	}
	if again := library(t, dir, Options{}); again.ID() != c.ID() {
		t.Errorf("the ID went from %q to %q", c.ID(), again.ID())
	}
	if other := library(t, t.TempDir(), Options{}); other.ID() == c.ID() {
		t.Errorf("two libraries are both %q", c.ID())
	}
	var mode string
	var app, sync, page int
	err := c.writer.QueryRow("SELECT journal_mode, application_id, synchronous, page_size FROM pragma_journal_mode, pragma_application_id, "+
		"pragma_synchronous, pragma_page_size").Scan(&mode, &app, &sync, &page)
	if err != nil || mode != "wal" || app != applicationID || sync != 2 || page != pageSize {
		t.Errorf("got %s, %x, %d, %d, %v", mode, app, sync, page, err)
	}
}

func TestOpenInOddPlaces(t *testing.T) {
	names := []string{"a b", "100%", "a%41", "#1", "é 日本 😀", "a;b&c=d", strings.Repeat("x", 200)}
	if runtime.GOOS != "windows" {
		names = append(names, "a?b", "a:b", "\xff\xfe", `back\slash`, "line\nbreak")
	}
	for _, name := range names {
		dir := filepath.Join(t.TempDir(), name)
		commit(t, library(t, dir, Options{}), synthetic(1, small))
		if _, err := os.Stat(filepath.Join(dir, fileName)); err != nil {
			t.Errorf("%q: %v", name, err)
		}
		if _, err := library(t, dir, Options{ReadOnly: true}).ByKey(t.Context(), "key-1"); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestOpenByARelativePath(t *testing.T) {
	t.Chdir(t.TempDir())
	c := library(t, "lib", Options{})
	t.Chdir(t.TempDir())
	commit(t, c, synthetic(1, small))
	if !filepath.IsAbs(c.Dir()) {
		t.Errorf("Dir = %q", c.Dir())
	}
}

func TestReadingNeedsALibrary(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "missing")
	refused(t, missing, Options{ReadOnly: true}, ErrNotFound, "there is no library", "run amvlib ingest")
	if _, err := os.Stat(missing); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("reading made the folder: %v", err)
	}
	empty := t.TempDir()
	write(t, filepath.Join(empty, fileName), nil)
	refused(t, empty, Options{ReadOnly: true}, ErrNotFound, "there is no library")
}

func TestReadingChangesNothing(t *testing.T) {
	dir := t.TempDir()
	c := library(t, dir, Options{})
	e := commit(t, c, synthetic(1, small))
	reader := library(t, dir, Options{ReadOnly: true})
	_, err := reader.Commit(t.Context(), synthetic(2, small))
	expectError(t, err, ErrReadOnly, "opened for reading")
	expectError(t, reader.Forget(t.Context(), e.ID), ErrReadOnly)
	expectError(t, reader.Drop(t.Context(), e.Path), ErrReadOnly)
	if _, err := reader.reader.Exec("DELETE FROM episode"); err == nil {
		t.Error("its connections can write")
	}
}

func TestAnEmptyFileBecomesALibrary(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, fileName), nil) // what a kill in the first moment leaves
	commit(t, library(t, dir, Options{}), synthetic(1, small))
}

func TestOtherFilesAreLeftAlone(t *testing.T) {
	for name, data := range map[string][]byte{"two bytes": []byte("xy"), "text": []byte("my catalog of songs"),
		"long text": []byte(strings.Repeat("rain ", 9000)), "zeros": make([]byte, 5000)} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, fileName)
			write(t, path, data)
			refused(t, dir, Options{}, ErrNotLibrary, "not a library", "choose another folder")
			refused(t, dir, Options{ReadOnly: true}, ErrNotLibrary)
			if now, err := os.ReadFile(path); err != nil || !reflect.DeepEqual(now, data) {
				t.Errorf("the file was changed, %v", err)
			}
		})
	}
}

func TestAnotherProgramsDatabaseIsLeftAlone(t *testing.T) {
	dir := t.TempDir()
	c, err := newCatalog(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	db, err := c.pool("mode=rwc", 1)
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.Exec("CREATE TABLE songs (title TEXT)")
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(c.file)
	if err != nil {
		t.Fatal(err)
	}
	refused(t, dir, Options{}, ErrNotLibrary, "belongs to another program")
	if now, err := os.ReadFile(c.file); err != nil || !reflect.DeepEqual(now, before) {
		t.Errorf("the file was changed, %v", err)
	}
}

func TestALibraryIsNotPutAmongFootage(t *testing.T) {
	for _, film := range []string{"01.mkv", "Show - 01.MP4", filepath.Join("Show", "01.avi")} {
		dir := t.TempDir()
		write(t, filepath.Join(dir, film), []byte("film"))
		refused(t, dir, Options{}, ErrNotLibrary, "holds footage", filepath.Base(film))
		if _, err := os.Stat(filepath.Join(dir, fileName)); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: a file was made: %v", film, err)
		}
		library(t, filepath.Join(dir, ".amvlib"), Options{})
	}
	dir := t.TempDir()
	write(t, filepath.Join(dir, "notes.txt"), []byte("of no matter"))
	write(t, filepath.Join(dir, "a", "b.mkv.txt"), []byte("of no matter"))
	library(t, dir, Options{})
}

func TestPlacesThatCannotBe(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	write(t, file, []byte("x"))
	refused(t, file, Options{}, ErrNotLibrary, "choose another folder")
	refused(t, filepath.Join(file, "below"), Options{}, ErrNotLibrary)
	if err := os.MkdirAll(filepath.Join(dir, "d", fileName), 0o755); err != nil {
		t.Fatal(err)
	}
	refused(t, filepath.Join(dir, "d"), Options{}, ErrNotLibrary)
	if _, err := Open(t.Context(), "a\x00b", Options{}); err == nil {
		t.Error("a name that no system takes was opened")
	}
}

func TestALibraryOfANewerVersionIsRefused(t *testing.T) {
	dir := t.TempDir()
	c := library(t, dir, Options{})
	if _, err := c.writer.Exec("PRAGMA user_version = 99"); err != nil {
		t.Fatal(err)
	}
	refused(t, dir, Options{}, ErrNewer, fmt.Sprintf("version 99; this one knows %d", len(migrations)), "install the newer amvlib")
	refused(t, dir, Options{ReadOnly: true}, ErrNewer)
}

func TestOpeningCanBeCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Open(ctx, t.TempDir(), Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

const schemaNext = "CREATE TABLE tag (name TEXT NOT NULL) STRICT; ALTER TABLE episode ADD COLUMN rating INTEGER NOT NULL DEFAULT 3"

// nextSchema is that of an amvlib to come.
func nextSchema() []string { return append(slices.Clone(migrations), schemaNext) }

func TestAnOlderLibraryIsBroughtUpToDate(t *testing.T) {
	for _, readonly := range []bool{false, true} {
		dir := t.TempDir()
		was, err := Open(t.Context(), dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		e := commit(t, was, synthetic(1, small))
		if err := was.Close(); err != nil {
			t.Fatal(err)
		}
		c, err := open(t.Context(), dir, Options{ReadOnly: readonly}, nextSchema())
		if err != nil {
			t.Fatal(err)
		}
		var rating, version int
		err = c.reader.QueryRow("SELECT rating, user_version FROM episode, pragma_user_version").Scan(&rating, &version)
		if err != nil || rating != 3 || version != len(migrations)+1 || c.ID() != was.ID() {
			t.Errorf("rating %d, version %d, ID %s, %v", rating, version, c.ID(), err)
		}
		if got, err := c.Episode(t.Context(), e.ID); err != nil || !reflect.DeepEqual(got, e) {
			t.Errorf("got %+v, %v, want %+v", got, err, e)
		}
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
		expectCopy(t, dir, e)
	}
}

// expectCopy wants the library as it was before, which can be put back.
func expectCopy(t *testing.T, dir string, e Episode) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2 {
		t.Errorf("there are %v, %v; want the file and its copy", entries, err)
	}
	back := t.TempDir()
	if err := os.Rename(filepath.Join(dir, fmt.Sprintf("catalog-v%d.db", len(migrations))), filepath.Join(back, fileName)); err != nil {
		t.Fatal(err)
	}
	if got, err := library(t, back, Options{}).Episode(t.Context(), e.ID); err != nil || !reflect.DeepEqual(got, e) {
		t.Errorf("the copy has %+v, %v, want %+v", got, err, e)
	}
}

func TestAFailedUpgradeChangesNothing(t *testing.T) {
	dir := t.TempDir()
	e := commit(t, library(t, dir, Options{}), synthetic(1, small))
	for range 2 {
		_, err := open(t.Context(), dir, Options{}, append(nextSchema(), "CREATE NONSENSE"))
		if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("bring it to version %d", len(migrations)+2)) {
			t.Errorf("got %v", err)
		}
	}
	c := library(t, dir, Options{})
	if got, err := c.Episode(t.Context(), e.ID); err != nil || !reflect.DeepEqual(got, e) {
		t.Errorf("got %+v, %v, want %+v", got, err, e)
	}
	var tables int
	if err := c.reader.QueryRow("SELECT count(*) FROM sqlite_schema WHERE name = 'tag'").Scan(&tables); err != nil || tables != 0 {
		t.Errorf("half an upgrade is there: %d, %v", tables, err)
	}
}
