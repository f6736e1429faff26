package weights

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
)

// Matrix holds numbers of few bits, row by row.
type Matrix struct {
	Rows, Cols int
	Bits       int       // 8 or 4
	Data       []byte    // of the file itself, in i8 or q4
	Scales     []float32 // of 8 bits: one for each row, or for each 32 numbers of a row
}

// Has tells whether there is a tensor of that name.
func (f *File) Has(name string) bool {
	_, ok := f.Tensors[name]
	return ok
}

// Bytes are the bytes of a u8 or u32 tensor, of the file itself. Errors: ErrFormat.
func (f *File) Bytes(name string) ([]byte, error) {
	t, ok := f.Tensors[name]
	if !ok || t.Type != "u8" && t.Type != "u32" {
		return nil, fmt.Errorf("%w: no bytes %s", ErrFormat, name)
	}
	return f.at(t), nil
}

// Floats is a copy of a tensor of f32 with that shape. Errors: ErrFormat.
func (f *File) Floats(name string, shape ...int) ([]float32, error) {
	t, ok := f.Tensors[name]
	if !ok || t.Type != "f32" || !slices.Equal(t.Shape, shape) {
		return nil, fmt.Errorf("%w: no numbers %s %v", ErrFormat, name, shape)
	}
	from := f.at(t)
	out := make([]float32, len(from)/4)
	for i := range out {
		out[i] = math.Float32frombits(binary.LittleEndian.Uint32(from[4*i:]))
	}
	return out, nil
}

// Matrix is a matrix of 8 or 4 bits. Errors: ErrFormat.
func (f *File) Matrix(name string, rows, cols int) (Matrix, error) {
	t, ok := f.Tensors[name]
	if !ok || t.Type != "q4" && t.Type != "i8" || !slices.Equal(t.Shape, []int{rows, cols}) {
		return Matrix{}, fmt.Errorf("%w: no matrix %s of %dx%d", ErrFormat, name, rows, cols)
	}
	m := Matrix{Rows: rows, Cols: cols, Bits: 4, Data: f.at(t)}
	if t.Type == "q4" {
		return m, nil
	}
	m.Bits = 8
	var err error
	m.Scales, err = f.Floats(name+".scale", f.Tensors[name+".scale"].Shape...)
	if err == nil && len(m.Scales) != rows && (cols%span != 0 || len(m.Scales) != rows*cols/span) {
		err = fmt.Errorf("%w: %s has %d scales", ErrFormat, name, len(m.Scales))
	}
	return m, err
}

// at are a tensor's bytes. They cannot be added to, so nobody writes into what follows.
func (f *File) at(t Tensor) []byte {
	end := t.Offset + t.bytes()
	return f.data[t.Offset:end:end]
}
