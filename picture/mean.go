package picture

// Mean puts the measurements of many frames together. The zero Mean is empty and ready.
type Mean struct {
	sum   Features
	n     int
	moved int // frames that have one before them in the stretch
}

// Add counts a frame in.
func (m *Mean) Add(f Features) {
	m.look(f)
	m.moved++
	m.sum.Motion += f.Motion
	m.sum.Stillness += f.Stillness
}

// AddFirst counts a frame in without its motion, which lies between it and another stretch.
func (m *Mean) AddFirst(f Features) { m.look(f) }

func (m *Mean) look(f Features) {
	m.n++
	m.sum.Brightness += f.Brightness
	m.sum.Contrast += f.Contrast
	m.sum.Saturation += f.Saturation
	m.sum.Warmth += f.Warmth
	m.sum.Sharpness += f.Sharpness
}

// Features is the mean of what was added since the last Reset; all zero where nothing was. Of a single still picture it says
// Motion 0 and Stillness 0: nothing repeats in it.
func (m *Mean) Features() Features {
	n, moved := float32(max(1, m.n)), float32(max(1, m.moved))
	s := m.sum
	return Features{
		Brightness: s.Brightness / n, Contrast: s.Contrast / n, Saturation: s.Saturation / n,
		Warmth: s.Warmth / n, Sharpness: s.Sharpness / n, Motion: s.Motion / moved, Stillness: s.Stillness / moved,
	}
}

// Reset empties m.
func (m *Mean) Reset() { *m = Mean{} }
