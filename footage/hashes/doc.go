// Package hashes finds the pictures of a library that look like a given one. It is a view of a catalog, kept in a folder of its own
// that can be deleted at any time: whoever opens it next makes it anew.
//
//	v, err := hashes.Open(ctx, filepath.Join(library, "hashes"), cat, hashes.Options{Log: log})
//	defer v.Close()
//	places, err := v.Whole(hash, 8) // of whole pictures; v.Centre looks among the hashes of their middles
//
// What is in it: of every sample of every episode (four a second) the hash of the whole picture and that of its middle, but of none that
// is flat, for the hash of a black frame, a white one or a fade is noise that matches noise.
//
// Like the index it catches up by itself when it is opened: it remembers the catalog's generation and token in the table's own mark,
// asks what changed since, and replaces the episodes that did. Readers see the table as it was before or after, never between, and a
// kill at any moment leaves the one before. One process updates at a time; another that finds it at work answers from what there is
// and says so ([View.Stale]). A table that is damaged, or that saw a catalog of which an older copy was put back since, is made anew.
// Where the folder takes nothing, as on a disk that can only be read, it grows in the user's cache folder, else in a temporary one.
package hashes
