package catalog

import "github.com/amvlib/amvlib/timecode"

// Part is the verb that says what a shot is within its series: Value is "opening", "ending" and such, or "none" for a part of the episode
// itself, whatever recurs elsewhere.
const Part Verb = "part"

// NoPart is the Value of a Part that is just the episode.
const NoPart = "none"

// PartOn is what the user says last of which part a shot is; false where nothing is said. words are those on its episode.
func PartOn(words []Word, shot timecode.Range) (value string, ok bool) {
	for _, w := range words {
		if w.Verb == Part && w.Subject == OnShot && meant(w.Range, shot) {
			value, ok = w.Value, true
		}
	}
	return value, ok
}
