package catalog

import (
	"encoding/json"

	"github.com/amvlib/amvlib/timecode"
)

// The verbs about two shots at once: the one that the word is about, and the one that its Value names (see [OtherShot]).
const (
	Duplicate    Verb = "duplicate"     // both show the same footage
	NotDuplicate Verb = "not-duplicate" // they do not, however alike they look
)

// OtherShot names the second shot of such a word, by content and time, as all words name what they are about.
type OtherShot struct {
	Key   Key            `json:"key"`
	Range timecode.Range `json:"range"`
}

// Value is what a word keeps of o.
func (o OtherShot) Value() string {
	b, _ := json.Marshal(o) // a string and numbers always can be
	return string(b)
}

// Other is the second shot of a word of [Duplicate] or [NotDuplicate]; false for other words.
func (w Word) Other() (o OtherShot, ok bool) {
	if w.Verb != Duplicate && w.Verb != NotDuplicate {
		return o, false
	}
	return o, json.Unmarshal([]byte(w.Value), &o) == nil && o.Key != ""
}

// About tells whether w is said of the shot that takes the stretch r of content.
func (o OtherShot) About(content Key, r timecode.Range) bool {
	return o.Key == content && meant(o.Range, r)
}
