package index

import (
	"context"
	"errors"
	"math"

	bleve "github.com/blevesearch/bleve_index_api"
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
	reader bleve.TermFieldReader
	posts  bleve.TermFieldDoc
	seekTo bleve.IndexInternalID
	doc    uint64 // where it stands; end when it is through
	count  uint64 // documents in all
	idf    float64
	usual  float64
	places func() (*cursor, error) // the same term with its places in each document
	where  *cursor                 // made by places when first needed
}

// openCursor stands at the first document. idf is how telling the term is.
func openCursor(ctx context.Context, r bleve.IndexReader, f *field, term string, idf float64) (*cursor, error) {
	c, err := newCursor(ctx, r, f.fieldName(), term, false)
	if err != nil {
		return nil, err
	}
	c.usual, c.idf = f.usual, idf
	c.places = func() (*cursor, error) { return newCursor(ctx, r, f.fieldName(), term, true) }
	return c, c.next()
}

func newCursor(ctx context.Context, r bleve.IndexReader, field, term string, places bool) (*cursor, error) {
	reader, err := r.TermFieldReader(ctx, []byte(term), field, true, true, places)
	if err != nil {
		return nil, err
	}
	return &cursor{reader: reader, count: reader.Count(), seekTo: bleve.NewIndexInternalID(nil, 0)}, nil
}

func (c *cursor) close() error {
	err := c.reader.Close()
	if c.where != nil {
		err = errors.Join(err, c.where.close())
	}
	return err
}

// rarity is BM25's inverse document frequency: 0 for what every line has.
func rarity(count, lines uint64) float64 {
	n, all := float64(count), float64(max(lines, count))
	return math.Log(1 + (all-n+0.5)/(n+0.5))
}

func (c *cursor) next() error { return c.stand(c.reader.Next(c.posts.Reset())) }

// seek goes forward to doc, or to the first one after it. It never goes back.
func (c *cursor) seek(doc uint64) error {
	if c.doc >= doc {
		return nil
	}
	if doc == c.doc+1 { // much the commonest, and stepping costs a third of jumping
		return c.next()
	}
	c.seekTo.SetValue(doc)
	return c.stand(c.reader.Advance(c.seekTo, c.posts.Reset()))
}

func (c *cursor) stand(d *bleve.TermFieldDoc, err error) error {
	c.doc = end
	if err == nil && d != nil {
		c.doc = d.ID.Value()
	}
	return err
}

// score is what the term is worth in the document where c stands.
func (c *cursor) score() float64 {
	norm := c.posts.Norm
	if norm <= 0 || math.IsNaN(norm) {
		return 0
	}
	tf, length := float64(c.posts.Freq), 1/(norm*norm)
	return c.idf * tf * (saturation + 1) / (tf + saturation*(1-lengthBias+lengthBias*length/c.usual))
}

// at lists where the term stands in doc, which it must be in.
func (c *cursor) at(doc uint64) ([]uint64, error) {
	if c.where == nil {
		where, err := c.places()
		if err != nil {
			return nil, err
		}
		c.where = where
		if err := where.next(); err != nil {
			return nil, err
		}
	}
	if err := c.where.seek(doc); err != nil || c.where.doc != doc {
		return nil, err
	}
	out := make([]uint64, len(c.where.posts.Vectors))
	for i, v := range c.where.posts.Vectors {
		out[i] = v.Pos
	}
	return out, nil
}
