package subtitles

import (
	"slices"
	"sort"
	"strings"

	"github.com/amvlib/amvlib/timecode"
)

// touching is how far apart two events may lie and still be one: ASS rounds to centiseconds, and a sign that is typeset frame by
// frame has its frames rounded apart.
const touching = 45 * timecode.Second / 1000

// folder joins what was laid over itself for effect, or laid out frame by frame, back into one line.
type folder struct {
	p    *parser
	last map[string][]int // text to the lines in doc that say it
}

// remembered is how many lines with one text are looked back at. Typesetting alternates between a few layers; without a bound, a
// file of one text in 200,000 places would take the square of that.
const remembered = 16

// add keeps l or widens the line that it repeats. Two people who say one word are two lines, when the file names them.
func (f *folder) add(no int, l Line) {
	lines := f.p.doc.Lines
	for _, i := range slices.Backward(f.last[l.Text]) {
		o := &lines[i]
		if l.Start <= o.End+touching && o.Start <= l.End+touching && (o.Speaker == "" || l.Speaker == "" || o.Speaker == l.Speaker) {
			o.Start, o.End = min(o.Start, l.Start), max(o.End, l.End)
			if o.Kind != l.Kind && o.Kind == Dialogue {
				o.Kind = l.Kind
			}
			return
		}
	}
	if f.p.add(no, l); len(f.p.doc.Lines) > len(lines) {
		seen := append(f.last[l.Text], len(lines))
		f.last[l.Text] = seen[max(0, len(seen)-remembered):]
	}
}

// lyrics are the karaoke comments of a script by style, for which effects were generated, sorted by start.
type lyrics map[string][]timecode.Range

// karaoke finds the comments that generated effects came from. The automation that makes them marks its output "fx".
func (s *script) karaoke() lyrics {
	fx := map[string]bool{}
	for _, e := range s.events {
		if !e.comment && strings.HasPrefix(e.effect, "fx") {
			fx[e.style] = true
		}
	}
	whole := lyrics{}
	for _, e := range s.events {
		if e.comment && strings.HasPrefix(e.effect, "karaoke") && fx[e.style] {
			whole[e.style] = append(whole[e.style], timecode.Range{Start: e.start, End: e.end})
		}
	}
	for _, r := range whole {
		sort.Slice(r, func(i, j int) bool { return r[i].Start < r[j].Start })
	}
	return whole
}

// needed tells whether a karaoke comment has generated effects to stand for; without them the song is there as it is.
func (l lyrics) needed(e event) bool { return len(l[e.style]) > 0 }

// leadIn is how far effects reach out of the line that they came from.
const leadIn = timecode.Second

// covers tells whether e is a generated piece of one of the lyrics.
func (l lyrics) covers(e event) bool {
	r := l[e.style]
	if len(r) == 0 || !strings.HasPrefix(e.effect, "fx") {
		return false
	}
	i := sort.Search(len(r), func(i int) bool { return r[i].Start > e.start+leadIn })
	return i > 0 && e.start <= r[i-1].End+leadIn
}
