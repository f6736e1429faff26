package interchange

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/amvlib/amvlib/timecode"
	"github.com/amvlib/amvlib/timeline"
)

// The song is two tracks, a channel each, whose clips know one another; else an editor moves one ear without the other.
func TestXMEMLLinksTheChannels(t *testing.T) {
	song := &timeline.MediaRef{Path: "/song.wav", Channels: 2, SampleRate: 44100}
	mono := &timeline.MediaRef{Path: "/voice.wav", Channels: 1, SampleRate: 44100}
	edit := &timeline.Timeline{Rate: timecode.Film, Tracks: []timeline.Track{
		{Kind: timeline.Audio, Items: []timeline.Item{&timeline.Clip{Media: mono, Length: 10}}},
		{Kind: timeline.Audio, Items: []timeline.Item{&timeline.Clip{Media: song, Length: 10}, &timeline.Gap{Length: 5}, &timeline.Clip{Media: mono, Length: 10}}},
	}}
	doc := readXMEML(t, write(t, "xmeml", edit))
	if len(doc.Audio) != 3 || len(doc.Audio[0].Items[0].Links) != 0 {
		t.Fatalf("%d tracks of sound", len(doc.Audio))
	}
	ids := map[string]bool{}
	for i := range 2 {
		left, right := doc.Audio[1].Items[i], doc.Audio[2].Items[i]
		for side, c := range []xmemlClip{left, right} {
			if ids[c.ID] {
				t.Errorf("two clips are %s", c.ID)
			}
			ids[c.ID] = true
			channel := []int{side + 1, 1}[i] // the voice has but one channel, and is heard on both sides
			if c.SourceTrack != channel {
				t.Errorf("clip %d on side %d plays channel %d", i, side, c.SourceTrack)
			}
			want := fmt.Sprintf("[{%s 2 %d} {%s 3 %d}]", left.ID, i+1, right.ID, i+1)
			if got := fmt.Sprint(c.Links); got != want {
				t.Errorf("clip %d is linked to %s", i, got)
			}
		}
	}
}

// Resolve drops clips whose file is described twice, and Premiere freezes those whose file has no duration.
func TestXMEMLDescribesEveryFileOnceAndFirst(t *testing.T) {
	data := write(t, "xmeml", amv(timecode.Film))
	doc := readXMEML(t, data)
	known := map[string]bool{}
	for _, track := range append(doc.Video, doc.Audio...) {
		for _, c := range track.Items {
			if c.XMLName.Local != "clipitem" {
				continue
			}
			if whole := c.File.URL != ""; whole == known[c.File.ID] || whole && c.File.Duration == 0 {
				t.Errorf("%s: file %s, known %v, described %v", c.ID, c.File.ID, known[c.File.ID], whole)
			}
			known[c.File.ID] = true
		}
	}
	if len(known) != 3 || bytes.Count(data, []byte("<pathurl>")) != 3 {
		t.Errorf("%d files", len(known))
	}
}

// A film at another rate keeps it in its file, while the clip counts as the sequence does.
func TestXMEMLMixedRates(t *testing.T) {
	film := &timeline.MediaRef{Path: "/a.mkv", Rate: timecode.PAL, Frames: 1001, HasVideo: true}
	edit := &timeline.Timeline{Rate: timecode.Film, Tracks: []timeline.Track{{Kind: timeline.Video, Items: []timeline.Item{&timeline.Clip{Media: film, In: 50, Length: 24}}}}}
	c := readXMEML(t, write(t, "xmeml", edit)).Video[0].Items[0]
	// 2 s are 47.95 frames of 23.976, and 1001 frames of 25 are exactly 960.
	if c.In != 48 || c.Out != 72 || c.Duration != 960 || c.File.Duration != 1001 || c.File.Rate.Base != 25 || c.File.Rate.NTSC != "FALSE" {
		t.Errorf("the clip is %+v", c)
	}
}

func TestSayRate(t *testing.T) {
	for rate, want := range map[timecode.Rate]string{
		timecode.Film: "{24 true} 24000/1001", timecode.Cinema: "{24 false} 24", timecode.NTSC60: "{60 true} 60000/1001", {Num: 1506, Den: 125}: "{12 false} 12",
		{Num: 2997, Den: 125}: "{24 true} 24000/1001", {Num: 1, Den: 3}: "{1 true} 1000/1001",
	} {
		tag, said := sayRate(rate)
		if got := fmt.Sprintf("%v %v", tag, said); got != want {
			t.Errorf("%v is said as %s, want %s", rate, got, want)
		}
	}
}

func TestPixelShapes(t *testing.T) {
	for _, c := range []struct {
		height int
		sar    float64
		want   string
		wide   xmlBool
	}{
		{1080, 0, "square", false}, {1080, 1, "square", false}, {480, 8.0 / 9, "NTSC-601", false}, {480, 32.0 / 27, "NTSC-601", true},
		{576, 16.0 / 15, "PAL-601", false}, {576, 64.0 / 45, "PAL-601", true}, {1080, 4.0 / 3, "square", false},
	} {
		if p := (&xmlWriter{}).picture(720, c.height, c.sar); p.Pixel != c.want || p.Anamorphic != c.wide {
			t.Errorf("%d lines of %v are %s, anamorphic %v", c.height, c.sar, p.Pixel, p.Anamorphic)
		}
	}
}
