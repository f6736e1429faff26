package index

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

// fake is a catalog in memory. Every line has a shot of its own, 1+number tenths of a second long, unless told otherwise.
type fake struct {
	upto    catalog.Generation
	touched map[int64]catalog.Generation
	lines   map[int64][]catalog.Line
	reads   atomic.Int64
	id      string
	branch  string // token of every state, so that copies of a library can go apart
}

func (f *fake) ID() string { return f.id }

func newFake() *fake {
	return &fake{touched: map[int64]catalog.Generation{}, lines: map[int64][]catalog.Line{}}
}

// put commits an episode's lines; each is "text" or "lang:text".
func (f *fake) put(episode int64, texts ...string) {
	var lines []catalog.Line
	for i, text := range texts {
		lang, rest, ok := strings.Cut(text, ":")
		if !ok || len(lang) != 2 {
			lang, rest = "en", text
		}
		at := timecode.Time(i) * 4 * timecode.Second
		lines = append(lines, catalog.Line{
			Line: subtitles.Line{Start: at, End: at + timecode.Second, Text: rest, Lang: lang, Kind: subtitles.Dialogue},
			ID:   episode*100000 + int64(f.upto)*1000000000 + int64(i), Episode: episode, Shot: i + 1,
		})
	}
	f.upto++
	f.touched[episode], f.lines[episode] = f.upto, lines
}

func (f *fake) forget(episode int64) {
	f.upto++
	f.touched[episode] = f.upto
	delete(f.lines, episode)
}

func (f *fake) Changes(_ context.Context, since catalog.Mark) (catalog.Mark, []catalog.Change, error) {
	var out []catalog.Change
	if since != (catalog.Mark{}) && (since.Token != f.branch || since.Generation > f.upto) {
		return catalog.Mark{}, nil, catalog.ErrOtherHistory
	}
	for e, g := range f.touched {
		if g > since.Generation {
			_, there := f.lines[e]
			out = append(out, catalog.Change{Episode: e, Gone: !there})
		}
	}
	slices.SortFunc(out, func(a, b catalog.Change) int { return int(a.Episode - b.Episode) })
	return catalog.Mark{Generation: f.upto, Token: f.branch}, out, nil
}

func (f *fake) Lines(_ context.Context, episode int64) ([]catalog.Line, error) {
	f.reads.Add(1)
	return f.lines[episode], nil
}

func (f *fake) Effective(_ context.Context, episode int64) ([]catalog.Shot, error) {
	var out []catalog.Shot
	for i := range f.lines[episode] {
		at := timecode.Time(i) * 4 * timecode.Second
		shot := analysis.Shot{Range: timecode.Range{Start: at, End: at + timecode.Time(i+1)*timecode.Second/10}}
		out = append(out, catalog.Shot{Shot: shot, Episode: episode, Number: i + 1})
	}
	return out, nil
}

// text gives a match's line.
func (f *fake) text(m Match) string {
	for _, l := range f.lines[m.Episode] {
		if l.ID == m.Line {
			return l.Text
		}
	}
	return "?"
}

func (f *fake) texts(matches []Match) (out []string) {
	for _, m := range matches {
		out = append(out, f.text(m))
	}
	return out
}

// open opens an index of f in dir.
func (f *fake) open(t testing.TB, dir string, o Options) *Index {
	t.Helper()
	ix, err := Open(context.Background(), dir, f, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ix.Close() })
	return ix
}

var common = strings.Fields("the I you to a of and it me is my that in your do on don't not what we be for no this have know")

// drawn makes a catalog of lines as common and as rare as speech is: two fifths stop words, the rest by Zipf's law.
func drawn(episodes, lines int) *fake {
	r := rand.New(rand.NewPCG(1, 2))
	zipf := rand.NewZipf(r, 1.15, 4, 30000)
	f := newFake()
	texts := make([]string, lines)
	for e := range episodes {
		for i := range texts {
			texts[i] = drawLine(r, zipf)
		}
		f.put(int64(e+1), texts...)
		f.cast(int64(e + 1))
	}
	return f
}

// cast makes every twentieth line of an episode a song's, and has five speak the others.
func (f *fake) cast(episode int64) {
	for i := range f.lines[episode] {
		l := &f.lines[episode][i]
		if l.Style, l.Speaker = "Main", []string{"Sora", "Ren", "Mio", "Kaito", "Old woman"}[i%5]; i%20 == 0 {
			l.Kind, l.Style, l.Speaker = subtitles.Song, "OP", ""
		}
	}
}

func drawLine(r *rand.Rand, zipf *rand.Zipf) string {
	words := make([]string, 3+r.IntN(9))
	for i := range words {
		if r.IntN(5) < 2 {
			words[i] = common[r.IntN(1+r.IntN(len(common)))]
		} else {
			words[i] = drawnWord(zipf.Uint64())
		}
	}
	switch r.IntN(10) {
	case 0:
		return "pl:" + strings.Join(words, " ")
	case 1:
		return "ja:雨が降る " + words[0]
	}
	return "en:" + strings.Join(words, " ")
}

// drawnWord has no ending that a stemmer could know.
func drawnWord(n uint64) string { return fmt.Sprintf("w%d", n) }
