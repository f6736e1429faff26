package catalog

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/amvlib/amvlib/timecode"
)

// backedUp is a library with one episode and a word of it, and its backup.
func backedUp(t *testing.T) (c *Catalog, e Episode, file string) {
	t.Helper()
	c = library(t, t.TempDir(), Options{})
	e = commit(t, c, synthetic(1, small))
	say(t, c, Tag, e.Key, timecode.Range{}, "rain")
	file = filepath.Join(t.TempDir(), "backup.db")
	if err := c.Backup(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	if e, err := c.Episode(t.Context(), e.ID); err == nil {
		return c, e, file
	}
	t.Fatal("the episode is gone")
	return nil, e, file
}

// expectFiles wants a folder to hold no files but those whose names begin so.
func expectFiles(t *testing.T, dir string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
next:
	for _, e := range entries {
		for _, w := range want {
			if strings.HasPrefix(e.Name(), w) {
				continue next
			}
		}
		t.Errorf("%s was left behind", e.Name())
	}
}

func TestABackupTakesNothingsPlace(t *testing.T) {
	c, _, file := backedUp(t)
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	commit(t, c, synthetic(2, small))
	expectError(t, c.Backup(t.Context(), file), fs.ErrExist, "choose another name", file)
	if now, err := os.ReadFile(file); err != nil || !reflect.DeepEqual(now, before) {
		t.Errorf("it was changed, %v", err)
	}
	expectError(t, c.Backup(t.Context(), filepath.Join(filepath.Dir(file), "no such", "b.db")), fs.ErrNotExist)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := c.Backup(ctx, file+"2"); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	expectFiles(t, filepath.Dir(file), "backup.db")
	if _, err := os.Stat(file + "2"); err == nil {
		t.Error("half a backup is there")
	}
}

func TestABackupOfALibraryThatVanished(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows does not let go of an open file")
	}
	dir := filepath.Join(t.TempDir(), "library")
	c := library(t, dir, Options{})
	if err := os.Rename(dir, dir+" elsewhere"); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	expectError(t, c.Backup(t.Context(), filepath.Join(folder, "b.db")), ErrGone, hintVanished)
	expectFiles(t, folder)
}

func TestABackupIsOfOneMoment(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	commit(t, c, synthetic(0, small))
	var writing sync.WaitGroup
	writing.Go(func() {
		for i := range uint64(20) {
			if _, err := c.Commit(t.Context(), synthetic(i+1, small)); err != nil {
				t.Error(err)
			}
		}
	})
	dir := t.TempDir()
	for i := range 5 {
		file := filepath.Join(dir, fmt.Sprint(i))
		if err := library(t, c.Dir(), Options{ReadOnly: true}).Backup(t.Context(), file); err != nil {
			t.Error(err)
			continue
		}
		s, err := Inspect(t.Context(), file)
		if err != nil || s.Episodes < 1 || s.Shots != 5*s.Episodes || s.Lines != 6*s.Episodes {
			t.Errorf("%+v, %v", s, err)
		}
	}
	writing.Wait()
}

func TestRestoreReplacesALibrary(t *testing.T) {
	c, e, file := backedUp(t)
	later := commit(t, c, synthetic(2, small))
	reader := library(t, c.Dir(), Options{ReadOnly: true})
	was, err := c.Generation(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	mark, _, err := c.Changes(t.Context(), Mark{})
	if err != nil {
		t.Fatal(err)
	}

	kept, err := Restore(t.Context(), c.Dir(), file, Options{})
	if err != nil {
		t.Fatal(err)
	}
	now := library(t, c.Dir(), Options{})
	if got, err := now.Episodes(t.Context()); err != nil || len(got) != 1 || !reflect.DeepEqual(got[0], e) {
		t.Errorf("got %+v, %v, want %+v", got, err, e)
	}
	if r := remarks(t, now, e.Key, timecode.Range{}); !reflect.DeepEqual(r.Tags, []string{"rain"}) {
		t.Errorf("of what was said there is %+v", r)
	}
	if now.ID() == c.ID() {
		t.Error("it has the ID of the library that it was a copy of")
	}
	if _, _, err := now.Changes(t.Context(), mark); !errors.Is(err, ErrOtherHistory) {
		t.Errorf("it knows generation %d of the other: %v", was, err)
	}
	upto, _, err1 := now.Changes(t.Context(), Mark{})
	_, changes, err2 := now.Changes(t.Context(), upto)
	if err := errors.Join(err1, err2); err != nil || upto.Token == "" || len(changes) > 0 {
		t.Errorf("of its own state %+v it tells %v, %v", upto, changes, err)
	}
	if all, err := reader.Episodes(t.Context()); err != nil || len(all) != 1 {
		t.Errorf("who had it open sees %d episodes, %v", len(all), err)
	}
	_, err = c.Commit(t.Context(), synthetic(3, small))
	expectError(t, err, ErrNotFound, "replaced by a backup", hintReplaced)
	sound(t, now, 4)

	old := t.TempDir()
	if err := os.Rename(kept, filepath.Join(old, fileName)); err != nil {
		t.Fatal(err)
	}
	if got, err := library(t, old, Options{}).Episode(t.Context(), later.ID); err != nil || !reflect.DeepEqual(got, later) {
		t.Errorf("what was kept has %+v, %v, want %+v", got, err, later)
	}
	expectFiles(t, c.Dir(), fileName)
	expectFiles(t, filepath.Dir(file), "backup.db")
}

func TestRestoreBeginsALibrary(t *testing.T) {
	_, e, file := backedUp(t)
	dir := filepath.Join(t.TempDir(), "new", "library")
	kept, err := Restore(t.Context(), dir, file, Options{})
	if err != nil || kept != "" {
		t.Fatalf("kept %q, %v", kept, err)
	}
	now := library(t, dir, Options{})
	if got, err := now.Episode(t.Context(), e.ID); err != nil || !reflect.DeepEqual(got, e) {
		t.Errorf("got %+v, %v, want %+v", got, err, e)
	}
	sound(t, now, 2)
	expectFiles(t, dir, fileName)
}

func TestRestoreOverDamage(t *testing.T) {
	_, e, file := backedUp(t)
	dir, data := closedLibrary(t)
	for name, bad := range map[string][]byte{
		"no header": append(make([]byte, 200), data[200:]...), "cut": data[:len(data)/2], "short": []byte("xy"),
		"middle": append(append(append([]byte(nil), data[:pageSize]...), make([]byte, 20*pageSize)...), data[21*pageSize:]...),
	} {
		t.Run(name, func(t *testing.T) {
			write(t, filepath.Join(dir, fileName), bad)
			kept, err := Restore(t.Context(), dir, file, Options{})
			if err != nil {
				t.Fatal(err)
			}
			now, err := Open(t.Context(), dir, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if got, err := now.Episode(t.Context(), e.ID); err != nil || !reflect.DeepEqual(got, e) {
				t.Errorf("got %+v, %v, want %+v", got, err, e)
			}
			sound(t, now, 2)
			if err := now.Close(); err != nil {
				t.Error(err)
			}
			if was, err := os.ReadFile(kept); err != nil || len(was) != len(bad) && name != "middle" {
				t.Errorf("kept are %d bytes of %d, %v", len(was), len(bad), err)
			}
			expectFiles(t, dir, "catalog")
		})
	}
}

func TestRestoreTakesOnlySoundLibraries(t *testing.T) {
	c, e, file := backedUp(t)
	good, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	newer := append([]byte(nil), good...)
	newer[63] = 99 // user_version
	other := append([]byte(nil), good...)
	other[68] ^= 1 // application_id
	damaged := append([]byte(nil), good...)
	clear(damaged[2*pageSize : 20*pageSize])
	dir := t.TempDir()
	for name, bad := range map[string]struct {
		data []byte
		want error
	}{"text": {[]byte(strings.Repeat("rain ", 500)), ErrNotLibrary}, "empty": {nil, ErrNotLibrary}, "newer": {newer, ErrNewer},
		"other": {other, ErrNotLibrary}, "damaged": {damaged, ErrCorrupt}, "cut": {good[:len(good)/2], ErrCorrupt}} {
		path := filepath.Join(dir, name)
		write(t, path, bad.data)
		_, err := Restore(t.Context(), c.Dir(), path, Options{})
		expectError(t, err, bad.want, path)
		expectError(t, second(Inspect(t.Context(), path)), bad.want)
		if now, err := os.ReadFile(path); err != nil || len(now) != len(bad.data) {
			t.Errorf("%s was changed, %v", name, err)
		}
		_, err = Restore(t.Context(), filepath.Join(dir, "none"), path, Options{})
		expectError(t, err, bad.want)
	}
	_, err = Restore(t.Context(), c.Dir(), filepath.Join(dir, "missing"), Options{})
	expectError(t, err, fs.ErrNotExist)
	_, err = Restore(t.Context(), c.Dir(), dir, Options{})
	expectError(t, err, ErrNotLibrary)
	_, err = Restore(t.Context(), c.Dir(), filepath.Join(c.Dir(), fileName), Options{})
	expectError(t, err, ErrNotLibrary, "the library itself")
	if _, err := os.Stat(filepath.Join(dir, "none")); err == nil {
		t.Error("a folder was made for nothing")
	}
	if got, err := c.Episode(t.Context(), e.ID); err != nil || !reflect.DeepEqual(got, e) {
		t.Errorf("got %+v, %v, want %+v", got, err, e)
	}
	expectFiles(t, c.Dir(), fileName)
	sound(t, c, 2)
}

func TestRestoreLeavesOthersAlone(t *testing.T) {
	_, _, file := backedUp(t)
	dir := t.TempDir()
	write(t, filepath.Join(dir, "01.mkv"), []byte("film"))
	_, err := Restore(t.Context(), dir, file, Options{})
	expectError(t, err, ErrNotLibrary, "holds footage")
	expectFiles(t, dir, "01.mkv")

	other := library(t, t.TempDir(), Options{})
	if _, err := other.writer.Exec("PRAGMA application_id = 7"); err != nil {
		t.Fatal(err)
	}
	_, err = Restore(t.Context(), other.Dir(), file, Options{})
	expectError(t, err, ErrNotLibrary, "belongs to another program")
	expectFiles(t, other.Dir(), fileName)
}

func TestRestoreWaitsForNoWriter(t *testing.T) {
	c, e, file := backedUp(t)
	holding(t, c, func() {
		_, err := Restore(t.Context(), c.Dir(), file, Options{Wait: time.Millisecond})
		expectError(t, err, ErrBusy, hintBusy)
	})
	if got, err := c.Episode(t.Context(), e.ID); err != nil || !reflect.DeepEqual(got, e) {
		t.Errorf("got %+v, %v, want %+v", got, err, e)
	}
	expectFiles(t, c.Dir(), fileName)
	sound(t, c, 2)
}

func TestAPlainCopyIsABackupToo(t *testing.T) {
	dir, data := closedLibrary(t) // with a log of its own, as a file that was copied by hand
	copied := filepath.Join(t.TempDir(), "copied")
	write(t, copied, data)
	to := filepath.Join(t.TempDir(), "library")
	if _, err := Restore(t.Context(), to, copied, Options{}); err != nil {
		t.Fatal(err)
	}
	got, err1 := library(t, to, Options{}).Episodes(t.Context())
	want, err2 := library(t, dir, Options{ReadOnly: true}).Episodes(t.Context())
	if err := errors.Join(err1, err2); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
	expectFiles(t, filepath.Dir(copied), "copied")
}

func TestRestoreOverABackupPutInPlaceByHand(t *testing.T) {
	_, e, file := backedUp(t)
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write(t, filepath.Join(dir, fileName), data)
	kept, err := Restore(t.Context(), dir, file, Options{Wait: time.Millisecond})
	if err != nil || kept == "" {
		t.Fatalf("kept %q, %v", kept, err)
	}
	if got, err := library(t, dir, Options{}).Episode(t.Context(), e.ID); err != nil || !reflect.DeepEqual(got, e) {
		t.Errorf("got %+v, %v, want %+v", got, err, e)
	}
}

func TestAnOlderBackupIsBroughtUpToDate(t *testing.T) {
	_, e, file := backedUp(t)
	defer func(was []string) { migrations = was }(migrations)
	migrations = nextSchema()
	dir := t.TempDir()
	if _, err := Restore(t.Context(), dir, file, Options{}); err != nil {
		t.Fatal(err)
	}
	now := library(t, dir, Options{})
	if got, err := now.Episode(t.Context(), e.ID); err != nil || !reflect.DeepEqual(got, e) {
		t.Errorf("got %+v, %v, want %+v", got, err, e)
	}
	expectFiles(t, dir, fileName) // and no copy of the older one: the backup is that
	if s, err := now.state(t.Context()); err != nil || s.version != len(migrations) {
		t.Errorf("it is of version %d, %v", s.version, err)
	}
}

func TestADamagedLibrarysLogIsPutAside(t *testing.T) {
	_, e, file := backedUp(t)
	live := library(t, t.TempDir(), Options{})
	commit(t, live, synthetic(7, size{frames: 2400, shots: 100, lines: 100}))
	if _, err := live.writer.Exec("PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		t.Fatal(err)
	}
	// So little that the first page is not in the log, and the file's own counts.
	say(t, live, Tag, "key-7", timecode.Range{}, "rain")
	log, err := os.ReadFile(live.file + "-wal")
	if err != nil || len(log) == 0 {
		t.Fatalf("there is a log of %d bytes, %v", len(log), err)
	}
	dir := t.TempDir()
	write(t, filepath.Join(dir, fileName), []byte(strings.Repeat("rain ", 9000)))
	write(t, filepath.Join(dir, fileName+"-wal"), log)
	if _, err := Restore(t.Context(), dir, file, Options{}); err != nil {
		t.Fatal(err)
	}
	now := library(t, dir, Options{})
	if got, err := now.Episodes(t.Context()); err != nil || len(got) != 1 || !reflect.DeepEqual(got[0], e) {
		t.Errorf("got %+v, %v, want %+v", got, err, e)
	}
	sound(t, now, 2)
}
