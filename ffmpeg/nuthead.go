package ffmpeg

import (
	"fmt"
	"math/bits"
)

// nutCursor reads numbers from a header. Past its end everything is 0 and short is set, so that headers are read straight on and
// judged once.
type nutCursor struct {
	b     []byte
	short bool
}

func (c *nutCursor) v() uint64 {
	var v uint64
	for i := range c.b {
		v = v<<7 | uint64(c.b[i]&0x7f)
		if c.b[i] < 0x80 {
			c.b = c.b[i+1:]
			return v
		}
	}
	c.b, c.short = nil, true
	return 0
}

// s reads a signed number: 0, 1, -1, 2, -2, ...
func (c *nutCursor) s() int64 {
	v := c.v() + 1
	if v&1 != 0 {
		return -int64(v >> 1)
	}
	return int64(v >> 1)
}

func (c *nutCursor) bytes() []byte {
	n := c.v()
	if n > uint64(len(c.b)) {
		c.b, c.short = nil, true
		return nil
	}
	b := c.b[:n]
	c.b = c.b[n:]
	return b
}

func (c *nutCursor) err(what string) error {
	if c.short {
		return fmt.Errorf("%w: its %s is cut short", errNUT, what)
	}
	return nil
}

// mainHeader reads the time bases, what each code byte means, and the elided headers.
func (n *nutReader) mainHeader(c *nutCursor) error {
	if n.bases != nil {
		return nil // a repetition
	}
	if version := c.v(); version > 3 {
		c.v()
	}
	streams := c.v()
	c.v() // the longest distance between syncpoints
	bases := c.v()
	if streams == 0 || streams > nutMaxStreams || bases == 0 || bases > nutMaxBases {
		return fmt.Errorf("%w: %d streams, %d time bases", errNUT, streams, bases)
	}
	n.streams = make([]nutStreamInfo, streams)
	for i := range n.streams {
		n.streams[i].base = timeBase{1, 1}
	}
	for range bases {
		b := timeBase{c.v(), c.v()}
		if b.num == 0 || b.den == 0 || b.num > 1<<31 || b.den > 1<<31 {
			return fmt.Errorf("%w: time base %d/%d", errNUT, b.num, b.den)
		}
		n.bases = append(n.bases, b)
	}
	n.frameCodes(c)
	return n.elidedHeaders(c)
}

// frameCodes reads the table in which runs of codes share their fields and count up in size.
func (n *nutReader) frameCodes(c *nutCursor) {
	run := frameCode{mul: 1}
	for i := 0; i < 256 && !c.short; {
		count := run.read(c)
		for j := uint64(0); j < count && i < 256; i++ {
			if i == 'N' {
				continue // begins a startcode and can be no frame
			}
			n.codes[i] = run
			n.codes[i].lsb += j
			j++
		}
		if count == 0 {
			c.short = true // no table of ours, and it would never end
		}
	}
	n.codes['N'].flags = flagInvalid
}

// read takes the fields that differ from those of the run before; it returns how many codes the run has.
func (f *frameCode) read(c *nutCursor) (count uint64) {
	f.flags, f.lsb, f.reserved = c.v(), 0, 0
	fields := c.v()
	take := func(at uint64, old uint64) uint64 {
		if fields > at {
			return c.v()
		}
		return old
	}
	if fields > 0 {
		f.delta = c.s()
	}
	f.mul, f.stream = take(1, f.mul), take(2, f.stream)
	f.lsb, f.reserved = take(3, 0), take(4, 0)
	count = take(5, f.mul-f.lsb)
	take(6, 0) // a match time; unused
	f.header = take(7, f.header)
	for at := uint64(8); at < fields && !c.short; at++ {
		c.v()
	}
	if f.mul > nutMaxFrame || f.lsb > nutMaxFrame || f.delta > nutMaxTime || f.delta < -nutMaxTime {
		c.short = true
	}
	return count
}

func (n *nutReader) elidedHeaders(c *nutCursor) error {
	n.elided = [][]byte{nil}
	for range min(c.v(), nutMaxElided) {
		b := c.bytes()
		if len(b) > nutMaxElided {
			return fmt.Errorf("%w: an implied header of %d bytes", errNUT, len(b))
		}
		n.elided = append(n.elided, b)
	}
	return c.err("main header")
}

func (n *nutReader) streamHeader(c *nutCursor) error {
	id, class := c.v(), c.v()
	fourcc := c.bytes()
	base, shift := c.v(), c.v()
	if id >= uint64(len(n.streams)) || base >= uint64(len(n.bases)) || shift > 40 {
		return fmt.Errorf("%w: a stream header makes no sense", errNUT)
	}
	s := &n.streams[id]
	s.class, s.base, s.shift, s.fourcc = class, n.bases[base], shift, fourcc
	c.v() // the longest jump in time without a checksum
	s.delay = c.v()
	c.v() // flags
	if s.extra = c.bytes(); class == 0 {
		for i := range s.shape {
			s.shape[i] = c.v()
		}
	}
	return c.err("stream header")
}

// syncpoint sets the clocks of all streams.
func (n *nutReader) syncpoint(c *nutCursor) error {
	t := c.v()
	if len(n.bases) == 0 || t > nutMaxTime {
		return fmt.Errorf("%w: a syncpoint makes no sense", errNUT)
	}
	from, ticks := n.bases[t%uint64(len(n.bases))], t/uint64(len(n.bases))
	for i := range n.streams {
		n.streams[i].last = rescale(ticks, from, n.streams[i].base)
	}
	return c.err("syncpoint")
}

// rescale counts ticks of one base in those of another, rounded down as the container demands.
func rescale(ticks uint64, from, to timeBase) int64 {
	// Both products are below 2^62, for the parts of a time base are at most 2^31.
	mul, div := from.num*to.den, from.den*to.num
	hi, lo := bits.Mul64(ticks, mul)
	if hi >= div {
		return nutMaxTime
	}
	q, _ := bits.Div64(hi, lo, div)
	return int64(min(q, nutMaxTime))
}
