package main

import (
	"bytes"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"
)

// held runs do while another process, so to speak, is in the middle of writing to the library. It may end that before it is through.
func (h *house) held(do func(release func())) {
	h.t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(h.lib, "catalog.db")+"?_txlock=immediate")
	h.must(err)
	defer db.Close()
	tx, err := db.Begin()
	h.must(err)
	defer tx.Rollback() //nolint:errcheck // it may be over
	_, err = tx.Exec("UPDATE library SET generation = generation")
	h.must(err)
	do(func() { h.must(tx.Rollback()) })
}

// readings are commands that must answer whatever others do.
var readings = [][]string{{"list"}, {"list", "--json"}, {"show", "1:1"}, {"search", "know"}, {"search", "--json", "know"}, {"clips"},
	{"clips", "show", "verse"}, {"export", "1:1", "-o", "-"}, {"check"}, {"doctor"}}

func TestReadersNeverBlock(t *testing.T) {
	h := newHouse(t)
	h.do("clips", "add", "verse", "1:1")
	h.do("search", "know")
	h.held(func(func()) { h.expectAnswers(append(readings, []string{"backup", filepath.Join(h.out, "b.db")})) })

	h.do("tag", "1:1", "rain") // which the index does not know yet, and somebody else is at it
	lock, err := bbolt.Open(filepath.Join(h.lib, "index", "lock"), 0o600, &bbolt.Options{Timeout: time.Second})
	h.must(err)
	defer lock.Close()
	h.expectAnswers(readings)
	if _, _, said := h.program(h.lib, "search", "know"); !strings.Contains(said, "the answer may lack") {
		t.Errorf("an old answer is not called so: %s", said)
	}
}

func (h *house) expectAnswers(all [][]string) {
	h.t.Helper()
	for _, args := range all {
		code, out, said := h.program(h.lib, args...)
		if code != 0 && args[0] != "doctor" || out == "" && args[0] != "check" && args[0] != "backup" {
			h.t.Errorf("%v ended with %d: %s%s", args, code, out, said)
		}
	}
}

// overheard is what a command says while it runs.
type overheard struct {
	bytes.Buffer
	heard func(string)
}

func (w *overheard) Write(p []byte) (int, error) {
	n, err := w.Buffer.Write(p)
	w.heard(w.String())
	return n, err
}

func TestWhoWaitsSaysSo(t *testing.T) {
	h := newHouse(t)
	h.held(func(release func()) {
		waited := false
		said := &overheard{heard: func(all string) {
			if !waited && strings.Contains(all, "waiting for another amvlib, which is writing to the library\n") {
				waited = true
				release()
			}
		}}
		args := []string{"amvlib", "tag", "--library", h.lib, "1:1", "rain"}
		if code := run(t.Context(), args, strings.NewReader(""), &bytes.Buffer{}, said); code != 0 || !waited {
			t.Errorf("it ended with %d: %s", code, said.String())
		}
	})
}
