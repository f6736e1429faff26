// Package index finds lines by their words. It is a view of a catalog: a directory that can be deleted at any time, and that makes
// itself anew.
//
//	ix, err := index.Open(ctx, filepath.Join(library, "index"), cat, index.Options{Log: log})
//	defer ix.Close()
//	matches, err := ix.Find(ctx, index.Query{Words: []string{"rain"}, Phrases: []string{"never say goodbye"}, Limit: 20})
//
// # Catching up
//
// Nobody tells an index to update. It remembers the generation of the catalog that it has seen, inside itself, and when it is
// opened it asks for what changed since and takes that in before it answers.
//
// What readers see is a snapshot: a directory that nobody writes to once it has its name. Whoever catches up builds the next one
// beside it, out of hard links to the old one's segments and new segments for what changed, and gives it its name with one rename.
// So readers never wait for a writer, a kill at any moment leaves the last snapshot whole, and a damaged snapshot is simply one that
// is replaced. One process builds at a time; another one that finds it building waits a moment, then answers from what there is and
// says so ([Index.Stale]).
//
// # Words
//
// A line is indexed in the field of its language, by its own analyser: English and Polish are stemmed, Japanese and Chinese cut into
// single characters and pairs, everything else lowered and folded. A query is asked of every field at once, so it finds lines of
// every language; a line lives in one field only. Words that carry nothing ("the", "się") are asked for only where nothing else is
// left of a query, or inside a phrase. Lines are ranked by BM25, with a word's rarity counted among the lines of its own
// language, so that a library with ten English tracks and one Polish does not drown either.
package index
