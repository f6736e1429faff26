// Package edits makes hard edits with exact truth out of labelled footage, for training the shot detector.
//
//	truth, err := edits.ReadTruth(labels)             // what an eye saw in the film
//	film := &edits.Film{Name: name, Group: group, Frames: pictures, Truth: truth}
//	pool := edits.NewPool(film, others...)
//	edit := pool.Wide(seed)                           // or Plain, or Look for a film as a whole
//	for img := range edit.Frames() { ... }            // 128x72, each overwritten by the next
//	rows := edit.Targets(edit.Length)                 // what the detector should say of each frame
//
// An edit joins shots of its films the way AMV editors do. Boundaries are of three kinds: plain cuts and cuts hidden in whips, zooms,
// flashes and glitches; blends (dissolves, wipes, pictures that push each other away); fades through any colour. Inside shots there is
// what fools detectors and is no boundary, each a function on the frames of a shot with its odds in a table: see effects. How
// footage is timed (held on twos, ramped, frozen, stuttering) is a table of its own, see timings, and so is what happens to the whole
// edit afterwards: grain, compression, captions that run across the cuts, telecine. See finishes.
//
// The same seed and films give the same edit on every machine; nothing is shared between edits, so they may be made side by side.
//
// What may not be learnt from is told by windows of frames to ignore: rows that the eye found arguable, fades next to a flat picture
// from which a cut follows, and the ends of slow blends, where the change is smaller than noise.
package edits
