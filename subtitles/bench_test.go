package subtitles

import (
	"fmt"
	"strings"
	"testing"
)

// episode is the dialogue of an episode, 400 lines, as a file.
func episode(format string) string {
	var b strings.Builder
	if format == "ass" {
		b.WriteString(assHead)
	}
	for i := range 400 {
		at := fmt.Sprintf("0:%02d:%02d", i*3/60, i*3%60)
		switch format {
		case "srt":
			fmt.Fprintf(&b, "%d\n0%s,100 --> 0%s,900\n<i>Nie wiem, dlaczego to zrobiłeś,</i>\nproszę, wróć do domu %d.\n\n", i+1, at, at, i)
		case "ass":
			fmt.Fprintf(&b, "Dialogue: 0,%s.10,%s.90,Default,Ala,0,0,0,,{\\i1}Nie wiem, dlaczego to zrobiłeś,{\\i0}\\Nproszę, wróć do domu %d.\n", at, at, i)
		}
	}
	return b.String()
}

func benchmark(b *testing.B, data []byte, format string) {
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if doc, err := Parse(data, format); err != nil || len(doc.Lines) != 400 {
			b.Fatal(err)
		}
	}
}

func BenchmarkSRT(b *testing.B) { benchmark(b, []byte(episode("srt")), "srt") }

func BenchmarkSRTInCP1250(b *testing.B) {
	benchmark(b, encode(b, "windows-1250", episode("srt")), "srt")
}

func BenchmarkASS(b *testing.B) { benchmark(b, []byte(episode("ass")), "ass") }

func BenchmarkLanguage(b *testing.B) {
	doc := mustParse(b, episode("srt"), "srt")
	for b.Loop() {
		if Language(doc.Lines) != "pl" {
			b.Fatal("not pl")
		}
	}
}
