// Package media is the vocabulary of decoded footage: what a container holds ([Info]) and what comes out of it ([Packet]), in the
// order in which it is decoded. It runs nothing. Package ffmpeg provides the real [Source], package fixtures drawn ones.
//
// Clock: every instant counts from the start of the container, the clock that sidecar subtitles use. Info.Start, the
// container's own idea of its first instant, restores absolute time where a format wants it.
//
// Pictures: frames come small ([Width] x [Height], 4:2:0) whatever the film's shape is, so pixels are rarely square; Info.Video
// carries the shape in which people see the film, the matrix and the range in which its numbers are to be read.
package media
