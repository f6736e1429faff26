package ingest

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/catalog"
)

// nameRow is one row of testdata/names.tsv.
type nameRow struct {
	line int
	path string
	want catalog.Name
}

// TestNames holds NameOf to 97 of a hundred rows: names contradict each other, so a few may be read wrong, but each is listed.
func TestNames(t *testing.T) {
	rows, wrong := readNames(t), []string{}
	for _, r := range rows {
		if got := NameOf(r.path); got != r.want {
			wrong = append(wrong, fmt.Sprintf("names.tsv:%d %s\n\t got %s\n\twant %s", r.line, r.path, fields(got), fields(r.want)))
		}
	}
	right := len(rows) - len(wrong)
	t.Logf("%d of %d right (%.1f %%)\n%s", right, len(rows), 100*float64(right)/float64(len(rows)), strings.Join(wrong, "\n"))
	if len(rows) < 150 || 100*right < 97*len(rows) {
		t.Errorf("%d of %d right; 97 %% of 150 or more are asked for", right, len(rows))
	}
}

func fields(n catalog.Name) string {
	return fmt.Sprintf("%q season %d number %q version %d group %q", n.Source, n.Season, n.Number, n.Version, n.Group)
}

var repeated = regexp.MustCompile(`(.)\{(\d{2,3})\}`)

func readNames(t *testing.T) (rows []nameRow) {
	t.Helper()
	data, err := os.ReadFile("testdata/names.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(strings.TrimRight(string(data), "\n"), "\n") {
		if !strings.HasPrefix(line, "#") {
			rows = append(rows, readName(t, i+1, line))
		}
	}
	return rows
}

func readName(t *testing.T, line int, text string) nameRow {
	t.Helper()
	f := strings.Split(repeated.ReplaceAllStringFunc(text, func(s string) string {
		m := repeated.FindStringSubmatch(s)
		n, _ := strconv.Atoi(m[2])
		return strings.Repeat(m[1], n)
	}), "\t")
	if len(f) != 6 {
		t.Fatalf("names.tsv:%d: %d fields, want 6", line, len(f))
	}
	season, _ := strconv.Atoi("0" + f[2])
	version, _ := strconv.Atoi("0" + f[4])
	return nameRow{line, f[0], catalog.Name{Source: f[1], Season: season, Number: f[3], Version: version, Group: f[5]}}
}

func FuzzNameOf(f *testing.F) {
	for _, s := range []string{"a/b - 07v2.mkv", "S01E01", "[", "[]", "-", "", ".mkv", "a/Season 1/", "\x00", "【字幕】01"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, path string) {
		if n := NameOf("/x/" + path + "y.mkv"); n.Source == "" {
			t.Errorf("%q has no source", path)
		}
	})
}
