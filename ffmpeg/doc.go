// Package ffmpeg reads films and songs through the ffmpeg program, version 5.1 or newer. ffprobe is not needed.
//
//	tool, err := ffmpeg.Find(ctx, "", appDir)           // flag, AMVLIB_FFMPEG, PATH, the app's own folder
//	src, err := tool.Open(ctx, "episode.mkv", ffmpeg.Options{})
//	for packet, err := range src.Packets(ctx) { ... }   // frames and sound in step, then the text tracks
//
// One process decodes the first video stream once, small, together with one sound track, into a NUT stream on its standard output
// (the only pipe that works everywhere), and writes every text subtitle track to a temporary file beside. With Options.Cores the one
// process only takes the container apart, and several decode the packets of its pictures in stretches: see crew. What comes of it is the
// same to the bit.
//
// Files are hostile. A name is given as file: and an absolute path, so that it is no option, protocol or pattern; only the
// formats in a list are opened, so that no playlist in disguise opens other files; every number in what ffmpeg says is bounded.
//
// Trouble with a file is a [media.Error] that wraps one of the errors below, fs.ErrNotExist or fs.ErrPermission.
package ffmpeg
