package catalog

import (
	"time"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

// Key identifies an episode by content: its size and a hash of samples of its bytes. It survives moves and renames.
type Key string

// Generation counts the transactions of a catalog. Whatever caches a catalog remembers the generation that it has seen.
type Generation int64

// Mark is one state of a catalog. Two copies of a library that went on apart count the same generations; a token, which each
// transaction draws anew, tells their states from each other. The zero Mark is that of a library in which nothing happened yet.
type Mark struct {
	Generation Generation
	Token      string // opaque
}

// Name is what an episode is called.
type Name struct {
	Source  string // title of the anime; never empty
	Season  int    // 0 where unknown
	Number  string // "7", "7.5", "OVA 1"; empty for a film
	Version int    // of the release: 2 for "07v2"; 0 where unsaid
	Group   string // who released it
}

// Episode is one film of the library, without its shots and lines.
type Episode struct {
	ID         int64
	Key        Key
	Path       string // where it was last seen; absolute; empty once other content has taken its only place
	Size       int64
	Modified   time.Time
	Name       Name
	Info       media.Info
	Rate       timecode.Rate
	Variable   bool
	Frames     int64
	Duration   timecode.Time // from the first frame's start to the last one's end
	Shots      int           // as the machine found them
	Lines      int           // of all tracks
	FirstPTS   timecode.Time
	Versions   analysis.Versions
	Generation Generation // of the last transaction that touched it
	Added      time.Time
}

// Shot is one shot of an episode as it stands: what the machine found, with what the user said laid over it.
type Shot struct {
	analysis.Shot
	Episode int64
	Number  int // 1-based, in order of time
}

// ShotName names a shot: its episode's ID, and its number there.
type ShotName struct {
	Episode int64
	Number  int
}

// Line is one line of an episode.
type Line struct {
	subtitles.Line
	ID      int64 // unique in the catalog
	Episode int64
	Track   int // index in Episode's tracks
	Shot    int // number of the shot that it overlaps most; 0 where it is in none, as after the film's end

	// Shots are the numbers, in order, of all shots that it overlaps by 0.3 s or a quarter of its length, and of Shot; at most MaxShots.
	Shots []int
}

// File is a file's state as it was when it was last ingested. Several files may hold one episode.
type File struct {
	Path     string
	Size     int64
	Modified time.Time
	Episode  int64
	Sidecars string // fingerprint of the subtitle files beside it
}

// Change names an episode that has been committed, relocated or forgotten.
type Change struct {
	Episode int64
	Gone    bool // forgotten; its number is never given again
}

// Stats counts what a catalog holds.
type Stats struct {
	Episodes int
	Shots    int
	Lines    int
	Duration timecode.Time // of all episodes
	Footage  int64         // bytes of all episodes, each counted once
	Bytes    int64         // that the catalog itself takes on the disk
}

// Ingested is everything that a commit stores of an episode.
type Ingested struct {
	Key      Key
	Path     string
	Size     int64
	Modified time.Time
	Name     Name
	Sidecars string
	Analysis *analysis.Analysis
	Beside   []analysis.Track // text tracks found beside the film
}
