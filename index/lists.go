package index

import (
	"context"
	"sync"

	bleve "github.com/blevesearch/bleve_index_api"
)

// lists keeps the lists of terms that were asked for last: most questions share their commonest words, whose lists are the longest. Of what is
// young and old each is half of what there is room for; when the young are too many, they are the old ones.
type lists struct {
	mu         sync.Mutex
	young, old map[termName]*postings
	held       int // bytes of the young
	room       int // for the young
}

type termName struct{ field, term string }

// Each half has room for the lists of a word or two that every line has, beside the others' of a question.
const (
	roomADocument = 40
	leastRoom     = 1 << 20
)

// of gives the list of a term.
func (l *lists) of(ctx context.Context, r bleve.IndexReader, field, term string) (*postings, error) {
	name := termName{field, term}
	if p := l.known(name); p != nil {
		return p, nil
	}
	p, err := readPostings(ctx, r, field, term)
	if err != nil {
		return nil, err
	}
	all, err := r.DocCount()
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.room = max(leastRoom, int(all)*roomADocument)
	l.put(name, p)
	return p, nil
}

// known is nil for a list that is not there; one that is among the old is young again.
func (l *lists) known(name termName) *postings {
	l.mu.Lock()
	defer l.mu.Unlock()
	if p := l.young[name]; p != nil {
		return p
	}
	p := l.old[name]
	if p != nil {
		l.put(name, p)
	}
	return p
}

func (l *lists) put(name termName, p *postings) {
	if l.young == nil {
		l.young = map[termName]*postings{}
	}
	l.young[name] = p
	l.held += p.bytes() + len(name.field) + len(name.term)
	if l.held > l.room {
		l.young, l.old, l.held = nil, l.young, 0
	}
}
