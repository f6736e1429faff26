package interchange

import (
	"github.com/amvlib/amvlib/timecode"
	"github.com/amvlib/amvlib/timeline"
)

// amv is an edit at rate with all that an edit can hold: two films and a song under hostile names, one film with embedded timecode,
// a gap, dissolves, a wipe, fades, markers on the timeline and on a clip. Its expected places are in the golden files.
func amv(rate timecode.Rate) *timeline.Timeline {
	one := &timeline.MediaRef{Path: "/media/Anime & Co/Épisode 01 [1080p] #1 50%.mp4", Rate: rate, Frames: 479, HasVideo: true, Width: 1920, Height: 1080, Channels: 2, SampleRate: 48000}
	two := &timeline.MediaRef{Path: `D:\Anime\進撃 02 🎬.mkv`, Rate: rate, Frames: 34000, Start: timeline.Hour(rate), HasVideo: true, Width: 720, Height: 480, SAR: 32.0 / 27, Channels: 6, SampleRate: 44100}
	song := &timeline.MediaRef{Path: `\\nas\music\Söng = "go".wav`, Rate: rate, Frames: 719, Channels: 2, SampleRate: 44100}
	return &timeline.Timeline{
		Name: "amv <test> & \"more\"", Rate: rate, Start: timeline.Hour(rate), Width: 1920, Height: 1080,
		Tracks: []timeline.Track{
			{Kind: timeline.Video, Items: []timeline.Item{
				&timeline.Clip{Media: one, In: 24, Length: 48, Name: "=rain", Note: "she says \"go\",\nthen runs"},
				&timeline.Clip{Media: two, In: 1000, Length: 30, Markers: []timeline.Marker{{At: 5, Name: "blink", Colour: "green"}}},
				&timeline.Gap{Length: 12},
				&timeline.Clip{Media: one, In: 200, Length: 60},
				&timeline.Transition{Type: "dissolve", Before: 6, After: 6},
				&timeline.Clip{Media: two, In: 2000, Length: 40},
				&timeline.Transition{Type: "wipe", Before: 4, After: 4},
				&timeline.Clip{Media: one, In: 300, Length: 24},
				&timeline.Transition{Type: "dissolve", Before: 10},
				&timeline.Gap{Length: 10},
				&timeline.Transition{Type: "dissolve", After: 8},
				&timeline.Clip{Media: one, In: 330, Length: 20},
			}},
			{Kind: timeline.Audio, Name: "song", Items: []timeline.Item{&timeline.Clip{Media: song, Length: 244}}},
		},
		Markers: []timeline.Marker{{At: 48, Name: "drop", Colour: "blue"}, {At: 85, Length: 10, Name: "chorus – “go”", Note: "all of it"}},
	}
}

// mixed is an edit at rate of films and a song that run at others.
func mixed(rate timecode.Rate) *timeline.Timeline {
	t := &timeline.Timeline{Name: "mixed", Rate: rate, Start: timeline.Hour(rate), Width: 1280, Height: 720, Tracks: []timeline.Track{{Kind: timeline.Video}, {Kind: timeline.Audio}}}
	var length int64
	for i, own := range []timecode.Rate{timecode.Film, timecode.PAL, timecode.NTSC, timecode.Cinema, timecode.NTSC60, {Num: 12, Den: 1}} {
		film := &timeline.MediaRef{Path: "/films/" + string(rune('a'+i)) + ".mkv", Rate: own, Frames: 5000, HasVideo: true, Width: 640, Height: 360}
		for _, span := range []timecode.Span{{In: 1, Out: 100}, {In: 1001, Out: 1030}, {In: 4950, Out: 5000}} {
			c := &timeline.Clip{Media: film, In: span.In, Length: timeline.Fit(span, own, rate)}
			t.Tracks[0].Items = append(t.Tracks[0].Items, c)
			length += c.Length
		}
	}
	song := &timeline.MediaRef{Path: "/song.mp3", Frames: length + 5, Channels: 2, SampleRate: 44100}
	t.Tracks[1].Items = []timeline.Item{&timeline.Clip{Media: song, In: 3, Length: length}}
	return t
}
