//go:build unix

package main

import (
	"os"
	"os/signal"
	"syscall"
	"testing"
	"time"
)

// TestInterruptsTakeBackOneThing: what is being done ends, what comes after does not, and between the two the program stays.
func TestInterruptsTakeBackOneThing(t *testing.T) {
	holdInterrupts()
	come := make(chan os.Signal, 1)
	signal.Notify(come, os.Interrupt)
	defer signal.Reset(os.Interrupt) // none is under way then: each was waited for
	interrupt := func() {
		if err := syscall.Kill(syscall.Getpid(), syscall.SIGINT); err != nil {
			t.Fatal(err)
		}
		<-come
	}
	r := &repl{screen: true}
	for range 3 {
		ctx, done := r.interruptible(t.Context())
		interrupt()
		select {
		case <-ctx.Done():
		case <-time.After(time.Minute):
			t.Fatal("what was being done goes on")
		}
		done()
		interrupt() // nobody does anything now
	}
	if t.Context().Err() != nil {
		t.Error("all of it has ended")
	}
}
