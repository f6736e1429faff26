// Package vectors finds the lines of a library that mean what a question means. It is a view of a catalog, kept in a folder of its own
// that can be deleted at any time.
//
//	v, err := vectors.Open(ctx, filepath.Join(library, "vectors"), cat, models, vectors.Options{Log: log})
//	defer v.Close()
//	found, err := v.Find(ctx, question, vectors.Filter{Limit: 200})
//	err = v.CatchUp(ctx, tell)
//
// # Catching up
//
// To embed an episode takes seconds, so whoever asks never waits for it: Open and [View.Refresh] look at what there is, Find answers from
// that, and [View.Missing] says how much is not in it. [View.CatchUp] embeds what is missing; ingest calls it beside the decoding of the
// next film, reindex and a later ingest do what was left undone.
//
// # Files
//
// There is a folder for each version of the models, and in it a file for each episode, which says from which generation of the episode it
// is. A file is written beside its place and renamed, so that a kill leaves the old one or the new one. One process catches up at a time.
// Files that are damaged, or of another library, count as missing. Where an episode was committed anew, the vectors of lines that are
// still there between the same neighbours are taken over.
//
// Where the folder takes nothing, as on a disk that can only be read, new files go into the user's cache folder, and both are read.
package vectors
