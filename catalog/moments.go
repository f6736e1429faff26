package catalog

import (
	"cmp"
	"slices"

	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

// LineRemarks gathers what words, those of one episode, say of its lines, by the IDs of the lines; of those that are missing nothing is
// said.
//
// What is said of a line is said of the moment: the lines of all tracks that share at least half of the longer one's time with it,
// for a line and its translation are the same moment, but a sign that stays for a minute is none of what is spoken under it.
// Where subtitles came that share no moment with it, it is said of the line that shares most with it. A line that was moved in time
// keeps what was said of it by its text (see Word.Text), if that is long enough to know it by.
func LineRemarks(words []Word, lines []Line) map[int64]Remarks {
	var all map[int64]Remarks
	for _, w := range words {
		if w.Subject != OnLine {
			continue
		}
		for _, id := range spokenOf(w, lines) {
			if all == nil {
				all = map[int64]Remarks{}
			}
			r := all[id]
			r.hear(w)
			all[id] = r
		}
	}
	for id, r := range all { // what was taken back word by word leaves nothing
		if r.None() {
			delete(all, id)
		}
	}
	return all
}

const (
	telling  = 12                    // bytes of a text that tell a line from others: a few words, or four characters of Japanese
	farthest = 120 * timecode.Second // that subtitles are moved by: more than a release's logos and its opening take
)

// spokenOf gives the IDs of the lines that w is about.
func spokenOf(w Word, lines []Line) (ids []int64) {
	at := moved(w, lines)
	for i := range lines {
		if sameMoment(at, lines[i].Range()) {
			ids = append(ids, lines[i].ID)
		}
	}
	if len(ids) > 0 {
		return ids
	}
	best, most := -1, 0.0
	for i := range lines {
		if r := lines[i].Range(); meant(at, r) && shared(at, r) > most {
			best, most = i, shared(at, r)
		}
	}
	if best < 0 {
		return nil
	}
	return []int64{lines[best].ID}
}

// moved is the time of the line that w is about: its own, or where that line is now.
func moved(w Word, lines []Line) timecode.Range {
	best := -1
	for i := range lines {
		if l := &lines[i]; w.Text != "" && l.Text == w.Text && (best < 0 || apart(w, l) < apart(w, &lines[best])) {
			best = i
		}
	}
	if best < 0 {
		return w.Range
	}
	r := lines[best].Range()
	if w.Range.Overlap(r) > 0 || len(w.Text) >= telling && apart(w, &lines[best]) <= farthest {
		return r
	}
	return w.Range
}

func apart(w Word, l *Line) timecode.Time { return max(w.Range.Start-l.Start, l.Start-w.Range.Start) }

// sameMoment tells whether two lines share half of the longer one's time.
func sameMoment(a, b timecode.Range) bool {
	return a == b || 2*a.Overlap(b) >= max(1, a.Length(), b.Length())
}

// shared is how much of both together is common, 0 to 1.
func shared(a, b timecode.Range) float64 {
	both := a.Overlap(b)
	return float64(both) / float64(max(1, a.Length()+b.Length()-both))
}

// LineAt is the line, of those of one episode in order of time, that is spoken at t: the one that begins there, as far as a time in
// milliseconds tells, else one that began before and has not ended. Of several, one that is dialogue rather than a song, and a song
// rather than a sign; of these that of the first track, and of two in one track the one that began last. Where none is, ok is false and the line is the nearest, the zero Line where there are none.
func LineAt(lines []Line, t timecode.Time) (l Line, ok bool) {
	if len(lines) == 0 {
		return Line{}, false
	}
	best := slices.MinFunc(lines, func(a, b Line) int {
		return cmp.Or(cmp.Compare(away(a, t), away(b, t)), cmp.Compare(rank(a.Kind), rank(b.Kind)), cmp.Compare(a.Track, b.Track),
			cmp.Compare(b.Start, a.Start))
	})
	return best, away(best, t) <= 0
}

// away is how far l is from being spoken at t: 0 where it is, and -1 where it begins then.
func away(l Line, t timecode.Time) timecode.Time {
	const rounding = timecode.Second / 1000
	switch d := l.Start - t; {
	case -rounding < d && d < rounding:
		return -1
	case d > 0:
		return d
	}
	return max(0, t-l.End+1)
}

func rank(k subtitles.Kind) int {
	return max(0, slices.Index([]subtitles.Kind{subtitles.Dialogue, subtitles.Song, subtitles.Sign}, k))
}
