package search

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/index"
	"github.com/amvlib/amvlib/timecode"
)

// numbers are shots, by the IDs of their episodes and their own numbers. An episode with a nil map has all of its shots there.
type numbers map[int64]map[int]bool

func (n numbers) has(episode int64, shot int) bool {
	of, ok := n[episode]
	return ok && (of == nil || of[shot])
}

func (n numbers) add(episode int64, shot int) {
	if n[episode] == nil {
		n[episode] = map[int]bool{}
	}
	n[episode][shot] = true
}

// picked is the part of a library that may answer: what the filters leave before any line is looked at.
type picked struct {
	episodes []catalog.Episode
	fewer    bool                     // than the library has
	list     numbers                  // the shots of the clip list that is asked for; nil: all
	shots    numbers                  // what the user's words leave; nil: all
	looks    numbers                  // what has all the traits that are asked for; nil: all
	worn     *wardrobe                // what has the flags that are asked for; nil: all
	leave    numbers                  // what may not answer; nil: nothing
	lines    map[int64]map[int64]bool // by episode, lines that pass by what is said of them, whatever is said of their shots
	said     remarks
}

// has tells whether a shot may answer.
func (p picked) has(episode int64, shot int) bool {
	return p.listed(episode, shot) && (p.shots == nil || p.shots.has(episode, shot))
}

// listed tells whether a shot may answer, whatever is said of it.
func (p picked) listed(episode int64, shot int) bool {
	return (p.list == nil || p.list.has(episode, shot)) && (p.looks == nil || p.looks.has(episode, shot)) && !p.leave[episode][shot] && p.worn.has(episode, shot)
}

// some tells whether only some of the episodes' shots may answer.
func (p picked) some() bool {
	return p.shots != nil || p.list != nil || p.looks != nil || p.worn != nil || len(p.leave) > 0
}

// hasLine tells whether a line may answer in a shot.
func (p picked) hasLine(episode, line int64, shot int) bool {
	return p.has(episode, shot) || p.lines[episode][line] && p.listed(episode, shot)
}

// remarks are all words that were said, by the content that they are about.
type remarks map[catalog.Key][]catalog.Word

// on is what is said of a shot, with what its episode's words add.
func (r remarks) on(e *catalog.Episode, shot timecode.Range) catalog.Remarks {
	if len(r[e.Key]) == 0 {
		return catalog.Remarks{}
	}
	return catalog.RemarksOnShot(r[e.Key], shot)
}

// about tells whether anything is said of e's shots, or of its lines.
func (r remarks) about(e *catalog.Episode, s catalog.Subject) bool {
	return slices.ContainsFunc(r[e.Key], func(w catalog.Word) bool { return w.Subject == s })
}

func (q Query) ofRemarks() bool { return len(q.Tags) > 0 || q.Note != "" || q.MinRating > 0 }

// welcomes tells whether remarks are such as q asks for; also are notes on what they are about a part of.
func (q Query) welcomes(r catalog.Remarks, also ...string) bool {
	for _, t := range q.Tags {
		if !slices.ContainsFunc(r.Tags, func(has string) bool { return index.Fold(has) == index.Fold(t) }) {
			return false
		}
	}
	return r.Rating >= q.MinRating && q.noted(append(also, r.Note))
}

// noted tells whether one of the notes has in it what q asks for.
func (q Query) noted(notes []string) bool {
	asked := index.Fold(q.Note)
	return asked == "" || slices.ContainsFunc(notes, func(note string) bool { return strings.Contains(index.Fold(note), asked) })
}

// pick reads what the user said, all at once, and leaves of chosen what it is asked for.
func (s *Searcher) pick(ctx context.Context, q Query, chosen []catalog.Episode, fewer bool) (picked, error) {
	words, err := s.cat.Words(ctx)
	if err != nil {
		return picked{}, err
	}
	p := picked{episodes: chosen, fewer: fewer, said: remarks{}}
	for _, w := range words {
		p.said[w.Key] = append(p.said[w.Key], w)
	}
	if q.List != "" {
		if err := s.pickList(ctx, q.List, words, &p); err != nil {
			return picked{}, err
		}
	}
	if !q.ofRemarks() {
		return p, nil
	}
	p.fewer, p.shots, p.lines = true, numbers{}, map[int64]map[int64]bool{}
	for i := range p.episodes {
		if err := s.welcome(ctx, q, &p.episodes[i], p); err != nil {
			return picked{}, err
		}
	}
	p.episodes = keep(p.episodes, func(e catalog.Episode) bool { _, ok := p.shots[e.ID]; return ok || p.lines[e.ID] != nil })
	return p, nil
}

// pickList leaves the shots of a clip list, as they stand now.
func (s *Searcher) pickList(ctx context.Context, name string, words []catalog.Word, p *picked) error {
	all := catalog.ClipLists(words)
	i := slices.IndexFunc(all, func(l catalog.ClipList) bool { return l.Name == name })
	if i < 0 {
		return fmt.Errorf("%.100q: %w", name, ErrNoList)
	}
	p.fewer, p.list = true, numbers{}
	for _, e := range p.episodes {
		clips := slices.DeleteFunc(slices.Clone(all[i].Clips), func(c catalog.ListedClip) bool { return c.Key != e.Key })
		if len(clips) == 0 {
			continue
		}
		shots, err := s.effective(ctx, e.ID)
		if err != nil {
			return err
		}
		for _, c := range clips {
			if shot, ok := c.Shot(shots); ok {
				p.list.add(e.ID, shot.Number)
			}
		}
	}
	p.episodes = keep(p.episodes, func(e catalog.Episode) bool { _, ok := p.list[e.ID]; return ok })
	return nil
}

// effective is an episode's shots; of one that was forgotten there are none.
func (s *Searcher) effective(ctx context.Context, episode int64) ([]catalog.Shot, error) {
	shots, err := s.cat.Effective(ctx, episode)
	if errors.Is(err, catalog.ErrNotFound) {
		return nil, nil
	}
	return shots, err
}

// welcome notes which shots and lines of e the user's words leave. Most episodes have none, or none about a shot or a line: those need
// neither read.
func (s *Searcher) welcome(ctx context.Context, q Query, e *catalog.Episode, p picked) error {
	var shots []catalog.Shot
	whole := p.said.on(e, timecode.Range{})
	if p.said.about(e, catalog.OnShot) || p.said.about(e, catalog.OnLine) {
		var err error
		if shots, err = s.effective(ctx, e.ID); err != nil {
			return err
		}
	} else if len(p.said[e.Key]) > 0 && q.welcomes(whole) {
		p.shots[e.ID] = nil
	}
	for _, shot := range shots {
		if q.welcomes(p.said.on(e, shot.Range), whole.Note) {
			p.shots.add(e.ID, shot.Number)
		}
	}
	if p.said.about(e, catalog.OnLine) {
		return s.welcomeLines(ctx, q, e, p, shots)
	}
	return nil
}

// welcomeLines notes the lines of which something is said that, with what is said of their shot and episode, is such as q asks for.
func (s *Searcher) welcomeLines(ctx context.Context, q Query, e *catalog.Episode, p picked, shots []catalog.Shot) error {
	lines := map[int64][]catalog.Line{}
	if err := s.read(ctx, e.ID, lines); err != nil {
		return err
	}
	said, whole := catalog.LineRemarks(p.said[e.Key], lines[e.ID]), p.said.on(e, timecode.Range{})
	for _, l := range lines[e.ID] {
		r, ok := said[l.ID]
		if !ok {
			continue
		}
		of := whole
		if l.Shot > 0 && l.Shot <= len(shots) {
			of = p.said.on(e, shots[l.Shot-1].Range)
		}
		both := r.With(of)
		both.Rating = max(r.Rating, of.Rating)
		if !q.welcomes(both, of.Note, whole.Note) || q.welcomes(of, whole.Note) && !q.welcomes(r) { // the shot answers by itself
			continue
		}
		if p.lines[e.ID] == nil {
			p.lines[e.ID] = map[int64]bool{}
		}
		p.lines[e.ID][l.ID] = true
	}
	return nil
}
