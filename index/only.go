package index

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	bleve "github.com/blevesearch/bleve_index_api"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/subtitles"
)

// tagField holds, for every line, the episode and the field that it belongs to, and what it is filtered by. What is a
// set of documents is asked before a line is scored, and without reading its key.
const tagField = "tag"

// Tags begin with a letter for what they say.
const (
	speakerTag = "s"
	styleTag   = "y"
	kindTag    = "k" // of lines that are no dialogue: nine in ten are
)

func episodeTag(episode int64) string { return "e" + strconv.FormatInt(episode, 10) }

func (f *field) tag() string { return "f" + f.name }

// lineTags are those of a line, but for its field's.
func lineTags(l catalog.Line) []string {
	tags := []string{episodeTag(l.Episode)}
	if l.Kind == subtitles.Song || l.Kind == subtitles.Sign {
		tags = append(tags, kindTag+string(l.Kind))
	}
	if l.Speaker != "" {
		tags = append(tags, speakerTag+shortened(Fold(l.Speaker)))
	}
	if l.Style != "" {
		tags = append(tags, styleTag+shortened(Fold(l.Style)))
	}
	return tags
}

// shortened is as much of a name as a tag holds; real ones are shorter.
func shortened(name string) string {
	const most = 200 // bytes
	if len(name) <= most {
		return name
	}
	cut := most
	for cut > 0 && !utf8.RuneStart(name[cut]) {
		cut--
	}
	return name[:cut]
}

// onlyDocs is nil where every document is wanted.
func onlyDocs(ctx context.Context, r bleve.IndexReader, q Query) (*docSet, error) {
	var only *docSet
	for _, pick := range []func(context.Context, bleve.IndexReader, Query) (*docSet, error){episodeDocs, speakerDocs, styleDocs, kindDocs} {
		more, err := pick(ctx, r, q)
		if err != nil {
			return nil, err
		}
		only = only.and(more)
	}
	return only, nil
}

func episodeDocs(ctx context.Context, r bleve.IndexReader, q Query) (*docSet, error) {
	if q.Episodes == nil {
		return nil, nil
	}
	set := &docSet{}
	for _, e := range q.Episodes {
		if err := set.addTagged(ctx, r, episodeTag(e)); err != nil {
			return nil, err
		}
	}
	return set, nil
}

func kindDocs(ctx context.Context, r bleve.IndexReader, q Query) (*docSet, error) {
	set := &docSet{}
	switch q.Kind {
	case "":
		return nil, nil
	case subtitles.Song, subtitles.Sign:
		return set, set.addTagged(ctx, r, kindTag+string(q.Kind))
	case subtitles.Dialogue:
		set.others = true
		return set, errors.Join(set.addTagged(ctx, r, kindTag+string(subtitles.Song)), set.addTagged(ctx, r, kindTag+string(subtitles.Sign)))
	}
	return set, nil // no line is of a kind that there is not
}

func speakerDocs(ctx context.Context, r bleve.IndexReader, q Query) (*docSet, error) {
	return namedDocs(ctx, r, speakerTag, q.Speaker)
}

func styleDocs(ctx context.Context, r bleve.IndexReader, q Query) (*docSet, error) {
	return namedDocs(ctx, r, styleTag, q.Style)
}

// namedDocs are those with a tag of a name that has part in it.
func namedDocs(ctx context.Context, r bleve.IndexReader, letter, part string) (*docSet, error) {
	if part = Fold(strings.TrimSpace(part)); part == "" {
		return nil, nil
	}
	tags, err := beginning(r, tagField, letter, func(tag string) bool { return strings.Contains(tag[len(letter):], part) })
	set := &docSet{}
	for _, tag := range tags {
		err = errors.Join(err, set.addTagged(ctx, r, tag.term))
	}
	return set, err
}

// counted is a term and how many lines have it.
type counted struct {
	term  string
	count uint64
}

// beginning lists the terms of a field that begin with prefix and are wanted.
func beginning(r bleve.IndexReader, field, prefix string, wanted func(string) bool) (out []counted, err error) {
	dict, err := r.FieldDictPrefix(field, []byte(prefix))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, dict.Close()) }()
	for {
		entry, err := dict.Next()
		if err != nil || entry == nil {
			return out, err
		}
		if wanted(entry.Term) {
			out = append(out, counted{entry.Term, entry.Count})
		}
	}
}

// docSet is a set of document numbers.
type docSet struct {
	bits   []uint64
	others bool // it is all that are not in bits
}

func (s *docSet) add(doc uint64) {
	for uint64(len(s.bits)) <= doc/64 {
		s.bits = append(s.bits, 0)
	}
	s.bits[doc/64] |= 1 << (doc % 64)
}

func (s *docSet) addTagged(ctx context.Context, r bleve.IndexReader, tag string) error {
	return eachTagged(ctx, r, tag, func(doc uint64) error { s.add(doc); return nil })
}

func (s *docSet) has(doc uint64) bool {
	in := doc/64 < uint64(len(s.bits)) && s.bits[doc/64]&(1<<(doc%64)) != 0
	return in != s.others
}

// and is what is in both; a nil set has all documents. Of two sets, o alone may be one of others.
func (s *docSet) and(o *docSet) *docSet {
	if s == nil {
		return o
	}
	if o == nil {
		return s
	}
	both := &docSet{}
	for i, bits := range s.bits {
		var there uint64
		if i < len(o.bits) {
			there = o.bits[i]
		}
		if o.others {
			there = ^there
		}
		both.bits = append(both.bits, bits&there)
	}
	return both
}

func eachTagged(ctx context.Context, r bleve.IndexReader, tag string, do func(doc uint64) error) (err error) {
	reader, err := r.TermFieldReader(ctx, []byte(tag), tagField, false, false, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	var posting bleve.TermFieldDoc
	for {
		d, err := reader.Next(posting.Reset())
		if err != nil || d == nil {
			return err
		}
		if err := do(d.ID.Value()); err != nil {
			return err
		}
	}
}
