package ffmpeg

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/timecode"
)

// layout is what a file holds and which of its streams are decoded.
type layout struct {
	info  media.Info
	video int // stream number, -1 for none
	audio int // stream number of the default sound track, else of the first; -1 for none

	cropped bool // the container, not the codec, says what of a picture is shown
}

// Bounds on what a file may claim.
const (
	maxStreams = 256
	maxSide    = 1 << 15
	maxTitle   = 200
)

// stream is one entry of the dump.
type stream struct {
	number   int
	language string
	kind     string // "Video", "Audio", "Subtitle", "Attachment", "Data"
	fields   []string
	flags    map[string]bool
	title    string
	rotation int
	cropped  bool
}

// What a file says about itself comes indented by four blanks or more. Line breaks in values are followed by still more blanks,
// so only ffmpeg's own lines begin with exactly two; a key with a line break is the exception, and it can at worst misstate
// what its own file holds. Streams that are not there make the decoding fail, and are then left out.
var (
	inputLine    = regexp.MustCompile(`^Input #0, (.+), from '`)
	durationLine = regexp.MustCompile(`^  Duration: (?:N/A|(\d{1,5}):(\d\d):(\d\d)\.(\d\d))(?:, start: (-?\d{1,12})\.(\d{6}))?(?:, bitrate: (\d{1,12}) kb/s)?`)
	streamLine   = regexp.MustCompile(`^  Stream #0:(\d{1,4})(?:\[0x[0-9a-f]+\])?(?:\(([^()]{0,40})\))?: (Video|Audio|Subtitle|Attachment|Data|Unknown)(?:: (.*))?$`)
	titleLine    = regexp.MustCompile(`^      title           : (.*)$`)
	croppingLine = regexp.MustCompile(`(?i)^      (?:frame )?cropping`)
	rotationLine = regexp.MustCompile(`(?i)^      display ?matrix: rotation of (-?\d{1,4})\.\d+ degrees`)
)

// parseDump reads what `ffmpeg -i url` says. ok is false where it did not come to list the streams.
func parseDump(dump, url string) (l layout, ok bool) {
	// The name is repeated as it is, line breaks and all.
	dump = strings.ReplaceAll(strings.ReplaceAll(dump, "\r\n", "\n"), url, "")
	l = layout{video: -1, audio: -1}
	var streams []*stream
	side := false
	for line := range strings.Lines(dump) {
		line = strings.TrimRight(line, "\r\n")
		switch {
		case !ok:
			if m := inputLine.FindStringSubmatch(line); m != nil {
				l.info.Container, ok = m[1], true
			}
		case strings.HasPrefix(line, "  Duration: "):
			l.clock(line)
		case strings.HasPrefix(line, "  Stream #"):
			streams = addStream(streams, line)
			side = false
		case len(streams) > 0:
			side = streams[len(streams)-1].detail(line, side)
		}
	}
	for _, s := range streams {
		l.add(s)
	}
	return l, ok
}

// clock reads the first Duration line: length to a hundredth of a second, start to a microsecond.
func (l *layout) clock(line string) {
	m := durationLine.FindStringSubmatch(line)
	if m == nil || l.info.Duration != 0 || l.info.Start != 0 {
		return
	}
	n := func(i int) timecode.Time { v, _ := strconv.ParseInt(m[i], 10, 64); return timecode.Time(v) }
	l.info.Duration = (n(1)*3600+n(2)*60+n(3))*timecode.Second + n(4)*timecode.Second/100
	fraction := n(6)
	if strings.HasPrefix(m[5], "-") {
		fraction = -fraction
	}
	l.info.Start = n(5)*timecode.Second + fraction
	l.info.BitRate = int64(n(7)) * 1000
}

// addStream appends the stream of line. Those listed again, by programs or by impostors, are passed over.
func addStream(list []*stream, line string) []*stream {
	m := streamLine.FindStringSubmatch(line)
	if m == nil || len(list) >= maxStreams {
		return list
	}
	number, _ := strconv.Atoi(m[1])
	for _, s := range list {
		if s.number == number {
			return list
		}
	}
	flags, rest := flagsOf(m[4])
	return append(list, &stream{number: number, language: m[2], kind: m[3], fields: splitTop(rest), flags: flags})
}

// detail reads a line below a stream; side says, and returns, whether it is among ffmpeg's own side data.
func (s *stream) detail(line string, side bool) bool {
	if strings.HasPrefix(line, "    ") && !strings.HasPrefix(line, "     ") {
		return strings.EqualFold(strings.TrimSpace(line), "side data:")
	}
	if m := titleLine.FindStringSubmatch(line); m != nil && !side && s.title == "" {
		s.title = clip(m[1], maxTitle)
	}
	s.cropped = s.cropped || side && croppingLine.MatchString(line)
	if m := rotationLine.FindStringSubmatch(line); m != nil && side {
		degrees, _ := strconv.Atoi(m[1])
		s.rotation = ((-degrees % 360) + 360) % 360
	}
	return side
}

func clip(s string, limit int) string {
	if len(s) > limit {
		s = s[:limit]
	}
	return strings.ToValidUTF8(s, "")
}

// splitTop splits at commas outside of brackets: "yuv420p(tv, bt709), 320x180" has two fields.
func splitTop(s string) []string {
	var fields []string
	depth, from := 0, 0
	for i, c := range s {
		switch c {
		case '(', '[':
			depth++
		case ')', ']':
			depth = max(0, depth-1)
		case ',':
			if depth == 0 {
				fields, from = append(fields, strings.TrimSpace(s[from:i])), i+1
			}
		}
	}
	return append(fields, strings.TrimSpace(s[from:]))
}

var lastFlag = regexp.MustCompile(` \(([a-z ]+)\)$`)

// flagsOf takes the dispositions off the end of a stream's line: "... 192 kb/s (default) (forced)".
func flagsOf(s string) (flags map[string]bool, rest string) {
	flags = map[string]bool{}
	for {
		m := lastFlag.FindStringSubmatchIndex(s)
		if m == nil {
			return flags, s
		}
		flags[s[m[2]:m[3]]] = true
		s = s[:m[0]]
	}
}

// codec is the first word of the line: "h264 (High) (avc1 / 0x31637661)".
func (s *stream) codec() string {
	if len(s.fields) == 0 {
		return ""
	}
	name, _, _ := strings.Cut(s.fields[0], " ")
	return name
}
