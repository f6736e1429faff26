// Package subtitles turns timed text of every format, subtitles and lyrics alike, from bytes into Lines.
//
//	doc, err := subtitles.Parse(data, subtitles.FormatOf("Title - 01.pl.ass"))
//	for _, line := range doc.Lines {
//		fmt.Println(line.Start, line.Kind, line.Text)
//	}
//
// Files in the wild are in CP1250 or Shift-JIS, cut short, retyped by hand and typeset by fans. The promise is that no file is
// lost to one bad line: what can be read is read, what cannot is named in [Document.Skipped]. A Line's text is what a viewer
// reads and an editor searches: tags, override blocks and drawings are gone, entities decoded, invisible characters dropped,
// letters composed (NFC), and the lines of one cue parted by "\n".
//
// Around a file's lines: [Language] tells what they are in, [ParseLanguage] what a tag or a name means, [SidecarOf] which film a file
// lies beside and what its suffix says, [Offset] by how much it is off.
//
// # Formats
//
// SubRip (srt), Advanced and plain SubStation (ass, ssa), WebVTT (vtt), TTML (ttml), EBU STL and Spruce STL (stl), MicroDVD, MPL2,
// TMPlayer and SubViewer (sub), LRC with word times (lrc), UltraStar and plain lyrics (txt). The name a caller gives is a hint:
// content that is something else is read as what it is.
//
// # What go-astisub does here
//
// asticode/go-astisub decodes the time lines of SubRip and WebVTT and the blocks of EBU STL with its character tables. It is
// handed one cue at a time, for given a whole file it fails at the first bad field, drops everything after a line of 64 KB, and
// panics on a TTML paragraph without a begin. Text is read here: astisub joins words that only a space between two tags keeps
// apart, loses nested spans, and keeps drawings as words.
package subtitles
