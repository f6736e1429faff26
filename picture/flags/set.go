package flags

import (
	"math/bits"
	"slices"
	"strings"
)

// Set is a set of flags. Their numbers are kept in libraries: a flag keeps its own for ever, and new ones come last.
type Set uint32

// The flags.
const (
	Text       Set = 1 << iota // letters laid over the picture, of whatever kind: subtitles, credits, titles, captions
	Subtitles                  // of them, a line or a few in the middle below, as subtitles stand
	Credits                    // of them, many lines at once, or lines that roll
	Logo                       // the same small thing in a corner, whatever is behind it
	Letterbox                  // black bars above and below
	Pillarbox                  // black bars at the sides
	Interlaced                 // the container says that frames are made of two fields: moving edges are combed
	Black                      // the background is plain black
	White                      // the background is plain white
	Still                      // nothing moves
	LipFlap                    // only a small part of the picture moves
	Banding                    // gradients fall into steps
	LowQuality                 // few pixels, few bits for them, or a codec of the nineties
)

// Unclean are the flags for which contests turn footage away. A shot without any of them is clean.
const Unclean = Text | Subtitles | Credits | Logo | Letterbox | Pillarbox | Interlaced

var names = [...]string{
	"text", "subtitles", "credits", "logo", "letterbox", "pillarbox", "interlaced", "black", "white", "still", "lip-flap", "banding", "low-quality",
}

// All are the flags that there are, by name, in the order of their numbers.
func All() []string { return slices.Clone(names[:]) }

// Parse gives the flag of that name; false where there is none. Case and the dash in a name do not matter.
func Parse(name string) (Set, bool) {
	plain := func(s string) string {
		return strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(s))
	}
	for i, n := range names {
		if plain(n) == plain(name) {
			return 1 << i, true
		}
	}
	return 0, false
}

// Names are the flags of s by name, in the order of their numbers. Flags of a later version are left out.
func (s Set) Names() []string {
	out := []string{}
	for s &= 1<<len(names) - 1; s != 0; s &= s - 1 {
		out = append(out, names[bits.TrailingZeros32(uint32(s))])
	}
	return out
}

// String is the names with commas between them.
func (s Set) String() string { return strings.Join(s.Names(), ", ") }

// Has tells whether all flags of o are in s.
func (s Set) Has(o Set) bool { return s&o == o }

// Any tells whether some flag of o is in s.
func (s Set) Any(o Set) bool { return s&o != 0 }
