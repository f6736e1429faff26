// Package timeline is an edit as every editing program understands it: tracks of clips, gaps and transitions, with markers; the
// shape of OpenTimelineIO. Package interchange writes it in each program's own format.
//
// Lengths on the timeline are frames of [Timeline].Rate; a clip's place in its film is a frame of [MediaRef].Rate. The two meet in
// [Clip].Used, which rounds so that no frame outside the intended stretch is shown.
//
//	film := &timeline.MediaRef{Path: `D:\Anime\01.mkv`, Rate: timecode.Film, Frames: 34000, HasVideo: true}
//	shot := timecode.Span{In: 1200, Out: 1260}
//	edit := &timeline.Timeline{Name: "rain", Rate: timecode.Film, Start: timeline.Hour(timecode.Film), Tracks: []timeline.Track{{
//		Kind: timeline.Video,
//		Items: []timeline.Item{
//			&timeline.Gap{Length: 24},
//			&timeline.Clip{Media: film, In: shot.In, Length: timeline.Fit(shot, film.Rate, timecode.Film)},
//		},
//	}}}
//	err := edit.Validate()
//
// Whoever walks a track asks [Track].Placed, which says where each item begins.
package timeline
