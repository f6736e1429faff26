package tokens

import (
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// wordMark stands before every word, in place of the space.
const wordMark = "\u2581"

// unknownCosts is by how much a character that no piece has is worse than the worst piece.
const unknownCosts = 10

// Unigram cuts text as SentencePiece's unigram models do. It may be used by many at once.
type Unigram struct {
	pieces  Pieces
	scores  []float32
	special Special
	unknown float64 // score of a character that no piece has
}

// NewUnigram takes a score for each piece. Words are marked by U+2581 at their front. Errors: ErrPieces.
func NewUnigram(p Pieces, scores []float32, s Special) (*Unigram, error) {
	if len(scores) != p.count {
		return nil, fmt.Errorf("%w: %d scores for %d", ErrPieces, len(scores), p.count)
	}
	worst := math.Inf(1)
	for _, v := range scores {
		if !(v > -1e6 && v < 1e6) {
			return nil, fmt.Errorf("%w: a score is %g", ErrPieces, v)
		}
		worst = min(worst, float64(v))
	}
	return &Unigram{pieces: p, scores: scores, special: s, unknown: worst - unknownCosts}, nil
}

// Encode gives a text's ids with those of its start and end, at most most of them, 2 or more.
func (u *Unigram) Encode(text string, most int) []int32 {
	var ids []int32
	for word := range strings.FieldsFuncSeq(plainText(cut(text)), isSpace) {
		ids = append(ids, u.word(wordMark+word)...)
		if len(ids) >= most {
			break
		}
	}
	return u.special.frame(ids, most)
}

func isSpace(r rune) bool { return r == ' ' }

// plainText is text in NFKC, with a space for all that is white and without what has no shape.
func plainText(text string) string {
	return norm.NFKC.String(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || string(r) == wordMark:
			return ' '
		case unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) || r == utf8.RuneError:
			return -1
		}
		return r
	}, text))
}

// step is the best way to one place of a word.
type step struct {
	score float64
	from  int // where its last piece begins; -1 where no way leads
	id    int32
}

// word gives the ids of the way with the best score through a word, which is found from its front to its end.
func (u *Unigram) word(word string) []int32 {
	best := make([]step, len(word)+1)
	for i := range best {
		best[i].from = -1
	}
	for at, r := range word {
		single := u.reach(best, word, at, utf8.RuneLen(r))
		if !single {
			better(best, at, at+utf8.RuneLen(r), u.unknown, u.special.Unknown)
		}
	}
	return u.wayBack(best)
}

// reach tries every piece that begins at a place, and tells whether the first character, of size bytes, is one.
func (u *Unigram) reach(best []step, word string, at, size int) (single bool) {
	left := u.pieces.all()
	for i := at; i < len(word) && left.from < left.to; i++ {
		left = u.pieces.narrow(left, word[i])
		if !u.pieces.whole(left) {
			continue
		}
		better(best, at, i+1, float64(u.scores[left.from]), u.pieces.first+int32(left.from))
		single = single || left.read == size
	}
	return single
}

// better takes a piece if it is the better way to its end. Of equals the first found stays.
func better(best []step, from, to int, score float64, id int32) {
	score += best[from].score
	if best[to].from < 0 || score > best[to].score {
		best[to] = step{score: score, from: from, id: id}
	}
}

// wayBack are the ids of the best way, from its front. Of unknown ones in a row there is one.
func (u *Unigram) wayBack(best []step) []int32 {
	var ids []int32
	for at := len(best) - 1; at > 0; at = best[at].from {
		if id := best[at].id; id != u.special.Unknown || len(ids) == 0 || ids[len(ids)-1] != id {
			ids = append(ids, id)
		}
	}
	for i, j := 0, len(ids)-1; i < j; i, j = i+1, j-1 {
		ids[i], ids[j] = ids[j], ids[i]
	}
	return ids
}
