package interchange

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/timecode"
	"github.com/amvlib/amvlib/timeline"
)

// shown is where a clip stands alone on the screen: the frames of the timeline that no transition lies over, and the place in its
// file, in timeline frames from the file's first, of the first of them. However differently the formats say an edit, this must be
// the same in all.
type shown struct {
	Name       string
	Start, End int64
	In         int64
}

// expected works out what is shown from the timeline alone, with none of the writers' code.
func expected(t *timeline.Timeline, track *timeline.Track) []shown {
	var all []shown
	for i, it := range track.Items {
		c, ok := it.(*timeline.Clip)
		if !ok {
			continue
		}
		var start, head, tail int64
		for _, before := range track.Items[:i] {
			start += before.Frames()
		}
		if i > 0 {
			if tr, ok := track.Items[i-1].(*timeline.Transition); ok {
				head = tr.After
			}
		}
		if i+1 < len(track.Items) {
			if tr, ok := track.Items[i+1].(*timeline.Transition); ok {
				tail = tr.Before
			}
		}
		if head+tail < c.Length {
			path := strings.ReplaceAll(c.Media.Path, `\`, "/")
			all = append(all, shown{path[strings.LastIndex(path, "/")+1:], start + head, start + c.Length - tail, inward(c, t.Rate) + head})
		}
	}
	return all
}

// inward is the first frame of rate that does not begin before the clip's first frame.
func inward(c *timeline.Clip, rate timecode.Rate) int64 {
	own := c.Media.Rate
	if !own.Valid() {
		return c.In
	}
	n, d := c.In*own.Den*rate.Num, own.Num*rate.Den
	return (n + d - 1) / d
}

// item is what check.py prints, and what our own readers make of a file.
type item struct {
	Type        string
	Name        string
	URL         string
	Black       bool
	RecordStart float64    `json:"record_start"`
	RecordEnd   float64    `json:"record_end"`
	RecordRate  float64    `json:"record_rate"`
	SourceStart float64    `json:"source_start"`
	SourceEnd   float64    `json:"source_end"`
	SourceRate  float64    `json:"source_rate"`
	Available   []float64  `json:"available"`
	Before      float64    `json:"in"`
	After       float64    `json:"out"`
	Length      float64    `json:"length"`
	Markers     []readMark `json:"markers"`
}

type readMark struct {
	Name   string
	At     float64
	Length float64
	Color  string
}

// alone takes what the transitions lie over off the clips of a track. place turns a clip's source start into frames of the timeline
// from the file's first; offset is where the track's record positions begin.
func alone(items []item, offset float64, place func(item) float64) []shown {
	var all []shown
	for i, it := range items {
		if it.Type != "clip" || it.Black {
			continue
		}
		start, end, in := it.RecordStart-offset, it.RecordEnd-offset, place(it)
		if i > 0 && items[i-1].Type == "transition" {
			start, in = start+items[i-1].After, in+items[i-1].After
		}
		if i+1 < len(items) && items[i+1].Type == "transition" {
			end -= items[i+1].Before
		}
		if start < end {
			all = append(all, shown{it.Name, int64(math.Round(start)), int64(math.Round(end)), int64(math.Round(in))})
		}
	}
	return all
}

// readOTIO walks the JSON of a track, adding up lengths.
func readOTIO(t *testing.T, data []byte, kind timeline.Kind) [][]item {
	t.Helper()
	type ranged struct {
		Start struct{ Value, Rate float64 } `json:"start_time"`
		Lasts struct{ Value, Rate float64 } `json:"duration"`
	}
	var doc struct {
		Tracks struct {
			Children []struct {
				Kind     timeline.Kind
				Children []struct {
					Schema string `json:"OTIO_SCHEMA"`
					Name   string
					Source ranged                  `json:"source_range"`
					In     struct{ Value float64 } `json:"in_offset"`
					Out    struct{ Value float64 } `json:"out_offset"`
					Media  map[string]struct {
						URL       string `json:"target_url"`
						Available ranged `json:"available_range"`
					} `json:"media_references"`
				}
			}
		}
	}
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	var tracks [][]item
	for _, track := range doc.Tracks.Children {
		if track.Kind != kind {
			continue
		}
		var items []item
		var at float64
		for _, c := range track.Children {
			it := item{Name: c.Name, Before: c.In.Value, After: c.Out.Value}
			it.Type = map[string]string{"Clip.2": "clip", "Gap.1": "gap", "Transition.1": "transition"}[c.Schema]
			it.RecordStart, it.RecordEnd, it.RecordRate = at, at+c.Source.Lasts.Value, c.Source.Lasts.Rate
			it.SourceStart, it.SourceRate = c.Source.Start.Value, c.Source.Start.Rate
			media := c.Media["DEFAULT_MEDIA"]
			it.URL = media.URL
			it.Available = []float64{media.Available.Start.Value, media.Available.Start.Value + media.Available.Lasts.Value}
			at += c.Source.Lasts.Value
			items = append(items, it)
		}
		tracks = append(tracks, items)
	}
	return tracks
}

type xmemlClip struct {
	XMLName   xml.Name
	ID        string `xml:"id,attr"`
	Name      string `xml:"name"`
	Start     int64  `xml:"start"`
	End       int64  `xml:"end"`
	In        int64  `xml:"in"`
	Out       int64  `xml:"out"`
	Duration  int64  `xml:"duration"`
	Alignment string `xml:"alignment"`
	File      struct {
		ID       string `xml:"id,attr"`
		URL      string `xml:"pathurl"`
		Duration int64  `xml:"duration"`
		Rate     struct {
			Base int64  `xml:"timebase"`
			NTSC string `xml:"ntsc"`
		} `xml:"rate"`
	} `xml:"file"`
	SourceTrack int `xml:"sourcetrack>trackindex"`
	Links       []struct {
		Clip  string `xml:"linkclipref"`
		Track int    `xml:"trackindex"`
		Index int    `xml:"clipindex"`
	} `xml:"link"`
}

type xmemlTrack struct {
	Items []xmemlClip `xml:",any"`
}

type xmemlDoc struct {
	Duration int64        `xml:"sequence>duration"`
	Video    []xmemlTrack `xml:"sequence>media>video>track"`
	Audio    []xmemlTrack `xml:"sequence>media>audio>track"`
}

func readXMEML(t *testing.T, data []byte) xmemlDoc {
	t.Helper()
	var doc xmemlDoc
	if err := xml.Unmarshal(data, &doc); err != nil {
		t.Fatalf("no XML: %v\n%s", err, data)
	}
	return doc
}

// xmemlShown reads a track, where a clip beside a transition leaves its edge to it, and holds on to the format's own rule that a
// clip lasts as long in the file as on the timeline.
func xmemlShown(t *testing.T, track xmemlTrack) []shown {
	t.Helper()
	var items []xmemlClip
	for _, it := range track.Items {
		if it.XMLName.Local == "clipitem" || it.XMLName.Local == "transitionitem" {
			items = append(items, it)
		}
	}
	var all []shown
	for i, c := range items {
		if c.XMLName.Local != "clipitem" {
			continue
		}
		s := shown{c.Name, c.Start, c.End, c.In}
		first, last := c.Start, c.End
		if c.Start == -1 {
			first, s.Start = items[i-1].Start, items[i-1].End
			s.In += s.Start - first
		}
		if c.End == -1 {
			last, s.End = items[i+1].End, items[i+1].Start
		}
		if last-first != c.Out-c.In || c.In < 0 || c.Out > c.Duration {
			t.Errorf("clip %+v lasts from %d to %d on the timeline", c, first, last)
		}
		if s.Start < s.End {
			all = append(all, s)
		}
	}
	return all
}

// edlShown reads the events of a channel, and holds on to the rules of edit lists.
func edlShown(t *testing.T, data []byte, edit *timeline.Timeline, channels string, start func(name string) int64) []shown {
	t.Helper()
	var all []shown
	for event := range bytes.SplitSeq(data, []byte("\r\n0")) {
		lines := strings.Split(string(event), "\r\n")
		if strings.HasPrefix(lines[0], "TITLE") {
			continue
		}
		f := strings.Fields(lines[0])
		if len(f) < 8 || !strings.Contains(" "+channels+" ", " "+f[2]+" ") || f[1] == "BL" || f[4] == f[5] {
			continue
		}
		s, skip := edlEvent(t, f, edit)
		for _, line := range lines[1:] {
			if name, ok := strings.CutPrefix(line, "* TO CLIP NAME: "); ok {
				s.Name = name
			} else if name, ok := strings.CutPrefix(line, "* FROM CLIP NAME: "); ok {
				s.Name = name
			}
		}
		s.In -= start(s.Name)
		s.Start, s.In = s.Start+skip, s.In+skip
		if s.Start < s.End {
			all = append(all, s)
		}
	}
	return all
}

// edlEvent reads the columns of an event, and how long it blends.
func edlEvent(t *testing.T, f []string, edit *timeline.Timeline) (shown, int64) {
	t.Helper()
	var skip int64
	if f[3] != "C" {
		skip, _ = strconv.ParseInt(f[4], 10, 64)
		f = append(f[:4:4], f[5:]...)
	}
	var at [4]int64
	for i := range at {
		var err error
		if at[i], err = edit.Rate.ParseTimecode(f[4+i]); err != nil {
			t.Fatal(f, err)
		}
	}
	if at[1]-at[0] != at[3]-at[2] || at[0] < 0 {
		t.Errorf("event %v takes %d frames for %d", f, at[1]-at[0], at[3]-at[2])
	}
	return shown{Start: at[2] - edit.Start, End: at[3] - edit.Start, In: at[0]}, skip
}

func write(t *testing.T, name string, edit *timeline.Timeline) []byte {
	t.Helper()
	f, err := ByName(name)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := f.Write(&out, edit); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return out.Bytes()
}
