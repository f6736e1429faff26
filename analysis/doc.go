// Package analysis learns all there is to learn from a film in one pass.
//
//	film, err := tool.Open(ctx, "Title - 01.mkv", ffmpeg.Options{})
//	learnt, err := analysis.Analyze(ctx, film, analysis.Options{})
//
// [Analyze] is a function from a [media.Source] to a plain value. It stores nothing and knows no file, so that a film on disk, a
// drawn one in a test and a film on another machine are analysed by the same call. Memory is bounded by the look-ahead of the shot
// detector, not by the length of the film; what grows with length is the result itself, about a megabyte and a half an episode.
//
// The pass: frames go to the shot detector as they come and wait in a queue until the detector has settled them; then each is
// known to be clean or part of a transition, and is measured for the shot that it belongs to. Of a shot only the best candidate
// for its keyframe is kept. Sound is reduced to loudness, text to lines.
package analysis
