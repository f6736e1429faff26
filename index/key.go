package index

import (
	"cmp"
	"encoding/binary"
	"slices"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/timecode"
)

// key is a line as a document's name. It says everything a filter or a match needs, so that documents store nothing: reading a name
// costs a tenth of reading a stored field.
type key struct {
	episode int64
	start   timecode.Time
	line    int64
	lang    string
	shots   string // packed: number and length of each shot that the line is in, the one it overlaps most first
}

const (
	keyFixed = 8 + 8 + 8 + 1
	keyShot  = 4 + 8
)

// newKey has shots by their numbers.
func newKey(l catalog.Line, shots map[int]catalog.Shot) key {
	k := key{episode: l.Episode, start: l.Start, line: l.ID, lang: l.Lang}
	others := slices.DeleteFunc(slices.Clone(l.Shots), func(n int) bool { return n == l.Shot })
	slices.SortStableFunc(others, func(a, b int) int {
		return cmp.Compare(shots[b].Range.Overlap(l.Range()), shots[a].Range.Overlap(l.Range()))
	})
	if l.Shot != 0 {
		k.shots = packShot(shots[l.Shot], l.Shot)
	}
	for _, n := range others[:min(len(others), catalog.MaxShots-1)] {
		k.shots += packShot(shots[n], n)
	}
	return k
}

func packShot(s catalog.Shot, number int) string {
	b := binary.BigEndian.AppendUint32(nil, uint32(number))
	return string(binary.BigEndian.AppendUint64(b, uint64(s.Range.Length())))
}

func (k key) String() string {
	b := make([]byte, 0, keyFixed+len(k.shots)+len(k.lang))
	b = binary.BigEndian.AppendUint64(b, uint64(k.episode))
	b = binary.BigEndian.AppendUint64(b, uint64(k.start))
	b = binary.BigEndian.AppendUint64(b, uint64(k.line))
	b = append(b, byte(len(k.shots)/keyShot))
	return string(append(append(b, k.shots...), k.lang...))
}

// parseKey tells whether s is a key; a damaged index may hold anything.
func parseKey(s string) (key, bool) {
	if len(s) < keyFixed || len(s) < keyFixed+keyShot*int(s[keyFixed-1]) {
		return key{}, false
	}
	at := func(i int) int64 { return int64(binary.BigEndian.Uint64([]byte(s[i : i+8]))) }
	shots := keyFixed + keyShot*int(s[keyFixed-1])
	return key{episode: at(0), start: timecode.Time(at(8)), line: at(16), shots: s[keyFixed:shots], lang: s[shots:]}, true
}

// compare orders by episode, then time.
func (k key) compare(o key) int {
	return cmp.Or(cmp.Compare(k.episode, o.episode), cmp.Compare(k.start, o.start), cmp.Compare(k.line, o.line))
}

// fits tells whether k's line may answer q, words and episodes aside, and in which shot.
func (k key) fits(q Query) (shot int, ok bool) {
	if q.Lang != "" && k.lang != q.Lang {
		return 0, false
	}
	for s := k.shots; len(s) >= keyShot; s = s[keyShot:] {
		number, length := int(binary.BigEndian.Uint32([]byte(s[:4]))), timecode.Time(binary.BigEndian.Uint64([]byte(s[4:keyShot])))
		if q.length(length) && (q.Among == nil || q.Among(k.episode, k.line, number)) {
			return number, true
		}
	}
	return 0, k.shots == "" && q.length(0) && q.Among == nil
}

// length tells whether shots so long are asked for.
func (q Query) length(t timecode.Time) bool {
	return t >= q.MinLength && (q.MaxLength <= 0 || t <= q.MaxLength)
}
