package subtitles

import (
	"iter"
	"path"
	"regexp"
	"slices"
	"strings"
)

// formats are the readers by the name that [Document.Format] gives.
var formats = map[string]func(*parser){
	"srt": readSRT, "vtt": readVTT, "ass": readASS, "ttml": readTTML, "lrc": readLRC, "ultrastar": readUltraStar,
	"microdvd": readMicroDVD, "mpl2": readMPL2, "tmplayer": readTMPlayer, "subviewer": readSubViewer, "stl": readSpruce,
	"txt": readPlain, "sami": readSAMI,
}

// byExtension is what a file's ending promises.
var byExtension = map[string]string{
	".srt": "srt", ".ass": "ass", ".ssa": "ssa", ".vtt": "vtt", ".webvtt": "vtt", ".lrc": "lrc", ".elrc": "lrc",
	".ttml": "ttml", ".dfxp": "ttml", ".xml": "ttml", ".stl": "stl", ".smi": "smi", ".sami": "smi", ".sub": "sub", ".mpl": "sub", ".mpl2": "sub", ".txt": "txt",
}

// FormatOf is the format that a file's name promises, as [Parse] takes it, or "" for a name that promises no timed text. An .xml
// or .txt promises little: Parse has the last word.
func FormatOf(name string) string {
	return byExtension[strings.ToLower(path.Ext(strings.ReplaceAll(name, `\`, "/")))]
}

// family is in which order the readers that a name may mean are tried.
var family = map[string][]string{
	"srt": {"srt"}, "ass": {"ass"}, "ssa": {"ass"}, "vtt": {"vtt"}, "webvtt": {"vtt"}, "lrc": {"lrc"}, "elrc": {"lrc"},
	"ttml": {"ttml"}, "dfxp": {"ttml"}, "stl": {"stl"}, "sub": {"microdvd", "subviewer", "mpl2", "tmplayer"},
	"ultrastar": {"ultrastar"}, "microdvd": {"microdvd"}, "mpl2": {"mpl2"}, "tmplayer": {"tmplayer"}, "subviewer": {"subviewer"},
	"smi": {"sami"}, "sami": {"sami"},
}

// signatures tell formats apart by their first lines, the surest first.
var signatures = []struct {
	format string
	first  *regexp.Regexp
}{
	{"vtt", regexp.MustCompile(`^\s*WEBVTT`)},
	{"ass", regexp.MustCompile(`(?mi)^\s*(\[(script info|v4\+? styles|events)\]|(dialogue|comment):.*\d:\d\d:\d\d[.:]\d)`)},
	{"ttml", regexp.MustCompile(`(?i)<(\w+:)?tt[\s>]|<(\w+:)?p\s[^<>]*begin\s*=`)},
	{"sami", regexp.MustCompile(`(?i)<sami[\s>]|<sync\s[^<>]{0,40}start\s*=`)},
	{"srt", regexp.MustCompile(`(?m)^.{0,12}\d+[:.]\d+.{0,9}\s*-{1,2}>\s*.{0,3}\d`)},
	{"ultrastar", regexp.MustCompile(`(?mi)^#BPM:\s*\d`)},
	{"microdvd", regexp.MustCompile(`(?m)^\s*\{\d+\}\s*\{\d*\}`)},
	{"mpl2", regexp.MustCompile(`(?m)^\s*\[\d+\]\s*\[\d*\]`)},
	{"subviewer", regexp.MustCompile(`(?m)^\s*\d+:\d\d:\d\d[.:]\d+\s*,\s*\d+:\d\d:\d\d[.:]\d+\s*$`)},
	{"stl", regexp.MustCompile(`(?m)^\s*\d\d:\d\d:\d\d[:;.]\d\d\s*,\s*\d\d:\d\d:\d\d[:;.]\d\d\s*,`)},
	{"lrc", regexp.MustCompile(`(?m)^\s*\[\d{1,3}:\d{1,2}([.:]\d{1,3})?\]`)},
	{"tmplayer", regexp.MustCompile(`(?m)^\s*\d{1,2}:\d\d:\d\d(,\d)?[:=]`)},
}

// sniffed is how much of a text is looked at; what identifies a file stands near its start, after a header at most.
const sniffed = 64 << 10

// sniff lists the formats that text looks like, the surest first.
func sniff(text string) []string {
	head := text[:min(len(text), sniffed)]
	var found []string
	for _, s := range signatures {
		if s.first.MatchString(head) {
			found = append(found, s.format)
		}
	}
	return found
}

// readersFor yields what to try: what was asked for, then what the text looks like. Plain lyrics are any text, so they are read only
// where they were asked for and nothing else fits.
func readersFor(format, text string) iter.Seq[string] {
	format = strings.ToLower(strings.TrimPrefix(format, "."))
	return func(yield func(string) bool) {
		for _, name := range family[format] {
			if !yield(name) {
				return
			}
		}
		for _, name := range sniff(text) {
			if !slices.Contains(family[format], name) && !yield(name) {
				return
			}
		}
		if format == "txt" {
			yield("txt")
		}
	}
}
