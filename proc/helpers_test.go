package proc

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

func pidLine() string { return strconv.Itoa(os.Getpid()) + "\n" }

func parsePID(t *testing.T, line string) int {
	t.Helper()
	pid, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

// awaitEnd waits until pid is gone; the test's own deadline is the only bound.
func awaitEnd(t *testing.T, pid int) {
	t.Helper()
	for alive(pid) {
		if t.Context().Err() != nil {
			t.Fatalf("process %d lives on", pid)
		}
		time.Sleep(5 * time.Millisecond)
	}
}
