package vectors

import (
	"context"
	"hash/fnv"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/meaning"
	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

// shelf is a library in memory.
type shelf struct {
	id       string
	mu       sync.Mutex
	last     catalog.Generation
	lastLine int64
	episodes map[int64]catalog.Episode
	lines    map[int64][]catalog.Line
	read     atomic.Int64 // how often an episode's lines were
	trouble  error
}

func newShelf() *shelf {
	return &shelf{id: "LIB/..", episodes: map[int64]catalog.Episode{}, lines: map[int64][]catalog.Line{}}
}

// put commits an episode of one track in English, a line every two seconds.
func (s *shelf) put(id int64, texts ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last++
	s.lines[id] = nil
	for i, text := range texts {
		s.lastLine++
		at := timecode.Time(i) * 2 * timecode.Second
		s.lines[id] = append(s.lines[id], catalog.Line{ID: s.lastLine, Episode: id, Line: subtitles.Line{
			Start: at, End: at + timecode.Second, Text: text, Lang: "en", Kind: subtitles.Dialogue}})
	}
	s.episodes[id] = catalog.Episode{ID: id, Generation: s.last, Lines: len(texts)}
}

// touch is a move: the lines stay.
func (s *shelf) touch(id int64) {
	s.last++
	e := s.episodes[id]
	e.Generation = s.last
	s.episodes[id] = e
}

func (s *shelf) forget(id int64) {
	s.last++
	delete(s.episodes, id)
	delete(s.lines, id)
}

func (s *shelf) ID() string { return s.id }

func (s *shelf) Episodes(context.Context) ([]catalog.Episode, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []catalog.Episode
	for _, id := range slices.Sorted(maps.Keys(s.episodes)) {
		all = append(all, s.episodes[id])
	}
	return all, s.trouble
}

func (s *shelf) Lines(_ context.Context, episode int64) ([]catalog.Line, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.read.Add(1)
	if _, ok := s.episodes[episode]; !ok {
		return nil, catalog.ErrNotFound
	}
	return s.lines[episode], nil
}

// drawer is models whose vectors are drawn from the texts.
type drawer struct {
	version  string
	embedded atomic.Int64
	before   func(context.Context) error
}

func (d *drawer) Version() string { return d.version }

func (d *drawer) Lines(ctx context.Context, track []meaning.Line) ([]meaning.Vector, error) {
	if d.before != nil {
		if err := d.before(ctx); err != nil {
			return nil, err
		}
	}
	out := make([]meaning.Vector, len(track))
	for i, l := range track {
		d.embedded.Add(1)
		out[i] = drawn(l.Text + d.version)
		if l.Lang != "en" {
			out[i].English = [meaning.Size]int8{}
		}
	}
	return out, ctx.Err()
}

func drawn(text string) (v meaning.Vector) {
	sum := fnv.New64a()
	_, _ = sum.Write([]byte(text))
	r := rand.New(rand.NewPCG(sum.Sum64(), 1))
	for i := range v.Any {
		v.Any[i], v.English[i] = int8(r.IntN(15)-7), int8(r.IntN(15)-7)
	}
	return v
}

// asks for the line with a text.
func asks(text, version string) meaning.Query {
	v := drawn(text + version)
	return meaning.Toward(&v)
}

func opened(t *testing.T, dir string, s *shelf, d *drawer, o Options) *View {
	t.Helper()
	if o.Cache == "" {
		o.Cache = filepath.Join(t.TempDir(), "cache")
	}
	v, err := Open(t.Context(), dir, s, d, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = v.Close() })
	return v
}

func catchUp(t *testing.T, v *View) {
	t.Helper()
	if err := v.CatchUp(t.Context(), Effort{}); err != nil {
		t.Fatal(err)
	}
}

// finds wants the text to be found first, in an episode; in none for 0.
func finds(t *testing.T, v *View, s *shelf, d *drawer, text string, episode int64) {
	t.Helper()
	found, err := v.Find(t.Context(), asks(text, d.version), Filter{Limit: 3})
	if err != nil {
		t.Fatal(err)
	}
	got := int64(0)
	for _, l := range s.lines[episodeOf(found)] {
		if l.ID == found[0].ID && l.Text == text {
			got = l.Episode
		}
	}
	if got != episode {
		t.Errorf("%q is found in episode %d, want %d: %v", text, got, episode, found)
	}
}

func episodeOf(found []Match) int64 {
	if len(found) == 0 {
		return 0
	}
	return found[0].Episode
}

func missing(t *testing.T, v *View, episodes, lines int) {
	t.Helper()
	if e, l := v.Missing(); e != episodes || l != lines {
		t.Errorf("%d episodes with %d lines are missing, want %d and %d", e, l, episodes, lines)
	}
}
