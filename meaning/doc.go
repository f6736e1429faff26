// Package meaning turns lines of subtitles and of lyrics into vectors that lie near one another where they mean the same, in whatever
// language they are:
//
//	m, err := meaning.Open()
//	vectors, err := m.Lines(ctx, []meaning.Line{{Text: "The rain won't stop.", Lang: "en"}, {Text: "No!", Lang: "en"}})
//	q, err := m.Query("deszcz", "pl")
//	nearness := q.Score(vectors[0])
//
// # Two models
//
// multilingual-e5-small reads nine languages and more. What its vectors say of the language is taken out of them: they have their centre
// and the directions in which the languages' centres differ taken away, so that a line lies no nearer to a question for being in its
// language; and so are three directions of manner, such as asking or telling, in which sentences differ most and least to the point. all-MiniLM-L6-v2 reads English only, and that better: English lines have a vector of it beside the other, which English
// questions are compared with as well.
//
// # Lines in their place
//
// "No!" means little alone. A line's vector is the sum of that of the line and of that of the line between its neighbours, embedded as
// one text. Nearness is linear in vectors, so what is kept of a line is one vector, whose numbers are rounded to 8 bits.
//
// A verse is asked for as a whole and line by line, the mean of both.
//
// # The same everywhere
//
// Vectors are the same on every machine, whatever they are reckoned beside. [Models.Version] changes whenever they would.
package meaning
