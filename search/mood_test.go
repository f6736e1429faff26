package search

import (
	"context"
	"fmt"
	"iter"
	"math"
	"slices"
	"testing"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/index/facets"
	"github.com/amvlib/amvlib/index/vectors"
	"github.com/amvlib/amvlib/meaning"
	"github.com/amvlib/amvlib/mood"
	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

// looks is facets in memory.
type looks []facets.Shot

func (l looks) All() iter.Seq[*facets.Shot] {
	return func(yield func(*facets.Shot) bool) {
		for i := range l {
			if !yield(&l[i]) {
				return
			}
		}
	}
}

func (l looks) Shot(episode int64, number int) (facets.Shot, bool) {
	i := slices.IndexFunc(l, func(s facets.Shot) bool { return s.Episode == episode && s.Number == number })
	if i < 0 {
		return facets.Shot{}, false
	}
	return l[i], true
}

// meanings have a score for some lines, whatever is asked.
type meanings map[int64]float32

func (m meanings) Find(_ context.Context, _ meaning.Query, f vectors.Filter) (out []vectors.Match, err error) {
	for id, score := range m {
		l := vectors.Line{Episode: id / 1000, ID: id}
		if (f.Only == nil || f.Only(l.Episode)) && (f.Keep == nil || f.Keep(l)) {
			out = append(out, vectors.Match{Line: l, Score: score})
		}
	}
	slices.SortFunc(out, func(a, b vectors.Match) int {
		if a.Score != b.Score {
			return int(math.Copysign(1, float64(b.Score-a.Score)))
		}
		return int(a.ID - b.ID)
	})
	return out[:min(len(out), f.Limit)], nil
}

// lookOf is a shot of two seconds with a look.
func lookOf(episode int64, number int, f mood.Facets) facets.Shot {
	return facets.Shot{Episode: episode, Number: number, Length: 2 * timecode.Second, Facets: f}
}

var (
	night = mood.Facets{Brightness: .05, Motion: .001, CutRate: 3, Contrast: .2, Saturation: .2}
	fight = mood.Facets{Brightness: .8, Motion: .09, CutRate: 40, Contrast: .6, Saturation: .3}
)

// film is an episode whose first shot is a night, its second a fight, and its third a night; the lines are in 1, 2 and 3, and in shot 4 nothing is said.
func filmOfMoods(t *testing.T) (*library, looks, meanings) {
	t.Helper()
	l := &library{}
	l.put(catalog.Name{Source: "Alpha", Number: "1"}, "/a1.mkv", line(1, "en", "Nobody is here."), line(2, "en", "Nobody, run!"), line(3, "en", "Let us go home."))
	return l, looks{lookOf(1, 1, night), lookOf(1, 2, fight), lookOf(1, 3, night), lookOf(1, 4, fight)}, meanings{1000: 3, 1001: 1, 1002: 2}
}

func moody(t *testing.T, l *library, f Facets, m Meanings) *Searcher {
	t.Helper()
	all := Moods{Models: func() (mood.Models, error) { return meaning.Open() }}
	if f != nil {
		all.Facets = func(context.Context) (Facets, error) { return f, nil }
	}
	if m != nil {
		all.Lines = func(context.Context) (Meanings, error) { return m, nil }
	}
	return l.searcher(t).WithMoods(all)
}

func wished(t *testing.T, text, look, pace string) (w mood.Wish) {
	t.Helper()
	var err error
	if text != "" {
		if w, err = mood.Parse(text); err != nil {
			t.Fatal(err)
		}
	}
	for facet, words := range map[mood.Facet]string{mood.Picture: look, mood.Pace: pace} {
		if words == "" {
			continue
		}
		traits, err := mood.ParseTraits(facet, words)
		if err != nil {
			t.Fatal(err)
		}
		w.Traits = append(w.Traits, traits...)
	}
	return w
}

func numbersOf(hits []Hit) string {
	var out []int
	for _, h := range hits {
		out = append(out, h.Shot.Number)
	}
	return fmt.Sprint(out)
}

func TestMoods(t *testing.T) {
	l, f, m := filmOfMoods(t)
	for _, test := range []struct {
		name             string
		text             string
		mood, look, pace string
		facets           Facets
		lines            Meanings
		want             string
	}{
		{"a mood alone goes by lines", "", "lonely", "", "", f, m, "[1 3 2]"},
		{"and by no looks where there are none", "", "lonely", "", "", nil, m, "[1 3 2]"},
		{"a look alone goes by pictures, whether anything is said or not", "", "", "bright", "", f, m, "[2 4]"},
		{"looks and pace must both be there", "", "", "dark", "fast", f, m, "[]"},
		{"looks narrow a mood", "", "lonely", "dark", "", f, m, "[1 3]"},
		{"looks narrow words", "nobody", "", "moving", "", f, m, "[2]"},
		{"a mood puts words in order", "nobody", "lonely", "", "", f, m, "[1 2]"},
		{"the other way round too", "nobody", "lonely", "", "", f, meanings{1001: 9}, "[2 1]"},
		{"a mood without vectors goes by what scenes tend to be", "", "lonely", "", "", f, nil, "[1 3 2 4]"},
		{"and where no line has one", "", "tense", "", "", f, meanings{}, "[2 4 1 3]"},
		{"a look where nobody knows looks", "", "", "dark", "", nil, m, "[]"},
	} {
		hits, err := moody(t, l, test.facets, test.lines).Search(t.Context(), Query{Text: test.text, Mood: wished(t, test.mood, test.look, test.pace)})
		if err != nil || numbersOf(hits) != test.want {
			t.Errorf("%s: shots %s, %v; want %s", test.name, numbersOf(hits), err, test.want)
		}
	}
}

func TestMoodsHeedFilters(t *testing.T) {
	l, f, _ := filmOfMoods(t)
	l.put(catalog.Name{Source: "Beta", Number: "1"}, "/b1.mkv", line(1, "en", "Nobody at all."))
	f = append(f, lookOf(2, 1, night))
	m := meanings{1000: 3, 1001: 1, 1002: 2, 2000: 9}
	l.say(1, 3, catalog.Tag, "rain")
	for name, test := range map[string]struct {
		q    Query
		want string
	}{
		"source":             {Query{Source: "alpha", Mood: wished(t, "lonely", "", "")}, "[1 3 2]"},
		"tag":                {Query{Tags: []string{"rain"}, Mood: wished(t, "lonely", "", "")}, "[3]"},
		"tag and look":       {Query{Tags: []string{"rain"}, Mood: wished(t, "", "dark", "")}, "[3]"},
		"language":           {Query{Lang: "pl", Mood: wished(t, "lonely", "", "")}, "[]"},
		"language and look":  {Query{Lang: "en", Source: "alpha", Mood: wished(t, "", "dark", "")}, "[1 3]"},
		"length":             {Query{Min: 3 * timecode.Second, Mood: wished(t, "", "dark", "")}, "[]"},
		"length of a mood":   {Query{Max: timecode.Second, Mood: wished(t, "lonely", "", "")}, "[]"},
		"limit":              {Query{Limit: 1, Source: "alpha", Mood: wished(t, "lonely", "", "")}, "[1]"},
		"limit of looks":     {Query{Limit: 2, Source: "alpha", Mood: wished(t, "", "dark", "")}, "[1 3]"},
		"in order of time":   {Query{Sort: ByTime, Source: "alpha", Mood: wished(t, "lonely", "", "")}, "[1 2 3]"},
		"words in no order":  {Query{Text: "nobody -run", Source: "alpha", Mood: wished(t, "lonely", "", "")}, "[1]"},
		"kind of line":       {Query{Kind: subtitles.Song, Mood: wished(t, "lonely", "", "")}, "[]"},
		"the best of two":    {Query{Limit: 1, Mood: wished(t, "lonely", "", "")}, "[1]"},
		"nothing is of both": {Query{Text: "home", Mood: wished(t, "", "bright", "")}, "[]"},
	} {
		hits, err := moody(t, l, f, m).Search(t.Context(), test.q)
		if err != nil || numbersOf(hits) != test.want {
			t.Errorf("%s: shots %s, %v; want %s", name, numbersOf(hits), err, test.want)
		}
	}
}

// TestEachHitSaysWhichFacetsSpoke: with their values, the words by axis, and the score is the sum of what is told.
func TestEachHitSaysWhichFacetsSpoke(t *testing.T) {
	l, f, m := filmOfMoods(t)
	hits, err := moody(t, l, f, m).Search(t.Context(), Query{Text: "nobody", Limit: 1, Mood: wished(t, "lonely but hopeful", "dark", "")})
	if err != nil || len(hits) != 1 {
		t.Fatal(hits, err)
	}
	var told []string
	for _, r := range hits[0].Facets {
		told = append(told, fmt.Sprintf("%s %s %.2f %v", r.Facet, r.Name, r.Value, r.Asked))
	}
	want := []string{"words loneliness 3.00 true", "words hope 3.00 true", "picture dark 0.05 true", "picture still 0.90 false", "pace slow 3.00 false"}
	if !slices.Equal(told, want) {
		t.Errorf("%q, want %q", told, want)
	}
	sum, kinds := 0.0, []string{}
	for _, r := range hits[0].Why {
		sum += r.Score
		kinds = append(kinds, r.Kind)
	}
	if !slices.Contains(kinds, "word") || !slices.Contains(kinds, "mood") || math.Abs(sum-hits[0].Score) > .5*leaning {
		t.Errorf("%v of %q sum up to %g, and the score is %g", hits[0].Why, kinds, sum, hits[0].Score)
	}
}

func TestUnknownLooksAreCounted(t *testing.T) {
	with := night
	with.Shares = make([]float64, len(mood.Colours()))
	f := looks{lookOf(1, 1, night), lookOf(1, 2, fight), lookOf(1, 3, with)}
	for look, want := range map[string]int{"red": 2, "dark,red": 1, "dark": 0} {
		if n := Unknown(f, wished(t, "", look, "")); n != want {
			t.Errorf("%s: %d, want %d", look, n, want)
		}
	}
}
