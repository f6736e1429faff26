package meaning

import (
	"encoding/binary"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/meaning/weights"
)

// pairsFile has pairs of English and Polish sentences; see THIRD_PARTY.md.
const pairsFile = "../../shared/text/tatoeba_en_pl.tsv"

// How space.bin is made.
const (
	everyPair   = 10  // of pairsFile is one taken
	shortest    = 12  // bytes that a sentence has to be longer than: a word or two tells nothing
	evenly      = 0.8 // how far differences of translations are taken to be the same in all directions
	evenEnglish = 0.5 // and the English model's vectors
	ridge       = 1.0 // that the bridge is held back by
)

// TestSpace makes space.bin anew with -update. It reads what is beside the project, and takes minutes.
func TestSpace(t *testing.T) {
	if !*update {
		if want := 3*Size*rowBytes + 4*Size; len(weights.Space()) != want {
			t.Fatalf("space.bin has %d bytes, want %d", len(weights.Space()), want)
		}
		t.Skip("-update makes space.bin anew")
	}
	text, err := os.ReadFile(pairsFile)
	if err != nil {
		t.Skip("no pairs of translations: ", err)
	}
	l := learner{}
	l.read(t, string(text))
	if err := os.WriteFile("weights/space.bin", l.space(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// learner has the vectors of sentences and of their translations.
type learner struct {
	broad   [][]float32 // of every sentence
	english [][]float32 // of the English one beside it, by the English model
	apart   [][]float32 // of translations from each other
}

func (l *learner) read(t *testing.T, pairs string) {
	t.Helper()
	n := 0
	for line := range strings.Lines(pairs) {
		en, pl, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if len(en) <= shortest {
			continue
		}
		if n++; n%everyPair == 0 {
			l.add(t, en, en, pl)
		}
	}
	sentences, err := os.ReadFile("build/sentences.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(sentences)), "\n")[1:] {
		all := strings.Split(line, "\t")
		l.add(t, all[0], all...)
	}
}

// add embeds a sentence in several languages, the first of which is English.
func (l *learner) add(t *testing.T, english string, all ...string) {
	t.Helper()
	m, _ := Open()
	broad, err1 := m.Sentences(all)
	of, err2 := m.English([]string{english})
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	for _, v := range broad {
		l.broad, l.english = append(l.broad, v), append(l.english, of[0])
	}
	if len(all) == 2 {
		d := make([]float32, Size)
		for i := range d {
			d[i] = (broad[0][i] - broad[1][i]) / math.Sqrt2
		}
		l.apart = append(l.apart, d)
	}
}

// space is the file.
func (l *learner) space() []byte {
	none := make([]float64, Size)
	apart, all := spread(l.apart, none), spread(l.broad, meanOf(l.broad))
	both, of := square{}, all.trace()/apart.trace()
	for i := range both {
		both[i] = apart[i]*of + all[i]
	}
	even := both.evened(evenly)
	broad := even.inverseRoot()
	broad.keep(all)
	centre := meanOf(l.english)
	dark := spread(l.english, centre)
	even = dark.evened(evenEnglish)
	root := even.inverseRoot()
	root = even.times(&root)
	english := root.inverseRoot() // which is that of the fourth root
	english.keep(dark)
	var out []byte
	for _, m := range []*square{&broad, &english, l.bridge(&broad, &english, centre)} {
		out = m.append(out)
	}
	for _, x := range centre {
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(float32(x)))
	}
	return out
}

// bridge is what takes sentences, seen broadly, nearest to what the English model sees.
func (l *learner) bridge(broad, english *square, centre []float64) *square {
	var own, across square
	for n, v := range l.broad {
		x := broad.of(v, nil)
		y := english.of(l.english[n], centre)
		own.add(x, x)
		across.add(x, y)
	}
	return ridged(&own, &across)
}

// TestSpaceBringsTranslationsNearer: English questions have the line that means the same first among those of another language more often by
// way of the bridge and the space than by the models' vectors as they are.
func TestSpaceBringsTranslationsNearer(t *testing.T) {
	l, err := newLanguageless(weights.E5())
	if err != nil {
		t.Fatal(err)
	}
	m, _ := Open()
	text, err := os.ReadFile("build/sentences.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var asked []Query
	var lines []Vector
	var plain [2][][]float32
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n")[1:] {
		c := strings.Split(line, "\t")
		v, err := m.Lines(t.Context(), []Line{{c[1], "pl"}})
		q, err2 := m.Query(c[0], "en")
		as, err3 := l.embed(c[:2])
		if err != nil || err2 != nil || err3 != nil {
			t.Fatal(err, err2, err3)
		}
		asked, lines = append(asked, q), append(lines, v[0])
		for i := range plain {
			plain[i] = append(plain[i], as[i])
		}
	}
	was, is := margin(len(lines), func(q, l int) float64 { return dot(plain[0][q], plain[1][l]) }),
		margin(len(lines), func(q, l int) float64 { return float64(asked[q].Score(&lines[l])) })
	if t.Logf("margin %.2f, was %.2f", is, was); is <= was {
		t.Errorf("what means the same stands out by %.2f spreads, and by %.2f in the vectors as they are", is, was)
	}
}

// margin is by how many standard deviations what means the same stands out on average.
func margin(n int, score func(q, l int) float64) float64 {
	var same, sum, squares float64
	for q := range n {
		for l := range n {
			s := score(q, l)
			if q == l {
				same += s
			} else {
				sum, squares = sum+s, squares+s*s
			}
		}
	}
	others := float64(n * (n - 1))
	mean := sum / others
	return (same/float64(n) - mean) / math.Sqrt(squares/others-mean*mean)
}
