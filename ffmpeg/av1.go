package ffmpeg

// Kinds of the units of AV1.
const (
	av1Sequence = 1
	av1Header   = 3
	av1Frame    = 6
)

// av1 begins at key pictures that are shown where they stand.
func av1(extra, packet []byte, key bool) (c coded, err error) {
	for rest := packet; len(rest) > 0; {
		var kind byte
		var body []byte
		if kind, body, rest = av1Unit(rest); rest == nil {
			return c, uneven("a packet that cannot be read")
		}
		switch {
		case kind == av1Sequence:
			if err := known(extra, body); err != nil {
				return c, err
			}
		case (kind == av1Header || kind == av1Frame) && len(body) > 0:
			const repeated, kinds, shown = 1 << 7, 3 << 5, 1 << 4 // of kinds, 0 is a key picture
			c.entry = key && body[0]&(repeated|kinds) == 0 && body[0]&shown != 0
			return c, nil
		}
	}
	return c, nil
}

// av1Unit splits off the first unit; rest is nil where there is none.
func av1Unit(b []byte) (kind byte, body, rest []byte) {
	kind = b[0] >> 3 & 15
	head := 1
	if b[0]&4 != 0 { // an extension
		head++
	}
	if len(b) < head {
		return 0, nil, nil
	}
	if b[0]&2 == 0 { // without a size: to the end
		return kind, b[head:], []byte{}
	}
	size, shift := 0, 0
	for b = b[head:]; len(b) > 0 && shift < 35; shift += 7 {
		c := b[0]
		b = b[1:]
		if size |= int(c&0x7f) << shift; c < 0x80 {
			if size > len(b) {
				return 0, nil, nil
			}
			return kind, b[:size], b[size:]
		}
	}
	return 0, nil, nil
}
