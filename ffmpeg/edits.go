package ffmpeg

import (
	"encoding/binary"
	"errors"
	"io"
	"os"

	"github.com/amvlib/amvlib/timecode"
)

// mostMoov is the largest index of an MP4 file that is looked into; that of a film of ten hours has some 20 MB.
const mostMoov = 128 << 20

// editOf finds what of its pictures an MP4 file wants shown, by the container's clock. Pictures outside are decoded and dropped. The error
// wraps errUneven for more than one piece, which ffmpeg puts together.
func editOf(path string) (r timecode.Range, found bool, err error) {
	f, err := os.Open(path)
	if err != nil {
		return r, false, err
	}
	defer f.Close()
	moov, err := readBox(f, "moov", mostMoov)
	if err != nil {
		return r, false, uneven("%v", err)
	}
	films := 0
	for trak := range boxes(moov, "trak") {
		if !isVideo(trak) {
			continue
		}
		if films++; films > 1 {
			return r, false, uneven("two films in one file")
		}
		if r, found, err = editIn(trak, clockOf(moov)); err != nil {
			return r, false, err
		}
	}
	return r, found, nil
}

var errNoBox = errors.New("the index cannot be read")

// readBox reads the first box of a kind.
func readBox(f io.ReaderAt, kind string, most int64) ([]byte, error) {
	for at, head := int64(0), [16]byte{}; ; {
		if n, err := f.ReadAt(head[:], at); n < 8 {
			return nil, errors.Join(errNoBox, err)
		}
		size, begin := int64(binary.BigEndian.Uint32(head[:])), int64(8)
		if size == 1 {
			size, begin = int64(binary.BigEndian.Uint64(head[8:])), 16
		}
		if size < begin || size > 1<<60 {
			return nil, errNoBox
		}
		if string(head[4:8]) != kind {
			at += size
			continue
		}
		if size > most {
			return nil, errNoBox
		}
		body := make([]byte, size-begin)
		_, err := f.ReadAt(body, at+begin)
		return body, err
	}
}

// boxes are those of a kind right within b.
func boxes(b []byte, kind string) func(yield func([]byte) bool) {
	return func(yield func([]byte) bool) {
		for len(b) >= 8 {
			size := uint64(binary.BigEndian.Uint32(b))
			if size < 8 || size > uint64(len(b)) {
				return
			}
			if string(b[4:8]) == kind && !yield(b[8:size]) {
				return
			}
			b = b[size:]
		}
	}
}

// box is the first at the end of a path of kinds; nil where there is none.
func box(b []byte, kinds ...string) []byte {
	for _, kind := range kinds {
		var inner []byte
		for found := range boxes(b, kind) {
			inner = found
			break
		}
		b = inner
	}
	return b
}

func isVideo(trak []byte) bool {
	hdlr := box(trak, "mdia", "hdlr")
	return len(hdlr) >= 12 && string(hdlr[8:12]) == "vide"
}

// clockOf is how many ticks a second the file counts its edits in; 0 where it does not say.
func clockOf(moov []byte) int64 {
	mvhd := box(moov, "mvhd")
	at := 12
	if len(mvhd) > 0 && mvhd[0] == 1 {
		at = 20
	}
	if len(mvhd) < at+4 {
		return 0
	}
	return int64(binary.BigEndian.Uint32(mvhd[at:]))
}

// slack is by how much the ends of an edit are moved inwards: its clock is coarser than that of the pictures.
const editSlack = timecode.Second / 500

// editIn reads a track's list of edits: nothing for a while, perhaps, and then one piece.
func editIn(trak []byte, clock int64) (r timecode.Range, found bool, err error) {
	elst := box(trak, "edts", "elst")
	if len(elst) < 8 {
		return r, false, nil
	}
	if clock <= 0 {
		return r, false, errors.Join(errUneven, errNoBox)
	}
	count, size := int(binary.BigEndian.Uint32(elst[4:])), 12
	if elst[0] == 1 {
		size = 20
	}
	list := elst[8:]
	for ; count > 0 && len(list) >= size; count, list = count-1, list[size:] {
		length, from := edit(list[:size])
		span := timecode.Time(float64(length) / float64(clock) * float64(timecode.Second))
		switch {
		case length < 0 || span > 1<<52 || found:
			return r, false, uneven("a film put together of pieces")
		case from < 0:
			r.Start += span
		case length == 0: // to the end
			r.End, found = 1<<60, true
		default:
			r.End, found = r.Start+span-editSlack, true
		}
	}
	r.Start -= editSlack
	return r, found, nil
}

// edit is how long an edit is and where in the track it begins, below zero for nowhere.
func edit(entry []byte) (length, from int64) {
	if len(entry) == 20 {
		return int64(binary.BigEndian.Uint64(entry)), int64(binary.BigEndian.Uint64(entry[8:]))
	}
	return int64(binary.BigEndian.Uint32(entry)), int64(int32(binary.BigEndian.Uint32(entry[4:])))
}
