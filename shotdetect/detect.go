package shotdetect

import (
	"math"
	"slices"
	"sync"

	_ "embed" // the weights

	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/shotdetect/feature"
	"github.com/amvlib/amvlib/shotdetect/network"
)

// LookAhead is how many frames after a frame are seen at most before it is settled. A gradual boundary longer than this is told
// for as much of it as is seen at once.
const LookAhead = 168

// Options set how a detector decides.
type Options struct {
	// Sensitivity is 0 to 1: higher finds more boundaries, and more that are none. 0 means the default, 0.5.
	Sensitivity float64
	// Network says what frames look like; nil for the one that was trained on all footage there is. It takes feature.Inputs numbers
	// and gives five: log-odds of a cut, and of no gradual boundary, a dissolve, a fade and a wipe against each other.
	Network *network.Model
	// Watch is told how likely each frame is what, frame by frame in order, before anything is decided; nil for nobody.
	Watch func(frame int64, l Likelihood)
}

//go:embed weights.bin
var weights []byte

var shipped = sync.OnceValue(func() *network.Model {
	m, err := network.Read(weights)
	if err != nil {
		panic(err) // the program was built with broken weights
	}
	return m
})

// New is a detector that asks a small network about the numbers of package feature. It counts frames as they are pushed, whatever
// their Index. It panics where the network of o takes or gives other numbers than the detector has.
func New(o Options) Detector {
	m := o.Network
	if m == nil {
		m = shipped()
	}
	if m.Inputs() != feature.Inputs || m.Outputs() != outputs {
		panic("shotdetect: a network for other numbers")
	}
	return &detector{features: new(feature.Stream), network: m.Stream(), bars: barsFor(o.Sensitivity), watch: o.Watch}
}

// usual are the bars at a sensitivity of 0.5; sweep is by how much log-odds move over the range of sensitivities.
var usual = bars{cut: .95, soon: .85, gradual: .97, ramp: .5, sure: .97, evidence: 1}

const sweep = 8

func barsFor(sensitivity float64) bars {
	if !(sensitivity > 0) {
		sensitivity = .5
	}
	by := sweep * (.5 - min(1, sensitivity))
	move := func(p float32) float32 {
		odds := math.Log(float64(p)/(1-float64(p))) + by
		return step(1 / (1 + math.Exp(-odds)))
	}
	b := usual
	b.cut, b.soon, b.gradual, b.evidence = move(b.cut), move(b.soon), move(b.gradual), b.evidence+by
	b.ramp, b.sure = min(b.ramp, b.gradual), max(b.sure, b.cut)
	return b
}

// CutBar is how likely a frame must be the first of a new shot, so that a cut is told, 0 to 1.
func (o Options) CutBar() float64 { return float64(barsFor(o.Sensitivity).cut) }

// detector lets frames go through three stages, each some frames behind the one before: numbers of a frame, verdicts on it, and
// decisions on stretches that end where nothing is going on.
type detector struct {
	features *feature.Stream
	network  *network.Stream
	bars     bars
	noted    []notes   // of the frames that are in the network
	verdicts []verdict // on the frames from settled on
	frames   int64     // pushed
	settled  int64
	mixed    []int64 // frames not settled that show two shots
	soon     int     // so many frames from settled on come soon after a certain cut
	judged   int64   // frames with a verdict so far
	watch    func(int64, Likelihood)
}

// Push implements Detector.
func (d *detector) Push(f *media.Frame) Settled {
	d.frames++
	if row, ok := d.features.Push(f.Image); ok {
		d.row(row)
	}
	d.mixed = append(d.mixed, d.features.Mixed()...)
	return d.settle(d.calm())
}

// Flush implements Detector.
func (d *detector) Flush() Settled {
	for _, row := range d.features.Flush() {
		d.row(row)
	}
	for out := range d.network.Flush() {
		d.judge(out)
	}
	return d.settle(len(d.verdicts))
}

func (d *detector) row(r feature.Row) {
	d.noted = append(d.noted, notesOf(&r))
	if out, ok := d.network.Push(r[:]); ok {
		d.judge(out)
	}
}

func (d *detector) judge(out []float32) {
	v := judge(out, d.noted[0])
	d.verdicts = append(d.verdicts, v)
	d.noted = d.noted[1:]
	if d.watch != nil {
		d.watch(d.judged, v.likelihood())
	}
	d.judged++
}

// settle decides about the first n frames that are not settled.
func (d *detector) settle(n int) Settled {
	part := stretch{first: d.settled, soon: d.soon, more: n < len(d.verdicts), mixed: d.mixed}
	s := Settled{Until: d.settled + int64(n), Boundaries: decide(d.verdicts[:n], part, d.bars)}
	for i := range d.verdicts[:n] {
		s.Scores = append(s.Scores, uint8(d.verdicts[i].cut*255))
	}
	d.soon = max(0, soonAfter(d.verdicts[:n], d.soon)-n)
	d.verdicts = append(d.verdicts[:0], d.verdicts[n:]...)
	d.settled = s.Until
	d.mixed = slices.DeleteFunc(d.mixed, func(f int64) bool { return f < d.settled-1 })
	return s
}

// lull is how many frames without any sign of a boundary keep those before from those after.
const lull = 6

// calm is how many of the frames that are not settled can be decided about: up to the middle of a lull, but not while a fade may
// go on. Where there are too many, whatever pause there is will do.
func (d *detector) calm() int {
	n := len(d.verdicts)
	if d.frames-d.settled >= LookAhead {
		return d.pause()
	}
	if !d.lullBefore(n) || d.holding() {
		return 0
	}
	return n - lull/2
}

// pause is the middle of the longest stretch without a sign of a boundary, of lulls the last; or nearly all frames, where there is none.
func (d *detector) pause() int {
	n, longest, middle := 0, 1, max(1, len(d.verdicts)-lull/2)
	for i := range d.verdicts {
		n++
		if d.busy(i) {
			n = 0
		}
		if n = min(n, lull); n >= longest && i-n/2 > 0 {
			longest, middle = n, i+1-n/2
		}
	}
	return middle
}

// lullBefore tells whether the frames that end before the given one are a lull.
func (d *detector) lullBefore(end int) bool {
	for i := end - lull; i < end; i++ {
		if i < 0 || d.busy(i) {
			return false
		}
	}
	return true
}

func (d *detector) busy(i int) bool {
	v := &d.verdicts[i]
	return v.cut >= d.bars.soon || v.gradual() > d.bars.ramp
}

// holding tells whether the frames since the last ramp are flat, so that a fade may go on.
func (d *detector) holding() bool {
	for i := len(d.verdicts) - 1; i >= max(0, len(d.verdicts)-maxHold-lull); i-- {
		v := &d.verdicts[i]
		if v.gradual() > d.bars.ramp {
			return true
		}
		if v.spread >= flatSpread {
			return false
		}
	}
	return false
}
