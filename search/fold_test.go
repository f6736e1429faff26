package search

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/phash"
	"github.com/amvlib/amvlib/picture"
	"github.com/amvlib/amvlib/timecode"
)

// seen is a hit in an episode, at so many seconds, with a picture.
func seen(episode int64, name catalog.Name, at int, hash uint64, text string) Hit {
	start := timecode.Time(at) * timecode.Second
	h := Hit{Episode: &catalog.Episode{ID: episode, Name: name, Path: "a.mkv"}}
	h.Shot.Episode, h.Shot.Number = episode, at
	h.Shot.Range = timecode.Range{Start: start, End: start + 2*timecode.Second}
	h.Shot.Hash, h.Shot.Variance = phash.Hash(hash), 1000
	if text != "" {
		h.Line = &catalog.Line{Episode: episode}
		h.Line.Start, h.Line.Text = start, text
	}
	return h
}

func grouped(h Hit, group int, best bool) Hit {
	h.Group, h.best = group, best
	return h
}

func gone(h Hit) Hit {
	h.Episode.Path = ""
	return h
}

// folded shows hits as EPISODE@SECOND, with what was folded into each in brackets.
func folded(hits []Hit) string {
	var out []string
	for _, h := range hits {
		var one strings.Builder
		fmt.Fprintf(&one, "%d@%d", h.Episode.ID, h.Shot.Number)
		for _, a := range h.Also {
			fmt.Fprintf(&one, "[%d@%d %s]", a.Episode.ID, a.Shot.Number, a.Same)
		}
		out = append(out, one.String())
	}
	return strings.Join(out, " ")
}

func TestFold(t *testing.T) {
	kite := func(n string) catalog.Name { return catalog.Name{Source: "Kite", Number: n} }
	const one, other = 0x0123456789abcdef, 0xfedcba9876543210
	flat := seen(3, kite("3"), 9, 0, "yes")
	flat.Shot.Variance = 0
	for _, c := range []struct {
		name string
		hits []Hit
		want string
	}{
		{"an opening in two episodes", []Hit{seen(1, kite("1"), 5, one, "we run"), seen(2, kite("2"), 7, one^0b111, "we run")}, "1@5[2@7 picture]"},
		{"a recap with another voice", []Hit{seen(1, kite("1"), 5, one, "we run"), seen(2, kite("2"), 7, one, "they ran")}, "1@5[2@7 picture]"},
		{"one place, two sentences", []Hit{seen(1, kite("1"), 5, one, "we run"), seen(1, kite("1"), 9, one, "no, we run")}, "1@5 1@9"},
		{"one place, said twice", []Hit{seen(1, kite("1"), 5, one, "We run!"), seen(1, kite("1"), 9, one, "we run")}, "1@5[1@9 picture]"},
		{"said twice, seen otherwise", []Hit{seen(1, kite("1"), 5, one, "we run"), seen(1, kite("1"), 9, other, "we run")}, "1@5 1@9"},
		{"the same words elsewhere are another scene", []Hit{seen(1, kite("1"), 5, one, "yes"), seen(2, kite("2"), 5, other, "yes")}, "1@5 2@5"},
		{"another release", []Hit{seen(1, kite("07"), 5, one, "Yes."), seen(2, kite("7"), 95, other, "yes")}, "1@5[2@95 moment]"},
		{"another release, in Polish", []Hit{seen(1, kite("7"), 5, one, "Yes."), seen(2, kite("7"), 5, other, "Tak.")}, "1@5[2@5 moment]"},
		{"another release, another time", []Hit{seen(1, kite("7"), 5, one, "Yes."), seen(2, kite("7"), 9, other, "Tak.")}, "1@5 2@9"},
		{"the same words long after", []Hit{seen(1, kite("7"), 5, one, "yes"), seen(2, kite("7"), 500, other, "yes")}, "1@5 2@500"},
		{"a season later", []Hit{seen(1, kite("7"), 5, one, "yes"), seen(2, catalog.Name{Source: "Kite", Season: 2, Number: "7"}, 5, other, "yes")}, "1@5 2@5"},
		{"flat pictures are not alike", []Hit{flat, flat}, "3@9 3@9"},
		{"seven bits are another picture", []Hit{seen(1, kite("1"), 5, one, ""), seen(2, kite("2"), 7, one^0x7f, "")}, "1@5 2@7"},
		{"a chain goes to its first", []Hit{seen(1, kite("1"), 5, one, ""), seen(2, kite("2"), 7, one^0x3f, ""), seen(3, kite("3"), 8, one^0x15, "")},
			"1@5[2@7 picture][3@8 picture]"},
		{"the library knows it", []Hit{grouped(seen(1, kite("1"), 5, one, "yes"), 4, false), grouped(seen(2, kite("2"), 7, other, "no"), 4, false)}, "1@5[2@7 footage]"},
		{"the best copy comes first", []Hit{grouped(seen(1, kite("1"), 5, one, "yes"), 4, false), seen(3, kite("3"), 8, one, "yes"), grouped(seen(2, kite("2"), 7, other, "no"), 4, true)},
			"2@7[1@5 footage][3@8 picture]"},
		{"another group", []Hit{grouped(seen(1, kite("1"), 5, one, "yes"), 4, true), grouped(seen(2, kite("2"), 7, other, "no"), 5, true)}, "1@5 2@7"},
		{"a best copy without a file", []Hit{grouped(seen(1, kite("1"), 5, one, "yes"), 4, false), grouped(gone(seen(2, kite("2"), 7, other, "no")), 4, true)}, "1@5[2@7 footage]"},
		{"nothing", nil, ""},
	} {
		if got := folded(fold(slices.Clone(c.hits))); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

// TestFoldFindsAllThatIsNear: the blocks lose no pair, whichever bits differ.
func TestFoldFindsAllThatIsNear(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 8))
	for range 2000 {
		hash := r.Uint64()
		near := hash
		for range foldReach {
			near ^= 1 << r.IntN(64)
		}
		hits := []Hit{seen(1, catalog.Name{}, 1, hash, ""), seen(2, catalog.Name{}, 1, near, "")}
		if got := fold(hits); len(got) != 1 {
			t.Fatalf("%016x and %016x are kept apart", hash, near)
		}
	}
}

func BenchmarkFold(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	hits := make([]Hit, 10000)
	for i := range hits {
		hits[i] = seen(int64(i%50), catalog.Name{Source: "A", Number: fmt.Sprint(i % 50)}, i, r.Uint64(), fmt.Sprint("line ", i))
	}
	for b.Loop() {
		fold(hits)
	}
}

func scored(source string, score float64) Hit {
	return Hit{Episode: &catalog.Episode{Name: catalog.Name{Source: source}}, Score: score}
}

func TestSpread(t *testing.T) {
	for _, c := range []struct {
		name  string
		hits  []Hit
		limit int
		want  string
	}{
		{"equals take turns", []Hit{scored("A", 2), scored("A", 2), scored("A", 2), scored("B", 2), scored("C", 2)}, 5, "A B C A A"},
		{"a better one comes before a poor one", []Hit{scored("A", 9), scored("A", 8), scored("B", 1)}, 3, "A A B"},
		{"but not for ever", []Hit{scored("A", 9), scored("A", 9), scored("A", 9), scored("A", 9), scored("A", 9), scored("B", 3)}, 4, "A A A B"},
		{"one anime", []Hit{scored("A", 3), scored("a", 2), scored("A", 1)}, 2, "A a"},
		{"a listing", []Hit{scored("A", 0), scored("A", 0), scored("B", 0), scored("B", 0)}, 3, "A B A"},
		{"fewer than asked for", []Hit{scored("A", 1), scored("B", 1)}, 9, "A B"},
		{"none", nil, 3, ""},
	} {
		var got []string
		for _, h := range spread(c.hits, c.limit) {
			got = append(got, h.Episode.Name.Source)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: got %v, want %s", c.name, got, c.want)
		}
	}
}

// pictured gives the shots of the fake library looks, and those of two episodes the same picture.
func pictured() *library {
	l := popeye()
	l.looks = func(s *catalog.Shot) {
		s.Variance, s.Hash = 900, phash.Hash(uint64(s.Number)*0x9e3779b97f4a7c15)
		s.Features = picture.Features{Brightness: float32(s.Number) / 8, Warmth: float32(s.Episode) / 20, Motion: .01}
	}
	return l
}

func TestLike(t *testing.T) {
	s := pictured().searcher(t)
	for _, c := range []struct {
		q    Query
		want []string
	}{
		{Query{Like: ShotName{1, 3}, Limit: 3}, []string{"2/3", "3/3", "1/2"}},
		{Query{Like: ShotName{1, 3}, Limit: 2, Source: "popeye"}, []string{"3/3", "1/2"}},
		{Query{Like: ShotName{1, 3}, Limit: 2, Fold: true}, []string{"2/3", "1/2"}},
		{Query{Like: ShotName{1, 3}, Text: "rain"}, []string{"3/5:What a sunny [rain].", "2/2:The sailor went home in the [rain]."}},
		{Query{Like: ShotName{3, 5}, Text: "sailor", Limit: 1}, []string{"1/6:Never say goodbye to a [sailor]."}},
	} {
		hits, err := s.Search(t.Context(), c.q)
		var got []string
		for _, h := range hits {
			got = append(got, shown(h))
			sum := 0.
			for _, w := range h.Why {
				sum += w.Score
			}
			if d := sum - h.Score; d > 1e-9 || d < -1e-9 {
				t.Errorf("%+v: reasons add up to %g, score is %g", c.q, sum, h.Score)
			}
		}
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%+v: got %q, %v, want %q", c.q, got, err, c.want)
		}
	}
	if _, err := s.Search(t.Context(), Query{Like: ShotName{1, 99}}); !errors.Is(err, ErrNoShot) {
		t.Errorf("a shot that is not there: %v", err)
	}
}

func TestResemblance(t *testing.T) {
	a := seen(1, catalog.Name{}, 1, 7, "").Shot
	a.Features = picture.Features{Brightness: .4, Contrast: .3, Saturation: .2, Warmth: .1, Motion: .02, Stillness: .5}
	if sum, _ := resemblance(&a, &a); sum < .9999 || sum > 1.0001 {
		t.Errorf("a shot is like itself by %g", sum)
	}
	b := a
	b.Features.Warmth = -.4
	near, _ := resemblance(&a, &b)
	b.Hash = ^a.Hash
	far, why := resemblance(&a, &b)
	if !(far < near && near < 1) || slices.ContainsFunc(why, func(r Reason) bool { return r.Text == "composition" }) {
		t.Errorf("near %g, far %g: %+v", near, far, why)
	}
}

// TestSpreadAndFoldTogether: what folds makes room for others, so the answer is as long as was asked for.
func TestSpreadAndFoldTogether(t *testing.T) {
	l := &library{looks: func(s *catalog.Shot) { s.Variance, s.Hash = 900, phash.Hash(uint64(s.Number)*0x9e3779b97f4a7c15) }}
	for i := range 8 {
		l.put(catalog.Name{Source: "Alpha", Number: fmt.Sprint(i + 1)}, "a.mkv", line(1, "en", "rain"), line(2, "en", "rain"))
	}
	l.put(catalog.Name{Source: "Beta"}, "b.mkv", line(3, "en", "the rain"))
	s := l.searcher(t)
	for _, c := range []struct {
		q    Query
		want string
	}{
		{Query{Limit: 3}, "1@1 1@2 2@1"},
		{Query{Limit: 3, Fold: true}, "1@1[2@1 picture][3@1 picture][4@1 picture][5@1 picture][6@1 picture][7@1 picture][8@1 picture] " +
			"1@2[2@2 picture][3@2 picture][4@2 picture][5@2 picture][6@2 picture][7@2 picture][8@2 picture] 9@3"},
		{Query{Limit: 3, Spread: true}, "1@1 9@3 1@2"},
	} {
		c.q.Text = "rain"
		hits, err := s.Search(t.Context(), c.q)
		if got := folded(hits); err != nil || got != c.want {
			t.Errorf("%+v: got %s, %v, want %s", c.q, got, err, c.want)
		}
	}
}
