package ffmpeg

import (
	"bytes"
	"errors"
	"fmt"
)

// errUneven says that a film does not let itself be decoded in stretches with certainty; then one process decodes all of it.
var errUneven = errors.New("not to be decoded in stretches")

func uneven(format string, args ...any) error {
	return fmt.Errorf("%w: %s", errUneven, fmt.Sprintf(format, args...))
}

// coded is what a packet shows of itself before it is decoded.
type coded struct {
	entry  bool // decoding can begin here, of this picture and of all that follow it in decoding and in showing
	leads  bool // pictures may follow that are shown before it and lean on those before it
	hidden bool // it is decoded and never shown
}

// codec reads packets of one kind. Its error, which wraps errUneven, is for what another stretch's decoder would have to know.
type codec func(extra, packet []byte, key bool) (coded, error)

// codecs are those of which it is known where decoding can begin so that not a bit depends on what was decoded before.
var codecs = map[string]codec{
	"h264": h264, "hevc": hevc, "mpeg2video": mpeg2, "mpeg1video": mpeg2, "mpeg4": mpeg4, "vp8": vp8, "vp9": vp9, "av1": av1,
}

// known tells of a head of a stream within a packet whether every decoder has it already. One that changes on the way would have to reach
// all of them.
func known(extra, head []byte) error {
	if !bytes.Contains(extra, head) {
		return uneven("what decoders must know changes on the way")
	}
	return nil
}

// Network units of H.264 and HEVC.
const (
	h264Slice, h264IDR, h264SPS, h264PPS = 1, 5, 7, 8
	hevcBLA, hevcCRA, hevcIRAPs          = 16, 21, 24 // the first that begin, one that leads, the end of those that begin
	hevcBLAAlone                         = 18         // one that nothing is shown before
	hevcVPS, hevcPPS, hevcCoded          = 32, 34, 32
)

// h264 begins where the decoder forgets all pictures before. A recovery point does not say that of a picture.
func h264(extra, packet []byte, _ bool) (c coded, err error) {
	for unit := range units(extra, packet, lengthH264) {
		switch kind := unit[0] & 31; {
		case kind == h264SPS || kind == h264PPS:
			if err := known(extra, unit); err != nil {
				return c, err
			}
		case kind >= h264Slice && kind <= h264IDR:
			c.entry = kind == h264IDR
			return c, nil
		}
	}
	return c, nil
}

// hevc begins where all that is shown later can be decoded.
func hevc(extra, packet []byte, _ bool) (c coded, err error) {
	for unit := range units(extra, packet, lengthHEVC) {
		switch kind := unit[0] >> 1 & 63; {
		case kind >= hevcVPS && kind <= hevcPPS:
			if err := known(extra, unit); err != nil {
				return c, err
			}
		case kind < hevcCoded:
			c.entry = kind >= hevcBLA && kind < hevcIRAPs
			c.leads = c.entry
			return c, nil
		}
	}
	return c, nil
}

// hevcAlone turns a picture that others may precede into one that none do, as the standard wants it done where streams are cut: otherwise
// a decoder takes the pictures before it, which are of another stretch, for its own.
func hevcAlone(extra, packet []byte) {
	for unit := range units(extra, packet, lengthHEVC) {
		if unit[0]>>1&63 == hevcCRA {
			unit[0] = unit[0]&0x81 | hevcBLAAlone<<1
		}
	}
}

var (
	mpegSequence = []byte{0, 0, 1, 0xB3} // in MPEG-4 a group of pictures
	mpegVOP      = []byte{0, 0, 1, 0xB6}
)

// mpeg2 begins where the tables are given anew.
func mpeg2(_, packet []byte, key bool) (coded, error) {
	entry := key && bytes.HasPrefix(packet, mpegSequence)
	return coded{entry: entry, leads: entry}, nil
}

// mpeg4 begins at pictures that lean on none; what is written before them, of the encoder too, changes how they are decoded.
func mpeg4(extra, packet []byte, key bool) (coded, error) {
	at := bytes.Index(packet, mpegVOP)
	if at < 0 || at+4 >= len(packet) {
		return coded{}, uneven("a packet without a picture")
	}
	if bytes.Contains(packet[at+4:], mpegVOP) {
		return coded{}, uneven("two pictures in a packet")
	}
	head := packet[:at]
	if err := knownMPEG4(extra, head); err != nil {
		return coded{}, err
	}
	entry := key && packet[at+4]>>6 == 0 && len(extra) > 0
	return coded{entry: entry, leads: entry}, nil
}

// knownMPEG4 passes over the head of a group of pictures, which holds but the time.
func knownMPEG4(extra, head []byte) error {
	before, group, _ := bytes.Cut(head, mpegSequence)
	if err := known(extra, before); err != nil {
		return err
	}
	if at := bytes.Index(group, startCode); at >= 0 {
		return known(extra, group[at:])
	}
	return nil
}

func vp8(_, packet []byte, key bool) (coded, error) {
	if len(packet) == 0 {
		return coded{}, uneven("an empty packet")
	}
	return coded{entry: key && packet[0]&1 == 0 && packet[0]&16 != 0, hidden: packet[0]&16 == 0}, nil
}

func vp9(_, packet []byte, key bool) (coded, error) {
	if len(packet) == 0 {
		return coded{}, uneven("an empty packet")
	}
	flags := packet[0] << 4 // after the mark and the profile
	if packet[0]>>4&3 == 3 {
		flags <<= 1 // a reserved bit
	}
	const repeated, inter, shown = 1 << 7, 1 << 6, 1 << 5
	return coded{entry: key && flags&repeated == 0 && flags&inter == 0 && flags&shown != 0}, nil
}
