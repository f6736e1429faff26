// Package footage knows what a library's pictures have in common: which footage is there twice, what recurs from episode to episode, and
// where a picture or a clip from elsewhere comes from.
//
//	view, err := hashes.Open(ctx, dir, cat, hashes.Options{})
//	f := footage.New(cat, view)
//	runs, err := f.Runs(ctx, reel, footage.RunOptions{})
//
// # Looks, reels, runs
//
// A [Look] is what a picture is recognised by: two 64-bit hashes, one of the whole and one of its middle. A [Reel] is a row of them: an
// episode as the library keeps it, four a second ([Footage.Reel]), or a clip, one a frame ([LookAt]). One picture proves little:
// look-alikes, black and titles are everywhere. What proves something is a row of pictures in the same order at the same pace, which
// is a straight line in the plane of the two times: a [Run].
//
// [Footage.Runs] looks every look of a reel up in the table of hashes, finds lines among what it gets, at the speeds that are asked for,
// and confirms each: at which offset its looks fit best, how far it goes, and how many looks fit. Flat pictures (black, white, fades)
// take no part, and pictures that half of the library has say nothing. [Align] does the same for two reels that are at hand, without a
// table.
//
// # How exact an offset is
//
// A library samples four frames a second. A clip that is looked at frame by frame shows each of those very frames once, so the offset of
// a run is right to the frame where something moves. Two episodes of a library are both sampled, and at other moments; there the
// tip of the V that distances make over time gives some hundredths of a second, and boundaries between shots, which both have to the
// frame, do the rest ([Snap]).
//
// [Footage.Trace] decodes the footage itself. Coarse pictures say where a shot may be from; then all its pictures together, as fine as they
// are kept, choose among courses, the ways in which footage may go by, and what about as much speaks for is told too: the frames of a
// still, the other moments of a loop. What look-ups do not find, for it is dark or plain, is looked for among the small pictures of a library.
package footage
