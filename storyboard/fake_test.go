package storyboard

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/phash"
	"github.com/amvlib/amvlib/picture"
	"github.com/amvlib/amvlib/search"
	"github.com/amvlib/amvlib/shotdetect"
	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

// fakeLibrary is a Finder and Shots over made-up episodes; a hit scores one a word.
type fakeLibrary struct {
	rng      *rand.Rand
	episodes []catalog.Episode
	shots    map[int64][]catalog.Shot
	lines    map[int64][]catalog.Line
	queries  []search.Query
	frames   map[int64][]timecode.Time // when each frame is shown, and the last one's end
	err      error
}

func newFake(seed uint64) *fakeLibrary {
	return &fakeLibrary{
		rng: rand.New(rand.NewPCG(seed, 1)), shots: map[int64][]catalog.Shot{}, lines: map[int64][]catalog.Line{},
		frames: map[int64][]timecode.Time{},
	}
}

func (f *fakeLibrary) Episodes(context.Context) ([]catalog.Episode, error) { return f.episodes, nil }

func (f *fakeLibrary) Effective(_ context.Context, id int64) ([]catalog.Shot, error) {
	return f.shots[id], f.err
}

func (f *fakeLibrary) Search(_ context.Context, q search.Query) ([]search.Hit, error) {
	f.queries = append(f.queries, q)
	var hits []search.Hit
	asked := strings.Fields(strings.ToLower(q.Text))
	for i := range f.episodes {
		e := &f.episodes[i]
		for k := range f.lines[e.ID] {
			l := &f.lines[e.ID][k]
			if marks := matches(l.Text, asked); len(marks) > 0 {
				hits = append(hits, f.hit(e, l, marks))
			}
		}
	}
	slices.SortStableFunc(hits, func(a, b search.Hit) int { return cmp.Compare(b.Score, a.Score) })
	return hits[:min(len(hits), q.Limit)], f.err
}

var stopWords = strings.Fields("a i in is it on of or the to and for was will you your me who her this that these")

func matches(text string, asked []string) []search.Mark {
	var marks []search.Mark
	at := 0
	for _, w := range strings.SplitAfter(text, " ") {
		bare := strings.Trim(w, " ,.!?")
		if low := strings.ToLower(bare); slices.Contains(asked, low) && !slices.Contains(stopWords, low) {
			marks = append(marks, search.Mark{Start: at, End: at + len(bare)})
		}
		at += len(w)
	}
	return marks
}

func (f *fakeLibrary) hit(e *catalog.Episode, l *catalog.Line, marks []search.Mark) search.Hit {
	h := search.Hit{Episode: e, Shot: f.shots[e.ID][l.Shot-1], Line: l, Marks: marks, Score: float64(len(marks))}
	for _, m := range marks {
		h.Why = append(h.Why, search.Reason{Kind: "word", Text: l.Text[m.Start:m.End], Score: 1})
	}
	return h
}

// episode adds an episode whose shots have the given lengths in frames, and transitions here and there.
func (f *fakeLibrary) episode(source string, rate timecode.Rate, variable bool, lengths ...int64) *catalog.Episode {
	id := int64(len(f.episodes) + 1)
	e := catalog.Episode{
		ID: id, Path: fmt.Sprintf("/anime/%s/%s - %02d.mkv", source, source, id), Rate: rate, Variable: variable,
		Name: catalog.Name{Source: source, Season: 1, Number: fmt.Sprint(id)}, FirstPTS: timecode.Time(f.rng.IntN(500_000)),
		Info: media.Info{
			Video: &media.Video{Width: 1920, Height: 1080, SAR: media.Ratio{Num: 1, Den: 1}},
			Audio: []media.AudioTrack{{SampleRate: 48000, Channels: 2, Default: true}},
		},
	}
	var boundaries []shotdetect.Boundary
	for i, n := range lengths {
		e.Frames += n
		if i < len(lengths)-1 {
			boundaries = append(boundaries, f.boundary(e.Frames, n, lengths[i+1]))
		}
	}
	times := f.times(&e)
	for i, s := range shotdetect.Shots(boundaries, e.Frames) {
		f.shots[id] = append(f.shots[id], f.shot(id, i+1, s, times))
	}
	f.frames[id] = times
	e.Duration = times[len(times)-1] - e.FirstPTS
	f.episodes = append(f.episodes, e)
	return &f.episodes[id-1]
}

func (f *fakeLibrary) boundary(at, before, after int64) shotdetect.Boundary {
	if f.rng.IntN(4) > 0 || min(before, after) < 20 {
		return shotdetect.Boundary{Type: shotdetect.Cut, Start: at - 1, End: at}
	}
	half := 1 + f.rng.Int64N(5)
	return shotdetect.Boundary{Type: shotdetect.Dissolve, Start: at - half - 1, End: at + half}
}

// times are the frames' beginnings and the last one's end.
func (f *fakeLibrary) times(e *catalog.Episode) []timecode.Time {
	times := make([]timecode.Time, e.Frames+1)
	t := e.FirstPTS
	for i := range times {
		times[i] = e.FirstPTS + e.Rate.At(int64(i))
		if e.Variable {
			times[i] = t
			t += e.Rate.At(1) * timecode.Time(50+f.rng.IntN(100)) / 100
		}
	}
	return times
}

func (f *fakeLibrary) shot(id int64, number int, s shotdetect.Shot, times []timecode.Time) catalog.Shot {
	return catalog.Shot{Episode: id, Number: number, Shot: analysis.Shot{
		Shot: s, Range: timecode.Range{Start: times[s.Clean.In], End: times[s.Clean.Out]},
		Hash: phash.Hash(f.rng.Uint64()), Variance: 1500,
		Features: picture.Features{Brightness: 0.2 + 0.6*f.rng.Float32(), Contrast: 0.2 + 0.3*f.rng.Float32()},
		Thumb:    []byte("a picture"),
	}}
}

// say puts a line into a shot, beginning at a frame of it.
func (f *fakeLibrary) say(e *catalog.Episode, shot int, after int64, text string) {
	s := f.shots[e.ID][shot-1]
	start := s.Range.Start + e.Rate.At(after)
	f.lines[e.ID] = append(f.lines[e.ID], catalog.Line{
		Line: subtitles.Line{Start: start, End: start + 2*timecode.Second, Text: text, Lang: "en", Kind: subtitles.Dialogue},
		ID:   int64(1000*int(e.ID) + len(f.lines[e.ID])), Episode: e.ID, Shot: shot,
	})
}

var vocabulary = strings.Fields("rain night fire stars heart alone road dream wings sea snow run promise sword light shadow home voice tears morning")

func (f *fakeLibrary) sentence(n int) string {
	var w []string
	for range n {
		w = append(w, vocabulary[f.rng.IntN(len(vocabulary))])
	}
	return strings.Join(w, " ")
}

// fill adds episodes with so many shots each of a random length, and lines in half of them.
func (f *fakeLibrary) fill(sources, episodes, shots int) {
	rates := []timecode.Rate{timecode.Film, timecode.Film, timecode.PAL, timecode.NTSC, {Num: 14, Den: 1}}
	for s := range sources {
		rate := rates[f.rng.IntN(len(rates))]
		for range episodes {
			lengths := make([]int64, shots)
			for i := range lengths {
				lengths[i] = 1 + f.rng.Int64N(150)
			}
			e := f.episode(fmt.Sprintf("Anime %c", 'A'+s), rate, f.rng.IntN(4) == 0, lengths...)
			f.talk(e)
		}
	}
}

func (f *fakeLibrary) talk(e *catalog.Episode) {
	for i := range f.shots[e.ID] {
		if f.rng.IntN(2) == 0 {
			f.say(e, i+1, f.rng.Int64N(40)-5, f.sentence(3))
		}
		if f.rng.IntN(15) == 0 {
			f.shots[e.ID][i].Features = picture.Features{Brightness: 0.01}
		}
	}
}

// sing makes lyrics of n lines over the length of a song, with pauses.
func (f *fakeLibrary) sing(n int, length timecode.Time) []subtitles.Line {
	var lines []subtitles.Line
	for range n {
		start := timecode.Time(f.rng.Int64N(int64(length)))
		l := subtitles.Line{Start: start, Text: f.sentence(1 + f.rng.IntN(6))}
		if f.rng.IntN(2) == 0 {
			l.End = start + timecode.Time(f.rng.Int64N(int64(6*timecode.Second)))
		}
		lines = append(lines, l)
	}
	return lines
}
