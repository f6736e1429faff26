package storyboard

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/search"
	"github.com/amvlib/amvlib/timecode"
	"github.com/amvlib/amvlib/timeline"
)

// Timeline is the plan as an edit: the scenes on a video track, the song on an audio track, the lyric lines as markers.
func (b *Storyboard) Timeline(name string) *timeline.Timeline {
	bin := newBin()
	video := timeline.Track{Kind: timeline.Video, Name: "Scenes"}
	for i := range b.Sections {
		video.Items = append(video.Items, b.Sections[i].items(bin)...)
	}
	t := &timeline.Timeline{Name: name, Rate: b.Rate, Start: timeline.Hour(b.Rate), Tracks: []timeline.Track{video}}
	t.Width, t.Height = bin.size()
	if b.Song.Path != "" {
		t.Tracks = append(t.Tracks, b.songTrack())
	}
	t.Markers = b.markers()
	return t
}

// items are the section's clips, and a gap for what could not be filled.
func (s *Section) items(bin *bin) []timeline.Item {
	var all []timeline.Item
	for i := range s.Scenes {
		c := &s.Scenes[i]
		all = append(all, &timeline.Clip{
			Media: bin.ref(c.Hit.Episode, c.Record.Len()), In: c.Source.In, Length: c.Record.Len(), Note: clipNote(&c.Hit, c.Why),
		})
	}
	if hole := s.Hole().Len(); hole > 0 {
		all = append(all, &timeline.Gap{Length: hole})
	}
	return all
}

// clipNote is "Title 7, shot 12: why". A clip's name stays the file's, by which editing programs find it again.
func clipNote(h *search.Hit, why string) string {
	note := fmt.Sprintf("%s, shot %d", episodeName(h.Episode), h.Shot.Number)
	if why != "" {
		note += ": " + why
	}
	return oneLine(note)
}

// episodeName is "Title S2 7", as much of it as is known.
func episodeName(e *catalog.Episode) string {
	name := e.Name.Source
	if e.Name.Season > 0 {
		name += fmt.Sprintf(" S%d", e.Name.Season)
	}
	if e.Name.Number != "" {
		name += " " + e.Name.Number
	}
	return name
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func (b *Storyboard) songTrack() timeline.Track {
	ref := &timeline.MediaRef{
		Path: b.Song.Path, Rate: b.Rate, Frames: b.Frames, Channels: b.Song.Channels, SampleRate: b.Song.SampleRate,
	}
	return timeline.Track{Kind: timeline.Audio, Name: "Song", Items: []timeline.Item{
		&timeline.Clip{Media: ref, Length: b.Frames, Note: oneLine(b.Song.Artist + " " + b.Song.Title)},
	}}
}

// markers stand where the lines are sung, even where the first one's section begins with the song.
func (b *Storyboard) markers() []timeline.Marker {
	var all []timeline.Marker
	for i := range b.Sections {
		if s := &b.Sections[i]; s.Line != nil {
			at := b.Rate.Frame(s.Line.Start)
			all = append(all, timeline.Marker{At: at, Length: s.Record.Out - at, Name: oneLine(s.Line.Text), Colour: "green"})
		}
	}
	return all
}

// FromHits lays the clean ranges of hits end to end in the given order, each shot once, with the matched lines as markers. Where
// rate is zero it is the one that most of the hits were filmed in. Hits of which nothing can be shown at that rate are left out.
func FromHits(hits []search.Hit, rate timecode.Rate) *timeline.Timeline {
	if !rate.Valid() {
		rate = hitRate(hits)
	}
	t := &timeline.Timeline{Name: "Scenes", Rate: rate, Start: timeline.Hour(rate)}
	track := timeline.Track{Kind: timeline.Video, Name: "Scenes"}
	bin, at := newBin(), int64(0)
	for _, c := range showable(hits, rate) {
		t.Markers = append(t.Markers, hitMarkers(&c, at)...)
		track.Items = append(track.Items, &timeline.Clip{
			Media: bin.ref(c.hit.Episode, c.fit), In: c.clean.In, Length: c.fit, Note: clipNote(&c.hit, shared(&c.hit)),
		})
		at += c.fit
	}
	t.Tracks = []timeline.Track{track}
	t.Width, t.Height = bin.size()
	return t
}

func hitMarkers(c *candidate, at int64) []timeline.Marker {
	if c.hit.Line == nil {
		return nil
	}
	return []timeline.Marker{{At: at, Length: c.fit, Name: oneLine(c.hit.Line.Text), Colour: "green"}}
}

func hitRate(hits []search.Hit) timecode.Rate {
	var v votes
	for i := range hits {
		if e := hits[i].Episode; e != nil {
			v.add(e.Rate, hits[i].Shot.Clean.Len())
		}
	}
	return v.winner()
}

// bin holds one reference a film, and counts how long pictures of each size are shown.
type bin struct {
	refs  map[int64]*timeline.MediaRef
	sizes map[[2]int]int64
}

func newBin() *bin {
	return &bin{refs: map[int64]*timeline.MediaRef{}, sizes: map[[2]int]int64{}}
}

func (b *bin) ref(e *catalog.Episode, frames int64) *timeline.MediaRef {
	if size, ok := displaySize(e.Info.Video); ok {
		b.sizes[size] += frames
	}
	if b.refs[e.ID] == nil {
		b.refs[e.ID] = mediaRef(e)
	}
	return b.refs[e.ID]
}

func mediaRef(e *catalog.Episode) *timeline.MediaRef {
	ref := &timeline.MediaRef{Path: e.Path, Rate: e.Rate, Frames: mediaFrames(e), HasVideo: true, Variable: e.Variable}
	if v := e.Info.Video; v != nil {
		ref.Width, ref.Height, ref.SAR = v.Width, v.Height, v.SAR.Float()
	}
	if tracks := e.Info.Audio; len(tracks) > 0 {
		i := max(0, slices.IndexFunc(tracks, func(a media.AudioTrack) bool { return a.Default }))
		ref.Channels, ref.SampleRate = tracks[i].Channels, tracks[i].SampleRate
	}
	return ref
}

// displaySize is the film's size in square pixels, even as encoders want it.
func displaySize(v *media.Video) ([2]int, bool) {
	if v == nil || v.Width <= 0 || v.Height <= 0 {
		return [2]int{}, false
	}
	height := v.Height
	if v.Rotation%180 != 0 {
		height = v.Width
	}
	even := func(x float64) int { return max(2, int(math.Round(x/2))*2) }
	return [2]int{even(float64(height) * v.Shape()), even(float64(height))}, true
}

// size is the one shown longest, the larger of two equals.
func (b *bin) size() (width, height int) {
	best := [2]int{1920, 1080}
	for size, n := range b.sizes {
		longer := cmp.Or(cmp.Compare(n, b.sizes[best]), cmp.Compare(size[0], best[0]), cmp.Compare(size[1], best[1]))
		if longer > 0 {
			best = size
		}
	}
	return best[0], best[1]
}
