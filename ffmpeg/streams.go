package ffmpeg

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/timecode"
)

// textFormats maps the subtitle codecs that are text to what they arrive as. Styles that srt has no words for are lost.
var textFormats = map[string]string{
	"ass": "ass", "ssa": "ass", teletext: "ass", "subrip": "srt", "srt": "srt", "webvtt": "webvtt",
	"mov_text": "srt", "text": "srt", "microdvd": "srt", "mpl2": "srt", "jacosub": "srt", "sami": "srt", "realtext": "srt", "stl": "srt",
	"subviewer": "srt", "subviewer1": "srt", "vplayer": "srt", "pjs": "srt", "eia_608": "srt",
}

var pictureSubtitles = map[string]bool{"hdmv_pgs_subtitle": true, "dvd_subtitle": true, "dvb_subtitle": true, "xsub": true}

// add files a stream under what it is.
func (l *layout) add(s *stream) {
	switch {
	case s.kind == "Video" && (s.flags["attached pic"] || s.flags["timed thumbnails"]):
		// A cover is no film and no loss.
	case s.kind == "Video" && l.video < 0:
		l.video, l.info.Video, l.cropped = s.number, s.video(), s.cropped
	case s.kind == "Video":
		l.skip(s, "a second picture; the first is read")
	case s.kind == "Audio":
		l.addAudio(s)
	case s.kind == "Subtitle":
		l.addSubtitle(s)
	case s.kind == "Data" || s.kind == "Unknown":
		l.skip(s, "neither picture, sound nor text")
	}
}

func (l *layout) skip(s *stream, why string) {
	codec := s.codec()
	if codec == "" {
		codec = strings.ToLower(s.kind)
	}
	l.info.Skipped = append(l.info.Skipped, fmt.Sprintf("stream %d: %s (%s)", s.number, codec, why))
}

func (l *layout) addSubtitle(s *stream) {
	format, text := textFormats[s.codec()]
	switch {
	case text:
		l.info.Text = append(l.info.Text, media.TextTrack{Stream: s.number, Codec: s.codec(), Format: format, Language: s.language,
			Title: s.title, Default: s.flags["default"], Forced: s.flags["forced"]})
	case pictureSubtitles[s.codec()]:
		l.skip(s, "pictures, not text")
	default:
		l.skip(s, "a kind of subtitles that is not read")
	}
}

// unknownCodecs are what ffmpeg calls a codec that it does not know.
var unknownCodecs = map[string]bool{"none": true, "unknown": true, "unknown_codec": true}

var hertz = regexp.MustCompile(`^(\d{1,7}) Hz$`)

func (l *layout) addAudio(s *stream) {
	track := media.AudioTrack{Stream: s.number, Codec: s.codec(), Language: s.language, Default: s.flags["default"]}
	for i, f := range s.fields {
		if m := hertz.FindStringSubmatch(f); m != nil {
			track.SampleRate, _ = strconv.Atoi(m[1])
			if i+1 < len(s.fields) {
				track.Channels = channels(s.fields[i+1])
			}
			break
		}
	}
	// Without a rate ffmpeg itself found out nothing about the track, and would fail on it; so it would without a decoder.
	if track.SampleRate == 0 || unknownCodecs[track.Codec] {
		l.skip(s, "sound that cannot be read")
		return
	}
	if l.audio < 0 || track.Default && !l.hasDefaultSound() {
		l.audio = s.number
	}
	l.info.Audio = append(l.info.Audio, track)
}

func (l *layout) hasDefaultSound() bool {
	for _, a := range l.info.Audio {
		if a.Default {
			return true
		}
	}
	return false
}

var (
	countedChannels = regexp.MustCompile(`^(\d{1,3}) channels`)
	pointChannels   = regexp.MustCompile(`^(\d{1,2})\.(\d)(?:\.(\d))?(?:\(|$)`)
	namedChannels   = map[string]int{"mono": 1, "stereo": 2, "downmix": 2, "quad": 4, "quad(side)": 4, "hexagonal": 6, "octagonal": 8, "cube": 8, "hexadecagonal": 16}
)

// channels counts those of a layout: "stereo", "5.1(side)", "12 channels"; 0 where it is not known.
func channels(layout string) int {
	if n, ok := namedChannels[layout]; ok {
		return n
	}
	if m := countedChannels.FindStringSubmatch(layout); m != nil {
		n, _ := strconv.Atoi(m[1])
		return n
	}
	n := 0
	if m := pointChannels.FindStringSubmatch(layout); m != nil {
		for _, part := range m[1:] {
			v, _ := strconv.Atoi(part)
			n += v
		}
	}
	return n
}

var (
	sizeField = regexp.MustCompile(`^(\d{1,6})x(\d{1,6})(?:\D|$)`)
	sarField  = regexp.MustCompile(`SAR (\d{1,9}):(\d{1,9})`)
	fpsField  = regexp.MustCompile(`^(\d{1,6}(?:\.\d{1,4})?)(k?) fps$`)
)

func (s *stream) video() *media.Video {
	v := &media.Video{Codec: s.codec(), SAR: media.Ratio{Num: 1, Den: 1}, Rotation: s.rotation}
	var tags string
	if len(s.fields) > 1 {
		v.PixFmt, tags, _ = strings.Cut(s.fields[1], "(")
	}
	for _, f := range s.fields {
		if m := sizeField.FindStringSubmatch(f); m != nil && v.Width == 0 {
			v.Width, v.Height = side(m[1]), side(m[2])
		}
		// The container's own shape comes after the codec's and wins.
		if m := sarField.FindStringSubmatch(f); m != nil {
			v.SAR = ratio(m[1], m[2])
		}
		if m := fpsField.FindStringSubmatch(f); m != nil {
			v.Rate = rate(m[1], m[2])
		}
	}
	v.Interlaced = strings.Contains(tags, " first")
	v.Colour = colour(v, splitTop(strings.TrimSuffix(tags, ")")))
	return v
}

func side(s string) int {
	n, _ := strconv.Atoi(s)
	return min(n, maxSide)
}

func ratio(num, den string) media.Ratio {
	n, _ := strconv.Atoi(num)
	d, _ := strconv.Atoi(den)
	if n <= 0 || d <= 0 {
		return media.Ratio{Num: 1, Den: 1}
	}
	return media.Ratio{Num: n, Den: d}
}

func rate(number, kilo string) timecode.Rate {
	fps, err := strconv.ParseFloat(number, 64)
	if kilo != "" {
		fps *= 1000
	}
	if err != nil || fps <= 0 {
		return timecode.Rate{}
	}
	return timecode.Nearest(fps)
}

var matrices = map[string]media.Matrix{
	"bt709": media.BT709, "smpte240m": media.BT709, "bt470bg": media.BT601, "smpte170m": media.BT601, "fcc": media.BT601,
	"bt2020nc": media.BT2020, "bt2020c": media.BT2020,
}

// colour reads the tags behind the pixel format: "tv, bt709/unknown/unknown, progressive".
func colour(v *media.Video, tags []string) media.Colour {
	c := media.Colour{Matrix: media.BT601, Full: strings.HasPrefix(v.PixFmt, "yuvj")}
	if v.Height >= 720 {
		c.Matrix = media.BT709
	}
	for _, tag := range tags {
		name, _, _ := strings.Cut(tag, "/")
		if m, ok := matrices[name]; ok {
			c.Matrix = m
		}
		c.Full = c.Full || tag == "pc"
	}
	if !luma(v.PixFmt) {
		c = media.Colour{Matrix: media.BT601} // what the scaler turns RGB into
	}
	return c
}

// luma tells whether pixels of that format are YCbCr or gray, whose numbers reach us as they are.
func luma(pixFmt string) bool {
	for _, p := range []string{"yuv", "yuyv", "uyvy", "nv", "p0", "p2", "p4", "gray", "y2", "xv", "vuy", "ayuv"} {
		if strings.HasPrefix(pixFmt, p) {
			return true
		}
	}
	return false
}
