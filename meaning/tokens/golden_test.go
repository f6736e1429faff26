package tokens_test

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/meaning/tokens"
	"github.com/amvlib/amvlib/meaning/weights"
)

// encoder is either way to cut.
type encoder interface {
	Encode(text string, most int) []int32
}

// embedded makes the encoder of a model that is part of the program.
func embedded(t testing.TB, data []byte) encoder {
	t.Helper()
	f, err := weights.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	text, err1 := f.Bytes("pieces.text")
	ends, err2 := f.Bytes("pieces.end")
	pieces, err3 := tokens.NewPieces(text, ends, f.Tokenizer.First)
	if err := errors.Join(err1, err2, err3); err != nil {
		t.Fatal(err)
	}
	special := tokens.Special{Start: f.Tokenizer.Start, End: f.Tokenizer.End, Unknown: f.Tokenizer.Unknown}
	if f.Tokenizer.Kind == "wordpiece" {
		return tokens.NewWordPiece(pieces, special)
	}
	scores, err := f.Floats("pieces.score", len(ends)/4)
	if err != nil {
		t.Fatal(err)
	}
	cut, err := tokens.NewUnigram(pieces, scores, special)
	if err != nil {
		t.Fatal(err)
	}
	return prefixed{cut}
}

// prefixed puts before texts what E5 wants there.
type prefixed struct{ encoder }

func (p prefixed) Encode(text string, most int) []int32 {
	return p.encoder.Encode("query: "+text, most)
}

// TestGoldens compares with the ids that the library `tokenizers` gives.
func TestGoldens(t *testing.T) {
	for name, data := range map[string][]byte{"e5": weights.E5(), "minilm": weights.MiniLM()} {
		cut := embedded(t, data)
		lines, err := os.ReadFile("../testdata/" + name + ".jsonl")
		if err != nil {
			t.Fatal(err)
		}
		count := 0
		for line := range strings.Lines(string(lines)) {
			var want struct {
				Text string
				IDs  []int32
			}
			if err := json.Unmarshal([]byte(line), &want); err != nil {
				t.Fatal(err)
			}
			if got := cut.Encode(want.Text, 128); !slices.Equal(got, want.IDs) {
				t.Errorf("%s: %q is %v, not %v", name, want.Text, got, want.IDs)
			}
			count++
		}
		if count < 90 {
			t.Errorf("%s: only %d texts", name, count)
		}
	}
}

// lay puts texts one after another.
func lay(texts ...string) (text, ends []byte) {
	for _, s := range texts {
		text = append(text, s...)
		ends = binary.LittleEndian.AppendUint32(ends, uint32(len(text)))
	}
	return text, ends
}

func TestPiecesRefuse(t *testing.T) {
	text, ends := lay("a", "b")
	same, sameEnds := lay("a", "a")
	back, backEnds := lay("b", "a")
	for name, p := range map[string]struct {
		text, ends []byte
		first      int32
	}{
		"none": {}, "part": {text, ends[:7], 0}, "first": {text, ends, -1}, "more text": {append(text, 'c'), ends, 0}, "less text": {text[:1], ends, 0},
		"same": {same, sameEnds, 0}, "back": {back, backEnds, 0},
	} {
		if _, err := tokens.NewPieces(p.text, p.ends, p.first); !errors.Is(err, tokens.ErrPieces) {
			t.Errorf("%s: %v", name, err)
		}
	}
	p, err := tokens.NewPieces(text, ends, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, scores := range [][]float32{nil, {1}, {1, float32(math.NaN())}, {1, float32(math.Inf(-1))}} {
		if _, err := tokens.NewUnigram(p, scores, tokens.Special{}); !errors.Is(err, tokens.ErrPieces) {
			t.Errorf("scores %v: %v", scores, err)
		}
	}
}

// TestUnigramTakesTheBestWay counts by hand: "ab"+"c" is -3, "a"+"bc" -2.5, a letter that no piece has is 10 worse than the worst.
func TestUnigramTakesTheBestWay(t *testing.T) {
	text, ends := lay("a", "ab", "b", "bc", "c", "▁")
	p, err := tokens.NewPieces(text, ends, 4)
	if err != nil {
		t.Fatal(err)
	}
	cut, err := tokens.NewUnigram(p, []float32{-1, -1, -2, -1.5, -2, 0}, tokens.Special{Start: 0, End: 2, Unknown: 3})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string][]int32{
		"": {0, 2}, "abc": {0, 9, 4, 7, 2}, " a  xyz b ": {0, 9, 4, 9, 3, 9, 6, 2}, "ab ab ab": {0, 9, 5, 9, 5, 9, 5, 2},
	} {
		if got := cut.Encode(text, 16); !slices.Equal(got, want) {
			t.Errorf("%q is %v, not %v", text, got, want)
		}
	}
	if got := cut.Encode("ab ab ab", 5); !slices.Equal(got, []int32{0, 9, 5, 9, 2}) {
		t.Errorf("cut to five: %v", got)
	}
}

// FuzzEncode holds ids within the vocabulary, their number within bounds, and their frame, whatever the text.
func FuzzEncode(f *testing.F) {
	cuts := []encoder{embedded(f, weights.E5()), embedded(f, weights.MiniLM())}
	for _, s := range []string{"", "No!", "zażółć", "長い橋", "\xff\xfe", strings.Repeat("x", tokens.TextMost+1), "a\u0301\u0301▁##"} {
		f.Add(s, 128)
	}
	f.Add("a b c", -1)
	f.Fuzz(func(t *testing.T, text string, most int) {
		for _, cut := range cuts {
			ids := cut.Encode(text, most)
			if len(ids) < 2 || len(ids) > max(most, 2) || ids[0] > 2 || ids[len(ids)-1] != 2 {
				t.Fatalf("%q: %v", text, ids)
			}
			for _, id := range ids {
				if id < 0 || id > 92003 {
					t.Fatalf("%q: id %d", text, id)
				}
			}
		}
	})
}
