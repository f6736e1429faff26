package subtitles

import (
	"path"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Sidecar is what the name of a subtitle file says of it.
type Sidecar struct {
	Lang   string // as [ParseLanguage] gives it; "" where the name says nothing
	Forced bool   // only what the dubbed film leaves untranslated: signs and foreign speech
	SDH    bool   // for the hard of hearing: sounds are described
	Exact  bool   // the film's whole name leads the sidecar's, not only its title
}

// SidecarOf tells whether the file named sub holds subtitles of the film named film, and what its name says. Both are base names
// with their extensions. It matches "Title - 01.mkv" with "Title - 01.srt", "Title - 01.pl.srt", "Title - 01.jpn.forced.ass" and
// "Title - 01 [1080p].srt", and a film with release tags, a version or an episode's title behind S01E02 with a sidecar without;
// "Title - 011.srt" and "Title - 01 - Extra.srt" are other films' sidecars. It only looks at names; directories are the caller's.
func SidecarOf(film, sub string) (Sidecar, bool) {
	if FormatOf(sub) == "" {
		return Sidecar{}, false
	}
	film, sub = stem(film), stem(sub)
	if rest, ok := cutName(sub, film); ok {
		if s, ok := suffix(rest, true); ok {
			s.Exact = true
			return s, true
		}
	}
	film, sub = plainName(film), plainName(sub)
	if rest, ok := cutName(sub, film); ok {
		return suffix(rest, false)
	}
	return untitled(film, sub)
}

var upToEpisode = regexp.MustCompile(`^\S.* s\d{1,2}e\d{1,4}`)

// untitled matches "Title.S01E02.The.Storm.mkv" with "Title.S01E02.srt", which leaves out what the episode is called. Only where
// season and episode are written so: behind a bare number another title may be another film, "Title - 01 - Extra".
func untitled(film, sub string) (Sidecar, bool) {
	name := upToEpisode.FindString(sub)
	rest, ok := cutName(sub, name)
	if other, same := cutName(film, name); !ok || !same || !strings.HasPrefix(other, " ") {
		return Sidecar{}, false
	}
	return suffix(rest, false)
}

// stem is a base name without its extension, in one spelling.
func stem(name string) string {
	return norm.NFC.String(strings.ToLower(strings.TrimSuffix(name, path.Ext(name))))
}

// cutName takes name off the head of s, whole: "title - 1" is not the head of "title - 10".
func cutName(s, name string) (rest string, ok bool) {
	if rest, ok = strings.CutPrefix(s, name); !ok || name == "" {
		return "", false
	}
	return rest, rest == "" || strings.ContainsAny(rest[:1], " ._-[(")
}

var (
	brackets   = regexp.MustCompile(`\[[^\]]*\]|\((?:[^()]*(?:\d{3,4}p|x26[45]|h\.?26[45]|hevc|avc|bd|dvd|web|aac|flac|dual|multi)[^()]*)\)`)
	releaseTag = regexp.MustCompile(`[ ._-](?:(?:480|540|576|720|1080|1440|2160|4320)[pi]|4k|uhd|bd(?:rip)?|br(?:rip)?|blu-?ray|dvd(?:rip)?|web(?:-?dl|-?rip)?|hdtv|remux|x26[45]|h[. ]?26[45]|hevc|avc|av1|xvid|divx|10-?bits?|8-?bits?|hi10p?|aac|ac3|e?ac-?3|ddp?5?|dts|flac|opus|dual[ -]audio|multi|uncensored|uncut|repack|proper)(?:[ ._-].*)?$`)
	parting    = regexp.MustCompile(`[\s._]+`)
	version    = regexp.MustCompile(`(\d)v\d\b`) // of a release: 07v2 is episode 7, mended
)

// plainName is a name without its group, release tags and checksums, its words parted by single spaces.
func plainName(name string) string {
	name = brackets.ReplaceAllString(name, " ")
	tail := ""
	if loc := releaseTag.FindStringIndex(name); loc != nil {
		tail = languageTail(name[loc[0]:])
		name = name[:loc[0]]
	}
	name = version.ReplaceAllString(parting.ReplaceAllString(name+tail, " "), "$1")
	return strings.TrimSpace(name)
}

// languageTail saves what stands behind release tags and is no tag itself: "Title.1080p.WEB.pl.forced" keeps pl and forced.
func languageTail(tags string) string {
	parts := strings.FieldsFunc(tags, func(r rune) bool { return r == '.' || r == ' ' || r == '_' })
	i := len(parts)
	for i > 0 && knownSuffix(&Sidecar{}, parts[i-1]) {
		i--
	}
	return " " + strings.Join(parts[i:], " ")
}

// suffix reads what a sidecar's name has after the film's. Behind a point or in brackets anything may stand, a group or a remark;
// behind a blank or a dash only what is known, for the rest is another title. A number is another episode.
func suffix(rest string, points bool) (s Sidecar, ok bool) {
	loose := points && (strings.HasPrefix(rest, ".") || strings.HasPrefix(strings.TrimSpace(rest), "[") || strings.HasPrefix(strings.TrimSpace(rest), "("))
	for i, word := range strings.FieldsFunc(rest, func(r rune) bool { return strings.ContainsRune(" ._[](){},+&", r) }) {
		word = strings.Trim(word, "-")
		if word == "" || knownSuffix(&s, word) {
			continue
		}
		if !loose || i == 0 && unicode.IsDigit(rune(word[0])) && strings.HasPrefix(rest, ".") {
			return Sidecar{}, false
		}
	}
	return s, true
}

// knownSuffix takes one word of a suffix: a language, a purpose, a track number behind one.
func knownSuffix(s *Sidecar, word string) bool {
	switch word {
	case "forced", "foreign":
		s.Forced = true
		return true
	case "sdh", "cc", "hearing", "impaired":
		s.SDH = true
		return true
	case "hi": // Hindi, or behind a language hearing impaired
		if s.SDH = s.Lang != ""; !s.SDH {
			s.Lang = "hi"
		}
		return true
	case "full", "default", "sub", "subs", "subtitle", "subtitles", "napisy", "dialogue", "signs", "songs", "und", "track", "fansub", "official":
		s.Forced = s.Forced || word == "signs"
		return true
	}
	lang := ParseLanguage(word)
	if lang == "" || !spokenWidely[lang] {
		for _, sep := range []string{"-", "+"} {
			if a, b, ok := strings.Cut(word, sep); ok && a != "" && b != "" {
				return knownSuffix(s, a) && (knownSuffix(s, b) || len(b) <= 4)
			}
		}
		return false
	}
	if s.Lang == "" {
		s.Lang = lang
	}
	return true
}

// spokenWidely keeps words of titles from being read as languages: "to", "so" and "my" are codes as well.
var spokenWidely = words("en pl ja de fr es it pt nl sv da no fi cs sk hu ro tr id vi ru uk bg sr hr sl el ar fa he hi ko zh th ms lt lv et is ca ta te bn ka hy fil")
