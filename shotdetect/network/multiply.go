package network

// lanes is how many outputs are reckoned at once; every row of weights is filled up to whole lanes.
const lanes = 8

// multiplyPlain adds to each number of sum the inputs times its weights, input by input; weights is [len(x)][len(sum)]. Inputs of
// zero, which are half of them after a cut-off, add nothing and are left out.
func multiplyPlain(sum, x, weights []float32) {
	for i, v := range x {
		if v == 0 {
			continue
		}
		w := weights[i*len(sum):][:len(sum)]
		for k := range sum {
			sum[k] += float32(v * w[k])
		}
	}
}
