// Package timecode is the project's clock: exact instants, exact rates and the SMPTE text that editing programs speak.
//
// Two units exist and no third. A [Time] is an instant on a container's clock, an integer count of microseconds from the
// container's start; it is what decoders stamp frames with. A frame number is an int64 that counts pictures from 0, either in
// display order of a film or from the start of a timeline; with a [Rate] it becomes a Time and back without drift.
//
//	film := timecode.Rate{Num: 24000, Den: 1001}
//	film.At(24)                  // 1001000 µs
//	film.Frame(1_001_000)        // 24
//	film.Timecode(86400)         // "01:00:00:00"
//
// A second held in a float appears only at the edge of a format that demands it ([Time.Seconds], [Rate.Float]).
package timecode
