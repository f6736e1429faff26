// Package search turns what an editor types into shots with reasons.
//
//	s := search.New(cat, ix)
//	hits, err := s.Search(ctx, search.Query{Text: `rain "never say goodbye" -sun`, Source: "popeye", Limit: 20})
//
// A [Query] names words; "phrases in quotes", of whatever kind the keyboard has; -excluded words and -"excluded phrases". All of them must
// be there, but for words that carry nothing; with Any, as lyric lines are asked, one is enough and more rank higher. A query
// without words lists the shots that its filters leave, in order. A word that no line has is taken for one that is a slip of the finger
// away, and rain* for all words that begin so. Languages go by code or name, episodes by number ("7", "S02E07",
// "Popeye 7") or by part of a file name.
//
// What the user said of a line makes that line a hit, and neither its shot nor other lines in it; what is said of a shot makes all of
// its lines hits.
//
// A [Hit] is a shot with the line that was found in it. Several lines of one shot, or the same line in several tracks, are one hit, by
// the best of them. A line over several shots is found in the one that it overlaps most, of those that Min and Max leave.
// Marks say what in the line matched, Why what each word added to the score. The same query over the same library gives the same
// hits in the same order: by score, unless another [Order] is asked for, then those that have a file to cut from, then episode, then time.
package search
