package main

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/search"
	"github.com/amvlib/amvlib/timecode"
)

// alsoRow is another place of a hit's footage as scripts see it: docs/json.md is its contract.
type alsoRow struct {
	ID         string          `json:"id"`
	Episode    string          `json:"episode"`
	Path       string          `json:"path"`
	Start      seconds         `json:"start"`
	End        seconds         `json:"end"`
	StartFrame int64           `json:"start_frame"`
	EndFrame   int64           `json:"end_frame"`
	FPS        string          `json:"fps"`
	Line       string          `json:"line"`
	Lang       string          `json:"lang"`
	Same       search.Sameness `json:"same"`
}

func alsoOf(h search.Hit) (out []alsoRow) {
	for _, a := range h.Also {
		r := alsoRow{
			ID: shotID(a.Shot), Episode: episodeName(a.Episode), Path: a.Episode.Path, Start: seconds(a.Shot.Range.Start),
			End: seconds(a.Shot.Range.End), StartFrame: a.Shot.Clean.In, EndFrame: a.Shot.Clean.Out, FPS: a.Episode.Rate.String(), Same: a.Same,
		}
		if a.Line != nil {
			r.Line, r.Lang = a.Line.Text, a.Line.Lang
		}
		out = append(out, r)
	}
	return out
}

// alsoText names the first places of the same footage, and how many more there are.
func alsoText(all []alsoRow) string {
	const most = 3
	var parts []string
	for _, a := range all[:min(most, len(all))] {
		parts = append(parts, fmt.Sprintf("%s %s shot %s", clean(a.Episode), timecode.Time(a.Start), a.ID))
	}
	text := "also in " + strings.Join(parts, ", ")
	if more := len(all) - most; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// likeOf is the shot that --like names; none where it is not given.
func likeOf(c *cli.Context, cat *catalog.Catalog) (search.ShotName, error) {
	name := c.String("like")
	if name == "" {
		return search.ShotName{}, nil
	}
	_, _, shot := parseShotID(name)
	if _, _, line := parseLineName(name); !shot && !line {
		return search.ShotName{}, usagef("--like wants a shot, EPISODE:SHOT as search shows them or EPISODE@TIME: not %q", name)
	}
	hits, err := namedBy(c, cat, name)
	if err != nil {
		return search.ShotName{}, err
	}
	return search.ShotName{Episode: hits[0].Shot.Episode, Number: hits[0].Shot.Number}, nil
}
