package storyboard

import (
	"fmt"
	"html/template"
	"strings"

	"github.com/amvlib/amvlib/page"
	"github.com/amvlib/amvlib/search"
	"github.com/amvlib/amvlib/timecode"
)

// quote parts a line at its marks.
func quote(text string, marks []search.Mark) []page.Piece {
	all := make([]page.Mark, len(marks))
	for i, m := range marks {
		all[i] = page.Mark(m)
	}
	return page.Quote(text, all)
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
			Name: page.Plain(s.Source), Percent: fmt.Sprintf("%.0f %%", percent), Colour: v.colour(s.Source),
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
