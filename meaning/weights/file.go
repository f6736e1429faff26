package weights

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
)

// ErrFormat is what a file that cannot be read, or lacks what is asked for, gives.
var ErrFormat = errors.New("not a file of weights")

const (
	magic      = "amvtext\x01"
	headAt     = 16
	alignment  = 64
	mostHead   = 1 << 20
	mostNumber = 1 << 28 // numbers in a tensor
	span       = 32      // numbers that share a scale
	spanBytes  = 18      // of 4 bits, with the scale
)

// File is a model's weights. It keeps the bytes it was read from, which must not change.
type File struct {
	Header
	data []byte
}

// Header is the head of a file.
type Header struct {
	Name         string            `json:"name"`
	Architecture Architecture      `json:"architecture"`
	Prefix       string            `json:"prefix"` // what is put before every text
	Tokenizer    Tokenizer         `json:"tokenizer"`
	Tensors      map[string]Tensor `json:"tensors"`
}

// Architecture is the shape of an encoder.
type Architecture struct {
	Layers       int     `json:"layers"`
	Hidden       int     `json:"hidden"` // numbers a token and a vector have
	Heads        int     `json:"heads"`
	Intermediate int     `json:"intermediate"`
	Vocabulary   int     `json:"vocabulary"`
	Positions    int     `json:"positions"` // tokens a text may have
	Epsilon      float64 `json:"epsilon"`
}

// Tokenizer says how text becomes ids. The pieces are in the tensors pieces.text and pieces.end, and in pieces.score for kind unigram; piece
// i has the id First+i, and the ids below First are special.
type Tokenizer struct {
	Kind    string `json:"kind"` // unigram or wordpiece
	Start   int32  `json:"start"`
	End     int32  `json:"end"`
	Unknown int32  `json:"unknown"`
	First   int32  `json:"first"`
}

// Tensor says where numbers are.
type Tensor struct {
	Type   string `json:"type"` // f32, u32, u8, i8, q4
	Shape  []int  `json:"shape"`
	Offset int    `json:"offset"` // from the beginning of the file, in bytes
}

// Read reads a file. Errors: ErrFormat.
func Read(data []byte) (*File, error) {
	if len(data) < headAt || !bytes.HasPrefix(data, []byte(magic)) {
		return nil, fmt.Errorf("%w: it begins otherwise", ErrFormat)
	}
	size := binary.LittleEndian.Uint32(data[8:])
	if size > mostHead || int(size) > len(data)-headAt {
		return nil, fmt.Errorf("%w: a head of %d bytes", ErrFormat, size)
	}
	f := &File{data: data}
	if err := json.Unmarshal(data[headAt:headAt+size], &f.Header); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	for name, t := range f.Tensors {
		if err := t.check(len(data)); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return f, nil
}

func (t Tensor) check(size int) error {
	count := 1
	for _, n := range t.Shape {
		if n < 1 || n > mostNumber/count {
			return fmt.Errorf("%w: a shape of %v", ErrFormat, t.Shape)
		}
		count *= n
	}
	if len(t.Shape) < 1 || len(t.Shape) > 2 || t.Type == "q4" && t.Shape[len(t.Shape)-1]%span != 0 {
		return fmt.Errorf("%w: a shape of %v", ErrFormat, t.Shape)
	}
	bytes := t.bytes()
	if bytes == 0 || t.Offset < headAt || t.Offset%alignment != 0 || t.Offset > size || bytes > size-t.Offset {
		return fmt.Errorf("%w: %s %v at %d of %d", ErrFormat, t.Type, t.Shape, t.Offset, size)
	}
	return nil
}

// bytes is the size of a tensor, or 0 if its type is unknown.
func (t Tensor) bytes() int {
	count := 1
	for _, n := range t.Shape {
		count *= n
	}
	switch t.Type {
	case "f32", "u32":
		return 4 * count
	case "u8", "i8":
		return count
	case "q4":
		return count / span * spanBytes
	}
	return 0
}
