// Package sheet lays the hits of a search out as a contact sheet: one HTML file with the picture of each shot, where it is, what is said
// in it and why it was found, to be looked at, passed on and printed. It has everything inside, works without a network, follows the
// light or dark of the desktop, and is walked through with the arrow keys.
//
//	err := sheet.Write(ctx, w, sheet.Sheet{Title: "rain", Groups: []sheet.Group{{Hits: hits}}}, pictures)
//
// It names no path of this machine.
package sheet
