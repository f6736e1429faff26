package catalog

import (
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"testing"

	"github.com/amvlib/amvlib/analysis"
)

// sound wants a library that is whole and takes another episode.
func sound(t *testing.T, c *Catalog, next uint64) {
	t.Helper()
	if err := c.Check(t.Context()); err != nil {
		t.Error(err)
	}
	commit(t, c, synthetic(next, small))
}

func TestAFullFileIsNoHarm(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	kept := commit(t, c, synthetic(1, small))
	for pages := range 12 { // so that it is full at one write after another
		if _, err := c.writer.Exec(fmt.Sprintf("PRAGMA max_page_count = %d", 60+pages)); err != nil {
			t.Fatal(err)
		}
		big := synthetic(2, size{frames: 2400, shots: 50, lines: 50, pictures: 16000})
		_, err := c.Commit(t.Context(), big)
		expectError(t, err, ErrFull, "the disk is full", hintFull, c.Dir())
		if _, err := c.ByKey(t.Context(), big.Key); !errors.Is(err, ErrNotFound) {
			t.Errorf("half an episode is there: %v", err)
		}
	}
	if got, err := c.Episode(t.Context(), kept.ID); err != nil || !reflect.DeepEqual(got, kept) {
		t.Errorf("got %+v, %v, want %+v", got, err, kept)
	}
	if _, err := c.writer.Exec("PRAGMA max_page_count = 1000000"); err != nil {
		t.Fatal(err)
	}
	sound(t, c, 3)
}

func TestALibraryThatVanishes(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows does not let go of an open file")
	}
	dir := filepath.Join(t.TempDir(), "library")
	c := library(t, dir, Options{})
	commit(t, c, synthetic(1, small))
	away := dir + "-away"
	if err := os.Rename(dir, away); err != nil {
		t.Fatal(err)
	}
	_, err := c.Commit(t.Context(), synthetic(2, small))
	expectError(t, err, ErrNotFound, "gone from its place", hintVanished)
	refused(t, dir, Options{ReadOnly: true}, ErrNotFound)

	if other := library(t, dir, Options{}); other.ID() == c.ID() { // somebody makes another in its place
		t.Error("the new library is the old one")
	}
	_, err = c.Commit(t.Context(), synthetic(2, small))
	expectError(t, err, ErrNotFound, "gone from its place")

	if err := errors.Join(os.RemoveAll(dir), os.Rename(away, dir)); err != nil {
		t.Fatal(err)
	}
	if _, err := c.ByKey(t.Context(), "key-2"); !errors.Is(err, ErrNotFound) {
		t.Errorf("what was refused is there: %v", err)
	}
	sound(t, c, 2)
}

// TestReadingALibraryThatVanished closes what reads, for SQLite fails so where it has to open the file anew.
func TestReadingALibraryThatVanished(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows does not let go of an open file")
	}
	dir := filepath.Join(t.TempDir(), "library")
	c := library(t, dir, Options{})
	if err := errors.Join(os.Rename(dir, dir+"-away"), c.reader.Close()); err != nil {
		t.Fatal(err)
	}
	_, err := c.Episodes(t.Context())
	expectError(t, err, ErrGone, hintVanished)
	_, err = c.Episode(t.Context(), 1)
	expectError(t, err, ErrGone, hintVanished)
	_, err = c.ByKey(t.Context(), "key-1")
	expectError(t, err, ErrGone, hintVanished)
}

func TestALibraryThatVanishesDuringAChange(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows does not let go of an open file")
	}
	dir := filepath.Join(t.TempDir(), "library")
	c := library(t, dir, Options{})
	err := c.write(t.Context(), "change library", func(ch *change) error { return os.RemoveAll(dir) })
	expectError(t, err, ErrNotFound, "gone from its place")
}

func TestAReadOnlyFolder(t *testing.T) {
	for name, lock := range map[string]func(dir string) error{
		"file":   func(dir string) error { return os.Chmod(filepath.Join(dir, fileName), 0o400) },
		"folder": func(dir string) error { return os.Chmod(dir, 0o500) },
	} {
		t.Run(name, func(t *testing.T) {
			if runtime.GOOS == "windows" || os.Geteuid() == 0 {
				t.Skip("rights do not bind this user")
			}
			dir, _ := closedLibrary(t)
			if err := lock(dir); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = os.Chmod(dir, 0o700) })
			refused(t, dir, Options{}, ErrReadOnly, "the library cannot be written", hintReadOnly)
			if err := readAll(t, dir); err != nil && !errors.Is(err, ErrNotFound) { // it has no pictures
				t.Error(err)
			}
		})
	}
}

// expectReadOnly wants a library that can be read and says that it cannot be written.
func expectReadOnly(t *testing.T, dir string, e Episode) {
	t.Helper()
	refused(t, dir, Options{}, ErrReadOnly, "the library cannot be written", hintReadOnly)
	c := library(t, dir, Options{ReadOnly: true})
	if got, err := c.Episode(t.Context(), e.ID); err != nil || !reflect.DeepEqual(got, e) {
		t.Errorf("got %+v, %v, want %+v", got, err, e)
	}
	if err := c.Check(t.Context()); err != nil {
		t.Error(err)
	}
	refused(t, filepath.Join(dir, "new"), Options{}, ErrReadOnly)
}

// closedLibrary is a library with two episodes, and the bytes of its file.
func closedLibrary(t *testing.T) (dir string, data []byte) {
	t.Helper()
	dir = t.TempDir()
	c, err := Open(t.Context(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range uint64(2) {
		commit(t, c, synthetic(i, size{frames: 2400, shots: 300, lines: 300}))
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if data, err = os.ReadFile(filepath.Join(dir, fileName)); err != nil {
		t.Fatal(err)
	}
	return dir, data
}

// readAll is the first error that any reading gives.
func readAll(t *testing.T, dir string) error {
	c, err := Open(t.Context(), dir, Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer c.Close() //nolint:errcheck // its file is damaged on purpose
	episodes, err := c.Episodes(t.Context())
	err = errors.Join(err, c.Check(t.Context()), second(c.Files(t.Context())), second(c.LinesByID(t.Context(), []int64{1, 2, 3})))
	for _, e := range episodes {
		err = errors.Join(err, second(c.Effective(t.Context(), e.ID)), second(c.Lines(t.Context(), e.ID)),
			second(c.Analysis(t.Context(), e.ID)), second(c.Thumb(t.Context(), e.ID, 1)))
	}
	return err
}

func TestDamageIsToldAndNeverFatal(t *testing.T) {
	dir, data := closedLibrary(t)
	r := rand.New(rand.NewPCG(1, 2))
	found := 0
	for range 40 {
		bad := append([]byte(nil), data...)
		from := r.IntN(len(bad))
		for i := range min(1+r.IntN(2000), len(bad)-from) {
			bad[from+i] ^= byte(1 + r.IntN(255))
		}
		write(t, filepath.Join(dir, fileName), bad)
		if err := readAll(t, dir); errors.Is(err, ErrCorrupt) || errors.Is(err, ErrNotLibrary) {
			found++
		}
	}
	// The rest hit empty space, or pictures and words, which hold no sum of their own.
	if t.Logf("%d of 40 damages were noticed", found); found < 8 {
		t.Errorf("only %d of 40 damages were noticed", found)
	}
}

func TestATruncatedLibrary(t *testing.T) {
	dir, data := closedLibrary(t)
	for _, size := range []int{100, pageSize - 1, pageSize, 3 * pageSize, len(data) / 2, len(data) - pageSize} {
		write(t, filepath.Join(dir, fileName), data[:size])
		if err := readAll(t, dir); !errors.Is(err, ErrCorrupt) && !errors.Is(err, ErrNotLibrary) {
			t.Errorf("cut to %d bytes: %v, want damage", size, err)
		}
	}
}

func TestDamagedColumnsAreTold(t *testing.T) {
	for _, spoil := range []string{
		"UPDATE signal SET times = x'ff'", "UPDATE signal SET samples = x'00ff'", "UPDATE signal SET centres = x'00ff'", "UPDATE signal SET loudness = x'ffff'",
		"UPDATE shot SET look = x'00'", "UPDATE shot SET palette = x'00'", "UPDATE episode SET info = '{'", "UPDATE track SET skipped = x'ff'",
		"UPDATE line SET track = 7", "UPDATE line SET track = -1", "UPDATE thumb SET number = number + 7",
	} {
		c := library(t, t.TempDir(), Options{})
		e := commit(t, c, synthetic(1, small))
		if _, err := c.writer.Exec(spoil); err != nil {
			t.Fatal(err)
		}
		_, err := c.Analysis(t.Context(), e.ID)
		expectError(t, err, ErrCorrupt, "the library is damaged", hintCorrupt)
	}
}

func TestCheckFindsWhatMakesNoSense(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	commit(t, c, synthetic(1, small))
	if err := c.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := c.writer.Exec("PRAGMA foreign_keys = 0; UPDATE still SET episode = 99"); err != nil {
		t.Fatal(err)
	}
	expectError(t, c.Check(t.Context()), ErrCorrupt, "belongs to no episode")
	if _, err := c.writer.Exec("PRAGMA ignore_check_constraints = 1; UPDATE library SET one = 2"); err != nil {
		t.Fatal(err)
	}
	expectError(t, c.Check(t.Context()), ErrCorrupt, "CHECK constraint failed in library")
}

func TestUseAfterClose(t *testing.T) {
	c, err := Open(t.Context(), t.TempDir(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	ctx := t.Context()
	for name, err := range map[string]error{"Commit": second(c.Commit(ctx, synthetic(1, small))), "Episodes": second(c.Episodes(ctx)),
		"Effective": second(c.Effective(ctx, 1)), "LinesByID": second(c.LinesByID(ctx, []int64{1})), "Stats": second(c.Stats(ctx))} {
		if err == nil {
			t.Errorf("%s works on", name)
		}
	}
	if err := c.Close(); err != nil {
		t.Errorf("closing twice: %v", err)
	}
}

func TestPackedColumnsDoNotExplode(t *testing.T) {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.Write(make([]byte, maxUnpacked+1))
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	bomb := b.Bytes()
	if _, err := pack(make([]byte, maxUnpacked+1)); err == nil {
		t.Error("what cannot be unpacked was packed")
	}
	if _, err := unpack(bomb); !errors.Is(err, ErrCorrupt) {
		t.Errorf("%d bytes unpacked to over the limit: %v", len(bomb), err)
	}
}

func FuzzUnpack(f *testing.F) {
	a := synthetic(1, size{frames: 48, shots: 2, lines: 2}).Analysis
	f.Add(packInts(a.Times))
	f.Add(packSamples(a.Samples))
	f.Add(packStrings([]string{"a", "", "b"}))
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1})
	f.Fuzz(func(t *testing.T, raw []byte) {
		if all, err := unpackInts[int64](raw); err == nil {
			roundTrip(t, all, packInts[int64], unpackInts[int64])
		}
		if all, err := unpackNumbers(raw); err == nil {
			roundTrip(t, all, packNumbers, unpackNumbers)
		}
		if all, err := unpackStrings(raw); err == nil {
			roundTrip(t, all, packStrings, unpackStrings)
		}
		if all, err := unpackSamples(raw); err == nil && !reflect.DeepEqual(packedAgain(t, all), packSamples(all)) {
			t.Errorf("%v did not come back", all)
		}
		if packed, err := pack(raw); err != nil {
			t.Error(err)
		} else if back, err := unpack(packed); err != nil || string(back) != string(raw) {
			t.Errorf("%v came back as %v, %v", raw, back, err)
		}
		if _, err := unpack(raw); err != nil && !errors.Is(err, ErrCorrupt) {
			t.Error(err)
		}
	})
}

func roundTrip[T any](t *testing.T, all []T, put func([]T) []byte, get func([]byte) ([]T, error)) {
	if back, err := get(put(all)); err != nil || !reflect.DeepEqual(back, all) {
		t.Errorf("%v came back as %v, %v", all, back, err)
	}
}

// packedAgain compares by bytes, for a NaN is unlike itself.
func packedAgain(t *testing.T, all []analysis.Sample) []byte {
	back, err := unpackSamples(packSamples(all))
	if err != nil {
		t.Error(err)
	}
	return packSamples(back)
}

func TestWhoWantsALibraryThatIsThereMakesNone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "library")
	refused(t, dir, Options{Existing: true}, ErrNotFound, "there is no library", hintNone)
	if _, err := os.Lstat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("there is one: %v", err)
	}
	commit(t, library(t, dir, Options{}), synthetic(1, small))
	sound(t, library(t, dir, Options{Existing: true}), 2)
}
