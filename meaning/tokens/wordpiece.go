package tokens

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	goesOn    = "##" // stands before pieces that begin no word
	wordRunes = 100  // a longer word is unknown as a whole
)

// WordPiece cuts text as uncased BERT models do. It may be used by many at once.
type WordPiece struct {
	pieces  Pieces
	inside  among // the pieces that begin no word
	special Special
}

// NewWordPiece takes pieces of which those that begin no word have "##" before them.
func NewWordPiece(p Pieces, s Special) *WordPiece {
	inside := p.all()
	for i := range len(goesOn) {
		inside = p.narrow(inside, goesOn[i])
	}
	return &WordPiece{pieces: p, inside: inside, special: s}
}

// Encode gives a text's ids with those of its start and end, at most most of them, 2 or more.
func (w *WordPiece) Encode(text string, most int) []int32 {
	var ids []int32
	for field := range strings.FieldsSeq(lowered(cut(text))) {
		for word := range partsSeq(field) {
			ids = w.word(ids, word)
		}
		if len(ids) >= most {
			break
		}
	}
	return w.special.frame(ids, most)
}

// lowered is text in lower case without accents, with spaces around Chinese characters.
func lowered(text string) string {
	var out strings.Builder
	for _, r := range norm.NFD.String(spaced(text)) {
		if !unicode.Is(unicode.Mn, r) {
			out.WriteRune(unicode.ToLower(r))
		}
	}
	return out.String()
}

// spaced is text with spaces for all that is white and around Chinese characters, and without what has no shape.
func spaced(text string) string {
	var out strings.Builder
	for _, r := range text {
		switch {
		case unicode.IsSpace(r):
			out.WriteByte(' ')
		case r == 0 || r == utf8.RuneError || unicode.Is(unicode.C, r):
		case isChinese(r):
			out.WriteByte(' ')
			out.WriteRune(r)
			out.WriteByte(' ')
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

// isChinese tells the blocks that BERT counts among Chinese characters.
func isChinese(r rune) bool {
	return r >= 0x4e00 && r <= 0x9fff || r >= 0x3400 && r <= 0x4dbf || r >= 0x20000 && r <= 0x2a6df || r >= 0x2a700 && r <= 0x2b73f ||
		r >= 0x2b740 && r <= 0x2b81f || r >= 0x2b920 && r <= 0x2ceaf || r >= 0xf900 && r <= 0xfaff || r >= 0x2f800 && r <= 0x2fa1f
}

// partsSeq gives the words of a field and, each by itself, its marks of punctuation.
func partsSeq(field string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		from := 0
		for at, r := range field {
			if !isMark(r) {
				continue
			}
			end := at + utf8.RuneLen(r)
			if at > from && !yield(field[from:at]) || !yield(field[at:end]) {
				return
			}
			from = end
		}
		if from < len(field) {
			yield(field[from:])
		}
	}
}

// isMark takes all signs of ASCII for punctuation, as BERT does.
func isMark(r rune) bool {
	if r < unicode.MaxASCII {
		return r > ' ' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}
	return unicode.Is(unicode.P, r)
}

// word adds the longest pieces from the word's front on, or Unknown for the whole of it.
func (w *WordPiece) word(ids []int32, word string) []int32 {
	if utf8.RuneCountInString(word) > wordRunes {
		return append(ids, w.special.Unknown)
	}
	before := len(ids)
	left := w.pieces.all()
	for word != "" {
		piece, size := w.longest(left, word)
		if size == 0 {
			return append(ids[:before], w.special.Unknown)
		}
		ids, word, left = append(ids, w.pieces.first+int32(piece)), word[size:], w.inside
	}
	return ids
}

// longest finds the longest piece with which text begins, among those left, and how much of text it is.
func (w *WordPiece) longest(left among, text string) (piece, size int) {
	for i := 0; i < len(text) && left.from < left.to; i++ {
		left = w.pieces.narrow(left, text[i])
		if w.pieces.whole(left) {
			piece, size = left.from, i+1
		}
	}
	return piece, size
}
