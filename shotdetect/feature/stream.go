package feature

import (
	"image"
	"math"
)

const (
	settle = Delay - reachAcross + 1 // frames that follow before a frame is compared with those before it
	// reachAcross is how many frames of a seam's far side the widest of spans has.
	reachAcross = 6
	window      = 2*Delay + 1 // frames that are kept
	recent      = 8           // frames whose pairs are kept
	mixedDelay  = 2           // frames that tell whether the one before them is a mixture
)

// Stream makes rows of frames as they come. Its zero value is ready for a film. Its memory is about 2 MB, however long the film is,
// and it keeps nothing of a frame's memory. It is not for concurrent use.
type Stream struct {
	camera  camera
	cropper cropper
	cutter  cutter
	frames  [window]kept
	looks   [window]look
	pairs   [recent][Lags]measures
	mixed   []int64
	next    int // frames so far, of which the first Delay*2 stand before the film
}

// Push takes the next frame, of any size; see [Picture] for what is done with it. The row is that of the frame Delay before it, and
// there is none for the first Delay frames. A nil frame, or one whose planes are smaller than it says, is black.
func (s *Stream) Push(img *image.YCbCr) (row Row, ok bool) {
	at := s.next % window
	s.camera.take(&s.frames[at], img)
	if s.next == 0 {
		s.begin()
	}
	s.advance()
	if s.next <= window-1+Delay {
		return Row{}, false
	}
	return s.row(s.next - 1 - Delay), true
}

// begin repeats the first frame before the film.
func (s *Stream) begin() {
	for range window - 1 {
		s.advance()
		s.repeat()
	}
}

// repeat makes the next frame one like the last.
func (s *Stream) repeat() { s.frames[s.next%window] = s.frames[(s.next-1)%window] }

// Flush tells the last rows, at most Delay of them, so that there is one for each frame pushed. The stream is then ready for another
// film.
func (s *Stream) Flush() []Row {
	seen := s.next - (window - 1)
	var rows []Row
	for k := range Delay {
		if s.next == 0 {
			break
		}
		s.repeat()
		s.advance()
		if k >= Delay-seen {
			rows = append(rows, s.row(s.next-1-Delay))
		}
	}
	s.cropper, s.next, s.mixed = cropper{}, 0, nil
	return rows
}

// advance looks at the frame that was put in its place, and compares one whose near future is known now.
func (s *Stream) advance() {
	at := s.next % window
	if s.cropper.see(&s.frames[at]) {
		for i := range s.looks {
			s.draw(i)
		}
	} else {
		s.draw(at)
	}
	s.next++
	if s.next > window {
		s.unmix(s.next - 1 - mixedDelay)
	}
	if s.next > settle {
		s.compare(s.next - 1 - settle)
	}
}

func (s *Stream) draw(i int) {
	s.cutter.cut(&s.looks[i].Picture, &s.frames[i], s.cropper.bars)
	s.looks[i].derive()
}

func (s *Stream) look(n int) *look { return &s.looks[max(n, 0)%window] }

// compare measures the pairs of frame n with those before it. A block is searched first where it was found a frame later.
func (s *Stream) compare(n int) {
	first := still()
	for d := range Lags {
		s.pairs[n%recent][d] = compare(s.look(n-1-d), s.look(n), &first)
	}
}

// row puts together what is known of frame n.
func (s *Stream) row(n int) (r Row) {
	for d := range Lags {
		copy(r.Pair(d), s.pairs[n%recent][d][:])
	}
	for i, span := range spans {
		least := s.least(n, span)
		copy(r.Least(i), least[:])
	}
	l := s.look(n)
	r[Mean], r[Deviation], r[TintBlue], r[TintRed], r[Edges], r[Peak] = l.mean, l.deviation, l.tintBlue, l.tintRed, l.edges, l.peak
	for i, reach := range reaches {
		b := blended(s.look(n-reach), l, s.look(n+reach))
		copy(r.Blend(i), b[:])
	}
	for i, reach := range apart {
		across := s.across(n, reach)
		copy(r.Far(i), across[:])
	}
	return r
}

// across measures the pair of the frames reach before and after n.
func (s *Stream) across(n, reach int) measures {
	first := still()
	return compare(s.look(n-reach), s.look(n+reach), &first)
}

// least is the least of each measure over all pairs of one of span frames before n and one of span from n on.
func (s *Stream) least(n, span int) (m measures) {
	for k := range m {
		m[k] = math.MaxFloat32
	}
	for late := n; late < n+span; late++ {
		for d := late - n; d < late-n+span; d++ {
			for k, v := range s.pairs[late%recent][d] {
				m[k] = min(m[k], v)
			}
		}
	}
	return m
}
