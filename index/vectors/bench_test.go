package vectors

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/amvlib/amvlib/meaning"
)

// BenchmarkFind asks libraries of 500 and 2,860 episodes, of 350 lines each, all of them English and so with two vectors; the question is
// embedded each time. Beside the time: what of the machine's memory the program holds then, in which the files are counted.
func BenchmarkFind(b *testing.B) {
	models, err := meaning.Open()
	if err != nil {
		b.Fatal(err)
	}
	for _, episodes := range []int{500, 2860} {
		b.Run(fmt.Sprintf("%dlines", episodes*350), func(b *testing.B) {
			v := large(b, models, episodes)
			defer v.Close()
			find(b, models, v, "en")
			for _, lang := range []string{"en", "pl"} {
				b.Run(lang, func(b *testing.B) {
					var took []time.Duration
					for b.Loop() {
						began := time.Now()
						find(b, models, v, lang)
						took = append(took, time.Since(began))
					}
					slices.Sort(took)
					b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
					b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
					b.ReportMetric(resident(), "resident-MB")
				})
			}
		})
	}
}

func find(b *testing.B, models *meaning.Models, v *View, lang string) {
	b.Helper()
	q, err := models.Query("Hold me until the rain ends and the morning comes", lang)
	if err != nil {
		b.Fatal(err)
	}
	if found, err := v.Find(b.Context(), q, Filter{Limit: 200}); err != nil || len(found) != 200 {
		b.Fatal(len(found), err)
	}
}

// large is a library of so many episodes, with the same drawn vectors in all of them.
func large(b *testing.B, models *meaning.Models, episodes int) *View {
	b.Helper()
	dir, s := b.TempDir(), newShelf()
	var rows []row
	var vectors []meaning.Vector
	var texts []string
	for i := range 350 {
		texts = append(texts, fmt.Sprint(i))
		rows, vectors = append(rows, row{}), append(vectors, drawn(texts[i]))
	}
	v, err := Open(b.Context(), dir, s, models, Options{Cache: filepath.Join(b.TempDir(), "none")})
	if err != nil {
		b.Fatal(err)
	}
	for id := range int64(episodes) {
		s.put(id+1, texts...)
		for i, l := range s.lines[id+1] {
			rows[i].line = l.ID
		}
		e := v.stamp(s.episodes[id+1])
		if err := write(v.folder(dir), e, encode(e, rows, vectors)); err != nil {
			b.Fatal(err)
		}
	}
	began := time.Now()
	if err := v.Refresh(b.Context()); err != nil {
		b.Fatal(err)
	}
	b.Logf("%d files are open after %s", episodes, time.Since(began))
	if n, _ := v.Missing(); n != 0 {
		b.Fatal(n, "episodes are missing")
	}
	return v
}

// resident is how many megabytes of memory the process holds, where the system says so.
func resident() float64 {
	status, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(status)) {
		var kB float64
		if n, _ := fmt.Sscanf(line, "VmRSS: %f kB", &kB); n == 1 {
			return kB / 1024
		}
	}
	return 0
}
