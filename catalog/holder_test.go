package catalog

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode"
)

func TestWhoHoldsTheLibrary(t *testing.T) {
	dir := t.TempDir()
	began := time.Date(2024, 2, 29, 14, 3, 5, 0, time.Local)
	c := library(t, dir, Options{Program: "amvlib ingest"})
	c.now = func() time.Time { return began }
	var told []Holder
	other := library(t, dir, Options{Wait: time.Millisecond, Waiting: func(h Holder) { told = append(told, h) }})
	nobody(t, other)
	holding(t, c, func() {
		h, ok := other.Holder()
		if !ok || h.Program != "amvlib ingest" || h.PID != os.Getpid() || h.Host == "" || !h.Since.Equal(began) {
			t.Errorf("got %+v, %t", h, ok)
		}
		_, err := other.Commit(t.Context(), synthetic(2, small))
		expectError(t, err, ErrBusy, fmt.Sprintf("another amvlib is writing to the library: amvlib ingest (process %d on ", os.Getpid()),
			"since 14:03:05", hintBusy)
	})
	nobody(t, other)
	commit(t, other, synthetic(2, small))
	nobody(t, c)
	if len(told) > 1 || len(told) == 1 && told[0].Program != "amvlib ingest" {
		t.Errorf("said to wait for %v", told)
	}
}

func TestWhoIsWaitedForIsSaidOnce(t *testing.T) {
	dir := t.TempDir()
	c := library(t, dir, Options{Program: "amvlib ingest"})
	told := make(chan Holder, 9)
	other := library(t, dir, Options{Waiting: func(h Holder) { told <- h }})
	done := make(chan error, 1)
	holding(t, c, func() {
		go func() { _, err := other.Commit(t.Context(), synthetic(2, small)); done <- err }()
		if h := <-told; h.Program != "amvlib ingest" {
			t.Errorf("said to wait for %v", h)
		}
	})
	if err := <-done; err != nil || len(told) > 0 {
		t.Errorf("%v; it was said %d times more", err, len(told))
	}
}

func nobody(t *testing.T, c *Catalog) {
	t.Helper()
	if h, ok := c.Holder(); ok {
		t.Errorf("%v is said to write", h)
	}
}

// What a process that was killed wrote is not believed, however fresh it is.
func TestAHolderThatDied(t *testing.T) {
	dir := t.TempDir()
	c := library(t, dir, Options{Program: "amvlib ingest"})
	text := fmt.Sprintf(`{"program":"amvlib ingest","pid":%d,"host":"here","since":%q}`, os.Getpid(), time.Now().Format(time.RFC3339))
	write(t, c.file+holderEnd, []byte(text))
	nobody(t, c)
	other := library(t, dir, Options{Wait: time.Millisecond})
	tx, err := c.writer.BeginTx(t.Context(), nil) // by a program that does not say who it is
	if err != nil {
		t.Fatal(err)
	}
	_, err = other.Commit(t.Context(), synthetic(1, small))
	if expectError(t, err, ErrBusy, "another amvlib is writing", hintBusy); strings.Contains(err.Error(), "ingest") {
		t.Errorf("the dead are blamed: %v", err)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	commit(t, other, synthetic(1, small))
}

func TestAHolderThatIsKilledIsForgotten(t *testing.T) {
	dir := t.TempDir()
	c := library(t, dir, Options{})
	writer, says := startWriter(t, dir, 0, 1000)
	seen := false
	for deadline := time.Now().Add(time.Minute); !seen && time.Now().Before(deadline); {
		h, ok := c.Holder()
		seen = ok && h.PID == writer.Pid
	}
	if err := writer.Kill(); err != nil {
		t.Error(err)
	}
	_, _ = writer.Wait()
	if err := says.Close(); err != nil {
		t.Error(err)
	}
	if !seen {
		t.Error("it was never seen to write")
	}
	nobody(t, c)
	sound(t, c, 5000)
}

func TestHostileHolders(t *testing.T) {
	for text, want := range map[string]string{
		`{"program":"a\u001b[31m\nb","pid":1,"host":"h\u202e"}`:              "a[31mb (process 1 on h,",
		`{"program":"` + strings.Repeat("x", 3000) + `","pid":1,"host":"h"}`: strings.Repeat("x", maxHolderName) + " (process 1 on h,",
		`{"program":"a","pid":-1,"host":"h"}`:                                "", `{"program":"\n","pid":1,"host":"h"}`: "", `{"program":"a","pid":1}`: "",
		"": "", "{": "", "[]": "", "\xff": "", `{"pid":1e99}`: "", `{"program":"a","pid":1,"host":"h","since":"?"}`: "",
	} {
		h, ok := parseHolder([]byte(text))
		if ok != (want != "") || ok && !strings.HasPrefix(h.String(), want) {
			t.Errorf("%.80q: got %v, %t, want %q", text, h, ok, want)
		}
	}
}

func FuzzHolder(f *testing.F) {
	f.Add([]byte(`{"program":"amvlib ingest","pid":7,"host":"ernie","since":"2024-02-29T14:03:05Z"}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		h, ok := parseHolder(text)
		for _, r := range h.String() {
			if ok && !unicode.IsPrint(r) {
				t.Errorf("%q is not for a terminal", h)
			}
		}
	})
}

// A name is a courtesy: what stands in its place is left alone, and the change is made.
func TestHoldersDoNoHarm(t *testing.T) {
	precious := filepath.Join(t.TempDir(), "precious")
	write(t, precious, []byte("precious"))
	for what, lay := range map[string]func(path string) error{
		"folder": func(path string) error { return os.Mkdir(path, 0o700) },
		"link":   func(path string) error { return os.Symlink(precious, path) },
		"pipe":   func(path string) error { return exec.Command("mkfifo", path).Run() },
	} {
		t.Run(what, func(t *testing.T) {
			c := library(t, t.TempDir(), Options{})
			if err := lay(c.file + holderEnd); err != nil {
				t.Skip(runtime.GOOS, err)
			}
			nobody(t, c)
			sound(t, c, 1)
			if got, err := os.ReadFile(precious); err != nil || string(got) != "precious" {
				t.Errorf("%q, %v", got, err)
			}
		})
	}
}
