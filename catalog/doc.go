// Package catalog is the durable truth of a library: what was learnt of every episode, kept in one SQLite file.
//
// A catalog lives in a directory of its own. One process or several may open it; reading never waits for writing, and writers
// queue.
//
//	lib, err := catalog.Open(ctx, dir, catalog.Options{Log: log})
//	if err != nil {
//		return err
//	}
//	defer lib.Close()
//	episode, err := lib.Commit(ctx, catalog.Ingested{Key: key, Path: path, Name: name, Analysis: a})
//	shots, err := lib.Effective(ctx, episode.ID)
//
// Promise: when Commit has returned without an error, the episode is on the disk; neither a kill nor a power cut takes it away.
// When it has not, nothing of it is there, and what was there before still is.
//
// Who has to wait is told for whom ([Options].Waiting), and who gives up as well: a process that writes says who it is in a file beside
// the catalog, and that is believed only while the process has it locked. No order and no decision hangs on a clock.
//
// Whatever caches a catalog remembers the [Generation] up to which it has read and asks [Catalog.Changes] what happened since.
// Everybody reads shots through [Catalog.Effective] and [Catalog.Shot]: what the user says is laid over them there.
//
// What the user says is a journal of words ([Catalog.Say], [Catalog.Undo]) about content and time; [RemarksOn], [LineRemarks] and
// [ClipLists] tell what they come to for the shots and lines that there are now.
//
// Empty slices of an Analysis come back nil. Text that is not UTF-8 comes back as it was, but for what a container says of
// itself (media.Info), which is kept as JSON.
package catalog
