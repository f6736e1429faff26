// Package tokens cuts text into the pieces that a sentence model was trained on, and gives their ids:
//
//	cut, err := tokens.NewUnigram(pieces, scores, tokens.Special{Start: 0, End: 2, Unknown: 3})
//	ids := cut.Encode("query: Zatrzymaj się!", 128)
//
// WordPiece is BERT's way: words in lower case without accents, each cut into the longest pieces from its front. Unigram is
// SentencePiece's, of XLM-R and multilingual E5: text in NFKC, each word cut so that the sum of its pieces' scores is the greatest.
//
// Pieces are looked up where they lie, sorted, in a file's bytes, so a vocabulary of 100,000 is ready at once. Texts are of any length and
// from anywhere; what is beyond TextMost bytes is not read.
package tokens
