package catalog

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"
)

func TestReadersAndWritersAtOnce(t *testing.T) {
	dir := t.TempDir()
	one, two := library(t, dir, Options{}), library(t, dir, Options{})
	reader := library(t, dir, Options{ReadOnly: true})
	var all sync.WaitGroup
	for i := range 12 {
		writer := []*Catalog{one, two}[i%2]
		all.Go(func() {
			if _, err := writer.Commit(t.Context(), synthetic(uint64(i), small)); err != nil {
				t.Error(err)
			}
		})
		all.Go(func() { readEverything(t, reader) })
	}
	all.Wait()
	seen := map[Key]bool{}
	episodes, err := reader.Episodes(t.Context())
	for _, e := range episodes {
		seen[e.Key] = true
	}
	if g, _ := reader.Generation(t.Context()); err != nil || len(seen) != 12 || g != 12 {
		t.Errorf("%v at generation %d, %v; want 12 of each", slices.Collect(maps.Keys(seen)), g, err)
	}
}

// readEverything expects each episode whole, whenever it looks.
func readEverything(t *testing.T, c *Catalog) {
	episodes, err := c.Episodes(t.Context())
	if err != nil {
		t.Error(err)
	}
	for _, e := range episodes {
		shots, err1 := c.Effective(t.Context(), e.ID)
		lines, err2 := c.Lines(t.Context(), e.ID)
		if err := errors.Join(err1, err2); err != nil || len(shots) != 5 || len(lines) != 6 {
			t.Errorf("episode %d: %d shots, %d lines, %v", e.ID, len(shots), len(lines), err)
		}
	}
}

// holding runs do while another connection is in the midst of a change.
func holding(t *testing.T, c *Catalog, do func()) {
	t.Helper()
	err := c.write(t.Context(), "hold", func(*change) error { do(); return nil })
	if err != nil {
		t.Error(err)
	}
}

func TestReadersDoNotWaitForAWriter(t *testing.T) {
	dir := t.TempDir()
	c := library(t, dir, Options{})
	commit(t, c, synthetic(1, small))
	holding(t, c, func() {
		readEverything(t, c)
		readEverything(t, library(t, dir, Options{ReadOnly: true}))
		readEverything(t, library(t, dir, Options{}))
	})
}

func TestAWriterWhoWaitsTooLongIsTold(t *testing.T) {
	dir := t.TempDir()
	c := library(t, dir, Options{})
	var told messages
	other := library(t, dir, Options{Wait: time.Millisecond, Log: slog.New(&told)})
	holding(t, c, func() {
		_, err := other.Commit(t.Context(), synthetic(2, small))
		expectError(t, err, ErrBusy, "another amvlib is writing to the library", hintBusy)
	})
	commit(t, other, synthetic(2, small))
}

func TestAWriterWaitsWithAWord(t *testing.T) {
	dir := t.TempDir()
	c := library(t, dir, Options{})
	told := messages{heard: make(chan string, 1)}
	other := library(t, dir, Options{Log: slog.New(&told)})
	done := make(chan error, 1)
	holding(t, c, func() {
		go func() {
			_, err := other.Commit(t.Context(), synthetic(2, small))
			done <- err
		}()
		if got := <-told.heard; got != "waiting for another amvlib that writes to the library" {
			t.Errorf("said %q", got)
		}
	})
	if err := <-done; err != nil {
		t.Errorf("after waiting: %v", err)
	}
}

// messages is a log that passes on what it hears.
type messages struct {
	slog.Handler
	heard chan string
}

func (m *messages) Enabled(context.Context, slog.Level) bool { return true }

func (m *messages) Handle(_ context.Context, r slog.Record) error {
	if m.heard != nil {
		m.heard <- r.Message
	}
	return nil
}

func TestACancelledChangeIsNotThere(t *testing.T) {
	dir := t.TempDir()
	c := library(t, dir, Options{})
	ctx, cancel := context.WithCancel(t.Context())
	err := c.write(ctx, "change", func(ch *change) error {
		if err := ch.note(ctx, 5, false); err != nil {
			t.Error(err)
		}
		cancel()
		return nil
	})
	if !errors.Is(err, context.Canceled) || err.Error() != context.Canceled.Error() {
		t.Errorf("got %v, want it cancelled and no hint", err)
	}
	if _, err := c.Commit(ctx, synthetic(1, small)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want it cancelled", err)
	}
	if g, err := c.Generation(t.Context()); g != 0 || err != nil {
		t.Errorf("generation %d, %v; want 0", g, err)
	}
	commit(t, c, synthetic(1, small))
}

func TestWaitingCanBeCancelled(t *testing.T) {
	dir := t.TempDir()
	c := library(t, dir, Options{})
	told := messages{heard: make(chan string, 1)}
	other := library(t, dir, Options{Wait: time.Hour, Log: slog.New(&told)})
	ctx, cancel := context.WithCancel(t.Context())
	holding(t, c, func() {
		done := make(chan error)
		for _, waiting := range []*Catalog{c, other} { // in the process, and between processes
			go func() {
				_, err := waiting.Commit(ctx, synthetic(2, small))
				done <- err
			}()
		}
		<-told.heard
		cancel()
		for range 2 {
			if err := <-done; !errors.Is(err, context.Canceled) {
				t.Errorf("got %v, want it cancelled", err)
			}
		}
	})
}
