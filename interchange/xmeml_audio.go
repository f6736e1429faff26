package interchange

import "github.com/amvlib/amvlib/timeline"

// channels writes a track of sound as the format has it, a track a channel: the left, and, unless every clip is mono, the right
// beside it. first is the number that the left one gets among the tracks of sound.
func (x *xmlWriter) channels(track *timeline.Track, first int) []xmlTrack {
	left := x.channel(track, 1)
	if !stereo(track) {
		left.Type = "Mono"
		return []xmlTrack{left}
	}
	right := x.channel(track, 2)
	for side, t := range []*xmlTrack{&left, &right} {
		count := 2
		t.Type, t.ExplodedIndex, t.ExplodedCount = "Stereo", &side, &count
	}
	link(left.Items, right.Items, first)
	return []xmlTrack{left, right}
}

func stereo(track *timeline.Track) bool {
	for _, it := range track.Items {
		if c, ok := it.(*timeline.Clip); ok && c.Media.Channels > 1 {
			return true
		}
	}
	return false
}

// channel writes the track with one channel of every clip; a mono clip sounds on both sides.
func (x *xmlWriter) channel(track *timeline.Track, channel int) xmlTrack {
	t := x.track(track)
	t.Channel = channel
	events := x.events(track)
	for _, it := range t.Items {
		if c, ok := it.(*xmlClip); ok {
			have := events[0].clip.Media.Channels
			events = events[1:]
			c.Channel = "stereo"
			if have == 1 {
				c.Channel = "mono"
			}
			c.SourceTrack = &xmlSource{"audio", min(channel, have)}
		}
	}
	return t
}

// link ties every clip to the one on the other side, so that programs move and cut them as one.
func link(left, right []any, first int) {
	index := 0
	for i := range left {
		l, ok := left[i].(*xmlClip)
		if !ok {
			continue
		}
		index++
		r := right[i].(*xmlClip) // the same items in the same order
		links := []xmlLink{{l.ID, "audio", first, index, 1}, {r.ID, "audio", first + 1, index, 1}}
		l.Links, r.Links = links, links
	}
}
