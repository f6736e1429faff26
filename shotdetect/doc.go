// Package shotdetect finds where the shots of a film begin and end: frames in, boundaries out, in one pass and bounded memory.
//
//	d := shotdetect.New(shotdetect.Options{})
//	for frame := range frames {
//		found = append(found, d.Push(frame).Boundaries...)
//	}
//	found = append(found, d.Flush().Boundaries...)
//	shots := shotdetect.Shots(found, count)
//
// A [Boundary] is a cut, dissolve, fade or wipe with the last frame purely of the old shot and the first purely of the new. A
// [Detector] tells it once it is certain, at most [LookAhead] frames late; [Settled] also says up to which frame nothing is left to
// come, so that a caller can let go of earlier frames.
//
// How the detector of [New] works: every frame is kept as 64x36 luma and 32x18 colour. Two frames are compared in three ways, each
// of which forgives something: blocks after their best move (motion), histograms (motion and zooms), correlation (light). The
// first frame of a shot is one before which every one of six frames is unlike every one of six from there on; that undoes
// flashes, strobes and impact frames, and what is left must stand out from its surroundings, which undoes fast motion. Fades are
// ramps beside flat frames. Dissolves and wipes are frames that lie between those on their two sides; the ramp that fits them best
// gives the first and last frame.
package shotdetect
