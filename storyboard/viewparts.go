package storyboard

import (
	"fmt"
	"html/template"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/amvlib/amvlib/search"
	"github.com/amvlib/amvlib/timecode"
)

// piece is a part of a quoted line.
type piece struct {
	Text   string
	Marked bool
}

// quote parts a line at its marks. Marks that lie outside, overlap or cut a letter in two are passed over.
func quote(text string, marks []search.Mark) []piece {
	var all []piece
	at := 0
	for _, m := range marks {
		if m.Start < at || m.End <= m.Start || m.End > len(text) || !letters(text, m.Start) || !letters(text, m.End) {
			continue
		}
		all = append(all, piece{Text: text[at:m.Start]}, piece{Text: text[m.Start:m.End], Marked: true})
		at = m.End
	}
	return trim(append(all, piece{Text: text[at:]}))
}

// letters tells whether a text can be parted there.
func letters(text string, at int) bool { return at == len(text) || utf8.RuneStart(text[at]) }

// trim drops empty pieces, and what goes beyond the longest text shown.
func trim(all []piece) []piece {
	var out []piece
	room := longestText
	for _, p := range all {
		p.Text = plain(p.Text)
		n := utf8.RuneCountInString(p.Text)
		if n > room {
			p.Text = string([]rune(p.Text)[:room]) + "…"
		}
		if p.Text != "" && room > 0 {
			out = append(out, p)
		}
		room -= n
		if room < 0 {
			break
		}
	}
	return out
}

func shorten(s string) string {
	if utf8.RuneCountInString(s) <= longestText {
		return s
	}
	return string([]rune(s)[:longestText]) + "…"
}

// plain drops what would act on the text around it: control characters, and the marks that turn its direction.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case unicode.IsControl(r), r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == 0x200E, r == 0x200F, r == 0x061C:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

// colours gives each source one of its own, the most used sources those that differ most.
func colours(b *Storyboard) map[string]template.CSS {
	all := map[string]template.CSS{}
	for i, s := range b.Shares() {
		hue := (205 + i*1375/10) % 360 // by the golden angle, so that any number of hues lies far apart
		all[s.Source] = template.CSS(fmt.Sprintf("hsl(%d %d%% %d%%)", hue, 62-i/8%3*14, 62-i/4%2*12))
	}
	return all
}

// colour is gray for a source that has runners-up only.
func (v *viewer) colour(source string) template.CSS {
	if c, ok := v.colours[source]; ok {
		return c
	}
	return "hsl(220 8% 55%)"
}

func (v *viewer) facts() []factView {
	lines, episodes := 0, 0
	for i := range v.board.Sections {
		if v.board.Sections[i].Line != nil {
			lines++
		}
	}
	shares := v.board.Shares()
	for _, s := range shares {
		episodes += s.Episodes
	}
	return []factView{
		{"length", clock(v.board.Song.Duration)}, {"lyric lines", fmt.Sprint(lines)}, {"scenes", fmt.Sprint(len(v.board.scenes()))},
		{"anime", fmt.Sprint(len(shares))}, {"episodes", fmt.Sprint(episodes)},
		{"frames a second", strings.TrimSuffix(fmt.Sprintf("%.3f", v.board.Rate.Float()), ".000")},
	}
}

func (v *viewer) shares() []shareView {
	var all []shareView
	for _, s := range v.board.Shares() {
		percent := 100 * float64(s.Frames) / float64(max(1, v.board.Frames))
		all = append(all, shareView{
			Name: plain(s.Source), Percent: fmt.Sprintf("%.0f %%", percent), Colour: v.colour(s.Source),
			Width: template.CSS(fmt.Sprintf("%.2f%%", percent)),
			Sum: fmt.Sprintf("%s in %s of %s", v.seconds(s.Frames), count(s.Scenes, "scene", "scenes"),
				count(s.Episodes, "episode", "episodes")),
		})
	}
	return all
}

// ticks stand at most nine times along the strip.
func (v *viewer) ticks() []tickView {
	length := v.board.Song.Duration
	step := 5 * timecode.Second
	for step*9 < length {
		step *= 2
	}
	var all []tickView
	for t := timecode.Time(0); t < length-step/3; t += step {
		name, _, _ := strings.Cut(t.String(), ".")
		all = append(all, tickView{At: template.CSS(fmt.Sprintf("%.2f%%", 100*t.Seconds()/length.Seconds())), Name: name})
	}
	return all
}
