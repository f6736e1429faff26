package ffmpeg

import (
	"encoding/binary"
	"slices"

	"github.com/amvlib/amvlib/timecode"
)

// Frame codes that nutHead defines: one of a picture at which decoding can begin, one of all others. Both have their time and size
// spelt out and a checksum, without which no reader takes a jump in time.
const (
	nutCodeOther = 0
	nutCodeKey   = 1
	nutPlain     = flagCodedPTS | flagSizeMSB | flagChecksum
)

// nutShift is how many bits a shortened time stamp has; ours are never shortened.
const nutShift = 7

// nutHead begins a NUT stream of one video stream, like s but counted in microseconds.
func nutHead(s *nutStreamInfo) []byte {
	main := nutNumbers(nil, 3, 1, 65536, 1, 1, 1e6)
	main = nutNumbers(main, nutPlain, 6, 0, 1, 0, 0, 0, 1)           // one code
	main = nutNumbers(main, nutPlain|flagKey, 6, 0, 1, 0, 0, 0, 254) // the first of 254
	main = nutNumbers(main, 0)                                       // no headers are elided
	stream := nutNumbers(nil, 0, 0, uint64(len(s.fourcc)))
	stream = append(stream, s.fourcc...)
	stream = nutNumbers(stream, 0, nutShift, 1<<30, s.delay, 0, uint64(len(s.extra)))
	stream = append(stream, s.extra...)
	stream = nutNumbers(stream, s.shape[:]...)
	return nutPacket(nutPacket([]byte(nutMagic), nutMain, main), nutStream, stream)
}

// nutPictureHead is the most that nutPicture appends.
const nutPictureHead = 64

// nutPicture appends the head of a frame of so many bytes, which are to follow. A syncpoint precedes each, as readers want one every
// 64 KiB.
func nutPicture(b []byte, at timecode.Time, key bool, size int) []byte {
	b = nutPacket(b, nutSyncpoint, nutNumbers(nil, uint64(at), 0))
	from, code := len(b), byte(nutCodeOther)
	if key {
		code = nutCodeKey
	}
	b = nutNumbers(append(b, code), uint64(at)+1<<nutShift, uint64(size))
	return binary.BigEndian.AppendUint32(b, nutSum(b[from:]))
}

func nutPacket(b []byte, start uint64, body []byte) []byte {
	from := len(b)
	b = nutNumbers(binary.BigEndian.AppendUint64(b, start), uint64(len(body)+4))
	if len(body)+4 > 4096 {
		b = binary.BigEndian.AppendUint32(b, nutSum(b[from:]))
	}
	return binary.BigEndian.AppendUint32(append(b, body...), nutSum(body))
}

// nutNumbers appends numbers of seven bits a byte, the highest first.
func nutNumbers(b []byte, numbers ...uint64) []byte {
	for _, v := range numbers {
		from := len(b)
		for b = append(b, byte(v&0x7f)); v > 0x7f; {
			v >>= 7
			b = append(b, byte(v&0x7f)|0x80)
		}
		slices.Reverse(b[from:])
	}
	return b
}

// nutSum is the container's CRC: the polynomial of Ethernet's, but the highest bit first, and nothing inverted.
func nutSum(b []byte) (sum uint32) {
	for _, c := range b {
		sum = sum<<8 ^ nutSums[byte(sum>>24)^c]
	}
	return sum
}

var nutSums = func() (table [256]uint32) {
	for i := range table {
		sum := uint32(i) << 24
		for range 8 {
			sum = sum<<1 ^ 0x04C11DB7*(sum>>31)
		}
		table[i] = sum
	}
	return table
}()
