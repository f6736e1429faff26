package main

import (
	"encoding/json"
	"errors"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/timecode"
)

// mostTold is how many things one message names.
const mostTold = 10

func fixUndo(c *cli.Context) error {
	return withCatalog(c, func(cat *catalog.Catalog) error {
		words, err := cat.Undo(c.Context)
		if errors.Is(err, catalog.ErrNotFound) && !errors.Is(err, catalog.ErrGone) {
			return inputf("there is nothing to take back")
		}
		if err != nil {
			return inLibrary(err)
		}
		if c.Bool("json") {
			return jsonLines(c.App.Writer, words, func(w catalog.Word) wordRow { return wordRowOf(c, cat, w) })
		}
		for _, w := range words[:min(len(words), mostTold)] {
			say(c, "taken back: %s", clean(wordText(c, cat, w)))
		}
		if more := len(words) - mostTold; more > 0 {
			say(c, "and %d more that were said at once with these", more)
		}
		return nil
	})
}

// wordText is what was said, of what.
func wordText(c *cli.Context, cat *catalog.Catalog, w catalog.Word) string {
	value := w.Value
	if n := (catalog.Name{}); w.Verb == catalog.Rename && json.Unmarshal([]byte(value), &n) == nil {
		value = episodeName(&catalog.Episode{Name: n})
	}
	if o, ok := w.Other(); ok {
		value = "of " + otherText(c, cat, o)
	}
	text := strings.TrimSpace(string(w.Verb) + " " + value)
	e, err := cat.ByKey(c.Context, w.Key)
	if err != nil {
		return text // of a list as a whole, or of an episode that is gone
	}
	text += " on " + episodeName(&e)
	switch w.Subject {
	case catalog.AtBoundary:
		return text + " at " + middle(w.Range).String()
	case catalog.OnLine:
		return text + lineText(w.Range.Start, w.Text)
	case catalog.OnShot:
		shots, err := cat.Effective(c.Context, e.ID)
		if shot, ok := (catalog.ListedClip{Range: w.Range}).Shot(shots); err == nil && ok {
			return text + " shot " + shotID(shot)
		}
		return text + " at " + w.Range.Start.String()
	}
	return text
}

// otherText is the second shot of a word about two.
func otherText(c *cli.Context, cat *catalog.Catalog, o catalog.OtherShot) string {
	e, err := cat.ByKey(c.Context, o.Key)
	if err != nil {
		return "a shot of an episode that is gone"
	}
	return episodeName(&e) + " at " + o.Range.Start.String()
}

// middle is where the boundary is that a word is about.
func middle(r timecode.Range) timecode.Time { return (r.Start + r.End) / 2 }

// wordRow is something said that was taken back, as scripts see it: docs/json.md is its contract.
type wordRow struct {
	Verb      catalog.Verb    `json:"verb"`
	About     catalog.Subject `json:"about"`
	Value     string          `json:"value"`
	EpisodeID int64           `json:"episode_id,omitempty"`
	Episode   string          `json:"episode,omitempty"` // as people name it
	Start     *seconds        `json:"start"`
	End       *seconds        `json:"end"`
}

func wordRowOf(c *cli.Context, cat *catalog.Catalog, w catalog.Word) wordRow {
	r := wordRow{Verb: w.Verb, About: w.Subject, Value: w.Value}
	start, end := seconds(w.Range.Start), seconds(w.Range.End)
	switch w.Subject {
	case catalog.AtBoundary:
		start = seconds(middle(w.Range))
		r.Start, r.End = &start, &start
	case catalog.OnShot, catalog.OnLine:
		r.Start, r.End = &start, &end
	}
	if e, err := cat.ByKey(c.Context, w.Key); err == nil { // it may be gone, or the word be about a list
		r.Episode, r.EpisodeID = episodeName(&e), e.ID
	}
	return r
}
