package ingest

import (
	"regexp"
	"strings"
)

// hard is what no title holds: from the first such word on, a name speaks of the file. soft is what only the end of a name says so by.
const (
	hard = `(?:\d{3,4}[pi]|4k|\d{3,4}x\d{3,4}|[xh][. ]?26[45]|hevc(?:-10bit)?|avc|av1|xvid|divx|blu-?ray|bd-?(?:rip|remux|mv)|br-?rip|` +
		`web-?(?:rip|dl)(?:-\d+p)?|dvd-?(?:rip|r|iso|9|5)|hdtv(?:rip)?|tv-?rip|remux|(?:8|10)-?bits?|hi10p?|ma10p|flac|e?ac-?3|` +
		`aac(?:\d[. ]\d)?|ddp?\+?\d[. ]\d|dts(?:-?hd)?|truehd|dual[ -]?audio|multi[ -]?(?:subs?|audio)|hdr(?:10)?\+?|(?:tv|im|tm|ani)db(?:id)?)`
	soft = `(?:end|final|fin|raws?|bd|dvd|web|tv|cr|amzn|nf|dsnp|hulu|hidive|dl|dual|multi|audio|uncensored|censored|uncut|repack|proper|` +
		`remastered|complete|batch|dub(?:bed|s)?|sub(?:bed|s|titles?|titled)?|softsubs?|hardsubs?|lektor|napisy|vostfr|vf|` +
		`en|eng|english|jpn?|jap|japanese|pl|pol|polish|polski|de|ger|german|fr|fra|french|es|spa|spanish|lat|latino|it|ita|italian|ru|rus|` +
		`russian|pt|por|portuguese|chs|cht|sc|tc|gb|big5|chinese|ko|kor|korean|hd|fhd|uhd|sd|dv|opus|aac|ac3|mp4|mkv|avi|hi10|` +
		`字幕|简体|繁体|繁體|繁中|简中|简繁|日語|終|完)`
	// loose is as much of soft as ends a name that tells no episode: a film may well be called "The Final".
	loose = `(?:bd|dvd|raws?|uncensored|uncut|complete|batch|remastered)`
)

var (
	hardWord  = regexp.MustCompile(`(?i)(?:^|[\s._,;+&(\[-])` + hard + `(?:$|[\s._,;+&)\]:-])`)
	onlyNoise = regexp.MustCompile(`(?i)^[\s._,;+&()\[\]:/-]*(?:(?:` + hard + `|` + soft + `|\d\.\d)(?:[\s._,;+&()\[\]:/-]+|$))+$`)
	hardTail  = regexp.MustCompile(`(?i)(?:\s+` + soft + `)+$`)
	looseTail = regexp.MustCompile(`(?i)(?:\s+` + loose + `)+$`)
	// airing is what recordings and groups put before a title to say when it was on, and the marks of a programme guide: new, last,
	// with subtitles, with two languages.
	airing    = regexp.MustCompile(`★?\d{1,2}月新番★?|\[[新終字再解デ二多無生初]\]|^(?:TV)?アニメ\s+`)
	checksum  = regexp.MustCompile(`^[0-9A-Fa-f]{8}$`)
	year      = regexp.MustCompile(`^(?:19[3-9]\d|20[0-4]\d)(?:\s?-\s?(?:19|20)\d\d)?$`)
	scene     = regexp.MustCompile(`(?:-|[\])][\s_]*-[\s_]*)([A-Za-z][A-Za-z0-9]{1,15})(?:\[[\w.-]*\])?$`)
	groupWord = regexp.MustCompile(`(?i)\S-(?:raws?|subs?|fansubs?|rips?)$`)
	numbered  = regexp.MustCompile(`(?i)^(?:.*\s)?-\s\d{1,4}(?:v\d)?(?:\s|$)|\bs\d{1,2}\s?e\d`)
	notScene  = regexp.MustCompile(`(?i)^(?:dl|hd|rip|ray|subs?|audio|bits?|remux|` + soft + `)$`)
)

// noise tells whether nothing but the file's make is said: resolution, codec, source, language, checksum, year.
func noise(s string) bool {
	s = strings.TrimSpace(s)
	return s == "" || checksum.MatchString(s) || year.MatchString(s) || onlyNoise.MatchString(s)
}

// noisy tells whether the file's make is among what is said.
func noisy(s string) bool { return noise(s) || hardWord.MatchString(s) }

// cutNoise drops the file's make from a name's end, and a year before it; the name never goes whole. Where an episode follows, only
// the make goes: "Title 4K - 07".
func cutNoise(s string) string {
	m := hardWord.FindStringIndex(s)
	switch {
	case m == nil:
	case numbered.MatchString(s[m[1]-1:]):
		s = hardWord.ReplaceAllString(s, " ")
	default:
		s = hardTail.ReplaceAllString(s[:m[0]], "")
		s = lateYear.ReplaceAllString(s, "$1")
	}
	return looseTail.ReplaceAllString(s, "")
}

// takeScene takes the group that scene releases put after their last hyphen. Only what is said to be a release has one.
func takeScene(s string) (rest, group string) {
	m := scene.FindStringSubmatchIndex(s)
	if m == nil || !hardWord.MatchString(s[:m[0]]) {
		return s, ""
	}
	if group = s[m[2]:m[3]]; notScene.MatchString(group) {
		return s, ""
	}
	return s[:m[0]], group
}
