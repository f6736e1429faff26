package transformer

import (
	"errors"
	"math"
	"slices"
	"sync"
	"testing"
)

// A sentence has one vector, alone, in a batch, in several batches, in any order.
func TestCompanyDoesNotMatter(t *testing.T) {
	for _, bits := range []int{4, 8} {
		m, ids := modelOf(t, small, drawn(5, small, 60, bits)), sentences(5, 60, 30, 60)
		together := embedded(t, m, ids)
		for i, one := range ids {
			if alone := embedded(t, m, [][]int32{one})[0]; !slices.Equal(alone, together[i]) {
				t.Fatalf("sentence %d of %d tokens alone is %v, among others %v", i, len(one), alone[:4], together[i][:4])
			}
		}
		slices.Reverse(ids)
		slices.Reverse(together)
		for i, v := range embedded(t, m, ids) {
			if !slices.Equal(v, together[i]) {
				t.Fatalf("sentence %d from the end is %v in another order, not %v", i, v[:4], together[i][:4])
			}
		}
	}
}

func TestManyAtOnce(t *testing.T) {
	m, ids := modelOf(t, small, drawn(6, small, 60, 4)), sentences(6, 40, 30, 60)
	want := embedded(t, m, ids)
	var all sync.WaitGroup
	for n := range 8 {
		all.Go(func() {
			for round := range 5 {
				from := (n + round) % len(ids)
				got, err := m.Embed(ids[from:])
				if err != nil {
					t.Error(err)
				}
				for i, v := range got {
					if !slices.Equal(v, want[from+i]) {
						t.Errorf("sentence %d is another one beside other callers", from+i)
					}
				}
			}
		})
	}
	all.Wait()
}

func TestVectorsHaveLengthOne(t *testing.T) {
	m := modelOf(t, small, drawn(7, small, 60, 4))
	for i, v := range embedded(t, m, sentences(7, 30, 30, 60)) {
		if length := math.Sqrt(product(wide(v), wide(v))); math.Abs(length-1) > 1e-6 {
			t.Errorf("vector %d has a length of %g", i, length)
		}
	}
}

func TestNothingToEmbed(t *testing.T) {
	m := modelOf(t, small, drawn(8, small, 60, 4))
	if got := embedded(t, m, nil); len(got) != 0 {
		t.Errorf("%d vectors of nothing", len(got))
	}
	got := embedded(t, m, [][]int32{{}, {1, 2}, nil})
	if !slices.Equal(got[0], make([]float32, small.Hidden)) || !slices.Equal(got[2], got[0]) {
		t.Errorf("sentences without tokens are %v and %v, not zeros", got[0], got[2])
	}
	if alone := embedded(t, m, [][]int32{{1, 2}})[0]; !slices.Equal(got[1], alone) {
		t.Errorf("a sentence beside empty ones is %v, alone %v", got[1], alone)
	}
	if got := embedded(t, m, [][]int32{nil, {}}); len(got) != 2 || !slices.Equal(got[0], make([]float32, small.Hidden)) {
		t.Errorf("two empty sentences are %v", got)
	}
}

// What is too long keeps its beginning and its last token, which says that it ends.
func TestLongSentencesAreCut(t *testing.T) {
	m := modelOf(t, small, drawn(9, small, 60, 4))
	long := sentences(9, 1, 1, 60)[0]
	for len(long) < 10*small.Positions {
		long = append(long, int32(len(long)*7%60))
	}
	cut := append(slices.Clone(long[:small.Positions-1]), long[len(long)-1])
	got := embedded(t, m, [][]int32{long, cut})
	if !slices.Equal(got[0], got[1]) {
		t.Errorf("a long sentence is %v, cut %v", got[0][:4], got[1][:4])
	}
}

func TestUnknownTokens(t *testing.T) {
	m := modelOf(t, small, drawn(10, small, 60, 8))
	for _, id := range []int32{-1, 60, math.MaxInt32, math.MinInt32} {
		if got, err := m.Embed([][]int32{{1}, {2, id, 3}}); !errors.Is(err, ErrToken) || got != nil {
			t.Errorf("token %d gives %v, %v", id, got, err)
		}
	}
	embedded(t, m, [][]int32{{0, 59}})
}

func TestNewRefuses(t *testing.T) {
	nan := float32(math.NaN())
	configs := map[string]func(c *Config){
		"layers":       func(c *Config) { c.Layers = 3 },
		"no layers":    func(c *Config) { c.Layers = 0 },
		"hidden":       func(c *Config) { c.Hidden = 63 },
		"other hidden": func(c *Config) { c.Hidden = 96 },
		"huge hidden":  func(c *Config) { c.Hidden = 1 << 40 },
		"heads":        func(c *Config) { c.Heads = 3 },
		"narrow heads": func(c *Config) { c.Heads = 16 },
		"no heads":     func(c *Config) { c.Heads = 0 },
		"intermediate": func(c *Config) { c.Intermediate = -32 },
		"positions":    func(c *Config) { c.Positions = 41 },
		"no positions": func(c *Config) { c.Positions = 0 },
		"offset":       func(c *Config) { c.PositionOffset = -1 },
		"eps":          func(c *Config) { c.Eps = 0 },
		"eps NaN":      func(c *Config) { c.Eps = nan },
	}
	for name, change := range configs {
		c := small
		change(&c)
		if _, err := New(c, drawn(1, small, 20, 4)); !errors.Is(err, ErrShape) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, bits := range []int{4, 8} {
		weights := map[string]func(w *Weights){
			"norm":        func(w *Weights) { w.Norm.Weight = w.Norm.Weight[1:] },
			"NaN bias":    func(w *Weights) { w.Layers[1].Up.Bias[3] = nan },
			"large bias":  func(w *Weights) { w.Layers[0].Query.Bias[3] = 1001 },
			"short bias":  func(w *Weights) { w.Layers[0].Key.Bias = nil },
			"positions":   func(w *Weights) { w.Positions = append(w.Positions, 0) },
			"short data":  func(w *Weights) { w.Layers[1].Down.Weight.Data = w.Layers[1].Down.Weight.Data[1:] },
			"turned":      func(w *Weights) { w.Layers[0].Up, w.Layers[0].Down = w.Layers[0].Down, w.Layers[0].Up },
			"no words":    func(w *Weights) { w.Words = Matrix{Cols: 64, Bits: bits} },
			"other bits":  func(w *Weights) { w.Words.Bits = 12 - bits },
			"no bits":     func(w *Weights) { w.Words.Bits = 0 },
			"norm of one": func(w *Weights) { w.Layers[1].Norm.Bias[0] = float32(math.Inf(-1)) },
			"scale": func(w *Weights) {
				if v := &w.Layers[1].Value.Weight; bits == 8 {
					v.Scales[0] = 1.01
				} else {
					v.Data[spanBytes+1] = 0xfc // infinite
				}
			},
		}
		for name, change := range weights {
			w := drawn(1, small, 20, bits)
			change(&w)
			if _, err := New(small, w); !errors.Is(err, ErrShape) {
				t.Errorf("%s of %d bits: %v", name, bits, err)
			}
		}
	}
}

// Weights as large as New takes them must not bring numbers that are none.
func TestLargestWeights(t *testing.T) {
	for _, bits := range []int{4, 8} {
		w := drawn(2, small, 20, bits)
		for i := range w.Layers {
			for _, m := range []*Linear{&w.Layers[i].Query, &w.Layers[i].Key, &w.Layers[i].Value, &w.Layers[i].Attention, &w.Layers[i].Up, &w.Layers[i].Down} {
				m.largest()
			}
			for k := range w.Layers[i].Norm.Weight {
				w.Layers[i].Norm.Weight[k], w.Layers[i].AttentionNorm.Weight[k] = mostFloat, -mostFloat
			}
		}
		for _, v := range embedded(t, modelOf(t, small, w), sentences(1, 10, 20, 20)) {
			if length := product(wide(v), wide(v)); !(math.Abs(length-1) < 1e-5) {
				t.Errorf("of %d bits: a length of %g", bits, length)
			}
		}
	}
}

func (l *Linear) largest() {
	for i := range l.Weight.Scales {
		l.Weight.Scales[i] = 1
	}
	for i := 0; l.Weight.Bits == 4 && i < len(l.Weight.Data); i += spanBytes {
		l.Weight.Data[i], l.Weight.Data[i+1] = 0, largestHalf>>8
	}
	for i := range l.Bias {
		l.Bias[i] = mostFloat
	}
}

func FuzzEmbed(f *testing.F) {
	w := drawn(11, small, 100, 4)
	m := modelOf(f, small, w)
	f.Add([]byte{1, 2, 3, 255, 4}, uint8(2))
	f.Add([]byte{}, uint8(0))
	f.Add(make([]byte, 300), uint8(1))
	f.Fuzz(func(t *testing.T, data []byte, cut uint8) {
		var ids [][]int32
		known := true
		for part := range slices.Chunk(data, int(cut)+1) {
			var one []int32
			for _, b := range part {
				one, known = append(one, int32(int8(b))), known && b < 100
			}
			ids = append(ids, one)
		}
		got, err := m.Embed(ids)
		if known != (err == nil) || known && len(got) != len(ids) {
			t.Fatalf("%v: %d vectors, %v", ids, len(got), err)
		}
	})
}

// Whatever New takes can embed; whatever does not fit is refused.
func FuzzNew(f *testing.F) {
	f.Add(1, 32, 4, 32, 8, 4, []byte{1, 2, 3})
	f.Add(2, 64, 1, 96, 3, 8, []byte{0x80})
	f.Add(2, 64, 4, 96, 40, 4, []byte{})
	f.Fuzz(func(t *testing.T, layers, hidden, heads, intermediate, positions, bits int, data []byte) {
		c := Config{Layers: layers, Hidden: hidden, Heads: heads, Intermediate: intermediate, Positions: positions, Eps: 1e-5}
		shape := c
		if layers > 3 || hidden > 128 || intermediate > 128 || positions > 100 || c.check() != nil {
			shape = small
		}
		w := drawn(1, shape, 20, 4+bits&4)
		if len(data)%2 == 0 {
			copy(w.Words.Data, data)
			copy(w.Layers[0].Up.Weight.Data, data)
		} else {
			w.Words.Data = data
		}
		m, err := New(c, w)
		if err != nil {
			if !errors.Is(err, ErrShape) {
				t.Fatal(err)
			}
			return
		}
		for _, v := range embedded(t, m, [][]int32{{0, 19}}) {
			if length := product(wide(v), wide(v)); length != 0 && !(math.Abs(length-1) < 1e-5) {
				t.Fatalf("a length of %g", length)
			}
		}
	})
}

// TestWordsOutOfBounds: words are not read before they are needed, so one whose scale is no number counts as zeros.
func TestWordsOutOfBounds(t *testing.T) {
	w, zero := drawn(1, small, 20, 4), drawn(1, small, 20, 4)
	row := small.Hidden / span * spanBytes
	for at := 3 * row; at < 4*row; at += spanBytes {
		w.Words.Data[at+1] = 0x7e // NaN
		zero.Words.Data[at], zero.Words.Data[at+1] = 0, 0
	}
	ids := [][]int32{{1, 3, 2}}
	if got, want := embedded(t, modelOf(t, small, w), ids)[0], embedded(t, modelOf(t, small, zero), ids)[0]; !slices.Equal(got, want) {
		t.Errorf("%v, not %v", got, want)
	}
}
