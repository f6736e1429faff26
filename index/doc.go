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
// says why ([Index.Stale]).
//
// An index whose own directory takes nothing, as that of a library on a disk that can only be read, grows in the user's cache folder.
// An index that saw a catalog of which an older copy was put back since is made anew, even where the generations agree: each
// transaction has a token too.
//
// # Words
//
// A line is indexed in the field of its language, by its own analyser: English, Polish, German, French, Spanish, Russian, Portuguese and
// Italian are stemmed, Japanese and Chinese cut into single characters and pairs, everything else lowered and folded. A query is asked of every field at once, so it finds lines of
// every language; a line lives in one field only. Words that are written in several ways are one: don't and dont, U.S.A. and USA,
// 1,000 and 1000, goodbye and good-bye and good bye.
//
// A word that ends in * stands for all that begin so, by its commonest 64 terms. With Like, a word that no line has stands for words
// that are one slip of the finger away: slips are made in the word and stemmed then, for in its stem a slip may be two.
//
// Lines are ranked by BM25, with a word's rarity counted among the lines of all languages: an English word in a Polish track says
// no more for being rare there. The list of a word is read as a whole when it is first asked for and kept, as long as there is
// room: the commonest words are in most questions, and their lists are the longest. Words that carry nothing ("the", "się") make
// no match where others do, but count for a little; so do words that stand side by side as in the query, which counts for more.
// Both go into the parts of the words.
package index
