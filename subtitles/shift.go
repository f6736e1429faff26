package subtitles

import "github.com/amvlib/amvlib/timecode"

// Shift adds by to every time. What would end before the film begins is left out, what would begin before it begins with it. The lines
// that are given are used up.
func Shift(lines []Line, by timecode.Time) []Line { return Clock{By: by}.Move(lines) }
