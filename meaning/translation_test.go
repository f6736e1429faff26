package meaning

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/meaning/weights"
)

// How translation.bin is made.
const (
	everySource = 4 // pair of pairsFile is taken
	testFile    = "../../shared/text/tatoeba_en_pl_1000.tsv"
	moodFile    = "../mood/sentences.tsv"
)

// translationSum is the SHA-256 of translation.bin as -update makes it.
const translationSum = "c3563f11639dc3fd910fca26bb57f887ccf2a15c9ef9a56051c9b6979fcf796b"

// TestTranslation makes translation.bin anew with -update. It reads what is beside the project, and takes minutes.
func TestTranslation(t *testing.T) {
	if !*update {
		sum := sha256.Sum256(weights.Translation())
		if got := hex.EncodeToString(sum[:]); got != translationSum || len(weights.Translation()) != 2*Size*rowBytes+4*Size {
			t.Fatalf("translation.bin has %d bytes and the sum %s", len(weights.Translation()), got)
		}
		t.Skip("-update makes translation.bin anew")
	}
	text, err1 := os.ReadFile(pairsFile)
	tests, err2 := os.ReadFile(testFile)
	if err1 != nil || err2 != nil {
		t.Skip("no pairs of translations: ", err1, err2)
	}
	l := translator{test: t, kept: map[string]bool{}}
	for sentence := range strings.FieldsFuncSeq(string(tests), func(r rune) bool { return r == '\t' || r == '\n' }) {
		l.kept[sentence] = true
	}
	l.read(string(text))
	if err := os.WriteFile("weights/translation.bin", l.file(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestForeignQuestionsAreTranslated: what a question in another language is guessed to be finds the English line that means the same by itself,
// by either model. None of these sentences was learnt from.
func TestForeignQuestionsAreTranslated(t *testing.T) {
	m, _ := Open()
	english := []string{"The lighthouse keeper's daughter never came back.", "I baked a cake for your birthday.", "They burned our village to the ground.",
		"Can you hear the bells across the lake?", "He taught me how to hold a sword.", "Nobody dances like you do."}
	var lines []Vector
	for _, text := range english {
		v, err := m.Lines(t.Context(), []Line{{text, "en"}})
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, v[0])
	}
	for lang, questions := range map[string][]string{
		"pl": {"Córka latarnika już nie wróciła.", "Upiekłam ci tort na urodziny.", "Spalili naszą wioskę doszczętnie.", "Słyszysz dzwony za jeziorem?",
			"To on nauczył mnie trzymać miecz.", "Nikt nie tańczy tak jak ty."},
		"ja": {"灯台守の娘は二度と戻らなかった。", "誕生日にケーキを焼いたよ。", "奴らは村を焼き払った。", "湖の向こうの鐘が聞こえる？", "彼が剣の握り方を教えてくれた。",
			"君のように踊る人はいない。"},
	} {
		for i, text := range questions {
			q, err := m.Query(text, lang)
			if err != nil || *q.AnyOf(true) != q.AnyEnglish || *q.AnyOf(false) != q.Any || q.AnyEnglish == q.Any {
				t.Fatal(text, err)
			}
			first := func(score func(v *Vector) int32) string {
				return slices.MaxFunc(english, func(a, b string) int {
					return cmp.Compare(score(&lines[slices.Index(english, a)]), score(&lines[slices.Index(english, b)]))
				})
			}
			if got := first(func(v *Vector) int32 { return product(&v.Any, &q.AnyEnglish) }); got != english[i] {
				t.Errorf("%q is taken for %q", text, got)
			}
			if got := first(func(v *Vector) int32 { return product(&v.English, &q.English) }); got != english[i] {
				t.Errorf("%q is taken by the English model for %q", text, got)
			}
		}
	}
}

// TestLeaningKeepsTranslation: a question that leans towards another keeps what it is for English lines.
func TestLeaningKeepsTranslation(t *testing.T) {
	m, _ := Open()
	q, err := m.Query("smutno i pusto", "pl")
	if err != nil {
		t.Fatal(err)
	}
	axis := make([]float32, Size)
	axis[3] = 1
	leans := q.Leaning(Along(axis, nil), 2)
	if leans.AnyEnglish == q.AnyEnglish || leans.AnyEnglish == leans.Any || leans.AnyEnglish == ([Size]int16{}) {
		t.Error("not translated any more, or not leaning")
	}
}

// translator has the vectors of sentences, and where their English ones are compared.
type translator struct {
	test           *testing.T
	kept           map[string]bool // sentences that search is measured with
	from           [][]float32
	broad, english [][]float32
}

func (l *translator) read(pairs string) {
	n := 0
	for line := range strings.Lines(pairs) {
		en, pl, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if len(en) <= shortest || l.kept[en] || l.kept[pl] {
			continue
		}
		if n++; n > measured && n%everySource == 0 {
			l.add(en, pl)
		}
	}
	for _, own := range []struct {
		path        string
		first, skip int // lines at the front, columns before English
	}{{"build/sentences.tsv", 1, 0}, {moodFile, 0, 1}} {
		text, err := os.ReadFile(own.path)
		if err != nil {
			l.test.Fatal(err)
		}
		for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n")[own.first:] {
			l.add(strings.Split(line, "\t")[own.skip:]...)
		}
	}
}

// measured is how many pairs at the front translations are looked for among, in docs/search.md.
const measured = 2000

// add embeds a sentence in several languages, the first of which is English.
func (l *translator) add(all ...string) {
	m, _ := Open()
	multilingual, err1 := m.multilingual()
	as, err2 := multilingual.encoder.embed(all)
	of, err3 := m.English(all[:1])
	if err1 != nil || err2 != nil || err3 != nil {
		l.test.Fatal(err1, err2, err3)
	}
	same := append([]float32(nil), as[0]...)
	multilingual.strip(same)
	broad, english := theSpace().seenBroadly(same), theSpace().seenInEnglish(of[0], 1)
	scaleToOne(broad)
	scaleToOne(english)
	for _, v := range as {
		l.from, l.broad, l.english = append(l.from, v), append(l.broad, broad), append(l.english, english)
	}
}

// file is what translation.bin holds.
func (l *translator) file() (out []byte) {
	centre := meanOf(l.from)
	for _, to := range [][][]float32{l.broad, l.english} {
		m := regression(l.from, centre, to)
		out = m.append(out)
	}
	for _, x := range centre {
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(float32(x)))
	}
	return out
}

// regression is what takes vectors, from their centre, nearest to others: a ridge regression.
func regression(from [][]float32, centre []float64, to [][]float32) *square {
	var own, across square
	x, y := make([]float64, Size), make([]float64, Size)
	for n, v := range from {
		for i := range x {
			x[i], y[i] = float64(v[i])-centre[i], float64(to[n][i])
		}
		own.add(x, x)
		across.add(x, y)
	}
	return ridged(&own, &across)
}
