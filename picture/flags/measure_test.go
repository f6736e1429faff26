package flags_test

import (
	"context"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/ffmpeg"
	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/picture/flags"
)

// labelled is a shot of a film that two passes of looking gave flags, before anything was measured.
type labelled struct {
	film          string
	start, end    int64
	first, second map[string]bool // "?text": it can be argued over
}

// verdict is what both passes say of a flag: yes, no, or nothing where they differ or one of them had doubts.
func (l labelled) verdict(flag string) (yes, sure bool) {
	doubt := l.first["?"+flag] || l.second["?"+flag]
	return l.first[flag], !doubt && l.first[flag] == l.second[flag]
}

func readLabels(t *testing.T) (all []labelled) {
	t.Helper()
	data, err := os.ReadFile("testdata/labels.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range strings.Split(strings.TrimSpace(string(data)), "\n")[1:] {
		f := strings.Split(row, "\t")
		if len(f) != 5 {
			t.Fatalf("labels.tsv: %q", row)
		}
		l := labelled{film: f[0], first: setOf(f[3]), second: setOf(f[4])}
		l.start, _ = strconv.ParseInt(f[1], 10, 64)
		l.end, _ = strconv.ParseInt(f[2], 10, 64)
		all = append(all, l)
	}
	return all
}

func setOf(names string) map[string]bool {
	set := map[string]bool{}
	for n := range strings.SplitSeq(names, ",") {
		set[n] = true
	}
	return set
}

// TestLabelsName holds the labels to the flags that there are, and to shots that do not overlap.
func TestLabelsName(t *testing.T) {
	last := labelled{}
	for _, l := range readLabels(t) {
		for _, set := range []map[string]bool{l.first, l.second} {
			for n := range set {
				if _, ok := flags.Parse(strings.TrimPrefix(n, "?")); !ok && n != "" {
					t.Errorf("%s %d: there is no flag %q", l.film, l.start, n)
				}
			}
		}
		if l.start >= l.end || l.film == last.film && l.start < last.end {
			t.Errorf("%s: %d to %d", l.film, l.start, l.end)
		}
		last = l
	}
}

// TestMeasureFlags prints docs/footage.md's table: make bench-flags. It asserts nothing.
func TestMeasureFlags(t *testing.T) {
	footage := os.Getenv("AMVLIB_FLAGS")
	if footage == "" {
		t.Skip("measures: AMVLIB_FLAGS names the folder of films")
	}
	tool, err := ffmpeg.Find(t.Context(), "", "")
	if err != nil {
		t.Skip(err)
	}
	labels := readLabels(t)
	found := make([]flags.Set, len(labels))
	for i := 0; i < len(labels); {
		n := i
		for n < len(labels) && labels[n].film == labels[i].film {
			n++
		}
		src, err := tool.Open(t.Context(), filepath.Join(footage, labels[i].film), ffmpeg.Options{})
		if err != nil {
			t.Fatal(err)
		}
		copy(found[i:n], watch(t, src, labels[i:n]))
		i = n
	}
	report(t, labels, found)
}

// frames are a film's; tests may put another reader in its place.
var frames = func(ctx context.Context, src media.Source, _ string) iter.Seq2[*media.Frame, error] {
	return func(yield func(*media.Frame, error) bool) {
		for p, err := range src.Packets(ctx) {
			if (p.Frame != nil || err != nil) && !yield(p.Frame, err) {
				return
			}
		}
	}
}

func watch(t *testing.T, src media.Source, shots []labelled) []flags.Set {
	t.Helper()
	w := flags.NewWatcher(src.Info())
	k := 0
	for f, err := range frames(t.Context(), src, shots[0].film) {
		if err != nil {
			t.Fatal(shots[0].film, err)
		}
		for k < len(shots) && f.Index >= shots[k].end {
			w.Cut()
			k++
		}
		if k < len(shots) && f.Index >= shots[k].start {
			w.Add(f)
		}
	}
	for ; k < len(shots); k++ {
		w.Cut()
	}
	return w.Sets()
}

func report(t *testing.T, labels []labelled, found []flags.Set) {
	t.Helper()
	rows := []string{"| flag | have it | found | wrongly found | of | passes differ or doubt |\n| --- | --- | --- | --- | --- | --- |"}
	for _, name := range flags.All() {
		flag, _ := flags.Parse(name)
		var have, hit, wrong, sure int
		named := false
		for i, l := range labels {
			yes, ok := l.verdict(name)
			if !ok {
				continue
			}
			sure++
			named = named || l.first[name] || l.first["?"+name]
			got := found[i].Has(flag)
			switch {
			case yes && got:
				hit++
			case got:
				wrong++
			}
			if yes {
				have++
			}
			if yes != got && os.Getenv("AMVLIB_FLAGS_MISSES") != "" {
				t.Logf("%-12s %v, labelled %v: #%d %s %d-%d", name, got, yes, i, l.film, l.start, l.end)
			}
		}
		if !named { // nobody looked for it
			continue
		}
		rows = append(rows, fmt.Sprintf("| %s | %d | %d | %d | %d | %d |", name, have, hit, wrong, sure-have, len(labels)-sure))
	}
	out := strings.Join(rows, "\n")
	t.Log("\n" + out)
}
