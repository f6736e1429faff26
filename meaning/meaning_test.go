package meaning_test

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"math"
	"testing"

	"github.com/amvlib/amvlib/meaning"
)

func open(t testing.TB) *meaning.Models {
	t.Helper()
	m, err := meaning.Open()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// talk is a track in which the fourth and fifth line say nothing alone.
var talk = []meaning.Line{
	{Text: "The harbour is empty tonight.", Lang: "en"},
	{Text: "I baked bread for the whole village.", Lang: "en-GB"},
	{Text: "Your father died at sea this morning.", Lang: "en"},
	{Text: "No!", Lang: "en"},
	{Text: "No!", Lang: "en"},
	{Text: "You won the lottery, we are rich!", Lang: "en"},
	{Text: "Deszcz pada\nod rana.", Lang: "pl"},
	{Text: " \n ", Lang: "pl"},
	{Text: "雨がやまない。", Lang: "ja"},
}

func lines(t testing.TB, track []meaning.Line) []meaning.Vector {
	t.Helper()
	v, err := open(t).Lines(t.Context(), track)
	if err != nil || len(v) != len(track) {
		t.Fatalf("%d vectors, %v", len(v), err)
	}
	return v
}

// best is the line that a question is nearest to.
func best(t *testing.T, text, lang string, vectors []meaning.Vector) int {
	t.Helper()
	q, err := open(t).Query(text, lang)
	if err != nil {
		t.Fatal(err)
	}
	at := 0
	for i := range vectors {
		if q.Score(&vectors[i]) > q.Score(&vectors[at]) {
			at = i
		}
	}
	return at
}

func TestQuestionsFindWhatMeansTheSame(t *testing.T) {
	vectors := lines(t, talk)
	for _, q := range []struct {
		text, lang string
		want       []int
	}{
		{"he drowned, he is gone", "en", []int{2}},
		{"it is raining", "", []int{6, 8}},
		{"pusty port", "pl", []int{0}},
		{"金持ちになった", "ja", []int{5}},
		{"Brot backen", "de", []int{1}},
	} {
		got := best(t, q.text, q.lang, vectors)
		ok := false
		for _, w := range q.want {
			ok = ok || w == got
		}
		if !ok {
			t.Errorf("%q finds %q", q.text, talk[got].Text)
		}
	}
}

func TestALineIsSeenInItsPlace(t *testing.T) {
	v := lines(t, talk)
	grief, err := open(t).Query("my father is dead, I am in grief", "en")
	if err != nil {
		t.Fatal(err)
	}
	if after, before := grief.Score(&v[3]), grief.Score(&v[4]); after <= before {
		t.Errorf("No! after a death is %.2f, before the lottery %.2f", after, before)
	}
	if v[7] != (meaning.Vector{}) {
		t.Error("an empty line means something")
	}
	for i := range v {
		if want := i < 6; v[i].IsEnglish() != want {
			t.Errorf("%q is English: %v", talk[i].Text, !want)
		}
	}
}

// TestVersion holds vectors to the version: where they change, recipe and the sum here have to. Other machines give the same.
func TestVersion(t *testing.T) {
	const version, want = "3-5a7e436b-2073e6ad", "106d2b228d374bbefc5a59061b6b6ac80e959c43700c616a28d32a49478bc5e7"
	if got := sumOf(lines(t, talk)); got != want || open(t).Version() != version {
		t.Errorf("version %s has the vectors %s", open(t).Version(), got)
	}
}

// TestQuestionsAreTheSame on every machine. They are not kept, so no version says when they change.
func TestQuestionsAreTheSame(t *testing.T) {
	for _, q := range []struct{ lang, text, want string }{
		{"en", "Hold me until the rain ends", "44710b88efb10b6973fe1dcacea8913d62618562c5cbd2986c2b853eb63ee9f5"},
		{"pl", "Przytul mnie, aż przestanie padać", "521893dccda16e506e9896154c15828b9139c7a0aa2eb25621e211944517271c"},
	} {
		asked, err := open(t).Query(q.text, q.lang)
		if got := sumOf([][meaning.Size]int16{asked.Any, asked.English, asked.AnyEnglish}); got != q.want || err != nil {
			t.Errorf("%q has the vectors %s (%v)", q.text, got, err)
		}
	}
}

func sumOf[T any](numbers []T) string {
	sum := sha256.New()
	for _, v := range numbers {
		_ = binary.Write(sum, binary.LittleEndian, v)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// TestVerse: the lines of a verse count beside the whole, however they are parted.
func TestVerse(t *testing.T) {
	m := open(t)
	one, err1 := m.Query("The rain won't stop / I miss the sea", "en")
	two, err2 := m.Query("\nThe rain won't stop\r\nI miss the sea\n", "en")
	whole, err3 := m.Query("The rain won't stop I miss the sea", "en")
	if err := errors.Join(err1, err2, err3); err != nil {
		t.Fatal(err)
	}
	if one != two || one == whole {
		t.Errorf("parted by slash and by line end alike: %v, like one line: %v", one == two, one == whole)
	}
}

func TestLinesEndWithTheirContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if v, err := open(t).Lines(ctx, talk); !errors.Is(err, context.Canceled) || v != nil {
		t.Errorf("%d vectors, %v", len(v), err)
	}
	if v, err := open(t).Lines(t.Context(), nil); err != nil || len(v) != 0 {
		t.Errorf("%d vectors of nothing, %v", len(v), err)
	}
}

func TestSentencesAreOfLengthOneAndWithoutLanguage(t *testing.T) {
	v, err := open(t).Sentences([]string{"Where have you been?", "Gdzie byłeś?", "どこにいたの？", "I like trains.", "", "\x00\xff"})
	if err != nil {
		t.Fatal(err)
	}
	for i, x := range v {
		if n := math.Sqrt(cosine(x, x)); math.Abs(n-1) > 1e-5 && (i < 4 || n != 0) {
			t.Errorf("text %d has the length %g", i, n)
		}
	}
	for i := 1; i < 3; i++ {
		if same, other := cosine(v[0], v[i]), cosine(v[0], v[3]); same < other+0.3 {
			t.Errorf("text %d: the same in another language is at %.2f, another thing at %.2f", i, same, other)
		}
	}
	if v, err := open(t).English([]string{"Where have you been?", ""}); err != nil || cosine(v[0], v[0]) < 0.999 || cosine(v[1], v[1]) != 0 {
		t.Errorf("%v", err)
	}
}

func cosine(a, b []float32) (sum float64) {
	for i, x := range a {
		sum += float64(x) * float64(b[i])
	}
	return sum
}

// FuzzQuery asks anything.
func FuzzQuery(f *testing.F) {
	for _, s := range []string{"", "rain", "\x00\xff", "\u202eabc", "🌧️🌧️", "ｒａｉｎ"} {
		f.Add(s, "en")
	}
	f.Add("deszcz", "zz")
	v := lines(f, talk[:3])
	f.Fuzz(func(t *testing.T, text, lang string) {
		q, err := open(t).Query(text, lang)
		if err != nil {
			t.Fatal(err)
		}
		if s := q.Score(&v[0]); s != s || s > 40 || s < -40 {
			t.Errorf("%q scores %g", text, s)
		}
	})
}
