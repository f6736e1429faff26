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
// How the detector of [New] works. Package feature reduces every frame to 64x36 pixels and compares it, block by block after the best
// move of each, with those up to 11 frames before, and with pairs of frames farther apart around it: a row of numbers a frame. Package
// network reads 35 rows at a time and says of the one in the middle how likely it is the first of a new shot, and how likely it lies
// within a dissolve, a fade or a wipe. What is decided then is little: the likeliest of cuts close together; runs of frames that
// are likely within one gradual boundary, whose ends are its first and last frame; two fades about a flat hold are one; and which is
// right where both are claimed. Then there is doubt: a cut must be likelier where no other was certain shortly before, for cuts come in
// bursts; and a gradual boundary needs another picture on its far side, for what crosses the lens shows the same again.
//
// The weights were learnt from labelled films and from edits of them whose truth is known, see train/README.md, and are embedded. docs/shots.md
// has what was measured, with weights that never saw the film that they were asked about.
package shotdetect
