package ffmpeg

import (
	"bytes"
	"iter"
)

// units are the network units of a packet of H.264 or HEVC, which come with their lengths, whose size the stream's head tells, or behind
// start codes.
func units(extra, packet []byte, length func(extra []byte) int) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		next := behindStartCode
		if size := length(extra); size > 0 {
			next = func(b []byte) (unit, rest []byte) { return behindLength(b, size) }
		}
		for rest := packet; len(rest) > 0; {
			var unit []byte
			if unit, rest = next(rest); len(unit) > 1 && !yield(unit) {
				return
			}
		}
	}
}

// lengthH264 is how many bytes tell a unit's length, 0 where start codes part them.
func lengthH264(extra []byte) int {
	if len(extra) < 7 || extra[0] != 1 {
		return 0
	}
	return int(extra[4]&3) + 1
}

func lengthHEVC(extra []byte) int {
	if len(extra) < 23 || extra[0] > 1 || extra[0] == 0 && extra[1] == 0 {
		return 0
	}
	return int(extra[21]&3) + 1
}

func behindLength(b []byte, size int) (unit, rest []byte) {
	if len(b) < size {
		return nil, nil
	}
	length := 0
	for _, c := range b[:size] {
		length = length<<8 | int(c)
	}
	if length > len(b)-size {
		return nil, nil
	}
	return b[size : size+length], b[size+length:]
}

var startCode = []byte{0, 0, 1}

// behindStartCode also takes trailing zeros, which are part of no unit, away from it.
func behindStartCode(b []byte) (unit, rest []byte) {
	at := bytes.Index(b, startCode)
	if at < 0 {
		return nil, nil
	}
	b = b[at+len(startCode):]
	end := bytes.Index(b, startCode)
	if end < 0 {
		return bytes.TrimRight(b, "\x00"), nil
	}
	return bytes.TrimRight(b[:end], "\x00"), b[end:]
}
