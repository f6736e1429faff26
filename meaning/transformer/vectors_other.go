//go:build !amd64

package transformer

const vectors = false

func multiply4(dst []float32, stride int, x *tokens, m []four, bias []float32) {
	multiply4Plain(dst, stride, x, m, bias)
}

func multiply8(dst []float32, stride int, x *tokens, m []eight, bias []float32) {
	multiply8Plain(dst, stride, x, m, bias)
}

func quantise(dst []block, stride int, x []float32) { quantisePlain(dst, stride, x) }

func gelu(x []float32) { geluPlain(x) }

func softmax(scores []float32, scale float32) { softmaxPlain(scores, scale) }

func normalise(x, add []float32, n Norm, eps float32) { normalisePlain(x, add, n.Weight, n.Bias, eps) }

func blend(dst, x, rows []float32, stride int) { blendPlain(dst, x, rows, stride) }
