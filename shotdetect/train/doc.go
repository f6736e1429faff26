// Program train makes what the shot detector learns from; for developers, see README.md.
//
//	go run ./shotdetect/train dump --footage DIR --truth DIR --out DIR --seed 1 --edits 1000
//
// It reads each film once through package ffmpeg, as the detector does, writes the rows of numbers of its frames with what is true of
// them, and then the same of edits and of films under other looks.
package main
