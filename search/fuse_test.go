package search

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/index/vectors"
	"github.com/amvlib/amvlib/meaning"
	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

// mind stands for models and vectors: it knows how near lines are, by their texts, whatever is asked.
type mind struct {
	*meaning.Models // who know moods

	lib  *library
	near map[string]float32
	err  error
	told []string // questions that it was asked, each with the language it was taken for
}

func (m *mind) Query(text, lang string) (meaning.Query, error) {
	m.told = append(m.told, lang+":"+text)
	return meaning.Query{}, m.err
}

func knowing() *meaning.Models {
	m, _ := meaning.Open()
	return m
}

func (m *mind) Vectors(episode int64, lines ...int64) (map[int64]meaning.Vector, error) {
	out := map[int64]meaning.Vector{}
	for _, l := range m.lib.lines[episode] {
		if slices.Contains(lines, l.ID) {
			out[l.ID] = meaning.Vector{}
		}
	}
	return out, m.err
}

func (m *mind) Len() int { return len(m.near) }

func (m *mind) Find(_ context.Context, _ meaning.Query, f vectors.Filter) (out []vectors.Match, err error) {
	var also []vectors.Match
	for id, lines := range m.lib.lines {
		for _, l := range lines {
			at := vectors.Match{Line: vectors.Line{Episode: id, ID: l.ID}, Score: m.near[l.Text]}
			switch {
			case slices.Contains(f.Also[id], l.ID):
				also = append(also, at)
			case (f.Only == nil || f.Only(id)) && (f.Keep == nil || f.Keep(at.Line)):
				out = append(out, at)
			}
		}
	}
	slices.SortFunc(out, func(a, b vectors.Match) int {
		if a.Score != b.Score {
			return int(math.Copysign(1, float64(b.Score-a.Score)))
		}
		return int(a.ID - b.ID)
	})
	return append(out[:min(len(out), f.Limit)], also...), nil
}

// understanding opens popeye's library to one who knows what three lines mean.
func understanding(t *testing.T) (*Searcher, *mind) {
	l := popeye()
	l.lines[1][5].Kind = subtitles.Song
	m := &mind{Models: knowing(), lib: l, near: map[string]float32{"Never say goodbye to a sailor.": 6, "What a sunny rain.": 5, "雨の中の水夫": 4, "A sailor, you say?": 0.9}}
	s := l.searcher(t)
	s.Understand(m, m)
	return s, m
}

func TestFusedSearch(t *testing.T) {
	s, _ := understanding(t)
	for _, c := range []struct {
		name string
		q    Query
		want []string
	}{
		{"word for word comes first, then what means it, a song's line after speech", Query{Text: "popeye"},
			[]string{"1/1:I'm [Popeye] the sailor man!", "3/5:What a sunny rain.", "1/6:Never say goodbye to a sailor.", "2/4:雨の中の水夫"}},
		{"shared words that mean it come first of all", Query{Text: "sunny rain"}, []string{"3/5:What a [sunny] [rain].",
			"1/6:Never say goodbye to a sailor.", "2/4:雨の中の水夫", "1/3:[Rain], sailor. Nothing but [rain].", "2/2:The sailor went home in the [rain]."}},
		{"excluding", Query{Text: "farewell -sailor"}, []string{"3/5:What a sunny rain.", "2/4:雨の中の水夫"}},
		{"excluding a phrase", Query{Text: `farewell -"sunny rain"`}, []string{"1/6:Never say goodbye to a sailor.", "2/4:雨の中の水夫"}},
		{"quotes alone are meant to the letter", Query{Text: `"sailor went"`}, []string{"2/2:The [sailor went] home in the rain."}},
		{"with quotes, none without them", Query{Text: `farewell "sailor went"`}, []string{"2/2:The [sailor went] home in the rain."}},
		{"quotes in a lyric line", Query{Text: `"sailor went"`, Any: true, Limit: 1}, []string{"2/2:The [sailor went] home in the rain."}},
		{"language", Query{Text: "farewell", Lang: "ja"}, []string{"2/4:雨の中の水夫"}},
		{"kind", Query{Text: "farewell", Kind: subtitles.Song}, []string{"1/6:Never say goodbye to a sailor."}},
		{"source", Query{Text: "farewell", Source: "popeye ova"}, []string{"3/5:What a sunny rain."}},
		{"long shots", Query{Text: "farewell", Min: 2 * timecode.Second}, []string{"3/5:What a sunny rain.", "2/4:雨の中の水夫"}},
		{"limit", Query{Text: "farewell", Limit: 1}, []string{"3/5:What a sunny rain."}},
		{"by words", Query{Text: "farewell", Voice: ByWords}, nil},
		{"by words, all of them", Query{Text: "sunny farewell", Voice: ByWords}, nil},
		{"by meaning", Query{Text: "popeye", Voice: ByMeaning, Limit: 2}, []string{"3/5:What a sunny rain.", "1/6:Never say goodbye to a sailor."}},
		{"a beginning means nothing", Query{Text: "farew*"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			expectShown(t, s, c.q, c.want)
		})
	}
}

func TestFusedReasons(t *testing.T) {
	s, m := understanding(t)
	hits, err := s.Search(t.Context(), Query{Text: `the sunny rains -moon`})
	if err != nil || len(hits) == 0 || m.told[0] != "en:the sunny rains" {
		t.Fatal(hits, err, m.told)
	}
	why, sum := hits[0].Why, 0.0
	for _, r := range why {
		sum += r.Score
	}
	if len(why) != 3 || why[0].Text != "sunny" || why[1].Text != "rain" || why[2].Kind != "meaning" || why[2].Text != "4.0" || math.Abs(sum-hits[0].Score) > 1e-12 {
		t.Errorf("why %+v, score %g", why, hits[0].Score)
	}
	for i, h := range hits {
		if i > 0 && h.Score > hits[i-1].Score {
			t.Errorf("hit %d is worth more than the one before", i)
		}
	}
}

// TestWithoutVectors: a library of which no line is understood yet is searched by words.
func TestWithoutVectors(t *testing.T) {
	l := popeye()
	s := l.searcher(t)
	s.Understand(&mind{Models: knowing(), lib: l}, &mind{Models: knowing(), lib: l})
	hits, err := s.Search(t.Context(), Query{Text: "rain sailor"})
	if err != nil || len(hits) != 2 || s.Understands() || hits[0].Why[0].Kind != "word" {
		t.Errorf("%+v, %v", hits, err)
	}
}

func TestQuestionsThatCannotBeUnderstood(t *testing.T) {
	s, m := understanding(t)
	m.err = errors.New("no such model")
	if _, err := s.Search(t.Context(), Query{Text: "rain"}); err == nil || !strings.Contains(err.Error(), "understand") {
		t.Errorf("got %v", err)
	}
}

// TestFirstIsFirst compares with weighing every line: reading only the best ones must change nothing.
func TestFirstIsFirst(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	l, near := &library{}, map[string]float32{}
	for e := range 40 {
		var lines []catalog.Line
		for i := range 20 {
			c := line(1+i%6, "en", strings.Repeat("x", e)+strings.Repeat("y", i)+" rain"[:5*(i*e%7/6)])
			c.Kind = []subtitles.Kind{subtitles.Dialogue, subtitles.Song, subtitles.Sign}[r.IntN(3)]
			near[c.Text] = float32(r.IntN(700)) / 100
			lines = append(lines, c)
		}
		l.put(catalog.Name{Source: "A"}, "/a.mkv", lines...)
	}
	s, m := l.searcher(t), &mind{Models: knowing(), lib: l, near: near}
	s.Understand(m, m)
	all, err := s.Search(t.Context(), Query{Text: "rain", Limit: 2000})
	if err != nil || len(all) < 100 {
		t.Fatal(len(all), err)
	}
	few, err := s.Search(t.Context(), Query{Text: "rain", Limit: 10})
	if err != nil || len(few) != 10 {
		t.Fatal(len(few), err)
	}
	for i, h := range few {
		if h.Line.ID != all[i].Line.ID {
			t.Errorf("hit %d is %q, and of many hits %q", i, h.Line.Text, all[i].Line.Text)
		}
	}
}

// TestCommonWords: the line that is nearest has the query's word too, though the index gives hundreds with it.
func TestCommonWords(t *testing.T) {
	l := &library{}
	for range 100 {
		l.put(catalog.Name{Source: "A"}, "/a.mkv", line(1, "en", "love"), line(2, "en", "love"), line(3, "en", "love"), line(4, "en", "love"))
	}
	l.put(catalog.Name{Source: "A"}, "/a.mkv", line(1, "en", "all that is left of love in a long long winter"))
	s, m := l.searcher(t), &mind{Models: knowing(), lib: l, near: map[string]float32{"all that is left of love in a long long winter": 6}}
	s.Understand(m, m)
	hits, err := s.Search(t.Context(), Query{Text: "love", Limit: 3})
	if err != nil || len(hits) != 3 {
		t.Fatalf("%+v, %v", hits, err)
	}
	for _, h := range hits {
		if h.Episode.ID == 101 && len(h.Why) != 2 {
			t.Errorf("why %+v", h.Why)
		}
	}
	if !slices.ContainsFunc(hits, func(h Hit) bool { return h.Episode.ID == 101 }) {
		t.Errorf("the nearest line is not among the first")
	}
}

// TestLikeWhatIsSaid: of shots whose pictures are all the same those come first in which the same is said, with the reason.
func TestLikeWhatIsSaid(t *testing.T) {
	s, _ := understanding(t)
	hits, err := s.Search(t.Context(), Query{Like: ShotName{1, 1}, Limit: 2})
	if err != nil || len(hits) != 2 {
		t.Fatal(hits, err)
	}
	for i, want := range []ShotName{{3, 5}, {2, 4}} { // and not what is said seconds later, in 1/6
		h, sum := hits[i], 0.0
		for _, r := range h.Why {
			sum += r.Score
		}
		if (ShotName{h.Episode.ID, h.Shot.Number}) != want || math.Abs(sum-h.Score) > 1e-12 ||
			!slices.ContainsFunc(h.Why, func(r Reason) bool { return r.Kind == "meaning" }) {
			t.Errorf("%d: %d/%d by %+v", i, h.Episode.ID, h.Shot.Number, h.Why)
		}
	}
}

// TestNothingIsMeant: where no line is near, those that are a little nearer than others are no answer; where one is, they follow it.
func TestNothingIsMeant(t *testing.T) {
	s, m := understanding(t)
	m.near = map[string]float32{"What a sunny rain.": 1.8, "雨の中の水夫": 1.2}
	if hits, err := s.Search(t.Context(), Query{Text: "zzzzqqq"}); err != nil || len(hits) != 0 {
		t.Errorf("%d hits, %v", len(hits), err)
	}
	if hits, err := s.Search(t.Context(), Query{Text: "furious"}); err != nil || len(hits) != 2 {
		t.Errorf("a mood: %d hits, %v", len(hits), err)
	}
	m.near["What a sunny rain."] = 2
	if hits, err := s.Search(t.Context(), Query{Text: "zzzzqqq"}); err != nil || len(hits) != 2 {
		t.Errorf("%d hits, %v", len(hits), err)
	}
}
