package main

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/search"
	"github.com/amvlib/amvlib/timecode"
)

// parseLineName reads EPISODE@TIME. The name of an episode may have an @ too, so the last one counts.
func parseLineName(name string) (episode string, at timecode.Time, ok bool) {
	i := strings.LastIndexByte(name, '@')
	if i <= 0 {
		return "", 0, false
	}
	at, ok = parseTime(name[i+1:])
	return name[:i], at, ok
}

var timeText = regexp.MustCompile(`^(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,6})(?:[.,](\d{0,9}))?$`)

// parseTime reads a time as this program and subtitle files write it, 754.5, 12:34.5, 1:02:03,456, to the microsecond.
func parseTime(s string) (timecode.Time, bool) {
	m := timeText.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return 0, false
	}
	var n [3]int64
	for i := range n {
		n[i], _ = strconv.ParseInt(m[i+1], 10, 64) // nothing is 0, and so few digits fit
	}
	if m[2] != "" && n[2] > 59 || m[1] != "" && n[1] > 59 {
		return 0, false
	}
	fraction, _ := strconv.ParseInt((m[4] + "000000")[:6], 10, 64)
	return timecode.Time((n[0]*60+n[1])*60+n[2])*timecode.Second + timecode.Time(fraction), true
}

// namedLine is the line of an episode that is spoken at a time.
func namedLine(c *cli.Context, cat *catalog.Catalog, episode string, at timecode.Time) (e catalog.Episode, l catalog.Line, err error) {
	if e, err = findEpisode(c, cat, episode); err != nil {
		return e, l, err
	}
	lines, err := cat.Lines(c.Context, e.ID)
	if err != nil {
		return e, l, inLibrary(err)
	}
	l, ok := catalog.LineAt(lines, at)
	switch {
	case ok:
		return e, l, nil
	case len(lines) == 0:
		return e, l, inputf("%s has no lines: no subtitles were found in it or beside it", episodeName(&e))
	}
	return e, l, inputf("no line of %s is spoken at %s; the nearest one is %d@%s, %q", episodeName(&e), at, e.ID, l.Start, shortened(l.Text))
}

func lineTarget(c *cli.Context, cat *catalog.Catalog, episode string, at timecode.Time) (target, error) {
	e, l, err := namedLine(c, cat, episode, at)
	return target{episode: e, subject: catalog.OnLine, stretch: l.Range(), line: l, name: episodeName(&e) + lineText(l.Start, l.Text)}, err
}

// lineShot is the shot in which the line is spoken.
func lineShot(c *cli.Context, cat *catalog.Catalog, episode string, at timecode.Time) (search.Hit, error) {
	e, l, err := namedLine(c, cat, episode, at)
	if err != nil {
		return search.Hit{}, err
	}
	s, err := cat.Shot(c.Context, e.ID, l.Shot)
	return search.Hit{Episode: &e, Shot: s}, noSuch(err, "the line of %s at %s is in no shot", episodeName(&e), l.Start)
}

// lineText tells which line of an episode, after the episode's name.
func lineText(start timecode.Time, text string) string {
	return " line at " + start.String() + " " + strconv.Quote(shortened(clean(text)))
}

// shortened is as much of a line as it is known by.
func shortened(text string) string {
	return shortenedTo(text, 60)
}

func shortenedTo(text string, most int) string {
	if r := []rune(text); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return text
}
