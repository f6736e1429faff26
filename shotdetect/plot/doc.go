// Package plot draws what a shot detector saw in a film: how likely each frame begins a shot or lies within a gradual boundary, the
// boundaries that were found, and the frames on both sides of each.
//
//	p := plot.New(info.Video, options)
//	options.Watch = p.Watch
//	d := shotdetect.New(options)
//	for frame := range frames {
//		p.Add(frame)
//		err = p.Settle(d.Push(frame))
//	}
//	err = p.Settle(d.Flush())
//	err = p.Write(file) // PNG
//
// Memory is a few bytes a frame and a small JPEG for each picture shown; frames are kept until they are settled. However long a film
// is, the picture has at most [Bands] bands of the curve.
package plot
