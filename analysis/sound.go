package analysis

import (
	"math"

	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/timecode"
)

// Silent is the loudness of a shot without sound.
const Silent = math.MinInt8

// meter reduces sound to its loudness every LoudnessStep.
type meter struct {
	levels []int8
	energy float64 // of the step being filled
	filled int
}

const stepSamples = int(media.SampleRate * LoudnessStep / timecode.Second)

// most is how many levels are kept: of ten hours, so that a stamp from nowhere does not fill the memory.
const most = 10 * 3600 * int(timecode.Second/LoudnessStep)

// add takes a block. Where sound begins late or pauses, silence fills the time, and what is stamped before the sound that was taken
// already is left out, so that levels stay on the container's clock.
func (m *meter) add(a *media.Audio) {
	due := int(max(0, min(a.PTS, timecode.Time(most)*LoudnessStep)) * media.SampleRate / timecode.Second)
	samples, taken := a.Samples, len(m.levels)*stepSamples+m.filled
	if early := taken - due; early > slack {
		samples = samples[min(len(samples), early):]
	} else if -early > slack {
		m.silence(-early)
	}
	for _, s := range samples {
		m.take(s)
	}
}

// slack is how many samples a block may be off before it is taken for a gap: stamps are rounded, and codecs pad.
const slack = stepSamples / 2

// silence goes on by so many samples.
func (m *meter) silence(samples int) {
	for ; samples > 0 && m.filled > 0; samples-- {
		m.take(0)
	}
	for ; samples >= stepSamples && len(m.levels) < most; samples -= stepSamples {
		m.levels = append(m.levels, Silent+1)
	}
	for ; samples > 0 && len(m.levels) < most; samples-- {
		m.take(0)
	}
}

func (m *meter) take(s int16) {
	if len(m.levels) >= most {
		return
	}
	m.energy += float64(s) * float64(s)
	if m.filled++; m.filled == stepSamples {
		m.close()
	}
}

func (m *meter) close() {
	if m.filled > 0 {
		m.levels = append(m.levels, decibels(m.energy/float64(m.filled)))
	}
	m.energy, m.filled = 0, 0
}

// decibels is the level of a mean square of 16-bit samples, 0 at full scale, -127 for silence.
func decibels(square float64) int8 {
	if square <= 0 {
		return Silent + 1
	}
	return int8(max(Silent+1, math.Round(10*math.Log10(square/(32768*32768)))))
}

// during is the mean level of r; Silent where no sound covers it.
func during(levels []int8, r timecode.Range) int8 {
	from, to := max(0, int(r.Start/LoudnessStep)), int((r.End+LoudnessStep-1)/LoudnessStep)
	to = min(to, len(levels))
	if from >= to {
		return Silent
	}
	var sum float64
	for _, l := range levels[from:to] {
		sum += math.Pow(10, float64(l)/10)
	}
	return decibels(sum / float64(to-from) * 32768 * 32768)
}
