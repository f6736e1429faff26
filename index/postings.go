package index

import (
	"context"
	"errors"
	"math"
	"sync"

	bleve "github.com/blevesearch/bleve_index_api"
)

// postings is the list of one term: the documents that have it, in order, and how each has it. It is read as a whole when the term is first
// asked for, since to walk over what lies in memory costs a tenth of walking over segments.
type postings struct {
	docs  []uint32
	kinds []uint32 // which of all
	all   []kind   // some hundreds at most, for lines are short

	mu     sync.Mutex
	places *standings // where it stands in each; read when first needed
}

// kind is a way of having a term, by which it counts.
type kind struct {
	freq uint32  // how often
	norm float32 // by what the document's length holds it back
}

// standings are places in documents: those of the i-th in at[from[i]:from[i+1]].
type standings struct{ from, at []uint32 }

// bytes is what a list takes, places and all, near enough.
func (p *postings) bytes() int { return (4+4+8)*len(p.docs) + 200 }

// readPostings reads the list of a term that a field has.
func readPostings(ctx context.Context, r bleve.IndexReader, field, term string) (*postings, error) {
	p, known := &postings{}, map[uint64]uint32{}
	err := overPostings(ctx, r, field, term, false, func(n int) {
		p.docs, p.kinds = make([]uint32, 0, n), make([]uint32, 0, n)
	}, func(doc uint32, d *bleve.TermFieldDoc) error {
		k := kind{uint32(min(d.Freq, math.MaxUint32)), float32(d.Norm)}
		bits := uint64(k.freq)<<32 | uint64(math.Float32bits(k.norm)) // a damaged norm may be unequal to itself
		of, ok := known[bits]
		if !ok {
			of = uint32(len(p.all))
			p.all, known[bits] = append(p.all, k), of
		}
		p.docs, p.kinds = append(p.docs, doc), append(p.kinds, of)
		return nil
	})
	return p, err
}

// standing gives where the term stands in the i-th document.
func (p *postings) standing(i int, read func() (*standings, error)) ([]uint32, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.places == nil {
		s, err := read()
		if err != nil {
			return nil, err
		}
		if len(s.from) != len(p.docs)+1 {
			return nil, errDamaged
		}
		p.places = s
	}
	return p.places.at[p.places.from[i]:p.places.from[i+1]], nil
}

func readStandings(ctx context.Context, r bleve.IndexReader, field, term string) (*standings, error) {
	s := &standings{}
	err := overPostings(ctx, r, field, term, true, func(n int) {
		s.from, s.at = append(make([]uint32, 0, n+1), 0), make([]uint32, 0, n)
	}, func(_ uint32, d *bleve.TermFieldDoc) error {
		for _, v := range d.Vectors {
			s.at = append(s.at, uint32(v.Pos))
		}
		if len(s.at) > math.MaxUint32 {
			return errDamaged
		}
		s.from = append(s.from, uint32(len(s.at)))
		return nil
	})
	return s, err
}

// overPostings tells first how many documents there are, near enough.
func overPostings(ctx context.Context, r bleve.IndexReader, field, term string, places bool, room func(int),
	do func(uint32, *bleve.TermFieldDoc) error,
) (err error) {
	all, err := r.DocCount()
	if err != nil {
		return err
	}
	reader, err := r.TermFieldReader(ctx, []byte(term), field, true, true, places)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	room(int(min(reader.Count(), all))) // what a damaged file says may be anything
	var posting bleve.TermFieldDoc
	for n := 0; ; n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		d, err := reader.Next(posting.Reset())
		if err != nil || d == nil {
			return err
		}
		doc := d.ID.Value()
		if doc > math.MaxUint32 {
			return errDamaged
		}
		if err := do(uint32(doc), d); err != nil {
			return err
		}
	}
}
