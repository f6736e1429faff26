package storyboard

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

const (
	longestSong  = 6 * 3600 * timecode.Second
	mostLines    = 2000 // a song has a tenth of that; each asks the index a question
	afterLast    = 5 * timecode.Second
	pause        = 4 * timecode.Second // silence of at least this length is a section of its own
	longestSung  = 10 * timecode.Second
	shortestSung = 4 * timecode.Second
	perRune      = 150 * timecode.Second / 1000 // slow singing
)

// sheet is a song's lyrics made ready: in order, inside the song, each with words.
type sheet struct {
	lines    []subtitles.Line
	duration timecode.Time
	notes    []string
}

func (s *sheet) note(format string, a ...any) { s.notes = append(s.notes, fmt.Sprintf(format, a...)) }

// prepare copies the lyrics and puts right whatever files get wrong, noting each thing that it does.
func prepare(song Song, lyrics []subtitles.Line) (*sheet, error) {
	s := &sheet{duration: song.Duration}
	s.keepWords(lyrics)
	if len(s.lines) == 0 {
		return nil, fmt.Errorf("%w: there is none with a word in it", ErrNoLyrics)
	}
	if err := s.settleDuration(); err != nil {
		return nil, err
	}
	if untimed(s.lines) {
		s.stamp()
	}
	s.order()
	s.clip()
	if len(s.lines) == 0 {
		return nil, fmt.Errorf("%w lies within the song, which lasts %v", ErrNoLyrics, s.duration)
	}
	return s, nil
}

// keepWords drops lines without words and headings such as [Chorus], which would match a scene about a chorus.
func (s *sheet) keepWords(lyrics []subtitles.Line) {
	for _, l := range lyrics {
		l.Text = strings.TrimSpace(strings.ToValidUTF8(l.Text, "\uFFFD"))
		heading := strings.HasPrefix(l.Text, "[") && strings.IndexByte(l.Text, ']') == len(l.Text)-1
		if query(l.Text) == "" || heading {
			continue
		}
		l.Start = max(0, l.Start)
		s.lines = append(s.lines, l)
	}
	if n := len(s.lines) - mostLines; n > 0 {
		s.lines = s.lines[:mostLines]
		s.note("left out at the end: %s, for a plan takes %d", count(n, "lyric line", "lyric lines"), mostLines)
	}
}

// words is text as a query for any of its words: without the signs that mean something to a query.
func words(text string) string {
	runes := []rune(text)
	for i, r := range runes {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) && i > 0 && runes[i-1] != ' ' {
			continue
		}
		inside := i > 0 && i+1 < len(runes) && unicode.IsLetter(runes[i-1]) && unicode.IsLetter(runes[i+1])
		if inside && (r == '\'' || r == '’') {
			runes[i] = '\''
			continue
		}
		runes[i] = ' '
	}
	return strings.Join(strings.Fields(string(runes)), " ")
}

// settleDuration falls back on the lyrics' own end where nobody knows how long the song is.
func (s *sheet) settleDuration() error {
	if s.duration > longestSong {
		return fmt.Errorf("%w: %v is more than six hours", ErrDuration, s.duration)
	}
	if s.duration > 0 {
		return nil
	}
	for _, l := range s.lines {
		if l.Start > 0 || l.End > 0 {
			s.duration = max(s.duration, l.End, l.Start+afterLast)
		}
	}
	if s.duration <= 0 || s.duration > longestSong {
		return fmt.Errorf("%w: neither the song nor the lyrics say how long it is", ErrDuration)
	}
	s.note("the song's length is unknown: %v is taken, the end of the lyrics", s.duration)
	return nil
}

// untimed tells lyrics without stamps, which all stand at 0, from a line that does begin there, alone or with its translation.
func untimed(lines []subtitles.Line) bool {
	placed := func(l subtitles.Line) bool { return l.Start != 0 || (len(lines) == 2 && l.End > 0) }
	return len(lines) > 1 && !slices.ContainsFunc(lines, placed)
}

// stamp gives each line a share of the song by its length.
func (s *sheet) stamp() {
	var total, done int64
	for _, l := range s.lines {
		total += int64(utf8.RuneCountInString(l.Text))
	}
	for i := range s.lines {
		s.lines[i].Start = timecode.Time(int64(s.duration) * done / total)
		done += int64(utf8.RuneCountInString(s.lines[i].Text))
		s.lines[i].End = timecode.Time(int64(s.duration) * done / total)
	}
	s.note("the lyrics carry no times: their lines are spread over the song by length, so check them by ear")
}

func (s *sheet) order() {
	byStart := func(a, b subtitles.Line) int { return cmp.Compare(a.Start, b.Start) }
	if !slices.IsSortedFunc(s.lines, byStart) {
		slices.SortStableFunc(s.lines, byStart)
		s.note("the lyric lines were not in order of time and have been sorted")
	}
}

func (s *sheet) clip() {
	n := slices.IndexFunc(s.lines, func(l subtitles.Line) bool { return l.Start >= s.duration })
	if n >= 0 {
		s.note("%s after the song's end at %v and left out", count(len(s.lines)-n, "lyric line is", "lyric lines are"), s.duration)
		s.lines = s.lines[:n]
	}
	for i := range s.lines {
		s.lines[i].End = min(s.lines[i].End, s.duration)
	}
}

// sung is when a line that is followed at next has been sung, next itself where no pause is to be told. LRC files stamp
// beginnings only, so an end that merely is the next beginning is doubted once it is far away.
func sung(l subtitles.Line, next timecode.Time) timecode.Time {
	if l.End > l.Start && next-l.End >= pause {
		return l.End
	}
	if l.End > l.Start && l.End < next || next-l.Start <= longestSung+pause {
		return next
	}
	guess := timecode.Time(utf8.RuneCountInString(l.Text)) * perRune
	return l.Start + min(max(guess, shortestSung), longestSung)
}
