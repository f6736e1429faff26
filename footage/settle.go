package footage

// settled is l made to fit better: Gauss and Newton's steps on its four numbers and on the light, for as long as they help.
func (l lay) settled(q, film *plate) lay {
	cost := l.sheet(q, film.wide, film.high).differs(film)
	for range 8 {
		next, ok := l.step(q, film)
		if !ok || !next.modest(l) {
			break
		}
		less := next.sheet(q, film.wide, film.high).differs(film)
		if less >= cost {
			break
		}
		done := cost-less < 0.002*cost
		l, cost = next, less
		if done {
			break
		}
	}
	return l
}

// modest tells whether a step is small enough to be believed: a twentieth of the picture.
func (l lay) modest(from lay) bool {
	const most = 0.05
	small := func(a, b float64) bool { return a-b < most && b-a < most }
	return small(l.ax, from.ax) && small(l.bx, from.bx) && small(l.ay, from.ay) && small(l.by, from.by)
}

// step is one of least squares: how the laid picture would change with each number, against how it differs.
func (l lay) step(q, film *plate) (lay, bool) {
	sheet := l.sheet(q, film.wide, film.high)
	tones, _ := sheet.tones(film)
	laid := tones.toned(sheet.plate)
	const n = 6
	var m [n][n + 1]float64
	for y := 1; y < film.high-1; y++ {
		fy := (float64(y) + 0.5) / float64(film.high)
		for x := 1; x < film.wide-1; x++ {
			i := y*film.wide + x
			v, left, right, up, down := laid.v[i], laid.v[i-1], laid.v[i+1], laid.v[i-film.wide], laid.v[i+film.wide]
			if v == missing || left == missing || right == missing || up == missing || down == missing {
				continue
			}
			off := float64(film.v[i] - v)
			if off > clip || off < -clip {
				continue
			}
			fx := (float64(x) + 0.5) / float64(film.wide)
			dx, dy := float64(right-left)/2*float64(film.wide)/l.ax, float64(down-up)/2*float64(film.high)/l.ay
			row := [n]float64{dx * fx, dx, dy * fy, dy, float64(v) - 128, 1}
			for a := range n {
				for b := range n {
					m[a][b] += row[a] * row[b]
				}
				m[a][n] += row[a] * off
			}
		}
	}
	s, ok := solved(m)
	return lay{l.ax + s[0], l.bx + s[1], l.ay + s[2], l.by + s[3]}, ok
}

// solved are the unknowns of six equations; false where they cannot be told.
func solved(m [6][7]float64) (s [6]float64, ok bool) {
	for c := range m {
		best := c
		for r := c; r < len(m); r++ {
			if abs(m[r][c]) > abs(m[best][c]) {
				best = r
			}
		}
		if abs(m[best][c]) < 1e-9 {
			return s, false
		}
		m[c], m[best] = m[best], m[c]
		for r := range m {
			if r == c {
				continue
			}
			by := m[r][c] / m[c][c]
			for k := c; k < len(m[c]); k++ {
				m[r][k] -= by * m[c][k]
			}
		}
	}
	for c := range m {
		s[c] = m[c][6] / m[c][c]
	}
	return s, true
}

func abs(v float64) float64 { return max(v, -v) }
