package index

import (
	"cmp"
	"encoding/binary"

	"github.com/amvlib/amvlib/timecode"
)

// key is a line as a document's name. It says everything a filter or a match needs, so that documents store nothing: reading a name
// costs a tenth of reading a stored field.
type key struct {
	episode int64
	start   timecode.Time
	line    int64
	length  timecode.Time // of its shot
	shot    int
	lang    string
}

const keyFixed = 8 + 8 + 8 + 8 + 4

func (k key) String() string {
	b := make([]byte, 0, keyFixed+len(k.lang))
	b = binary.BigEndian.AppendUint64(b, uint64(k.episode))
	b = binary.BigEndian.AppendUint64(b, uint64(k.start))
	b = binary.BigEndian.AppendUint64(b, uint64(k.line))
	b = binary.BigEndian.AppendUint64(b, uint64(k.length))
	b = binary.BigEndian.AppendUint32(b, uint32(k.shot))
	return string(append(b, k.lang...))
}

// parseKey tells whether s is a key; a damaged index may hold anything.
func parseKey(s string) (key, bool) {
	if len(s) < keyFixed {
		return key{}, false
	}
	at := func(i int) int64 { return int64(binary.BigEndian.Uint64([]byte(s[i : i+8]))) }
	return key{
		episode: at(0), start: timecode.Time(at(8)), line: at(16), length: timecode.Time(at(24)),
		shot: int(binary.BigEndian.Uint32([]byte(s[32:36]))), lang: s[keyFixed:],
	}, true
}

// compare orders by episode, then time.
func (k key) compare(o key) int {
	return cmp.Or(cmp.Compare(k.episode, o.episode), cmp.Compare(k.start, o.start), cmp.Compare(k.line, o.line))
}

// fits tells whether k's line may answer q, words aside. Episodes are another's business.
func (k key) fits(q Query) bool {
	return (q.Lang == "" || k.lang == q.Lang) && k.length >= q.MinLength && (q.MaxLength == 0 || k.length <= q.MaxLength)
}
