package transformer

import "math"

// lanes is how many numbers are reckoned at once.
const lanes = 8

// sign is the bit of a float32's sign.
const sign = 1 << 31

// Of the exponential: e^x = 2^k e^f with k whole and |f| <= log(2)/2, where a polynomial is good to 2e-7.
const (
	lowest  = -86 // below, e^x would leave the numbers of full precision
	log2e   = 1.44269504
	ln2High = 0.693359375 // few bits, so that products with whole numbers are exact
	ln2Low  = -2.12194440e-4
	exp2    = 5.0000001201e-1
	exp3    = 1.6666665459e-1
	exp4    = 4.1665795894e-2
	exp5    = 8.3334519073e-3
	exp6    = 1.3981999507e-3
	exp7    = 1.9875691500e-4
)

// Of the error function, by Abramowitz and Stegun 7.1.26: good to 1.5e-7.
const (
	rootHalf = 0.70710678
	erf0     = 0.3275911
	erf1     = 0.254829592
	erf2     = -0.284496736
	erf3     = 1.421413741
	erf4     = -1.453152027
	erf5     = 1.061405429
)

// exponential is e^x, for x of 0 or less; e^-86, which is next to nothing, below that.
func exponential(x float32) float32 {
	x = max(x, lowest)
	n := float32(x*log2e) + magic
	k := n - magic
	f := x - float32(k*ln2High)
	f -= float32(k * ln2Low)
	p := float32(float32(exp7)*f) + exp6
	p = float32(p*f) + exp5
	p = float32(p*f) + exp4
	p = float32(p*f) + exp3
	p = float32(p*f) + exp2
	p = float32(float32(p*f)*f) + f
	return (p + 1) * math.Float32frombits((math.Float32bits(n)+127)<<23)
}

// geluPlain replaces each x with x times the share of a normal distribution below x.
func geluPlain(x []float32) {
	for i, v := range x {
		x[i] = float32(0.5*v) * (1 + errorFunction(float32(v*rootHalf)))
	}
}

func errorFunction(z float32) float32 {
	a := math.Float32frombits(math.Float32bits(z) &^ sign)
	t := 1 / (1 + float32(erf0*a))
	p := float32(float32(erf5)*t) + erf4
	p = float32(p*t) + erf3
	p = float32(p*t) + erf2
	p = float32(p*t) + erf1
	p = float32(p * t)
	e := 1 - float32(p*exponential(-float32(a*a)))
	return math.Float32frombits(math.Float32bits(e) ^ math.Float32bits(z)&sign)
}

// total adds up lanes in the order in which vectors are folded.
func total(l *[lanes]float32) float32 {
	return ((l[0] + l[4]) + (l[2] + l[6])) + ((l[1] + l[5]) + (l[3] + l[7]))
}

// softmaxPlain replaces scores, which are whole vectors, with shares of one that go as e^(scale*score).
func softmaxPlain(scores []float32, scale float32) {
	most := scores[0]
	for _, s := range scores {
		most = max(most, s)
	}
	var sums [lanes]float32
	for i, s := range scores {
		scores[i] = exponential(float32((s - most) * scale))
		sums[i%lanes] += scores[i]
	}
	share := 1 / total(&sums)
	for i := range scores {
		scores[i] *= share
	}
}

// normalisePlain adds to x and then moves and scales it to a mean of 0 and a variance of 1, and on by the weights and biases.
func normalisePlain(x, add, weight, bias []float32, eps float32) {
	var sums, squares [lanes]float32
	for i := range x {
		x[i] += add[i]
		sums[i%lanes] += x[i]
	}
	mean := total(&sums) / float32(len(x))
	for i := range x {
		x[i] -= mean
		squares[i%lanes] += float32(x[i] * x[i])
	}
	inverse := 1 / root(total(&squares)/float32(len(x))+eps)
	for i := range x {
		x[i] = float32(float32(x[i]*inverse)*weight[i]) + bias[i]
	}
}

func root(v float32) float32 { return float32(math.Sqrt(float64(v))) }

// blendPlain sets dst to the sum of rows, each times its x; row i begins at rows[i*stride].
func blendPlain(dst, x, rows []float32, stride int) {
	clear(dst)
	for i, v := range x {
		for k, r := range rows[i*stride:][:len(dst)] {
			dst[k] += float32(v * r)
		}
	}
}
