package storyboard

import (
	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

// sections tiles the song: a section a line, and one a pause.
func (s *sheet) sections(rate timecode.Rate, shortest int64) []Section {
	total := rate.Frame(s.duration)
	lines := together(s.lines, rate, total)
	var all []Section
	if len(lines) == 0 {
		return nil
	}
	first := rate.Frame(lines[0].Start)
	if first >= shortest {
		all = append(all, Section{Record: timecode.Span{Out: first}})
	}
	for i := range lines {
		next, out := s.duration, total
		if i+1 < len(lines) {
			next = lines[i+1].Start
			out = rate.Frame(next)
		}
		all = append(all, lineSections(&lines[i], rate, next, out)...)
	}
	all[0].Record.In = 0 // a lead-in too short to be seen belongs to the first line
	return all
}

// together joins the lines that begin on one frame (a lyric and its translation), and drops those that would begin on the last.
func together(lines []subtitles.Line, rate timecode.Rate, total int64) []subtitles.Line {
	var out []subtitles.Line
	for _, l := range lines {
		at := rate.Frame(l.Start)
		switch n := len(out); {
		case at >= total:
		case n > 0 && rate.Frame(out[n-1].Start) == at:
			out[n-1].Text += "\n" + l.Text
			out[n-1].End = max(out[n-1].End, l.End)
		default:
			out = append(out, l)
		}
	}
	return out
}

func lineSections(l *subtitles.Line, rate timecode.Rate, next timecode.Time, out int64) []Section {
	in, end := rate.Frame(l.Start), rate.Frame(sung(*l, next))
	line := Section{Line: l, Record: timecode.Span{In: in, Out: out}}
	if end <= in || end >= out {
		return []Section{line}
	}
	line.Record.Out = end
	return []Section{line, {Record: timecode.Span{In: end, Out: out}}}
}
