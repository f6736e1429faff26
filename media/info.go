package media

import "github.com/amvlib/amvlib/timecode"

// Info is what a container says of itself.
type Info struct {
	Container string        `json:"container"` // as the demuxer is called, "matroska,webm"
	Start     timecode.Time `json:"start"`     // the container's own first instant
	Duration  timecode.Time `json:"duration"`  // 0 where the container does not say
	BitRate   int64         `json:"bit_rate,omitempty"`
	Video     *Video        `json:"video,omitempty"` // nil where there is none; a cover picture is none
	Audio     []AudioTrack  `json:"audio,omitempty"`
	Text      []TextTrack   `json:"text,omitempty"`
	Skipped   []string      `json:"skipped,omitempty"` // what could not be read or does not add up, in words: "stream 2: hdmv_pgs_subtitle (pictures, not text)"
}

// Video describes the film's first video stream.
type Video struct {
	Codec      string        `json:"codec"`
	PixFmt     string        `json:"pix_fmt"`
	Width      int           `json:"width"` // as coded
	Height     int           `json:"height"`
	SAR        Ratio         `json:"sar"`  // shape of a pixel; 1:1 where unknown
	Rate       timecode.Rate `json:"rate"` // as the container claims; zero where it does not
	Colour     Colour        `json:"colour"`
	Interlaced bool          `json:"interlaced,omitempty"`
	Rotation   int           `json:"rotation,omitempty"` // degrees clockwise that the decoder already applied
}

// Ratio is a proportion, such as that of a pixel's width to its height.
type Ratio struct {
	Num int `json:"num"`
	Den int `json:"den"`
}

// Float is r as a number, 1 where it makes no sense.
func (r Ratio) Float() float64 {
	if r.Num <= 0 || r.Den <= 0 {
		return 1
	}
	return float64(r.Num) / float64(r.Den)
}

// Shape is the width to height at which people see the film; 16:9 where it is unknown.
func (v *Video) Shape() float64 {
	if v == nil || v.Width <= 0 || v.Height <= 0 {
		return 16.0 / 9
	}
	w, h := float64(v.Width)*v.SAR.Float(), float64(v.Height)
	if v.Rotation%180 != 0 {
		w, h = h, w
	}
	return w / h
}

// Colour says how a frame's numbers are meant.
type Colour struct {
	Matrix Matrix `json:"matrix"`
	Full   bool   `json:"full,omitempty"` // 0-255; otherwise luma is 16-235, chroma 16-240
}

// Matrix names the weights between YCbCr and RGB.
type Matrix string

// The matrices in use. The frames of a film that names none are BT.709 from 720 lines up, BT.601 below.
const (
	BT601  Matrix = "bt601"
	BT709  Matrix = "bt709"
	BT2020 Matrix = "bt2020"
)

// AudioTrack describes one sound track.
type AudioTrack struct {
	Stream     int    `json:"stream"` // its number in the container
	Codec      string `json:"codec"`
	Language   string `json:"language,omitempty"` // as tagged: "jpn"
	SampleRate int    `json:"sample_rate"`
	Channels   int    `json:"channels"`
	Default    bool   `json:"default,omitempty"`
}

// TextTrack describes one text subtitle track.
type TextTrack struct {
	Stream   int    `json:"stream"` // its number in the container; -1 for a file beside the film
	Codec    string `json:"codec"`  // as stored: "ass", "subrip", "mov_text"
	Format   string `json:"format"` // as it arrives in Text.Data: "ass", "srt", "webvtt"
	Language string `json:"language,omitempty"`
	Title    string `json:"title,omitempty"`
	Default  bool   `json:"default,omitempty"`
	Forced   bool   `json:"forced,omitempty"`
	File     string `json:"file,omitempty"` // base name, for a file beside the film
}
