package main

import (
	"io"
	"strings"
	"testing"
)

func TestNearest(t *testing.T) {
	app := newApp(strings.NewReader(""), io.Discard, io.Discard)
	for word, want := range map[string]string{
		"serach": "search", "SEARCH": "search", "lst": "list", "ls": "", "matc": "match", "exprot": "export", "rest": "restore", "shot": "shots",
		"xyzzy": "", "q": "", "": "", "doctr": "doctor", "ing": "ingest",
	} {
		if got := nearestCommand(app, word); got != want {
			t.Errorf("%q is nearest to %q, want %q", word, got, want)
		}
	}
}

func TestSlips(t *testing.T) {
	for pair, want := range map[[2]string]int{
		{"", ""}: 0, {"a", ""}: 1, {"", "abc"}: 3, {"json", "jsn"}: 1, {"json", "josn"}: 1, {"kitten", "sitting"}: 3, {"same", "same"}: 0,
	} {
		if got := slipsBetween(pair[0], pair[1]); got != want {
			t.Errorf("%q are %d slips apart, want %d", pair, got, want)
		}
	}
}
