// Package network runs a small temporal convolutional network over the rows of numbers that describe the frames of a film, one row a
// frame, as they come.
//
//	m, err := network.Read(weights)
//	s := m.Stream()
//	for _, row := range rows {
//		if out, ok := s.Push(row); ok {
//			use(out)
//		}
//	}
//	for out := range s.Flush() {
//		use(out)
//	}
//
// A network is: each input scaled and moved; a convolution over three frames to Channels numbers, cut off at zero; residual convolutions
// over three frames at growing distances, cut off at zero; and a linear layer to the outputs. Beyond a film's ends there are zeros. An
// output comes [Model.Delay] frames after its row, since the convolutions look ahead. A [Model] may hold several networks that were trained
// apart; its outputs are the mean of theirs, which errs less than any of them.
//
// The arithmetic is float32, each product rounded before it is added and each sum in one order, so every machine gives the same bits.
package network
