package main

import (
	"encoding/csv"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/picture/flags"
	"github.com/amvlib/amvlib/search"
	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

func searchCommand() *cli.Command {
	return &cli.Command{
		Name:      "search",
		Usage:     "find the shots in which something is said",
		UsageText: "amvlib search [OPTIONS] TEXT\n   amvlib search [OPTIONS] --lines FILE|-\n   amvlib search [OPTIONS] -i",
		Description: `Finds lines that say the words of TEXT or mean the same in other words, in any language; what does both comes first. "Quoted
words" must be there as they stand, and -word must not. rain* finds all words that begin so. Case, accents and endings do not matter, and
a word that no line has is taken for one that is a single slip away ("promsie"). With --words-only all words must be said in one line. Put
the whole in quotes when it has a - or a * in it. Without TEXT, filters list shots in order.

With --lines, or with - for TEXT, each line is asked by itself and answered in a group of its own; one word of a lyric line is enough
there (--any=false: all must be said), and 5 hits are shown unless -n says otherwise.

Prints a hit in a few lines: its place, the episode, from when to when, the shot's name EPISODE:SHOT as show and export take it; the
line with what was found marked; and why it was found. Ends with 0 when nothing is found too, and with 1 where --source or
--episode name nothing in the library.

   amvlib search 'rain -sun "never again"'
   amvlib search --source kite --min 1 --json promise
   amvlib search --clean --flag black --min 2
   amvlib search --tag rain --min-rating 4 --sort length
   amvlib search --speaker sora --episode-range 3-7 --context 2 'promis*'
   amvlib search --like 3:17 --spread
   amvlib search --lines song.lrc --spread -n 3 --html hits.html`,
		Flags: append(queryFlags(),
			&cli.StringFlag{Name: "lines", Usage: "ask each line of `FILE` by itself: lyrics (.lrc), subtitles, or text with a query a row; - for standard input"},
			&cli.BoolFlag{Name: "interactive", Aliases: []string{"i"}, Usage: "ask phrase after phrase, with history and arrow keys; :help says more"},
			&cli.BoolFlag{Name: "words-only", Usage: "find what says the words, and nothing that only means the same; all of them must be said, but with --any"},
			&cli.BoolFlag{Name: "meaning-only", Usage: "find what means TEXT, whatever its words"},
			&cli.IntFlag{Name: "context", Usage: "show `N` lines before and after each too, of the same subtitles"},
			newPictureFlag(),
			&cli.StringFlag{Name: "html", Usage: "write a page of the hits, with pictures, to `FILE`"},
			&cli.BoolFlag{Name: "force", Usage: "overwrite the page that is there"},
			&cli.BoolFlag{Name: "json", Usage: "print JSON Lines (docs/json.md)"},
			&cli.BoolFlag{Name: "csv", Usage: "print CSV with a header"},
			&cli.BoolFlag{Name: "paths", Usage: "print the paths of the episodes, each once"},
			&cli.BoolFlag{Name: "0", Usage: "end paths with NUL, for xargs -0"}),
		Action: searchAction,
	}
}

// queryFlags narrow a search; export takes them too.
func queryFlags() []cli.Flag {
	return append(moodFlags(),
		&cli.StringFlag{Name: "source", Usage: "only anime whose title has `TITLE` in it"},
		&cli.StringFlag{Name: "episode", Usage: "only the episode with this `NUMBER`, or with this in its file name"},
		&cli.StringFlag{Name: "episode-range", Usage: "only episodes with such numbers: `3-7`, or 3- for all from 3 on"},
		&cli.StringFlag{Name: "lang", Usage: "only lines in `LANG`: en, pl, ja"},
		&cli.StringFlag{Name: "kind", Usage: "only lines of this `KIND`: dialogue, song (openings, endings, inserts) or sign (text in the picture)"},
		&cli.StringFlag{Name: "speaker", Usage: "only lines of speakers with `NAME` in their name, where the subtitles name them"},
		&cli.StringFlag{Name: "style", Usage: "only lines in subtitle styles with `NAME` in their name, as in --style flashback"},
		&cli.StringSliceFlag{Name: "tag", Usage: "only shots with this `TAG`, theirs, their lines' or their episode's; give it again for shots that have both"},
		&cli.StringFlag{Name: "note", Usage: "only shots with `WORDS` in their note, their lines' or their episode's"},
		&cli.IntFlag{Name: "min-rating", Usage: "only shots and lines rated `N` or better; a shot without a rating has its episode's"},
		&cli.StringSliceFlag{Name: "flag", Usage: "only shots with this `FLAG`: " + strings.Join(flags.All(), ", ")},
		&cli.StringSliceFlag{Name: "no-flag", Usage: "no shots with this `FLAG`; give it again for another"},
		&cli.BoolFlag{Name: "clean", Usage: "no shots that contests turn away: " + flags.Unclean.String()},
		&cli.BoolFlag{Name: "no-op-ed", Usage: "no shots of openings and endings"},
		&cli.StringFlag{Name: "in", Usage: "only shots of the clip list `LIST`"},
		&cli.Float64Flag{Name: "min", Usage: "only shots of at least so many `SECONDS`"},
		&cli.Float64Flag{Name: "max", Usage: "only shots of at most so many `SECONDS`"},
		&cli.BoolFlag{Name: "any", Usage: "one of the words is enough; more rank higher"},
		&cli.IntFlag{Name: "n", Value: 20, Usage: "at most `N` hits, the best"},
		&cli.BoolFlag{Name: "spread", Usage: "let several anime take turns, where their hits are of about the same worth"},
		&cli.StringFlag{Name: "like", Usage: "shots that look like `SHOT` and say the like (EPISODE:SHOT, or EPISODE@TIME of a line in it); with TEXT, looks and TEXT count"},
		&cli.BoolFlag{Name: "copies", Usage: "show each copy of the same footage by itself, not as \"also in\""},
		&cli.StringFlag{Name: "sort", Usage: "put the hits in `ORDER`: score, time (episode by episode), length (longest first) or source (by title and number)"})
}

// filtered tells whether a filter is given: then no words are needed.
func filtered(c *cli.Context) bool {
	for _, name := range append(moodFlagNames, "source", "episode", "episode-range", "lang", "kind", "speaker", "style", "in", "note", "like") {
		if c.String(name) != "" {
			return true
		}
	}
	return flagged(c) || c.IsSet("min") || c.IsSet("max") || len(c.StringSlice("tag")) > 0 || c.Int("min-rating") > 0
}

func queryOf(c *cli.Context) (search.Query, error) {
	q := search.Query{
		Text: strings.Join(c.Args().Slice(), " "), Any: c.Bool("any"), Source: c.String("source"), Episode: c.String("episode"),
		Lang: c.String("lang"), Min: timecode.FromSeconds(c.Float64("min")), Max: timecode.FromSeconds(c.Float64("max")), Limit: c.Int("n"),
		Kind: subtitles.Kind(c.String("kind")), Speaker: c.String("speaker"), Style: c.String("style"), Tags: c.StringSlice("tag"),
		Note: c.String("note"), MinRating: c.Int("min-rating"), Sort: search.Order(c.String("sort")), Context: c.Int("context"),
		Translations: c.Bool("json") || c.Int("context") > 0,
		List:         listName(c.String("in")), Fold: !c.Bool("copies"), Spread: c.Bool("spread"),
	}
	var err error
	if q.Mood, err = moodOf(c); err != nil {
		return q, err
	}
	if q.Flags, q.NoFlags, err = flagsOf(c); err != nil {
		return q, err
	}
	if q.Voice, err = voiceOf(c); err != nil {
		return q, err
	}
	if q.First, q.Last, err = rangeOf(c.String("episode-range")); err != nil {
		return q, err
	}
	switch {
	case q.Limit < 1 || q.Limit > 100_000:
		return q, usagef("-n is how many hits to show, 1 to 100000: not %d", q.Limit)
	case q.Min < 0 || q.Max < 0 || q.Max > 0 && q.Max < q.Min:
		return q, usagef("--min and --max are lengths in seconds, --min the smaller: as in --min 1 --max 3.5")
	case !slices.Contains([]subtitles.Kind{"", subtitles.Dialogue, subtitles.Song, subtitles.Sign}, q.Kind):
		return q, usagef("--kind is dialogue, song or sign, not %q", q.Kind)
	case !slices.Contains([]search.Order{"", search.ByScore, search.ByTime, search.ByLength, search.BySource}, q.Sort):
		return q, usagef("--sort is score, time, length or source, not %q", q.Sort)
	case q.MinRating < 0 || q.MinRating > 5:
		return q, usagef("--min-rating is 1 to 5: not %d", q.MinRating)
	case !knownPictures(picturesWanted(c)):
		return q, usagef("--pictures stands alone, or is kitty, iterm or sixel, as in --pictures=sixel: not %q", picturesWanted(c))
	case q.Context < 0 || q.Context > search.MaxContext:
		return q, usagef("--context is how many lines to show around each, 0 to %d: not %d", search.MaxContext, q.Context)
	}
	return q, nil
}

// voiceOf is what a search is answered by.
func voiceOf(c *cli.Context) (search.Voice, error) {
	switch words, meaning := c.Bool("words-only"), c.Bool("meaning-only"); {
	case words && meaning:
		return "", usagef("--words-only and --meaning-only leave nothing: choose one")
	case words:
		return search.ByWords, nil
	case meaning:
		return search.ByMeaning, nil
	}
	return search.ByBoth, nil
}

// rangeOf reads "3-7", "3-" and "3".
func rangeOf(text string) (first, last float64, err error) {
	if text == "" {
		return 0, 0, nil
	}
	from, to, many := strings.Cut(text, "-")
	first, err1 := strconv.ParseFloat(strings.TrimSpace(from), 64)
	last, err2 := first, error(nil)
	if many {
		last = math.Inf(1)
		if to = strings.TrimSpace(to); to != "" {
			last, err2 = strconv.ParseFloat(to, 64)
		}
	}
	if err1 != nil || err2 != nil || !(first >= 0 && first <= last && last > 0) {
		return 0, 0, usagef("--episode-range is like 3-7, or 3- for all from 3 on, not %q", text)
	}
	return first, last, nil
}

func searchAction(c *cli.Context) error {
	if c.Bool("interactive") {
		return searchInteractive(c)
	}
	if asksLines(c) {
		if err := oneForm(c, "json", "csv", "paths"); err != nil {
			return err
		}
		return searchLines(c)
	}
	if c.NArg() == 0 && !filtered(c) {
		return needArgs(c, 1, "something to search for, or a filter")
	}
	if err := oneForm(c, "json", "csv", "paths"); err != nil {
		return err
	}
	q, err := queryOf(c)
	if err != nil {
		return err
	}
	page, err := pageOutput(c)
	if err != nil {
		return err
	}
	s, err := openShelf(c)
	if err != nil {
		return err
	}
	defer s.close()
	hits, err := s.ask(c.Context, c, &q)
	if err != nil {
		return searchError(err)
	}
	if page != nil {
		if err := hitsPage(c, page, s, hits); err != nil || !c.Bool("json") && !c.Bool("csv") && !c.Bool("paths") {
			return err
		}
	}
	return printHits(c, s, hits)
}

// oneForm refuses two ways to print at once.
func oneForm(c *cli.Context, names ...string) error {
	names = slices.DeleteFunc(names, func(name string) bool { return !c.Bool(name) })
	if len(names) > 1 {
		return usagef("--%s and --%s print the same in two forms: choose one", names[0], names[1])
	}
	return nil
}

func printHits(c *cli.Context, s *shelf, hits []search.Hit) error {
	switch {
	case c.Bool("json"):
		return jsonLines(c.App.Writer, hits, rowOf)
	case c.Bool("csv"):
		return hitsCSV(c.App.Writer, hits)
	case c.Bool("paths"):
		return hitsPaths(c, hits, map[string]bool{})
	case len(hits) == 0:
		say(c, "nothing found; try fewer words, or --any")
		return nil
	}
	return picturedTable(c.App.Writer, hits, newEasel(c, s.cat))
}

func hitsCSV(w io.Writer, hits []search.Hit) error {
	out := csv.NewWriter(w)
	out.Write(hitColumns) // errors are kept for Error below
	for _, h := range hits {
		out.Write(rowOf(h).cells())
	}
	out.Flush()
	return out.Error()
}

// printPath prints a path as it is, whatever is in it.
func printPath(c *cli.Context, path string) error {
	end := "\n"
	if c.Bool("0") {
		end = "\x00"
	}
	_, err := io.WriteString(c.App.Writer, path+end)
	return err
}

// hitsPaths prints the path of each episode that is not among those seen.
func hitsPaths(c *cli.Context, hits []search.Hit, seen map[string]bool) error {
	for _, h := range hits {
		if h.Episode.Path == "" || seen[h.Episode.Path] {
			continue
		}
		seen[h.Episode.Path] = true
		if err := printPath(c, h.Episode.Path); err != nil {
			return err
		}
	}
	return nil
}
