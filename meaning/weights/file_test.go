package weights_test

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/meaning/weights"
)

// file writes one, with a tensor of each type.
func file(change func(*weights.Header)) []byte {
	body := make([]byte, 5*64)
	for i, v := range []float32{1, -2, 0.5, 1e-20, 7, 8} {
		binary.LittleEndian.PutUint32(body[4*i:], math.Float32bits(v))
	}
	copy(body[64:], "text")
	for i := range 64 {
		body[128+i] = byte(i)
	}
	binary.LittleEndian.PutUint32(body[192:], math.Float32bits(0.25))
	binary.LittleEndian.PutUint32(body[196:], math.Float32bits(0.5))
	const at = 1024
	h := weights.Header{Name: "small", Prefix: "query: ", Tensors: map[string]weights.Tensor{
		"f": {Type: "f32", Shape: []int{2, 3}, Offset: at},
		"t": {Type: "u8", Shape: []int{4}, Offset: at + 64},
		"u": {Type: "u32", Shape: []int{1}, Offset: at + 64},
		"m": {Type: "i8", Shape: []int{2, 32}, Offset: at + 128}, "m.scale": {Type: "f32", Shape: []int{2}, Offset: at + 192},
		"q": {Type: "q4", Shape: []int{2, 32}, Offset: at + 256},
	}}
	if change != nil {
		change(&h)
	}
	head, err := json.Marshal(h)
	if err != nil {
		panic(err)
	}
	out := append([]byte("amvtext\x01"), binary.LittleEndian.AppendUint64(nil, uint64(len(head)))...)
	out = append(out, head...)
	return append(append(out, make([]byte, at-len(out))...), body...)
}

func TestRead(t *testing.T) {
	f, err := weights.Read(file(nil))
	if err != nil {
		t.Fatal(err)
	}
	if v, err := f.Floats("f", 2, 3); err != nil || !slices.Equal(v, []float32{1, -2, 0.5, 1e-20, 7, 8}) {
		t.Errorf("f: %v, %v", v, err)
	}
	if b, err := f.Bytes("t"); err != nil || string(b) != "text" || cap(b) != 4 {
		t.Errorf("t: %q, %v", b, err)
	}
	if m, err := f.Matrix("m", 2, 32); err != nil || m.Bits != 8 || len(m.Data) != 64 || m.Data[5] != 5 || !slices.Equal(m.Scales, []float32{0.25, 0.5}) {
		t.Errorf("m: %+v, %v", m, err)
	}
	if m, err := f.Matrix("q", 2, 32); err != nil || m.Bits != 4 || len(m.Data) != 36 || m.Scales != nil {
		t.Errorf("q: %+v, %v", m, err)
	}
	if f.Name != "small" || f.Prefix != "query: " || !f.Has("q") || f.Has("p") {
		t.Errorf("head: %+v", f.Header)
	}
}

func TestReadRefuses(t *testing.T) {
	whole := file(nil)
	bad := map[string][]byte{
		"empty": nil, "short": whole[:15], "other": []byte(strings.Repeat("x", 100)), "cut head": whole[:200], "cut": whole[:len(whole)-30],
		"version": append([]byte("amvtext\x02"), whole[8:]...),
		"head":    append([]byte("amvtext\x01\xff\xff\xff\xff\x00\x00\x00\x00"), whole[16:]...),
	}
	for i, tensor := range []weights.Tensor{
		{Type: "f64", Shape: []int{2}, Offset: 1024}, {Type: "f32", Offset: 1024}, {Type: "f32", Shape: []int{1, 1, 1}, Offset: 1024},
		{Type: "f32", Shape: []int{-1}, Offset: 1024}, {Type: "f32", Shape: []int{math.MaxInt, math.MaxInt}, Offset: 1024},
		{Type: "q4", Shape: []int{33}, Offset: 1024}, {Type: "u8", Shape: []int{1}, Offset: 1}, {Type: "u8", Shape: []int{1}, Offset: -64},
		{Type: "u8", Shape: []int{1}, Offset: 1 << 40}, {Type: "u8", Shape: []int{400}, Offset: 1024},
	} {
		bad[fmt.Sprint("tensor ", i)] = file(func(h *weights.Header) { h.Tensors["x"] = tensor })
	}
	for name, data := range bad {
		if _, err := weights.Read(data); !errors.Is(err, weights.ErrFormat) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAskedForOtherwise(t *testing.T) {
	f, err := weights.Read(file(func(h *weights.Header) {
		h.Tensors["n"] = h.Tensors["m"]
		h.Tensors["o"], h.Tensors["o.scale"] = h.Tensors["m"], weights.Tensor{Type: "f32", Shape: []int{3}, Offset: 1024}
	}))
	if err != nil {
		t.Fatal(err)
	}
	ask := func(_ any, err error) error { return err }
	for name, err := range map[string]error{
		"shape": ask(f.Floats("f", 6)), "type": ask(f.Floats("t", 4)), "none": ask(f.Floats("x", 4)), "bytes": ask(f.Bytes("f")), "no bytes": ask(f.Bytes("x")),
		"matrix": ask(f.Matrix("q", 1, 64)), "no matrix": ask(f.Matrix("f", 2, 3)), "no scales": ask(f.Matrix("n", 2, 32)), "scales": ask(f.Matrix("o", 2, 32)),
	} {
		if !errors.Is(err, weights.ErrFormat) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzRead asks for everything that a file says it has.
func FuzzRead(f *testing.F) {
	f.Add(file(nil))
	f.Add(file(func(h *weights.Header) { h.Tensors["q"] = weights.Tensor{Type: "q4", Shape: []int{64}, Offset: 1024} }))
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := weights.Read(data)
		if err != nil {
			if !errors.Is(err, weights.ErrFormat) {
				t.Fatal(err)
			}
			return
		}
		for name, x := range file.Tensors {
			_, _ = file.Bytes(name)
			if v, err := file.Floats(name, x.Shape...); err == nil && len(v) == 0 {
				t.Error("no numbers")
			}
			if len(x.Shape) == 2 {
				if m, err := file.Matrix(name, x.Shape[0], x.Shape[1]); err == nil && len(m.Data) == 0 {
					t.Error("no matrix")
				}
			}
		}
	})
}
