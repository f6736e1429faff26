package plot

// Bands is the most bands that a plot has.
const Bands = 40

// Sizes in pixels.
const (
	width       = 1600 // of the curve
	margin      = 12
	curveHeight = 80
	textHeight  = 14
	laneGap     = 4
	bandGap     = 18
)

const (
	usualSpan = 600 // frames in a band of a film that is not too long
	mostLanes = 12  // of pictures below a band
)

// layout is where everything goes.
type layout struct {
	span   int // frames of a band
	bands  []band
	thumbH int
	height int
}

// band is a stretch of the film: a curve, and lanes of pictures below.
type band struct {
	first, end int // frames
	top        int // of the curve
	lanes      int
	spots      []spot
}

// spot is where the pictures of a boundary are.
type spot struct {
	boundary int
	x, lane  int // the left edge
}

// pairWidth is that of the two pictures beside a boundary.
const pairWidth = 2*thumbWidth + 1

// lay places everything of so many frames. switches are the frames at which boundaries are drawn, in order.
func lay(frames int, switches []int, thumbHeight int) *layout {
	l := &layout{span: max(usualSpan, (frames+Bands-1)/Bands), thumbH: thumbHeight, height: margin}
	if frames < usualSpan {
		l.span = max(frames, 1)
	}
	at := 0
	for first := 0; first < frames; first += l.span {
		b := band{first: first, end: min(first+l.span, frames), top: l.height + textHeight}
		until := at
		for until < len(switches) && switches[until] < b.end {
			until++
		}
		b.place(l, switches[at:until], at)
		at = until
		l.bands = append(l.bands, b)
		l.height = b.top + curveHeight + b.lanes*l.lane() + bandGap
	}
	return l
}

func (l *layout) lane() int { return l.thumbH + textHeight + laneGap }

// x is where a frame of a band begins.
func (l *layout) x(b *band, frame int) int { return margin + (frame-b.first)*width/l.span }

// place finds room for pictures: each as near below its boundary as there is, in the first lane that has it. Where there are too
// many, some have none.
func (b *band) place(l *layout, switches []int, first int) {
	var ends [mostLanes]int
	for i, s := range switches {
		x := min(max(l.x(b, s)-pairWidth/2, margin), margin+width-pairWidth)
		for lane := range ends {
			if ends[lane] <= x {
				ends[lane] = x + pairWidth + laneGap
				b.spots = append(b.spots, spot{first + i, x, lane})
				b.lanes = max(b.lanes, lane+1)
				break
			}
		}
	}
}
