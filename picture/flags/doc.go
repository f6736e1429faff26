// Package flags tells what an editor may not want in a shot, or may be looking for: text burned into the picture, a logo, black bars,
// a plain background, a picture that stands still or in which a mouth alone moves.
//
// A [Watcher] looks at frames of 320x180 as they come, eight a second, and is told where shots end. Some things show in a shot alone,
// some only in the film as a whole: a logo is what stays where everything else changes, and the bars of a night scene are known from the
// days around it. So what it found is asked for at the end.
//
//	w := flags.NewWatcher(info)
//	for each shot {
//		for each frame of it, without those of its transitions { w.Add(frame) }
//		w.Cut()
//	}
//	sets := w.Sets() // one a shot
//
// What is written small is seen down to letters of about 1/25 of the picture's height; combing is gone from a frame that was
// made smaller, so for that the container's word is taken.
package flags
