// Package timeline is an edit as every editing program understands it: tracks of clips, gaps and transitions, with markers; the
// shape of OpenTimelineIO. Package interchange writes it in each program's own format.
//
// Lengths on the timeline are frames of [Timeline].Rate; a clip's place in its film is a frame of [MediaRef].Rate. The two meet in
// [Clip].Used, which rounds so that no frame outside the intended stretch is shown.
package timeline
