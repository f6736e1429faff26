package storyboard

import (
	"cmp"
	"errors"
	"slices"

	"github.com/amvlib/amvlib/search"
	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

// What stands in the way of a plan.
var (
	// ErrNoLyrics is returned where no lyric line is left to search with.
	ErrNoLyrics = errors.New("no lyric line")
	// ErrNoFootage is returned where the library holds no shot that could be shown.
	ErrNoFootage = errors.New("no footage in the library")
	// ErrDuration is returned for a song that has no length, or one of more than six hours.
	ErrDuration = errors.New("no usable length of the song")
)

// Song is what the edit is cut to.
type Song struct {
	Path       string // absolute; empty where there are only lyrics, then the timeline has no sound
	Title      string
	Artist     string
	Duration   timecode.Time
	Channels   int
	SampleRate int
}

// Options shape a plan. Zero fields mean what their comments say.
type Options struct {
	Rate     timecode.Rate // of the timeline; 0: the rate that most of the chosen shots have
	PerLine  int           // scenes a lyric line, as far as its length allows; 0: one to four, by length
	Runners  int           // runners-up kept a lyric line; 0 is 5, negative none
	MinShot  timecode.Time // shortest scene aimed at; 0 is 0.8 s
	MaxShot  timecode.Time // longest scene while there is other footage; 0 is 4 s
	Spread   bool          // prefer sources and episodes that were not used nearby
	Seed     uint64        // another seed draws other fillers
	AllLooks bool          // keep shots that look the same, such as those of an opening, apart
}

// Origin is where a scene comes from.
type Origin string

// The origins of a scene, best first.
const (
	Words   Origin = "words"   // a line said in it shares words with the lyric line
	Meaning Origin = "meaning" // a line said in it means what the lyric line does, in other words
	Echo    Origin = "echo"    // the same, of a lyric line beside a stretch in which nobody sings
	Follows Origin = "follows" // it follows such a shot in its episode
	Filler  Origin = "filler"  // it only fills time
	Repeat  Origin = "repeat"  // its shot is in the plan already, for the library has no other
)

// Storyboard is a plan: sections that tile the song, scenes that tile the sections.
type Storyboard struct {
	Song     Song
	Rate     timecode.Rate // of the timeline
	Frames   int64         // the song's length at Rate
	Sections []Section
	Notes    []string // what was changed or could not be done, in words, for the user
}

// Section is the time of one lyric line, or of a stretch in which nobody sings.
type Section struct {
	Line    *subtitles.Line // nil where nobody sings
	Record  timecode.Span   // frames of the timeline
	Scenes  []Scene         // in order, from Record.In on without holes
	Runners []search.Hit    // the best hits that are in no scene, their Score as in a Scene
}

// Hole is the end of the section that no footage was left for; empty as a rule.
func (s *Section) Hole() timecode.Span {
	hole := s.Record
	if n := len(s.Scenes); n > 0 {
		hole.In = s.Scenes[n-1].Record.Out
	}
	return hole
}

// Scene is a stretch of a shot in its place.
type Scene struct {
	Hit    search.Hit // Line is nil where the shot was not found by words; Score is from 0 to 1 and compares with all others of the plan
	Origin Origin
	Why    string        // one line, for people
	Source timecode.Span // frames of the film at its rate, inside the clean range; of a variable rate, as it counts when made constant
	Record timecode.Span // frames of the timeline
}

// Share is how much of a storyboard shows one source.
type Share struct {
	Source   string
	Frames   int64 // of the timeline
	Scenes   int
	Episodes int
}

// Shares sums the scenes up by source, the most used first.
func (b *Storyboard) Shares() []Share {
	var all []Share
	episodes := map[int64]bool{}
	for _, s := range b.scenes() {
		name := s.Hit.Episode.Name.Source
		i := slices.IndexFunc(all, func(x Share) bool { return x.Source == name })
		if i < 0 {
			i, all = len(all), append(all, Share{Source: name})
		}
		all[i].Frames += s.Record.Len()
		all[i].Scenes++
		if !episodes[s.Hit.Episode.ID] {
			episodes[s.Hit.Episode.ID] = true
			all[i].Episodes++
		}
	}
	slices.SortStableFunc(all, func(a, b Share) int { return cmp.Compare(b.Frames, a.Frames) })
	return all
}

func (b *Storyboard) scenes() []*Scene {
	var all []*Scene
	for i := range b.Sections {
		for k := range b.Sections[i].Scenes {
			all = append(all, &b.Sections[i].Scenes[k])
		}
	}
	return all
}
