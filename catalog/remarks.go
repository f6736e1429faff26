package catalog

import (
	"encoding/json"
	"slices"
	"strconv"

	"github.com/amvlib/amvlib/timecode"
)

// Remarks is what the user says of an episode, a shot or a line, all words taken together.
type Remarks struct {
	Tags   []string `json:"tags"` // in the order in which they were given
	Note   string   `json:"note,omitempty"`
	Rating int      `json:"rating,omitempty"` // 1 to 5; 0 for none
}

// None tells whether nothing is said.
func (r Remarks) None() bool { return len(r.Tags) == 0 && r.Note == "" && r.Rating == 0 }

// RemarksOn gathers what words, those of one episode, say of the shot that takes the stretch r: of a shot that a word was said of
// before shots were cut anew, the one that it overlaps by at least half of the shorter. The zero range is the episode as a whole. What
// is said of lines is another matter: see [LineRemarks].
func RemarksOn(words []Word, r timecode.Range) Remarks {
	var all Remarks
	for _, w := range words {
		if w.Subject != OnLine && meant(w.Range, r) {
			all.hear(w)
		}
	}
	return all
}

// RemarksOnShot is what words, those of one episode, say of the shot that takes the stretch r, with what they say of the episode.
func RemarksOnShot(words []Word, r timecode.Range) Remarks {
	return RemarksOn(words, r).With(RemarksOn(words, timecode.Range{}))
}

// With adds what is said of something that r's is part of: its tags, and its rating where r has none.
func (r Remarks) With(whole Remarks) Remarks {
	r.Tags = slices.Clone(r.Tags)
	for _, t := range whole.Tags {
		if !slices.Contains(r.Tags, t) {
			r.Tags = append(r.Tags, t)
		}
	}
	if r.Rating == 0 {
		r.Rating = whole.Rating
	}
	return r
}

// meant tells whether what was said of a stretch is meant of another.
func meant(said, now timecode.Range) bool {
	if said == (timecode.Range{}) || now == (timecode.Range{}) {
		return said == now
	}
	return 2*said.Overlap(now) >= max(1, min(said.Length(), now.Length()))
}

func (r *Remarks) hear(w Word) {
	switch w.Verb {
	case Tag:
		if !slices.Contains(r.Tags, w.Value) {
			r.Tags = append(r.Tags, w.Value)
		}
	case Untag:
		r.Tags = slices.DeleteFunc(r.Tags, func(t string) bool { return t == w.Value })
	case Remark:
		r.Note = w.Value
	case Rate:
		r.Rating, _ = strconv.Atoi(w.Value) // what is no number is no rating
	}
}

// ClipList is a list of shots that the user keeps under a name.
type ClipList struct {
	Name  string
	Clips []ListedClip
}

// ListedClip is a shot in a list: the episode's content and the time.
type ListedClip struct {
	Key   Key
	Range timecode.Range
}

// ClipLists gathers the lists that words make, in the order in which they were begun.
func ClipLists(words []Word) []ClipList {
	var all []ClipList
	for _, w := range words {
		i := slices.IndexFunc(all, func(l ClipList) bool { return l.Name == w.Value })
		switch {
		case w.Verb == List && i < 0:
			all = append(all, ClipList{Name: w.Value})
		case w.Verb == Unlist && i >= 0:
			all = slices.Delete(all, i, i+1)
		case w.Verb == Add && i >= 0:
			all[i].Clips = append(all[i].Clips, ListedClip{w.Key, w.Range})
		case w.Verb == Remove && i >= 0:
			all[i].remove(w)
		}
	}
	return all
}

func (l *ClipList) remove(w Word) {
	l.Clips = slices.DeleteFunc(l.Clips, func(c ListedClip) bool { return c.Key == w.Key && meant(w.Range, c.Range) })
}

// Shot is the one of shots, those of the clip's episode, that the clip overlaps most; false where it overlaps none.
func (l ListedClip) Shot(shots []Shot) (Shot, bool) {
	best, most := -1, timecode.Time(0)
	for i := range shots {
		if o := shots[i].Range.Overlap(l.Range); o > most {
			best, most = i, o
		}
	}
	if best < 0 {
		return Shot{}, false
	}
	return shots[best], true
}

// NameWord is the value of a Rename.
func NameWord(n Name) string {
	b, _ := json.Marshal(n) // strings and numbers always can be
	return string(b)
}

// renamed is the name that words, those of one episode, give it, and its own name where they give none.
func renamed(own Name, words []Word) Name {
	for _, w := range words {
		var n Name
		if w.Verb == Rename && json.Unmarshal([]byte(w.Value), &n) == nil && n.Source != "" {
			own = n
		}
	}
	return own
}
