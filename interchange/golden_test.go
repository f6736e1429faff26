package interchange

import (
	"bytes"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/timecode"
	"github.com/amvlib/amvlib/timeline"
)

var update = flag.Bool("update", false, "write the golden files anew")

// The files themselves, to be read by people when they change: go test ./interchange -update.
func TestGolden(t *testing.T) {
	for name, edit := range map[string]*timeline.Timeline{"film": amv(timecode.Film), "drop": amv(timecode.NTSC), "mixed": mixed(timecode.Film)} {
		for _, f := range Formats() {
			got := write(t, f.Name, edit)
			if again := write(t, f.Name, edit); !bytes.Equal(got, again) {
				t.Errorf("%s: two writes of one timeline differ", f.Name)
			}
			file := filepath.Join("testdata", "golden", name+f.Extensions[0])
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s differs from what is written now:\n%s", file, firstDifference(got, want))
			}
		}
	}
}

func firstDifference(got, want []byte) string {
	g, w := strings.Split(string(got), "\n"), strings.Split(string(want), "\n")
	for i := range g {
		if i >= len(w) || g[i] != w[i] {
			return "got:  " + g[i] + "\nwant: " + strings.Join(w[min(i, len(w)):min(i+1, len(w))], "")
		}
	}
	return "it ends early"
}

func TestXMLIsWellFormedForXmllint(t *testing.T) {
	tool, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("no xmllint (libxml2-utils)")
	}
	cmd := exec.CommandContext(t.Context(), tool, "--noout", "-")
	cmd.Stdin = bytes.NewReader(write(t, "xmeml", hostile(nasty)))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}
