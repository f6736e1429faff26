package catalog

import (
	"fmt"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/picture"
	"github.com/amvlib/amvlib/timecode"
)

// parsePalette reads the hues of a shot; those of one that was learnt before there were any are unknown.
func parsePalette(b []byte) (p picture.Palette, err error) {
	if len(b) != 0 && len(b) != len(p) {
		return p, fmt.Errorf("%w: the palette of a shot has %d bytes", ErrCorrupt, len(b))
	}
	copy(p[:], b)
	return p, nil
}

// palette of a stretch that was cut by hand is that of the shot the machine found there: the one that has most of it. Samples keep none.
func (s *standing) palette(span timecode.Span) picture.Palette {
	i := s.biggest(span, func(*analysis.Shot) bool { return true })
	if i < 0 {
		return picture.Palette{}
	}
	return s.Shots[i].Palette
}
