// Package facets tells what pictures, pace and sound of a library's shots are, all of them at once:
//
//	t, err := facets.Open(ctx, filepath.Join(library, "facets.bin"), cat, facets.Options{Log: log})
//	for shot := range t.All() {
//		if wish.Judge(&shot.Facets).Asked { ... }
//	}
//
// It is a view of a catalog: 32 bytes a shot in one file, read whole (six megabytes for 500 episodes), that can be deleted at any time. When it is
// opened it catches up: it remembers the catalog's mark, reads the episodes that changed since, and writes itself anew under another name
// that is then given its own, so that whoever is killed leaves the old file or the new one, and of two that write at once one wins with
// a file that is whole. A file that is damaged, or of another library, is made anew; one that cannot be written is only missed by the next
// who opens it.
package facets
