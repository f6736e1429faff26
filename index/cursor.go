package index

import (
	"math"
	"slices"
)

// end is the document number after the last.
const end = math.MaxUint64

// BM25's usual weights: how soon repeating a word stops to count, and how much a long line is held back.
const (
	saturation = 1.2
	lengthBias = 0.75
)

// cursor walks the documents that have one term, in order.
type cursor struct {
	*postings
	at    int    // where it stands
	doc   uint64 // the document there; end when it is through
	idf   float64
	usual float64
	worth []float64 // of each kind of document
	read  func() (*standings, error)
}

// openCursor stands at the first document. idf is how telling the term is.
func openCursor(s *survey, f *field, term string, idf float64) (*cursor, error) {
	list, err := s.lists.of(s.ctx, s.r, f.fieldName(), term)
	if err != nil {
		return nil, err
	}
	c := &cursor{postings: list, idf: idf, usual: f.usual,
		read: func() (*standings, error) { return readStandings(s.ctx, s.r, f.fieldName(), term) }}
	c.worth = make([]float64, len(list.all))
	for i, k := range list.all {
		c.worth[i] = c.score(k)
	}
	c.stand(0)
	return c, nil
}

// rarity is BM25's inverse document frequency: 0 for what every line has.
func rarity(count, lines uint64) float64 {
	n, all := float64(count), float64(max(lines, count))
	return math.Log(1 + (all-n+0.5)/(n+0.5))
}

func (c *cursor) count() uint64 { return uint64(len(c.docs)) }

func (c *cursor) stand(at int) {
	c.at, c.doc = at, end
	if at < len(c.docs) {
		c.doc = uint64(c.docs[at])
	}
}

// seek goes forward to doc, or to the first one after it, in steps that double. It never goes back.
func (c *cursor) seek(doc uint64) {
	if c.doc >= doc {
		return
	}
	if doc > math.MaxUint32 {
		c.stand(len(c.docs))
		return
	}
	from, step := c.at+1, 1
	for from+step < len(c.docs) && uint64(c.docs[from+step-1]) < doc {
		from, step = from+step, 2*step
	}
	i, _ := slices.BinarySearch(c.docs[from:min(from+step, len(c.docs))], uint32(doc))
	c.stand(from + i)
}

// here is what the term is worth in the document where c stands.
func (c *cursor) here() float64 { return c.worth[c.kinds[c.at]] }

// score is what the term is worth in documents of a kind.
func (c *cursor) score(k kind) float64 {
	norm := float64(k.norm)
	if norm <= 0 || math.IsNaN(norm) {
		return 0
	}
	tf, length := float64(k.freq), 1/(norm*norm)
	return c.idf * tf * (saturation + 1) / (tf + saturation*(1-lengthBias+lengthBias*length/c.usual))
}

// most is what the term is worth at most in any document: in one that is nothing but the term over and over, as a norm of 32 bits has it.
func (c *cursor) most() float64 {
	const rounded = 1 + 1e-6
	return c.idf * (saturation + 1) / (1 + saturation*lengthBias/c.usual) * rounded
}

// places lists where the term stands in the document where c does.
func (c *cursor) places() ([]uint32, error) { return c.standing(c.at, c.read) }
