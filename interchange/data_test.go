package interchange

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"reflect"
	"testing"

	"github.com/amvlib/amvlib/timecode"
	"github.com/amvlib/amvlib/timeline"
)

// What the JSON says is the whole timeline: read back, it is the same.
func TestJSONLosesNothing(t *testing.T) {
	for _, edit := range []*timeline.Timeline{amv(timecode.Film), mixed(timecode.PAL), hostile("\x00 line\nbreak \u2028 進撃")} {
		var doc jsonTimeline
		if err := json.Unmarshal(write(t, "json", edit), &doc); err != nil {
			t.Fatal(err)
		}
		if got := fromJSON(t, doc); !reflect.DeepEqual(got, edit) {
			t.Errorf("%s comes back as\n%+v, was\n%+v", edit.Name, got, edit)
		}
		if doc.Frames != edit.Frames() || doc.Format != "amvlib-timeline" || doc.Version != 1 || doc.TC[:8] != "01:00:00" {
			t.Errorf("heading %+v", doc)
		}
	}
}

func fromJSON(t *testing.T, doc jsonTimeline) *timeline.Timeline {
	t.Helper()
	edit := &timeline.Timeline{Name: doc.Name, Rate: doc.Rate, Start: doc.Start, Width: doc.Width, Height: doc.Height, Markers: fromMarkers(doc.Markers)}
	var media []*timeline.MediaRef
	for _, m := range doc.Media {
		media = append(media, &timeline.MediaRef{Path: m.Path, Rate: m.Rate, Frames: m.Frames, Start: m.Start, HasVideo: m.HasVideo,
			Width: m.Width, Height: m.Height, SAR: m.SAR, Channels: m.Channels, SampleRate: m.SampleRate, Variable: m.Variable})
	}
	for _, track := range doc.Tracks {
		out := timeline.Track{Kind: track.Kind, Name: track.Name}
		for _, it := range track.Items {
			switch it.Type {
			case "clip":
				c := &timeline.Clip{Name: it.Name, Note: it.Note, Media: media[*it.Media], In: *it.In, Length: it.RecordEnd - it.RecordStart, Markers: fromMarkers(it.Markers)}
				if used := c.Used(doc.Rate); used.Out != *it.Out {
					t.Errorf("out is %d, want %d", *it.Out, used.Out)
				}
				out.Items = append(out.Items, c)
			case "gap":
				out.Items = append(out.Items, &timeline.Gap{Length: it.RecordEnd - it.RecordStart})
			case "transition":
				out.Items = append(out.Items, &timeline.Transition{Type: it.Kind, Before: *it.Before, After: *it.After})
			}
		}
		edit.Tracks = append(edit.Tracks, out)
	}
	return edit
}

func fromMarkers(all []jsonMarker) []timeline.Marker {
	var out []timeline.Marker
	for _, m := range all {
		out = append(out, timeline.Marker(m))
	}
	return out
}

// Scripts take columns by number, so these may not move.
func TestCSVColumnsStayWhereTheyAre(t *testing.T) {
	rows, err := csv.NewReader(bytes.NewReader(write(t, "csv", amv(timecode.NTSC)))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range map[int][]string{
		0: {"index", "type", "track", "record_start", "record_end", "record_start_frame", "record_end_frame", "record_start_seconds", "record_end_seconds",
			"rate", "source_file", "source_in", "source_out", "source_in_seconds", "source_out_seconds", "source_rate", "name", "note", "speed"},
		1: {"1", "clip", "V1", "01:00:00;00", "01:00:01;18", "0", "48", "0.000000", "1.601600", "30000/1001",
			"/media/Anime & Co/Épisode 01 [1080p] #1 50%.mp4", "24", "72", "0.800800", "2.402400", "30000/1001", "'=rain", `she says "go", then runs`, "1"},
		3: {"3", "marker", "V1", "01:00:01;23", "01:00:01;23", "53", "53", "1.768433", "1.768433", "30000/1001", "", "", "", "", "", "", "blink", "", ""},
		6: {"6", "transition", "V1", "01:00:04;24", "01:00:05;06", "144", "156", "4.804800", "5.205200", "30000/1001", "", "", "", "", "", "", "dissolve", "", ""},
	} {
		if !reflect.DeepEqual(rows[i], want) {
			t.Errorf("row %d is\n%q, want\n%q", i, rows[i], want)
		}
	}
}

func TestCSVAtMixedRatesCountsEachAtItsOwn(t *testing.T) {
	film := &timeline.MediaRef{Path: "/a.mkv", Rate: timecode.PAL, Frames: 1000, HasVideo: true}
	edit := &timeline.Timeline{Rate: timecode.Cinema, Tracks: []timeline.Track{{Kind: timeline.Video, Items: []timeline.Item{&timeline.Clip{Media: film, In: 25, Length: 23}}}}}
	rows, err := csv.NewReader(bytes.NewReader(write(t, "csv", edit))).ReadAll()
	if err != nil || !reflect.DeepEqual(rows[1][10:16], []string{"/a.mkv", "25", "49", "1.000000", "1.960000", "25"}) {
		t.Errorf("%v, source %q", err, rows[1])
	}
}
