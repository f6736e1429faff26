// Package picture says what film looks like and picks the picture that stands for a shot.
//
// A [Meter] measures frames as they come; a [Mean] puts measurements together; a [Shot] gathers one shot's frames and names its
// keyframe; [Thumbnail] and [Still] turn a frame into a JPEG in the film's own colours and shape.
//
//	shot := picture.NewShot(info.Video.Colour)
//	for _, f := range frames {
//		shot.Add(f, !inTransition(f))
//	}
//	key, features, ok := shot.Result()
//	hues := shot.Palette() // how much of it is red, how much black
//	jpeg, err := picture.Thumbnail(key.Image, info.Video.Colour, info.Video.Shape(), picture.ThumbWidth)
//
// Frames carry the film's own numbers: in video range black is Y=16 and white 235, and the weights between YCbCr and RGB depend on
// the film. Everything here therefore asks for its [media.Colour].
package picture
