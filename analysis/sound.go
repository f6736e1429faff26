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

// add takes a block; sound that begins late is preceded by silence, so that levels stay on the container's clock.
func (m *meter) add(a *media.Audio) {
	if len(m.levels) == 0 && m.filled == 0 {
		for range min(max(0, a.PTS/LoudnessStep), 36_000) {
			m.levels = append(m.levels, Silent+1)
		}
	}
	for _, s := range a.Samples {
		m.energy += float64(s) * float64(s)
		if m.filled++; m.filled == stepSamples {
			m.close()
		}
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
