package catalog

import (
	"slices"
	"sort"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/picture"
	"github.com/amvlib/amvlib/picture/flags"
	"github.com/amvlib/amvlib/shotdetect"
	"github.com/amvlib/amvlib/timecode"
)

// likeness is where a shot's picture is kept: that of a shot that the machine found, by its number, or the small one of a frame.
type likeness struct {
	shot  int   // 0 for none
	still int64 // -1 for none
}

// portray gives a shot as it stands what stands for it: all that the machine made where it found the very shot, and else what can be told
// from what was kept. [Catalog.Split] says what that is.
func (s *standing) portray(tile shotdetect.Shot) (analysis.Shot, likeness) {
	if i := s.found(tile); i >= 0 {
		shot := s.Shots[i]
		shot.Shot = tile // its boundaries may be of another type
		return shot, likeness{shot: i + 1, still: -1}
	}
	made := analysis.Shot{Shot: tile, Range: timecode.Range{Start: s.time(tile.Clean.In), End: s.time(tile.Clean.Out)}}
	of := s.choose(&made)
	made.KeyTime = s.time(made.Keyframe)
	made.Features, made.Palette = s.features(tile.Clean), s.palette(tile.Clean)
	made.Loudness = s.Level(made.Range)
	made.Flags = s.flags(tile.Clean)
	return made, of
}

// flags of a stretch are those of the machine's shots that have frames in it: what is unwanted where one has it, for it may be in this part;
// what says something of a whole shot, such as that nothing moves, where all have it.
func (s *standing) flags(span timecode.Span) flags.Set {
	const whole = flags.Black | flags.White | flags.Still | flags.LipFlap
	some, all := flags.Set(0), ^flags.Set(0)
	for i := range s.Shots {
		if s.Shots[i].Clean.Overlap(span) > 0 {
			some |= s.Shots[i].Flags
			all &= s.Shots[i].Flags
		}
	}
	return some&^whole | some&all&whole
}

// found is the index of the very shot among those that the machine found; -1 where it is cut by hand.
func (s *standing) found(tile shotdetect.Shot) int {
	i := sort.Search(len(s.Shots)-1, func(i int) bool { return s.Shots[i].Span.In >= tile.Span.In })
	if s.Shots[i].Span != tile.Span || s.Shots[i].Clean != tile.Clean {
		return -1
	}
	return i
}

// choose finds the keyframe of a shot cut by hand, and what is known of it.
func (s *standing) choose(made *analysis.Shot) likeness {
	if i := s.biggest(made.Clean, func(f *analysis.Shot) bool { return made.Clean.Contains(f.Keyframe) }); i >= 0 {
		f := &s.Shots[i]
		made.Keyframe, made.Hash, made.Variance = f.Keyframe, f.Hash, f.Variance
		return likeness{shot: i + 1, still: -1}
	}
	half := made.Clean.In + made.Clean.Len()/2
	if frame, ok := nearestFrame(s.stills, half); ok && made.Clean.Contains(frame) {
		s.recognise(made, frame)
		made.Keyframe = frame
		return likeness{still: frame}
	}
	made.Keyframe = half
	s.recognise(made, half)
	return likeness{still: -1}
}

// recognise gives a shot the hash of the sample nearest to frame, and that sample's frame for its keyframe, if it lies in the shot.
func (s *standing) recognise(made *analysis.Shot, frame int64) {
	best := -1
	for i := range s.Samples {
		at := s.Samples[i].Frame
		if made.Clean.Contains(at) && (best < 0 || between(at, frame) < between(s.Samples[best].Frame, frame)) {
			best = i
		}
	}
	if best >= 0 {
		made.Keyframe, made.Hash, made.Variance = s.Samples[best].Frame, s.Samples[best].Hash, s.Samples[best].Variance
	}
}

// biggest is the index of the shot the machine found, of those that fit, that has most of its clean frames in span; -1 where none has.
func (s *standing) biggest(span timecode.Span, fits func(*analysis.Shot) bool) int {
	best, most := -1, int64(0)
	for i := range s.Shots {
		if n := s.Shots[i].Clean.Overlap(span); n > most && fits(&s.Shots[i]) {
			best, most = i, n
		}
	}
	return best
}

// nearestFrame is the one of frames, which are in order, that is nearest to frame, the earlier of equals.
func nearestFrame(frames []int64, frame int64) (int64, bool) {
	i, _ := slices.BinarySearch(frames, frame)
	switch {
	case len(frames) == 0:
		return 0, false
	case i == len(frames), i > 0 && frame-frames[i-1] <= frames[i]-frame:
		return frames[i-1], true
	}
	return frames[i], true
}

func between(a, b int64) int64 { return max(a-b, b-a) }

// features of a stretch are the means of its samples, each of which is the mean of the frames since the one before it: of those that
// reach over neither of its ends. Where there is none, they are of those that have frames in it, but for motion, which would be that of the
// cuts at its ends: that is, as all is where there are no samples, the one of the machine's shot there.
func (s *standing) features(span timecode.Span) picture.Features {
	within := timecode.Span{In: span.In + 1, Out: span.Out} // the first frame's motion lies between it and the shot before
	f, ok := s.mean(func(sampled timecode.Span) int64 {
		if sampled.In < within.In || sampled.Out > within.Out {
			return 0
		}
		return sampled.Len()
	})
	i := s.biggest(span, func(*analysis.Shot) bool { return true })
	if ok || i < 0 {
		return f
	}
	found := s.Shots[i].Features
	if f, ok = s.mean(span.Overlap); !ok {
		return found
	}
	f.Motion, f.Stillness = found.Motion, found.Stillness
	return f
}

// mean of the samples' features, each counted as often as weight says of the frames that it is the mean of; false where none is.
func (s *standing) mean(weight func(timecode.Span) int64) (picture.Features, bool) {
	var sum [looks]float64
	var count float64
	after := int64(0)
	for i := range s.Samples {
		n := float64(weight(timecode.Span{In: after, Out: s.Samples[i].Frame + 1}))
		after = s.Samples[i].Frame + 1
		for k, v := range look(0, s.Samples[i].Features) {
			sum[k] += n * float64(v)
		}
		count += n
	}
	var all [looks]float32
	for k := range all {
		all[k] = float32(sum[k] / max(1, count))
	}
	_, f := unlook(all)
	return f, count > 0
}
