package analysis

import (
	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/phash"
	"github.com/amvlib/amvlib/picture"
	"github.com/amvlib/amvlib/picture/flags"
	"github.com/amvlib/amvlib/shotdetect"
	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

// Analysis is all that one pass learns about a film. It is plain data: what a worker on another machine returns is what a local
// call returns.
type Analysis struct {
	Versions Versions
	Info     media.Info
	Rate     timecode.Rate   // measured from the stamps of the frames
	Variable bool            // frames come at no constant rate
	Times    []timecode.Time // of every frame, on the container's clock
	Scores   []uint8         // of every frame: how much it looks like the first of a shot
	Shots    []Shot
	Samples  []Sample // a few a second
	Stills   []Still  // one a second, small
	Loudness []int8   // every LoudnessStep, in dB below full scale; empty without sound
	Tracks   []Track  // text, inside the film
}

// Versions counts up layer by layer, so that an upgrade redoes only what changed.
type Versions struct {
	Shots    int `json:"shots"`
	Pictures int `json:"pictures"`
	Sound    int `json:"sound"`
	Text     int `json:"text"`
	Flags    int `json:"flags"`
}

// Shot is a shot with the picture that stands for it.
type Shot struct {
	shotdetect.Shot
	Range    timecode.Range // of Clean, on the container's clock; the end is the start of the first frame after it
	Keyframe int64          // the frame that stands for the shot
	KeyTime  timecode.Time
	Hash     phash.Hash
	Variance float32 // of the keyframe's 64x64 gray; near 0, the hash means nothing
	Features picture.Features
	Palette  picture.Palette
	Flags    flags.Set // what is in the picture that an editor may not want there, or may look for
	Loudness int8      // mean, in dB below full scale; math.MinInt8 without sound
	Thumb    []byte    // JPEG at the film's own shape
}

// Sample is what is kept of a frame every SampleStep.
type Sample struct {
	Frame    int64
	Hash     phash.Hash
	Centre   phash.Hash // of the middle of the picture, see Middle; 0 where that is flat
	Variance float32
	Features picture.Features // Motion and Stillness since the sample before
}

// Still is a small picture kept every StillStep, so that a shot cut or joined by hand has one without a second decode.
type Still struct {
	Frame int64
	JPEG  []byte
}

// Track is one text track, read.
type Track struct {
	media.TextTrack
	Lines   []subtitles.Line
	Skipped []string // what could not be read in it, in words
}

// Middle is how much of a picture's width and height the hash of its centre is of, in quarters. What was cropped or zoomed a little has
// its centre still, and logos and subtitles are mostly outside of it.
const Middle = 3

// The steps at which a film is sampled.
const (
	SampleStep   = timecode.Second / 4
	StillStep    = timecode.Second
	LoudnessStep = timecode.Second / 10
)
