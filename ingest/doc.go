// Package ingest brings films into a library: it finds the files, leaves alone what it knows, follows what was moved, and for the
// rest analyses and commits, several at a time.
//
//	found, problems := ingest.Discover(ctx, []string{"/Anime"})
//	summary, err := ingest.Run(ctx, catalog, found, ingest.Options{Open: open, Report: draw})
//
// A film that cannot be read is reported and passed over. Only trouble with the library itself ends a run early. An episode is
// committed in one transaction, so whatever interrupts a run loses at most the episodes in hand; the next run takes up the rest.
package ingest
