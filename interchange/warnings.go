package interchange

import (
	"fmt"

	"github.com/amvlib/amvlib/timecode"
	"github.com/amvlib/amvlib/timeline"
)

// warnings collects what is true of every format, then what more says.
func warnings(t *timeline.Timeline, more func(*edit) []string) []string {
	e, err := prepare(t)
	if err != nil {
		return []string{err.Error()}
	}
	return append(e.warnMedia(), more(e)...)
}

func warnData(t *timeline.Timeline) []string {
	return warnings(t, func(*edit) []string { return nil })
}

// warnMedia is about files that no format can describe truly.
func (e *edit) warnMedia() []string {
	var all []string
	for _, m := range e.Media() {
		if m.Variable {
			all = append(all, fmt.Sprintf("%s has a variable frame rate, and timelines know only constant ones: cuts may be frames off. "+
				"Convert it to a constant rate first.", label(m)))
		}
		if over := e.extent[m] - m.Frames; over > 0 && m.Frames > 0 {
			all = append(all, fmt.Sprintf("%s ends %d frames before the last clip that uses it; expect black or a frozen frame there.", label(m), over))
		}
	}
	return all
}

// warnPaths is about files that a program may not find.
func (e *edit) warnPaths() []string {
	var all []string
	for _, m := range e.Media() {
		if !isAbsolute(m.Path) {
			all = append(all, fmt.Sprintf("%s is not an absolute path: keep the file beside the timeline.", label(m)))
		}
	}
	return all
}

// warnMixed is about media whose positions have to be conformed.
func (e *edit) warnMixed() []string {
	var all []string
	for _, m := range e.Media() {
		if m.HasVideo && e.mixed(m) {
			all = append(all, fmt.Sprintf("%s runs at %s frames a second, the timeline at %s: its clips begin up to a frame late, "+
				"so that no frame of a neighbour shows.", label(m), fps(m.Rate), fps(e.Rate)))
		}
	}
	return all
}

func warnXMEML(t *timeline.Timeline) []string { return warnings(t, (*edit).warnXMEML) }

func (e *edit) warnXMEML() []string {
	all := append(e.warnPaths(), e.warnMixed()...)
	if _, said := sayRate(e.Rate); !said.Equal(e.Rate) {
		all = append(all, fmt.Sprintf("the timeline's rate, %s, cannot be said in Final Cut Pro 7 XML, and nothing will be written.", fps(e.Rate)))
	}
	switch n := e.retimed(); {
	case n == 1:
		all = append(all, "a clip runs at another speed or backwards, which is not written: it begins at the right frame and plays on as filmed.")
	case n > 1:
		all = append(all, fmt.Sprintf("%d clips run at another speed or backwards, which is not written: each begins at the right frame and plays on as filmed.", n))
	}
	for _, m := range e.Media() {
		if _, said := sayRate(e.rateOf(m)); m.HasVideo && !said.Equal(e.rateOf(m)) {
			all = append(all, fmt.Sprintf("%s is said to run at %s frames a second, for %s cannot be said.", label(m), fps(said), fps(m.Rate)))
		}
		if m.Channels > 2 && e.sounds(m) {
			all = append(all, fmt.Sprintf("of the %d channels of %s the first two are taken.", m.Channels, label(m)))
		}
	}
	return all
}

// retimed counts the clips that do not run as filmed.
func (e *edit) retimed() (n int) {
	for i := range e.Tracks {
		for _, ev := range e.events(&e.Tracks[i]) {
			if ev.clip.Retimed() {
				n++
			}
		}
	}
	return n
}

// sounds tells whether a track of sound uses m.
func (e *edit) sounds(m *timeline.MediaRef) bool {
	for i := range e.Tracks {
		for _, it := range e.Tracks[i].Items {
			if c, ok := it.(*timeline.Clip); ok && c.Media == m && e.Tracks[i].Kind == timeline.Audio {
				return true
			}
		}
	}
	return false
}

func label(m *timeline.MediaRef) string {
	return or(oneLine(fileName(m.Path)), "a file without a name")
}

func fps(r timecode.Rate) string { return fmt.Sprintf("%.5g", r.Float()) }
