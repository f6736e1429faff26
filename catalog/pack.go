package catalog

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"io"
	"math"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/phash"
	"github.com/amvlib/amvlib/picture"
	"github.com/amvlib/amvlib/timecode"
)

// maxUnpacked bounds what a packed column may grow to: several times what a film of a whole day takes.
const maxUnpacked = 64 << 20

// pack deflates a column. Nothing stays nothing.
func pack(raw []byte) ([]byte, error) {
	if len(raw) == 0 {
		return []byte{}, nil
	}
	if len(raw) > maxUnpacked {
		return nil, fmt.Errorf("a film with %d MB of one kind of measurements is too long", len(raw)>>20)
	}
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.DefaultCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(raw); err != nil {
		return nil, err
	}
	err = w.Close()
	return b.Bytes(), err
}

func unpack(packed []byte) ([]byte, error) {
	if len(packed) == 0 {
		return nil, nil
	}
	raw, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(packed)), maxUnpacked+1))
	if err != nil {
		return nil, fmt.Errorf("%w: a packed column does not unpack: %w", ErrCorrupt, err)
	}
	if len(raw) > maxUnpacked {
		return nil, fmt.Errorf("%w: a packed column unpacks to over %d MB", ErrCorrupt, maxUnpacked>>20)
	}
	return raw, nil
}

// packInts writes how far each step differs from the one before, which is nothing or a microsecond for a film of constant rate.
// Overflow wraps and so comes back.
func packInts[T ~int64](all []T) []byte {
	raw := make([]byte, 0, len(all)*2)
	var last, step int64
	for _, v := range all {
		next := int64(v) - last
		raw = binary.AppendVarint(raw, next-step)
		last, step = int64(v), next
	}
	return raw
}

func unpackInts[T ~int64](raw []byte) ([]T, error) {
	var all []T
	var last, step int64
	for len(raw) > 0 {
		change, n := binary.Varint(raw)
		if n <= 0 {
			return nil, fmt.Errorf("%w: a packed number is cut off", ErrCorrupt)
		}
		step += change
		last += step
		all, raw = append(all, T(last)), raw[n:]
	}
	return all, nil
}

// looks is the number of floats that describe a picture: its variance and its features.
const looks = 8

func look(variance float32, f picture.Features) [looks]float32 {
	return [looks]float32{variance, f.Brightness, f.Contrast, f.Saturation, f.Warmth, f.Sharpness, f.Motion, f.Stillness}
}

func unlook(v [looks]float32) (float32, picture.Features) {
	return v[0], picture.Features{Brightness: v[1], Contrast: v[2], Saturation: v[3], Warmth: v[4], Sharpness: v[5], Motion: v[6],
		Stillness: v[7]}
}

// lookBytes keeps every bit of the floats; SQLite's own would turn a NaN into NULL.
func lookBytes(variance float32, f picture.Features) []byte {
	b := make([]byte, 0, looks*4)
	for _, v := range look(variance, f) {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
	}
	return b
}

func parseLook(b []byte) (float32, picture.Features, error) {
	var v [looks]float32
	if len(b) != looks*4 {
		return 0, picture.Features{}, fmt.Errorf("%w: the features of a shot have %d bytes", ErrCorrupt, len(b))
	}
	for i := range v {
		v[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[i*4:]))
	}
	variance, f := unlook(v)
	return variance, f, nil
}

// sampleBytes is what a sample takes beside its frame number.
const sampleBytes = 8 + looks*4

// packSamples lays the samples out column by column, and each column byte by byte: bytes of one weight resemble each other, and
// deflate finds that only when they stand together.
func packSamples(samples []analysis.Sample) []byte {
	n := len(samples)
	frames, planes := make([]int64, n), make([]byte, n*sampleBytes)
	for i := range samples {
		s := &samples[i]
		frames[i] = s.Frame
		scatter(planes, i, n, 0, uint64(s.Hash), 8)
		for k, v := range look(s.Variance, s.Features) {
			scatter(planes, i, n, 8+k*4, uint64(math.Float32bits(v)), 4)
		}
	}
	return append(append(binary.AppendUvarint(nil, uint64(n)), planes...), packInts(frames)...)
}

func unpackSamples(raw []byte) ([]analysis.Sample, error) {
	if len(raw) == 0 {
		return nil, nil
	}
	count, head := binary.Uvarint(raw)
	if head <= 0 || count > uint64(len(raw)-head)/sampleBytes {
		return nil, fmt.Errorf("%w: packed samples are cut off", ErrCorrupt)
	}
	n, planes := int(count), raw[head:]
	frames, err := unpackInts[int64](planes[n*sampleBytes:])
	if err != nil || len(frames) != n {
		return nil, fmt.Errorf("%w: packed samples lack frame numbers", ErrCorrupt)
	}
	var samples []analysis.Sample
	for i, frame := range frames {
		samples = append(samples, sampleAt(planes, i, n, frame))
	}
	return samples, nil
}

// packCentres lays out the hashes of the samples' centres, in a column of their own: samples of before it was there have none.
func packCentres(samples []analysis.Sample) []byte {
	n := len(samples)
	planes := make([]byte, n*8)
	for i := range samples {
		scatter(planes, i, n, 0, uint64(samples[i].Centre), 8)
	}
	return planes
}

func unpackCentres(raw []byte, samples []analysis.Sample) error {
	if len(raw) == 0 || len(samples) == 0 {
		return nil
	}
	if len(raw) != 8*len(samples) {
		return fmt.Errorf("%w: the packed centres are of other samples", ErrCorrupt)
	}
	for i := range samples {
		samples[i].Centre = phash.Hash(gather(raw, i, len(samples), 0, 8))
	}
	return nil
}

func sampleAt(planes []byte, i, n int, frame int64) analysis.Sample {
	var v [looks]float32
	for k := range v {
		v[k] = math.Float32frombits(uint32(gather(planes, i, n, 8+k*4, 4)))
	}
	s := analysis.Sample{Frame: frame, Hash: phash.Hash(gather(planes, i, n, 0, 8))}
	s.Variance, s.Features = unlook(v)
	return s
}

// scatter puts the bytes of v, lowest first, at place i of the planes from plane on; each plane is n long.
func scatter(planes []byte, i, n, plane int, v uint64, bytes int) {
	for b := range bytes {
		planes[(plane+b)*n+i] = byte(v >> (8 * b))
	}
}

func gather(planes []byte, i, n, plane, bytes int) uint64 {
	var v uint64
	for b := range bytes {
		v |= uint64(planes[(plane+b)*n+i]) << (8 * b)
	}
	return v
}

// packStrings keeps texts as they are, UTF-8 or not.
func packStrings(all []string) []byte {
	raw := []byte{}
	for _, s := range all {
		raw = append(binary.AppendUvarint(raw, uint64(len(s))), s...)
	}
	return raw
}

func unpackStrings(raw []byte) ([]string, error) {
	var all []string
	for len(raw) > 0 {
		size, head := binary.Uvarint(raw)
		if head <= 0 || size > uint64(len(raw)-head) {
			return nil, fmt.Errorf("%w: a packed text is cut off", ErrCorrupt)
		}
		end := head + int(size)
		all, raw = append(all, string(raw[head:end])), raw[end:]
	}
	return all, nil
}

// packNumbers keeps numbers that rise as the steps between them: most lines take one byte.
func packNumbers(numbers []int) []byte {
	raw, last := []byte{}, 0
	for _, n := range numbers {
		raw, last = binary.AppendUvarint(raw, uint64(n-last)), n
	}
	return raw
}

func unpackNumbers(raw []byte) ([]int, error) {
	var numbers []int
	for last := 0; len(raw) > 0; {
		step, head := binary.Uvarint(raw)
		if head <= 0 || step == 0 || step > math.MaxInt32 || len(numbers) == MaxShots {
			return nil, fmt.Errorf("%w: the shots of a line make no sense", ErrCorrupt)
		}
		last, raw = last+int(step), raw[head:]
		numbers = append(numbers, last)
	}
	return numbers, nil
}

// signal is what is kept of an episode frame by frame, each column packed.
type signal struct{ times, scores, samples, loudness, centres []byte }

func packSignal(a *analysis.Analysis) (s signal, err error) {
	loud := make([]byte, len(a.Loudness))
	for i, v := range a.Loudness {
		loud[i] = byte(v)
	}
	for _, c := range []struct {
		to  *[]byte
		raw []byte
	}{{&s.times, packInts(a.Times)}, {&s.scores, a.Scores}, {&s.samples, packSamples(a.Samples)}, {&s.loudness, loud},
		{&s.centres, packCentres(a.Samples)}} {
		if *c.to, err = pack(c.raw); err != nil {
			return s, err
		}
	}
	return s, nil
}

// unpackInto is the way back of packSignal.
func (s signal) unpackInto(a *analysis.Analysis) error {
	var raw [5][]byte
	for i, packed := range [][]byte{s.times, s.scores, s.samples, s.loudness, s.centres} {
		var err error
		if raw[i], err = unpack(packed); err != nil {
			return err
		}
	}
	var err error
	if a.Times, err = unpackInts[timecode.Time](raw[0]); err != nil {
		return err
	}
	a.Scores = raw[1]
	if a.Samples, err = unpackSamples(raw[2]); err != nil {
		return err
	}
	for _, v := range raw[3] {
		a.Loudness = append(a.Loudness, int8(v))
	}
	return unpackCentres(raw[4], a.Samples)
}
