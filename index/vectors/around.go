package vectors

import "slices"

// fade is what is left of what a line tells about its surroundings, line by line.
const fade = 0.8

// surround adds to each line's score share of what the lines before and behind it in its track score on average, those close by counting
// most: a scene that is about a question makes each of its lines a likelier answer. What is far from all else in a track of few lines has
// less around it, and less for it.
func surround(scores []float32, tracks []uint32, share float32, around []float32) {
	weight := share * (1 - fade) / 2
	run := float32(0)
	for i, s := range scores {
		if i > 0 && tracks[i] != tracks[i-1] {
			run = 0
		}
		around[i] = run
		run = float32(run*fade) + s
	}
	run = 0
	for i, s := range slices.Backward(scores) {
		if i+1 < len(scores) && tracks[i] != tracks[i+1] {
			run = 0
		}
		scores[i] += float32(weight * float32(around[i]+run))
		run = float32(run*fade) + s
	}
}
