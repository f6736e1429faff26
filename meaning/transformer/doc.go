// Package transformer turns sentences, given as ids of tokens, into vectors whose cosines tell how near they are in meaning. It runs
// encoders of BERT's kind, such as MiniLM-L6 and multilingual-e5-small, from weights of 8 or 4 bits:
//
//	m, err := transformer.New(config, weights)
//	vectors, err := m.Embed([][]int32{{101, 4276, 2006, 1996, 4153, 102}})
//
// An encoder looks up each token's vector and its place's, and sends them through layers of attention and of a feed-forward network, each
// followed by a layer normalisation; the mean of what comes out, scaled to length one, is the sentence's vector. Which ids begin and end
// a sentence is the tokeniser's to say.
//
// # The same bits everywhere
//
// A sentence has one vector, whatever sentences it is embedded beside and whatever machine does it. Matrices are multiplied in
// integers: the numbers that go into them are rounded to 8 bits in spans of 32 that share a scale. All else is float32, each product
// rounded before it is added and each sum in one order, with an exponential of its own. What is written in AVX2 has a plain twin beside
// it which says what it must give; other machines run that.
package transformer
