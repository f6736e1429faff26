package meaning

import (
	"fmt"
	"testing"

	"github.com/amvlib/amvlib/meaning/weights"
)

// BenchmarkReady tells how long a model takes to be ready for its first text.
func BenchmarkReady(b *testing.B) {
	for name, data := range map[string][]byte{"e5": weights.E5(), "minilm": weights.MiniLM()} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, _, err := newEncoder(data); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// script is a scene as subtitles have it.
var script = []string{
	"I waited by the gate until the last train had gone.", "You said ten minutes.", "I know what I said.", "No, you don't!",
	"The snow had covered everything, the road, the river, even the bridge we used to cross.", "Are you cold?", "A little.",
	"Take my coat and stop arguing.", "Do you remember the summer when we ran away?", "We came back after two hours.",
	"Because you were hungry!", "Because it was getting dark, and you were crying.", "I never cry.", "Of course.",
	"If I leave tomorrow, will you write to me?", "Every day, until you beg me to stop.",
}

// BenchmarkLines tells lines a second on one core, each with the window of its neighbours.
func BenchmarkLines(b *testing.B) {
	for _, lang := range []string{"en", "de"} {
		track := make([]Line, 4*len(script))
		for i := range track {
			track[i] = Line{fmt.Sprint(script[i%len(script)], i), lang}
		}
		m := ready(b)
		b.Run(lang, func(b *testing.B) {
			for b.Loop() {
				if _, err := m.Lines(b.Context(), track); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N*len(track))/b.Elapsed().Seconds(), "lines/s")
		})
	}
}

// BenchmarkQuery tells how long a question takes to become a vector.
func BenchmarkQuery(b *testing.B) {
	m := ready(b)
	for _, lang := range []string{"en", "pl"} {
		b.Run(lang, func(b *testing.B) {
			for b.Loop() {
				if _, err := m.Query("Hold me until the rain ends and the morning comes", lang); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func ready(b *testing.B) *Models {
	b.Helper()
	m, err := Open()
	if err == nil {
		_, err = m.Query("ready", "en")
	}
	if err != nil {
		b.Fatal(err)
	}
	return m
}
