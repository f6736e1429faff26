package catalog

import (
	"os"
	"path/filepath"
	"reflect"
	"syscall"
	"testing"
)

func TestABackupOnADiskThatTakesNothing(t *testing.T) {
	c, e, file := backedUp(t)
	sealed := disk(t, "size=8m")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(sealed, "backup.db"), data)
	plain, _ := closedLibrary(t) // in the mode of a library, which a backup is not
	if data, err = os.ReadFile(filepath.Join(plain, fileName)); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(sealed, "copied.db"), data)
	if err := syscall.Mount("", sealed, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Skip("a disk cannot be sealed here:", err)
	}
	commit(t, c, synthetic(2, small))
	for name, episodes := range map[string]int{"backup.db": 1, "copied.db": 2} {
		if _, err := Restore(t.Context(), c.Dir(), filepath.Join(sealed, name), Options{}); err != nil {
			t.Fatal(err)
		}
		s, err := library(t, c.Dir(), Options{}).Stats(t.Context())
		if err != nil || s.Episodes != episodes {
			t.Errorf("%s: %d episodes, %v, want %d", name, s.Episodes, err, episodes)
		}
	}
	if _, err := Restore(t.Context(), c.Dir(), file, Options{}); err != nil {
		t.Fatal(err)
	}
	if got, err := library(t, c.Dir(), Options{}).Episode(t.Context(), e.ID); err != nil || !reflect.DeepEqual(got, e) {
		t.Errorf("got %+v, %v, want %+v", got, err, e)
	}
}

func TestNoRoomForABackupOrARestore(t *testing.T) {
	big := library(t, t.TempDir(), Options{})
	commit(t, big, synthetic(1, size{frames: 240, shots: 40, lines: 6, pictures: 60000}))
	file := filepath.Join(t.TempDir(), "backup.db")
	if err := big.Backup(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	restored := false
	for _, room := range []string{"1m", "3m", "4m", "5m", "6m", "7m", "8m", "16m"} { // so that it ends at one step after another
		dir := filepath.Join(disk(t, "size="+room), "library")
		c := library(t, dir, Options{})
		e := commit(t, c, synthetic(3, size{frames: 240, shots: 5, lines: 6, pictures: 20000}))
		if room == "1m" {
			expectError(t, big.Backup(t.Context(), filepath.Join(dir, "b.db")), ErrFull, hintFull)
		}
		_, err := Restore(t.Context(), dir, file, Options{})
		if err == nil {
			t.Logf("a backup of %d bytes has room in %s", info.Size(), room)
			restored = true
			continue
		}
		expectError(t, err, ErrFull, hintFull)
		if got, err := c.Episode(t.Context(), e.ID); err != nil || !reflect.DeepEqual(got, e) {
			t.Errorf("%s: got %+v, %v, want %+v", room, got, err, e)
		}
		expectFiles(t, dir, fileName)
		if err := c.Check(t.Context()); err != nil {
			t.Errorf("%s: %v", room, err)
		}
	}
	if !restored {
		t.Error("it never had room")
	}
}
