package analysis

import (
	"context"
	"errors"
	"log/slog"

	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/picture"
	"github.com/amvlib/amvlib/shotdetect"
	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

// Current is what this program makes of each layer. A library that holds a lower number has it made anew.
var Current = Versions{Shots: 3, Pictures: 3, Sound: 1, Text: 1, Flags: 1}

// ErrNoFrames is returned for a film of which nothing could be decoded.
var ErrNoFrames = errors.New("no frame could be decoded")

// Options say how a film is analysed. The zero Options are fine.
type Options struct {
	Detector shotdetect.Detector                       // a fresh one; nil for the usual
	Progress func(frames int64, reached timecode.Time) // called now and then; nil for nobody
	Log      *slog.Logger
}

// Analyze learns from src in one pass. Its errors are those of src, and ErrNoFrames.
func Analyze(ctx context.Context, src media.Source, opt Options) (*Analysis, error) {
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	if opt.Detector == nil {
		opt.Detector = shotdetect.New(shotdetect.Options{})
	}
	p := newPass(src.Info(), opt)
	for packet, err := range src.Packets(ctx) {
		if err == nil {
			err = p.take(packet)
		}
		if err != nil {
			return nil, err
		}
	}
	return p.finish(src.Info())
}

// pass is the state of one reading.
type pass struct {
	opt      Options
	out      *Analysis
	meter    *picture.Meter
	sampler  sampler
	sound    meter
	portrait *portraitist
	queue    []measured // frames that the detector has not settled
	told     []shotdetect.Boundary
	reported int64
}

// measured is a frame and what it looks like.
type measured struct {
	frame    *media.Frame
	features picture.Features
}

func newPass(info media.Info, opt Options) *pass {
	video := info.Video
	if video == nil {
		video = &media.Video{}
	}
	return &pass{
		opt: opt, out: &Analysis{Versions: Current}, meter: picture.NewMeter(video.Colour),
		sampler: sampler{video: video}, portrait: newPortraitist(info, video),
	}
}

func (p *pass) take(packet media.Packet) error {
	switch {
	case packet.Frame != nil:
		return p.frame(packet.Frame)
	case packet.Audio != nil:
		p.sound.add(packet.Audio)
	case packet.Text != nil:
		p.out.Tracks = append(p.out.Tracks, ReadInside(packet.Text))
	}
	return nil
}

func (p *pass) frame(f *media.Frame) error {
	if n := len(p.out.Times); n > 0 && f.PTS <= p.out.Times[n-1] { // a source should know better
		later := *f
		later.PTS = p.out.Times[n-1] + 1
		f = &later
	}
	m := measured{f, p.meter.Measure(f.Image)}
	p.out.Times = append(p.out.Times, f.PTS)
	if err := p.sampler.add(m); err != nil {
		return err
	}
	p.queue = append(p.queue, m)
	if err := p.settle(p.opt.Detector.Push(f)); err != nil {
		return err
	}
	p.report(f)
	return nil
}

// reportEvery is how many frames lie between two words of progress.
const reportEvery = 48

func (p *pass) report(f *media.Frame) {
	if p.opt.Progress != nil && f.Index >= p.reported {
		p.opt.Progress(f.Index+1, f.PTS)
		p.reported = f.Index + reportEvery
	}
}

// settle hands the frames that the detector has settled to the shots they belong to.
func (p *pass) settle(s shotdetect.Settled) error {
	p.out.Scores = append(p.out.Scores, s.Scores...)
	p.told = append(p.told, s.Boundaries...)
	p.portrait.boundaries(s.Boundaries)
	n := 0
	for n < len(p.queue) && p.queue[n].frame.Index < s.Until {
		if err := p.portrait.add(p.queue[n]); err != nil {
			return err
		}
		n++
	}
	clear(p.queue[:n]) // let go of the pictures
	p.queue = p.queue[n:]
	return nil
}

// finish puts together what was gathered. The source's Info is asked again: some of it is learnt on the way.
func (p *pass) finish(info media.Info) (*Analysis, error) {
	frames := int64(len(p.out.Times))
	if frames == 0 {
		return nil, ErrNoFrames
	}
	if err := p.settle(p.opt.Detector.Flush()); err != nil {
		return nil, err
	}
	if err := p.portrait.close(); err != nil {
		return nil, err
	}
	p.sound.close()
	out := p.out
	out.Info, out.Samples, out.Stills, out.Loudness = info, p.sampler.samples, p.sampler.stills, p.sound.levels
	var claimed timecode.Rate
	if info.Video != nil {
		claimed = info.Video.Rate
	}
	out.Rate, out.Variable = pace(out.Times, claimed)
	p.shots(shotdetect.Shots(p.told, frames))
	return out, nil
}

// shots joins the tiling of the film with the portraits that were made on the way; both come from the same boundaries.
func (p *pass) shots(tiles []shotdetect.Shot) {
	marked := p.portrait.flags.Sets()
	for i, tile := range tiles[:min(len(tiles), len(p.portrait.done))] {
		s := p.portrait.done[i]
		s.Shot, s.Flags = tile, marked[i]
		s.Range = timecode.Range{Start: p.out.Time(tile.Clean.In), End: p.out.Time(tile.Clean.Out)}
		s.Loudness = p.out.Level(s.Range)
		p.out.Shots = append(p.out.Shots, s)
	}
}

// Time is when frame begins; for the number of frames, when the film ends.
func (a *Analysis) Time(frame int64) timecode.Time {
	switch n := int64(len(a.Times)); {
	case n == 0:
		return 0
	case frame < 0:
		return a.Times[0]
	case frame >= n:
		return end(a.Times, a.Rate)
	}
	return a.Times[frame]
}

// Level is the mean loudness of r in dB below full scale; Silent where no sound covers it.
func (a *Analysis) Level(r timecode.Range) int8 { return during(a.Loudness, r) }

// ReadInside reads a text track that a source gives, like ReadText. Its lines are on the container's clock; those that are over
// before it begins are left out.
func ReadInside(text *media.Text) Track {
	t := ReadText(text.Track, text.Data, timecode.Rate{})
	if text.Offset != 0 {
		t.Lines = subtitles.Shift(t.Lines, text.Offset)
	}
	return t
}

// ReadText reads a text track, from inside a film or beside it. It does not fail: what cannot be read is named in Skipped. rate is
// the film's, for the formats that count frames; it may be zero.
func ReadText(track media.TextTrack, data []byte, rate timecode.Rate) Track {
	t := Track{TextTrack: track}
	doc, err := subtitles.ParseWith(data, track.Format, subtitles.Options{Rate: rate})
	if err != nil {
		t.Skipped = []string{err.Error()}
		return t
	}
	t.Lines, t.Skipped = doc.Lines, doc.Skipped
	lang := subtitles.ParseLanguage(track.Language)
	if lang == "" {
		lang = subtitles.Language(t.Lines)
	}
	subtitles.SetLanguages(t.Lines, lang)
	return t
}
