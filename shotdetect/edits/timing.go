package edits

// timing says which of a stretch's frames a shot shows: place k of the shot shows frame order(k) after its first. Drawn films hold
// their frames, editors slow, speed, freeze and repeat.
type timing struct {
	name  string
	odds  float64
	order func(d dice, n int) func(k int) int
}

var timings = []timing{
	{"straight", 60, func(dice, int) func(int) int { return func(k int) int { return k } }},
	{"twos", 4, held(2)},
	{"threes", 5, held(3)},
	{"fours", 1, held(4)},
	{"uneven", 4, uneven},
	{"half", 4, func(dice, int) func(int) int { return func(k int) int { return k / 2 } }},
	{"third", 1, func(dice, int) func(int) int { return func(k int) int { return k / 3 } }},
	{"double", 4, func(dice, int) func(int) int { return func(k int) int { return 2 * k } }},
	{"triple", 2, func(dice, int) func(int) int { return func(k int) int { return 3 * k } }},
	{"ramp", 4, ramp},
	{"reverse", 2, func(_ dice, n int) func(int) int { return func(k int) int { return max(n-1-k, 0) } }},
	{"freeze", 3, func(d dice, n int) func(int) int {
		stop := d.from(2, n-2)
		return func(k int) int { return min(k, stop) }
	}},
	{"still", 4, func(dice, int) func(int) int { return func(int) int { return 0 } }},
	{"stutter", 2, stutter},
	{"telecine", 3, func(d dice, _ int) func(int) int {
		phase := d.IntN(5)
		return func(k int) int { return (k+phase)*4/5 - phase*4/5 }
	}},
}

// held is every frame for so many.
func held(hold int) func(dice, int) func(int) int {
	return func(d dice, _ int) func(int) int {
		phase := d.IntN(hold)
		return func(k int) int { return (k + phase) / hold * hold }
	}
}

// uneven holds each drawing for one to four frames; the film goes on under it.
func uneven(d dice, n int) func(int) int {
	order := make([]int, 0, n)
	for len(order) < n {
		at := len(order)
		for range d.from(1, 4) {
			order = append(order, at)
		}
	}
	return listed(order)
}

// ramp runs slowly at first and fast then, or the other way round.
func ramp(d dice, n int) func(int) int {
	slow, fast := d.between(0.15, 0.6), d.between(1.5, 4)
	if d.chance(0.5) {
		slow, fast = fast, slow
	}
	turn, sharp := float64(d.from(n/4, 3*n/4)), d.between(0.1, 1)
	order, place := make([]int, n), 0.0
	for k := range order {
		order[k] = int(place)
		part := min(max((float64(k)-turn)*sharp/4+0.5, 0), 1)
		place += slow + (fast-slow)*part
	}
	return listed(order)
}

// stutter jumps back a few frames on the beat.
func stutter(d dice, n int) func(int) int {
	order, at := make([]int, n), 0
	beat, back := d.from(4, 9), d.from(1, 4)
	for k := range order {
		if k > 0 && k%beat == 0 {
			at = max(at-back, 0)
		}
		order[k] = at
		at++
	}
	return listed(order)
}

// listed looks up; beyond the end the last one stays.
func listed(order []int) func(int) int {
	return func(k int) int { return order[min(k, len(order)-1)] }
}
