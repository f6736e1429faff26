// Package feature reduces the frames of a film to small pictures, and compares them: each frame becomes a row of numbers by which a
// learned detector can tell whether a shot begins there.
//
//	var s feature.Stream
//	for _, img := range frames {
//		if row, ok := s.Push(img); ok {
//			use(row) // of the frame Delay before this one
//		}
//	}
//	for _, row := range s.Flush() {
//		use(row)
//	}
//
// A row holds, for frame t as the first of a new shot, all as float32 of a few units at most:
//
//   - [Lags] times [Metrics] numbers: how far apart frames t-1-d and t are, for d from 0 on, by seven measures, see [Row.Pair];
//   - [Metrics] numbers for 2, 4 and 6 frames each: the least of each measure over every pair of one of so many before t and one of so
//     many from t on, see [Row.Least]. A flash, a strobe or an impact frame parts neighbours, but not all of these;
//   - frame t's own numbers: [Mean], [Deviation], [TintBlue], [TintRed], [Edges], [Peak];
//   - [Blends] numbers for each of six distances: whether t is a blend of the frames so far before and after, see [Row.Blend];
//   - [Metrics] numbers for each of three distances: how far apart the frames so far before and after t are, see [Row.Far]. What moves
//     through a scene leaves some of it as it was.
//
// Before a film's first frame there is its first frame again, and after its last its last.
//
// Bars of letterbox and pillarbox are cut away first, see crop.go. The two pictures of a pair are always cut alike.
//
// A frame that is half of the one before and half of the one after it, where these are of two shots, is taken for the one before, see mixed.go.
//
// Everything is reckoned in integers up to the last step, whose floating-point operations are rounded one by one and use nothing but the
// basic arithmetic and the square root, so every machine gives the same bits. Where the machine has AVX2 the costly sums are done by
// assembly, which agrees bit for bit with its plain twin.
package feature
