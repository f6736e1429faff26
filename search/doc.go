// Package search turns what an editor types into shots with reasons.
//
//	s := search.New(cat, ix)
//	hits, err := s.Search(ctx, search.Query{Text: `rain "never say goodbye" -sun`, Source: "popeye", Limit: 20})
//
// A [Query] names words; "phrases in quotes", of whatever kind the keyboard has; -excluded words and -"excluded phrases". All of them must
// be there, but for words that carry nothing; with Any, as lyric lines are asked, one is enough and more rank higher. A query
// without words lists the shots that its filters leave, in order.
//
// A [Hit] is a shot with the line that was found in it. Several lines of one shot, or the same line in several tracks, are one hit, by
// the best of them. Marks say what in the line matched, Why what each word added to the score. The same query over the same
// library gives the same hits in the same order: by score, then episode, then time.
package search
