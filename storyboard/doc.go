// Package storyboard turns a song's lyric lines and the library's answers to them into an edit: which scene stands under which
// line, why, and from which frame to which.
//
//	planner := storyboard.Planner{Finder: searcher, Shots: catalog}
//	board, err := planner.Plan(ctx, song, lyrics, storyboard.Options{Spread: true})
//	...
//	interchange.Write(file, board.Timeline("my AMV")) // into the editing program
//	storyboard.Page(ctx, page, board, catalog)         // to look at
//
// A plan tiles the song from its first frame to its last with sections, one a lyric line and one a stretch in which nobody sings,
// and each section with scenes. Scenes come, in this order, from shots in which a word of the line is said, from the shots that
// follow such a shot in its episode, and from sources that were used least; [Scene].Origin and [Scene].Why say which. Only frames
// of a shot's clean range are taken, so that no frame of a neighbour and none of a transition shows at a clip's edge. The same
// input gives the same plan.
package storyboard
