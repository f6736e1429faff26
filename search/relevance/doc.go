// Command relevance measures how well search finds the lines that answer a lyric, on the relevance set of index/testdata/relevance and,
// where it is there, on the sentences in ../shared: by words alone, by meaning alone, and by both as people use them.
//
//	go run ./search/relevance                      print the tables of the report half
//	go run ./search/relevance --write docs/search.md
//	go run ./search/relevance --tune               the half on which weights are chosen
//	go run ./search/relevance --beside ../shared/text
//
// Every column but the plain models asks [search.Searcher], with a library in memory that holds each dialogue as an episode with a
// track for each language. Figures are means over queries. An interval is of the middle 95 % of 10,000 samples drawn with
// replacement from the queries; a difference is of the same queries in both columns, and one method is above another where the interval of
// the difference leaves out 0.
package main
