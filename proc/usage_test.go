//go:build unix

package proc

import (
	"io"
	"testing"
)

func TestUsageCountsMemory(t *testing.T) {
	run := func(script string) Usage {
		sh, err := Find("sh")
		if err != nil {
			t.Skip("no shell:", err)
		}
		p, err := Start(t.Context(), Command{Path: sh, Args: []string{"-c", script}})
		if err != nil {
			t.Fatal(err)
		}
		defer p.Close()
		if _, err := io.Copy(io.Discard, p); err != nil {
			t.Fatal(err)
		}
		return p.Usage()
	}
	small, large := run(":"), run(`x=$(head -c 40000000 /dev/zero | tr '\0' a); echo ${#x}`)
	if small.Peak <= 0 || large.Peak < small.Peak+30<<20 {
		t.Errorf("nothing holds %d bytes, 40 MB hold %d", small.Peak, large.Peak)
	}
}
