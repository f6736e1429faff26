// Package interchange writes timelines as the files that editing programs open.
//
//	format, err := interchange.ByName(filepath.Ext(path)) // ".edl"
//	for _, warning := range format.Warnings(edit) {
//		fmt.Fprintln(os.Stderr, warning)
//	}
//	err = format.Write(file, edit)
//
// A new format is one more file with a writer, and one more line in [Formats].
//
// # What every format promises
//
// Positions are frames and out points are exclusive. A clip is called by its file's full name, by which programs find footage
// again; names and notes that people gave stand beside it. Paths are taken for what their shape says, so D:\Anime\01.mkv becomes a
// Windows URL on Linux too. A file's embedded timecode is added to source positions and never to record positions. Timecode is
// drop frame at 29.97 and 59.94, and non-drop elsewhere; 23.976 counts 24.
//
// Where a film runs at another rate than the timeline, OTIO, CSV and JSON keep its own frames. Final Cut Pro 7 XML and edit lists,
// whose readers take source positions at the timeline's rate, get the first timeline frame that begins inside the stretch meant,
// and as many more as the clip is long: no frame of a neighbouring shot is shown, and every record position is exact.
//
// A clip that runs at another speed is said so by OTIO (LinearTimeWarp), edit lists (M2), CSV and JSON. Final Cut Pro 7 XML is written
// without, with a warning: how programs read its time remapping has not been seen.
//
// # CSV
//
// UTF-8 without a byte order mark, a header row, then a row for every clip, gap, transition and marker, track by track, the
// timeline's own markers last. Columns, of which more may be added at the end:
//
//	index                  1, 2, 3 ...
//	type                   clip, gap, transition or marker
//	track                  its name, or V1, V2, A1 ...; empty for the timeline's markers
//	record_start           timecode on the timeline, with its start (01:00:00:00)
//	record_end             the same, exclusive; equal to record_start for a marker without length
//	record_start_frame     frames from the timeline's first
//	record_end_frame       exclusive
//	record_start_seconds   from the timeline's start
//	record_end_seconds     exclusive
//	rate                   frames a second of the record columns: 24000/1001
//	source_file            the file's path, untouched; clips only, like all that begin with source
//	source_in              first frame of the file that is used, counted from 0 at source_rate, without embedded timecode
//	source_out             exclusive; where the rates differ, rounded up to take in the frame that is shown in part
//	source_in_seconds      from the file's first frame
//	source_out_seconds     exclusive
//	source_rate            frames a second of the file
//	name                   what people call the clip; a marker's name; "dissolve" or "wipe"
//	note                   free text
//	speed                  of a clip: 1 as filmed, 2 twice as fast, below 0 backwards: source_in is the last frame then that is shown
//
// In track, name and note, which are free text, line breaks become spaces, and a ' goes before =, +, - and @, which spreadsheets
// would run as formulas. Paths are data and left as they are.
//
// # JSON
//
// One object; fields may be added, and "version" changes should one ever be renamed. Frames count from 0; ends are exclusive.
//
//	format          "amvlib-timeline"
//	version         1
//	name            of the edit
//	rate            {"num": 24000, "den": 1001}
//	start           timecode of the first frame, as a number of frames
//	start_timecode  the same as text
//	frames          length
//	width, height   in pixels
//	media           every file once: path; url, which keeps names that are no UTF-8; rate ({"num": 0, "den": 0}: the timeline's);
//	                frames (0: unknown); start, its embedded timecode in frames; has_video, width, height; sar, the shape of a
//	                pixel (0: square); channels and sample_rate of sound; variable, whether the frame rate is
//	tracks          kind ("Video" from the lowest up, then "Audio"), name, items
//	items           type, record_start and record_end on the timeline in frames, and
//	                clip: media, an index in the list above; in and out, in frames of the file; speed where it is not 1: 2 is twice
//	                as fast, and below 0 it runs backwards, from out to in; name, note, markers
//	                transition: kind ("dissolve", "wipe"), before and after, frames on either side of the cut it lies over
//	markers         at and length in frames, from the start of the timeline or of the clip; name, note, colour
package interchange
