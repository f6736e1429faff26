// Package inline writes pictures into terminals that can show them, in the three ways that there are: kitty's graphics protocol, iTerm2's
// inline images and DEC's sixels; and finds out which of them a terminal takes.
//
//	t := inline.Detect(inline.Here(os.Stdout))
//	if t.Protocol == inline.None {
//		fmt.Fprintln(os.Stderr, t.Why)
//	}
//	err := t.Write(os.Stdout, picture, inline.Box{Indent: 4, Rows: 8})
//
// A picture keeps its shape inside a box of cells. Room is made for it first, so that the cursor ends at the beginning of the line below,
// wherever on the screen it was and whatever the terminal does to it.
//
// [Detect] goes by the environment, and where that says nothing by what the terminal answers to three questions that all of them know
// or pass over; it waits for no longer than [Patience], reads nothing that it did not ask for, and asks nothing from the background.
//
// Inside tmux, kitty's pictures are sent past it and stand on placeholders of text (U+10EEEE), which tmux moves as it moves all text; iTerm2's are
// sent past it too. Both need "set -g allow-passthrough on". A tmux that knows sixels itself gets those.
//
// Sources: "Terminal graphics protocol" of kitty's documentation; "Inline Images Protocol" of iTerm2's; DEC STD 070, "Video Systems
// Reference Manual", chapter 9; Heckbert, "Color image quantization for frame buffer display", 1982 (median cut); Floyd and Steinberg, "An
// adaptive algorithm for spatial grey scale", 1976.
package inline
