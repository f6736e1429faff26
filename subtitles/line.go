package subtitles

import "github.com/amvlib/amvlib/timecode"

// Line is one cue: what is said or sung, and when.
type Line struct {
	Start   timecode.Time `json:"start"`
	End     timecode.Time `json:"end"`
	Text    string        `json:"text"`              // plain; lines of one cue are parted by "\n"
	Lang    string        `json:"lang,omitempty"`    // "en", "pl", "ja": ISO 639-1 where there is one, else 639-3
	Style   string        `json:"style,omitempty"`   // ASS style name
	Speaker string        `json:"speaker,omitempty"` // ASS Name, or the voice tag of WebVTT
	Kind    Kind          `json:"kind"`
}

// Range is when the line is up.
func (l Line) Range() timecode.Range { return timecode.Range{Start: l.Start, End: l.End} }

// Kind says what a line is.
type Kind string

// The kinds of line.
const (
	Dialogue Kind = "dialogue"
	Song     Kind = "song"
	Sign     Kind = "sign" // typesetting: text in the picture
)
