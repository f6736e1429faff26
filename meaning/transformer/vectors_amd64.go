package transformer

import "golang.org/x/sys/cpu"

// vectors tells whether the machine reckons with vectors of 32 bytes. Tests turn it off.
var vectors = cpu.X86.HasAVX2

// constants are what float_amd64.s reckons with, by place.
type constants [22]float32

var numbers = constants{
	lowest, log2e, magic, ln2High, ln2Low, exp7, exp6, exp5, exp4, exp3, exp2, 1,
	rootHalf, erf0, erf5, erf4, erf3, erf2, erf1, 0.5,
	127, smallest,
}

func multiply4(dst []float32, stride int, x *tokens, m []four, bias []float32) {
	if !vectors {
		multiply4Plain(dst, stride, x, m, bias)
		return
	}
	for t := 0; t < len(x.blocks)/x.in; t += group {
		multiply4AVX2(&dst[t*stride], stride, &x.blocks[t*x.in], x.in, &m[0], &bias[0])
	}
}

// multiply4AVX2 is multiply4Plain for one group.
//
//go:noescape
func multiply4AVX2(dst *float32, stride int, x *block, in int, m *four, bias *float32)

func multiply8(dst []float32, stride int, x *tokens, m []eight, bias []float32) {
	if !vectors {
		multiply8Plain(dst, stride, x, m, bias)
		return
	}
	for t := 0; t < len(x.blocks)/x.in; t += group {
		multiply8AVX2(&dst[t*stride], stride, &x.blocks[t*x.in], x.in, &m[0], &bias[0])
	}
}

// multiply8AVX2 is multiply8Plain for one group.
//
//go:noescape
func multiply8AVX2(dst *float32, stride int, x *block, in int, m *eight, bias *float32)

func quantise(dst []block, stride int, x []float32) {
	if !vectors || len(x) == 0 {
		quantisePlain(dst, stride, x)
		return
	}
	_ = dst[(len(x)/span-1)*stride]
	quantiseAVX2(&dst[0], stride, &x[0], len(x)/span, &numbers)
}

//go:noescape
func quantiseAVX2(dst *block, stride int, x *float32, spans int, with *constants)

func gelu(x []float32) {
	if !vectors || len(x) == 0 {
		geluPlain(x)
		return
	}
	geluAVX2(&x[0], len(x), &numbers)
}

// geluAVX2 is geluPlain for whole vectors.
//
//go:noescape
func geluAVX2(x *float32, count int, with *constants)

func softmax(scores []float32, scale float32) {
	if !vectors {
		softmaxPlain(scores, scale)
		return
	}
	softmaxAVX2(&scores[0], len(scores), scale, &numbers)
}

//go:noescape
func softmaxAVX2(scores *float32, count int, scale float32, with *constants)

func normalise(x, add []float32, n Norm, eps float32) {
	if !vectors {
		normalisePlain(x, add, n.Weight, n.Bias, eps)
		return
	}
	_, _, _ = add[len(x)-1], n.Weight[len(x)-1], n.Bias[len(x)-1]
	normaliseAVX2(&x[0], &add[0], &n.Weight[0], &n.Bias[0], len(x), float32(len(x)), eps, &numbers)
}

// normaliseAVX2 is normalisePlain for whole vectors; of is count.
//
//go:noescape
func normaliseAVX2(x, add, weight, bias *float32, count int, of, eps float32, with *constants)

func blend(dst, x, rows []float32, stride int) {
	if !vectors {
		blendPlain(dst, x, rows, stride)
		return
	}
	_ = rows[(len(x)-1)*stride+len(dst)-1]
	blendAVX2(&dst[0], len(dst), &x[0], len(x), &rows[0], stride)
}

// blendAVX2 is blendPlain for whole vectors and at least one row.
//
//go:noescape
func blendAVX2(dst *float32, count int, x *float32, rows int, row *float32, stride int)
