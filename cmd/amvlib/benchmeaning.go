package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/amvlib/amvlib/timecode"
)

// What an episode has, whose meaning is measured.
const (
	episodeLines   = 350
	episodeSeconds = 24 * 60
)

// meaning tells what it costs to learn the lines of an episode of 24 minutes, beside decoding so much of the film: processor time of both, for it
// is done beside the decoding of other films. decode is that of so many seconds.
func (b *bench) meaning(film string, decode time.Duration, seconds int) error {
	dir := filepath.Join(b.dir, "said")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	made, err := b.loop(film, "said", 1, 2)
	if err != nil {
		return err
	}
	subs := strings.TrimSuffix(made[0], filepath.Ext(made[0])) + ".en.srt"
	if err := os.WriteFile(subs, []byte(talk()), 0o644); err != nil {
		return err
	}
	library := filepath.Join(b.dir, "said-library")
	if _, err := b.time(b.self, "ingest", "--ffmpeg", b.ff.Path, "--library", library, "--no-meaning", dir); err != nil {
		return err
	}
	learning, err := b.time(b.self, "reindex", "--library", library)
	if err != nil {
		return err
	}
	nothing, err := b.time(b.self, "reindex", "--library", library) // the same, with nothing left to learn
	if err != nil {
		return err
	}
	learnt := (learning.CPU - nothing.CPU).Seconds()
	whole := decode.Seconds() * episodeSeconds / float64(seconds)
	fmt.Fprintf(b.c.App.Writer, "meaning of %d lines, each with its neighbours: %.1f s of processor time; decoding 24 minutes (from %d s): %.1f s; %.1f %%\n",
		episodeLines, learnt, seconds, whole, 100*learnt/whole)
	return nil
}

// said are lines as long as those of subtitles are.
var said = []string{
	"I waited by the gate until the last train had gone.", "You said ten minutes.", "I know what I said.", "No, you don't!",
	"The snow had covered everything, even the bridge we used to cross.", "Are you cold?", "A little.", "Take my coat and stop arguing.",
	"Do you remember the summer when we ran away?", "We came back after two hours.", "Because you were hungry!",
	"Because it was getting dark, and you were crying.", "I never cry.", "Of course.", "If I leave tomorrow, will you write to me?",
	"Every day, until you beg me to stop.", "The captain wants us on the roof before the bell rings.", "Then why are we still here?",
	"Somebody has to carry the lamp.", "Give it to me. Your hands are shaking.",
}

var called = []string{"Mio", "Ren", "Kaito", "Aya", "old man", "sister", "Captain", "Haru", "Lena", "my friend", "doctor", "Sora", "boss", "Toma", "little one",
	"Yuki", "Emil", "teacher"}

// talk is a file of subtitles in which no line is like another.
func talk() string {
	var b strings.Builder
	for i := range episodeLines {
		start := timecode.Time(i) * episodeSeconds * timecode.Second / episodeLines
		text := said[i%len(said)]
		if n := i / len(said); n > 0 {
			text = strings.TrimRight(text, ".!?") + ", " + called[n] + "."
		}
		fmt.Fprintf(&b, "%d\n%s --> %s\n%s\n\n", i+1, srtTime(start), srtTime(start+2*timecode.Second), text)
	}
	return b.String()
}

func srtTime(t timecode.Time) string {
	ms := int64(t / 1000)
	return fmt.Sprintf("%02d:%02d:%02d,%03d", ms/3600000, ms/60000%60, ms/1000%60, ms%1000)
}
