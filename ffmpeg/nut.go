package ffmpeg

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/bits"

	"github.com/amvlib/amvlib/timecode"
)

// errNUT is returned for a stream that is no NUT, or one beyond the bounds below.
var errNUT = errors.New("ffmpeg's stream cannot be read")

// Bounds of a NUT stream. Ours has two streams, and pictures of 86,400 bytes.
const (
	nutMaxStreams = 16
	nutMaxBases   = 64
	nutMaxHeader  = 1 << 20 // bytes of a header packet
	nutMaxElided  = 256     // bytes that a frame may leave out because its code implies them
	nutMaxFrame   = 1 << 24
	nutMaxTime    = 1 << 52 // ticks; a microsecond clock reaches it after 140 years
)

const (
	nutMagic     = "nut/multimedia container\x00"
	nutMain      = 0x4E4D7A561F5F04AD
	nutStream    = 0x4E5311405BF2F9DB
	nutSyncpoint = 0x4E4BE4ADEECA4569
)

// Flags of a frame code.
const (
	flagKey       = 1 << 0
	flagCodedPTS  = 1 << 3
	flagStreamID  = 1 << 4
	flagSizeMSB   = 1 << 5
	flagChecksum  = 1 << 6
	flagReserved  = 1 << 7
	flagHeaderIdx = 1 << 10
	flagMatchTime = 1 << 11
	flagCoded     = 1 << 12
	flagInvalid   = 1 << 13
)

// nutReader reads the NUT container as ffmpeg writes it to a pipe: headers, syncpoints and frames, in order, with no need to
// seek or to resynchronise.
type nutReader struct {
	r       *bufio.Reader
	bases   []timeBase
	streams []nutStreamInfo
	codes   [256]frameCode
	elided  [][]byte
	header  []byte // what the frame at hand leaves out of its body
	left    int    // bytes of the frame at hand that are still to be read
}

type timeBase struct{ num, den uint64 }

type nutStreamInfo struct {
	class uint64 // 0 video, 1 audio
	base  timeBase
	shift uint64 // bits of a shortened time stamp
	last  int64  // ticks of the stream's last frame

	fourcc, extra []byte    // the codec's tag, and what its decoder must know before the first frame
	delay         uint64    // frames that come out of order
	shape         [5]uint64 // width, height, those of a pixel, colour space
}

// frameCode is what the first byte of a frame implies.
type frameCode struct {
	flags, stream, mul, lsb, reserved, header uint64
	delta                                     int64
}

// nutFrame is the head of a frame. Its body is to be read, or skipped by the next call of next.
type nutFrame struct {
	stream int
	class  uint64
	key    bool
	ticks  int64
	pts    timecode.Time
	size   int
}

func newNUTReader(r io.Reader) (*nutReader, error) {
	n := &nutReader{r: bufio.NewReaderSize(r, 1<<18)}
	var magic [len(nutMagic)]byte
	if _, err := io.ReadFull(n.r, magic[:]); err != nil {
		return nil, err
	}
	if string(magic[:]) != nutMagic {
		return nil, fmt.Errorf("%w: it is no NUT", errNUT)
	}
	return n, nil
}

// next finds the next frame; io.EOF where the stream ends between two.
func (n *nutReader) next() (nutFrame, error) {
	if err := n.skipRest(); err != nil {
		return nutFrame{}, err
	}
	for {
		code, err := n.r.ReadByte()
		if err != nil {
			return nutFrame{}, err
		}
		if code != 'N' {
			f, err := n.frame(&n.codes[code])
			return f, unexpected(err)
		}
		if err := n.packet(); err != nil {
			return nutFrame{}, unexpected(err)
		}
	}
}

// body reads the frame's whole body into dst, which must have its size.
func (n *nutReader) body(dst []byte) error {
	copied := copy(dst, n.header)
	n.left -= len(dst) - copied
	_, err := io.ReadFull(n.r, dst[copied:])
	return unexpected(err)
}

func (n *nutReader) skipRest() error {
	_, err := n.r.Discard(n.left)
	n.left = 0
	return unexpected(err)
}

// unexpected marks an end in the middle of something, so that it is not taken for the end of the film.
func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// varint reads the container's numbers: seven bits a byte, the highest first.
func (n *nutReader) varint() (uint64, error) {
	var v uint64
	for range 10 {
		c, err := n.r.ReadByte()
		if err != nil {
			return 0, err
		}
		if v >= 1<<57 {
			break
		}
		if v = v<<7 | uint64(c&0x7f); c < 0x80 {
			return v, nil
		}
	}
	return 0, fmt.Errorf("%w: a number is too long", errNUT)
}

// packet reads a header, a syncpoint or what it may pass over, after the first byte of its startcode.
func (n *nutReader) packet() error {
	var start [8]byte
	start[0] = 'N'
	if _, err := io.ReadFull(n.r, start[1:]); err != nil {
		return err
	}
	size, err := n.varint()
	if err != nil {
		return err
	}
	if size < 4 || size > nutMaxHeader {
		return fmt.Errorf("%w: a header of %d bytes", errNUT, size)
	}
	if size > 4096 { // then the length has a checksum of its own
		if _, err := n.r.Discard(4); err != nil {
			return err
		}
	}
	body := make([]byte, size)
	if _, err := io.ReadFull(n.r, body); err != nil {
		return err
	}
	return n.dispatch(binary.BigEndian.Uint64(start[:]), &nutCursor{b: body[:size-4]})
}

func (n *nutReader) dispatch(start uint64, c *nutCursor) error {
	switch start {
	case nutMain:
		return n.mainHeader(c)
	case nutStream:
		return n.streamHeader(c)
	case nutSyncpoint:
		return n.syncpoint(c)
	}
	return nil // an index, or what later versions may add
}

// frame reads the head of a frame whose code byte means c.
func (n *nutReader) frame(c *frameCode) (nutFrame, error) {
	h := *c
	err := n.frameHead(&h)
	if err != nil {
		return nutFrame{}, err
	}
	s := &n.streams[h.stream]
	header := n.elided[h.header]
	if h.lsb > nutMaxFrame || uint64(len(header)) > h.lsb {
		return nutFrame{}, fmt.Errorf("%w: a frame of %d bytes", errNUT, h.lsb)
	}
	if h.delta < -nutMaxTime || h.delta > nutMaxTime {
		return nutFrame{}, fmt.Errorf("%w: a time beyond all bounds", errNUT)
	}
	s.last = h.delta
	n.header, n.left = header, int(h.lsb)-len(header)
	return nutFrame{stream: int(h.stream), class: s.class, key: h.flags&flagKey != 0, ticks: h.delta, pts: s.base.micros(h.delta), size: int(h.lsb)}, nil
}

// frameHead reads what h says is coded. Afterwards h.delta is the frame's time in ticks and h.lsb its size.
func (n *nutReader) frameHead(h *frameCode) error {
	var err error
	read := func(when uint64, value uint64) uint64 {
		if h.flags&when != 0 && err == nil {
			value, err = n.varint()
		}
		return value
	}
	h.flags ^= read(flagCoded, 0)
	h.stream = read(flagStreamID, h.stream)
	if h.flags&flagInvalid != 0 || h.stream >= uint64(len(n.streams)) {
		return fmt.Errorf("%w: a frame of no stream", errNUT)
	}
	s := &n.streams[h.stream]
	h.delta += s.last
	if h.flags&flagCodedPTS != 0 {
		h.delta = s.expand(read(flagCodedPTS, 0))
	}
	msb := read(flagSizeMSB, 0)
	if msb > nutMaxFrame {
		return fmt.Errorf("%w: a frame beyond all bounds", errNUT)
	}
	h.lsb += h.mul * msb
	read(flagMatchTime, 0)
	h.header = read(flagHeaderIdx, h.header)
	for reserved := read(flagReserved, h.reserved); reserved > 0 && err == nil; reserved-- {
		_, err = n.varint()
	}
	if h.flags&flagChecksum != 0 && err == nil {
		_, err = n.r.Discard(4)
	}
	if err == nil && h.header >= uint64(len(n.elided)) {
		err = fmt.Errorf("%w: a frame with an unknown header", errNUT)
	}
	return err
}

// expand turns a coded time stamp into ticks: its low bits nearest to the last one, or all of it.
func (s *nutStreamInfo) expand(coded uint64) int64 {
	if coded >= 1<<s.shift {
		return int64(coded) - 1<<s.shift
	}
	mask := int64(1)<<s.shift - 1
	from := s.last - mask/2
	return (int64(coded)-from)&mask + from
}

// micros turns ticks into microseconds, rounded to the nearest.
func (b timeBase) micros(ticks int64) timecode.Time {
	if b.num == 1 && b.den == 1e6 {
		return timecode.Time(ticks)
	}
	abs := uint64(max(ticks, -ticks))
	hi, lo := bits.Mul64(abs, b.num*1e6)
	lo, carry := bits.Add64(lo, b.den/2, 0)
	if hi += carry; hi >= b.den {
		return nutMaxTime
	}
	q, _ := bits.Div64(hi, lo, b.den)
	if q = min(q, nutMaxTime); ticks < 0 {
		return -timecode.Time(q)
	}
	return timecode.Time(q)
}
