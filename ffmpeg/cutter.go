package ffmpeg

import (
	"slices"

	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/timecode"
)

// leastStretch is how many pictures a stretch has at least, but for the last: enough that a decoder gives out the last of one stretch
// while it reads the next, and that what open groups of pictures decode twice is little. Short ones share the work best.
const leastStretch = 48

// stretch is a run of packets that decode to a run of pictures.
type stretch struct {
	start  timecode.Time   // of the first picture; the film's first stretch has none
	data   *packed         // the packets, as a decoder reads them
	want   []timecode.Time // of the pictures that come of it
	twice  bool            // the last of them is the first of the next stretch, a microsecond early
	frames chan *media.Frame
	by     *decoder
}

// count is of the pictures that are its own.
func (s *stretch) count() int {
	if s.twice {
		return len(s.want) - 1
	}
	return len(s.want)
}

func (s *stretch) add(at timecode.Time, key bool, packet []byte) {
	s.data.room(len(packet) + nutPictureHead)
	last := &s.data.chunks[len(s.data.chunks)-1]
	*last = append(nutPicture(*last, at+clockOffset*timecode.Second, key, len(packet)), packet...)
}

// seal settles which pictures must come.
func (s *stretch) seal() error {
	slices.Sort(s.want)
	for i, at := range s.want {
		if at < s.start || i > 0 && at <= s.want[i-1] {
			return uneven("times of pictures that do not increase")
		}
	}
	s.frames = make(chan *media.Frame, len(s.want))
	return nil
}

// cutter parts the packets of a film, which come as they are decoded, in stretches. Where pictures that are shown before a stretch follow
// its first packet (open groups), they and that packet again are the end of the stretch before.
type cutter struct {
	codec codec
	name  string
	extra []byte
	pool  *chunkPool

	open   *stretch
	before *stretch      // whole, unless pictures before the first of open follow; nil
	entry  []byte        // the first packet of open, where they may
	latest timecode.Time // of all pictures so far
	done   int           // stretches
}

// add takes a packet and gives the stretch that it ends, if any. The packet may be changed.
func (c *cutter) add(at timecode.Time, key bool, packet []byte) (done *stretch, err error) {
	what, err := c.codec(c.extra, packet, key)
	if err != nil {
		return nil, err
	}
	if c.open == nil {
		c.open, c.latest = &stretch{start: -1 << 62, data: c.pool.packed()}, at
	}
	if at < c.open.start {
		return nil, c.early(at, packet)
	}
	if c.before != nil {
		done, c.before = c.before, nil
		c.done++
		if err := done.seal(); err != nil {
			return nil, err
		}
	}
	if what.entry && len(c.open.want) >= leastStretch && at > c.latest {
		c.cut(at, what.leads, packet)
	}
	c.open.add(at, key, packet)
	if !what.hidden {
		c.open.want = append(c.open.want, at)
	}
	c.latest = max(c.latest, at)
	return done, nil
}

// cut begins a stretch with packet.
func (c *cutter) cut(at timecode.Time, leads bool, packet []byte) {
	c.before, c.open = c.open, &stretch{start: at, data: c.pool.packed()}
	if c.entry = c.entry[:0]; leads {
		c.entry = append(c.entry, packet...)
	}
	if c.name == "hevc" {
		hevcAlone(c.extra, packet)
	}
}

// early takes a packet whose picture is shown before the open stretch.
func (c *cutter) early(at timecode.Time, packet []byte) error {
	if c.before == nil || len(c.entry) == 0 {
		return uneven("a picture that belongs before a joint")
	}
	if b := c.before; !b.twice { // with a time of its own: one decoder may get both
		b.twice = true
		b.add(c.open.start-1, true, c.entry)
		b.want = append(b.want, c.open.start-1)
	}
	c.before.add(at, false, packet)
	c.before.want = append(c.before.want, at)
	return nil
}

// Bounds of a stretch. Where the first ones are as long, there is more to gain from the threads of one decoder.
const (
	longStretch = 400
	longFor     = 4
	mostPacked  = 256 << 20
)

// bearable refuses stretches that are too long.
func (c *cutter) bearable() error {
	if n := len(c.open.want); n > longStretch && c.done < longFor || c.open.data.size() > mostPacked {
		return uneven("%d pictures without a joint", n)
	}
	return nil
}

// end gives what is left.
func (c *cutter) end() (rest []*stretch, err error) {
	for _, s := range []*stretch{c.before, c.open} {
		if s == nil {
			continue
		}
		if err := s.seal(); err != nil {
			return nil, err
		}
		rest = append(rest, s)
	}
	return rest, nil
}
