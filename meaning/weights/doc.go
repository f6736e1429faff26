// Package weights reads the files in which trained sentence models are kept, without copying what is large:
//
//	f, err := weights.Read(data)
//	words, err := f.Matrix("word.weight", f.Architecture.Vocabulary, f.Architecture.Hidden)
//	bias, err := f.Floats("layer.0.up.bias", f.Architecture.Intermediate)
//
// # The file, version 1
//
// All numbers are little-endian.
//
//	0   7 bytes "amvtext", then a byte with the version
//	8   u32, the size of the head; 4 bytes of zeros
//	16  the head in JSON, as type Header; then the tensors, each from a multiple of 64 on
//
// A tensor is f32, u32 or u8, or a matrix of few bits: i8, whose scales are the f32 tensor of its name with ".scale" behind, one for each
// row or for each 32 numbers of a row; or q4, in spans of 32 numbers of 18 bytes: a scale in half precision, then 16 bytes of which byte i
// has number i in its low half and number i+16 in its high half, each 8 too large.
//
// Read holds the head and every tensor's place within the file to account, so that whatever is damaged is an error and never a panic.
package weights
