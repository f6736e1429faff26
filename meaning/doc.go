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
// language; and so are three directions of manner, such as asking or telling, in which sentences differ most and least to the point.
// all-MiniLM-L6-v2 reads English only, and that better: English lines have a vector of it beside the other.
//
// # The space
//
// Vectors are compared in a space that was learnt from translations (weights/space.bin). Directions in which a sentence and its translation differ, and
// those in which all sentences do, are made short there: a within-class whitening of half the pairs' and half the total covariance, held back
// by four fifths; the English model's are evened out by the fourth root. A bridge, which is a ridge regression, leads from the one model's
// vectors to what the other would see in the same sentence in English.
//
// Questions in other languages are translated, as it were (weights/translation.bin): two more ridge regressions lead from what the multilingual
// model sees in a sentence, language and manner and all, to what either model sees in its English translation. So a Polish question is
// compared with English lines by where both models would see it in English, and by itself; and an English one with Polish lines by where
// its English vector comes from, and by itself. All of that is linear: it costs a question a few small products of matrices, and a line nothing
// but its two.
//
// # Lines in their place
//
// "No!" means little alone. A line's vector is the sum of that of the line and of that of the line between its neighbours, embedded as
// one text. Nearness is linear in vectors, so what is kept of a line is one vector of each model, whose numbers are rounded to 4 bits.
//
// A verse is asked for as a whole and line by line, the mean of both.
//
// # The same everywhere
//
// Vectors are the same on every machine, whatever they are reckoned beside. [Models.Version] changes whenever they would.
package meaning
