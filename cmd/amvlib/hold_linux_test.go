package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// smallDisk is a disk of its own, of 8 MB.
func smallDisk(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := mount(dir, "8m"); err != nil {
		t.Skip("small disks cannot be mounted here:", err)
	}
	t.Cleanup(func() { _ = exec.Command("umount", "-l", dir).Run() })
	return dir
}

// leave fills a disk until so many pages are free.
func leave(t *testing.T, dir string, pages int) {
	t.Helper()
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		t.Fatal(err)
	}
	if fill := (int64(s.Bavail) - int64(pages)) * s.Bsize; fill > 0 {
		if err := os.WriteFile(filepath.Join(dir, "filler"), make([]byte, fill), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestADiskThatIsFullAtAnyWrite gives each command more and more room, page by page, until it has enough: so the disk was full at one
// of its writes after another. Set AMVLIB_FAULTS for every page instead of some.
func TestADiskThatIsFullAtAnyWrite(t *testing.T) {
	h := newHouse(t)
	step := 23
	if os.Getenv("AMVLIB_FAULTS") != "" {
		step = 1
	}
	disk := smallDisk(t)
	lib := filepath.Join(disk, "lib")
	for _, d := range deeds {
		t.Run(d.name, func(t *testing.T) {
			h.t = t
			h.skipWithout(t, d)
			at := lib
			if h.out = disk; d.out != "" {
				at = h.lib // only what is written is on the disk
			}
			failed := 0
			for pages := 0; ; pages += step {
				when := fmt.Sprintf("%d pages free", pages)
				if at == lib {
					h.copyTo(lib, d)
				}
				leave(t, disk, pages)
				code, out, said := h.program(at, h.args(d)...)
				h.must(os.RemoveAll(filepath.Join(disk, "filler")))
				if code != 0 {
					if failed++; d.reads {
						t.Errorf("%s: it only reads, and ended with %d: %s", when, code, said)
					}
					h.expectLine(d, when, code, said, "the disk is full", "no space left")
					h.expectNoFile(d, when)
				}
				h.expectSound(at, d, when)
				if code == 0 {
					break
				}
				if code, _, said = h.program(at, h.args(d)...); code != 0 {
					t.Errorf("%s: with room again it ended with %d: %s", when, code, said)
				}
				h.clear(d)
				if pages > 2000 {
					t.Fatalf("it never has enough: %s%s", out, said)
				}
			}
			if t.Logf("%d disks were too small", failed); failed == 0 && !d.reads {
				t.Error("the disk was never full")
			}
			h.must(os.RemoveAll(lib))
			h.clear(d)
		})
	}
}

// clear removes what d wrote.
func (h *house) clear(d deed) {
	if d.out != "" {
		h.must(os.RemoveAll(filepath.Join(h.out, d.out)))
	}
}

// expectNoFile wants no half file, under whatever name.
func (h *house) expectNoFile(d deed, when string) {
	h.t.Helper()
	entries, err := os.ReadDir(h.out)
	h.must(err)
	for _, e := range entries {
		if e.Name() != "lib" {
			h.t.Errorf("%s: %s was left behind", when, e.Name())
		}
	}
}

func TestADiskThatTakesNothing(t *testing.T) {
	h := newHouse(t)
	disk := smallDisk(t)
	lib := filepath.Join(disk, "lib")
	remount := func(how string) {
		if out, err := exec.Command("mount", "-o", "remount,"+how, disk).CombinedOutput(); err != nil {
			t.Skip("disks cannot be sealed here:", strings.TrimSpace(string(out)))
		}
	}
	for _, d := range deeds {
		t.Run(d.name, func(t *testing.T) {
			h.t = t
			h.skipWithout(t, d)
			h.out = disk
			h.copyTo(lib, d)
			at := lib
			if d.out != "" {
				at = h.lib
			}
			remount("ro")
			code, out, said := h.program(at, h.args(d)...)
			remount("rw")
			switch {
			case d.reads && code != 0:
				t.Errorf("it only reads, and ended with %d: %s%s", code, out, said)
			case !d.reads:
				h.expectLine(d, "sealed", code, said, "cannot be written", "read-only file system")
			}
			h.expectSound(lib, d, "sealed")
		})
	}
}
