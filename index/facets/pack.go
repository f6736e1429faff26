package facets

import (
	"encoding/binary"
	"math"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/mood"
	"github.com/amvlib/amvlib/picture"
	"github.com/amvlib/amvlib/timecode"
)

// size is the bytes of a shot: start and length in milliseconds, 4 each; eight numbers in 10 bytes; flags; hues; a byte that is free.
const size = 4 + 4 + 10 + 1 + int(picture.Hues) + 1

const (
	hasHues = 1 << iota
	hasSound
	isSilent
)

// millisecond is the step of times.
const millisecond = timecode.Second / 1000

// pack writes the shots of an episode, numbered from 1 on.
func pack(shots []catalog.Shot) []byte {
	out := make([]byte, 0, size*len(shots))
	for i, f := range measure(shots) {
		r := shots[i].Range
		out = binary.LittleEndian.AppendUint32(out, uint32(clamp(float64(r.Start/millisecond), 0, math.MaxUint32)))
		out = binary.LittleEndian.AppendUint32(out, uint32(clamp(float64(r.Length()/millisecond), 0, math.MaxUint32)))
		out = append(out, unit8(f.Brightness), unit8(f.Contrast), unit8(f.Saturation), byte(int8(clamp(f.Warmth*127, -127, 127))))
		out = binary.LittleEndian.AppendUint16(out, uint16(clamp(f.Motion*math.MaxUint16, 0, math.MaxUint16)))
		out = append(out, unit8(f.Stillness))
		out = binary.LittleEndian.AppendUint16(out, uint16(clamp(f.CutRate*10, 0, math.MaxUint16)))
		out = append(out, byte(int8(clamp(f.Level, -127, 127))), flags(f))
		out = append(out, shots[i].Palette[:]...)
		out = append(out, 0)
	}
	return out
}

func flags(f mood.Facets) (b byte) {
	for bit, set := range map[byte]bool{hasHues: f.Shares != nil, hasSound: f.Sounds, isSilent: f.Silent} {
		if set {
			b |= bit
		}
	}
	return b
}

// clamp rounds, and takes what is no number for the least.
func clamp(v, low, high float64) float64 {
	if math.IsNaN(v) {
		return low
	}
	return max(low, min(high, math.Round(v)))
}

func unit8(v float64) byte { return byte(clamp(v*255, 0, 255)) }

// unpack reads a shot. shares has room for the hues, and is kept in what is read.
func unpack(b []byte, shares []float64) (s Shot) {
	s.Start = timecode.Time(binary.LittleEndian.Uint32(b)) * millisecond
	s.Length = timecode.Time(binary.LittleEndian.Uint32(b[4:])) * millisecond
	f, flags := &s.Facets, b[18]
	f.Brightness, f.Contrast, f.Saturation = float64(b[8])/255, float64(b[9])/255, float64(b[10])/255
	f.Warmth = float64(int8(b[11])) / 127
	f.Motion = float64(binary.LittleEndian.Uint16(b[12:])) / math.MaxUint16
	f.Stillness = float64(b[14]) / 255
	f.CutRate = float64(binary.LittleEndian.Uint16(b[15:])) / 10
	f.Level = float64(int8(b[17]))
	f.Sounds, f.Silent = flags&hasSound != 0, flags&isSilent != 0
	if flags&hasHues != 0 {
		for h := range picture.Hues {
			shares[h] = float64(b[19+h]) / 255
		}
		f.Shares = shares
	}
	return s
}
