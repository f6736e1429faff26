package catalog

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

const ms = timecode.Second / 1000

// spoken makes lines of "START-END text" in milliseconds, numbered from 1.
func spokenLines(all ...string) (lines []Line) {
	for i, s := range all {
		var l Line
		var start, end int64
		span, text, _ := strings.Cut(s, " ")
		if _, err := fmt.Sscanf(span, "%d-%d", &start, &end); err != nil {
			panic(err)
		}
		l.ID, l.Start, l.End, l.Text, l.Kind = int64(i+1), timecode.Time(start)*ms, timecode.Time(end)*ms, text, subtitles.Dialogue
		if strings.HasPrefix(text, "SIGN") {
			l.Kind = subtitles.Sign
		}
		lines = append(lines, l)
	}
	return lines
}

func onLine(l Line, verb Verb, value string) Word {
	return Word{Verb: verb, Subject: OnLine, Range: l.Range(), Text: l.Text, Value: value}
}

// TestWhatIsSaidOfALineIsFoundAgain: a word about the first line of was, and the numbers of the lines of now that have it.
func TestWhatIsSaidOfALineIsFoundAgain(t *testing.T) {
	for name, c := range map[string]struct {
		was string
		now []string
		ids []int64
	}{
		"the same subtitles":                {"1000-3000 I promise", []string{"1000-3000 I promise", "3000-4000 no"}, []int64{1}},
		"two languages are one moment":      {"1000-3000 I promise", []string{"1000-3000 I promise", "1100-3200 Obiecuję"}, []int64{1, 2}},
		"a sign over it is another":         {"1000-3000 I promise", []string{"0-60000 SIGN Tokyo", "1000-3000 I promise"}, []int64{2}},
		"what is said under a sign":         {"0-60000 SIGN Tokyo", []string{"0-60000 SIGN Tokyo", "1000-3000 I promise"}, []int64{1}},
		"the next line, which overlaps":     {"1000-3000 I promise", []string{"1000-3000 I promise", "2500-5000 what"}, []int64{1}},
		"better times":                      {"1000-3000 I promise", []string{"0-900 so", "1200-3300 I promise you"}, []int64{2}},
		"cut in two: the longer part":       {"1000-5000 I promise you all", []string{"1000-2500 I", "2500-5000 promise"}, []int64{2}},
		"cut in many: the one with most":    {"0-6000 one two three", []string{"0-1000 one", "1000-3500 two", "3500-6001 three"}, []int64{2}},
		"joined with its neighbour":         {"1000-2000 I promise", []string{"1000-5000 I promise. And you?"}, []int64{1}},
		"moved away, under another":         {"10000-12000 never say goodbye", []string{"10000-12000 other words", "14000-16000 never say goodbye"}, []int64{2}},
		"moved away, its nearest namesake":  {"10000-12000 never say goodbye", []string{"2000-4000 never say goodbye", "8000-10000 never say goodbye", "40000-42000 never say goodbye"}, []int64{2}},
		"moved away with its translation":   {"10000-12000 never say goodbye", []string{"14000-16000 never say goodbye", "14000-16100 nigdy"}, []int64{1, 2}},
		"too short to know it by":           {"10000-12000 Yes.", []string{"10000-12000 Yeah.", "14000-16000 Yes."}, []int64{1}},
		"short, but still there":            {"10000-12000 Yes.", []string{"10000-11000 No.", "11500-13500 Yes."}, []int64{2}},
		"too far to be the same":            {"10000-12000 never say goodbye", []string{"10000-12000 adieu", "190000-192000 never say goodbye"}, []int64{1}},
		"gone":                              {"10000-12000 Yes.", []string{"14000-16000 Yes."}, nil},
		"a line without a length":           {"0-0 Yes.", []string{"0-0 Yes.", "0-1000 No."}, []int64{1}},
		"where Japanese has few characters": {"10000-12000 さよなら", []string{"10000-12000 違う", "11900-13900 さよなら"}, []int64{2}},
	} {
		got := LineRemarks([]Word{onLine(spokenLines(c.was)[0], Tag, "x")}, spokenLines(c.now...))
		var ids []int64
		for id := range got {
			ids = append(ids, id)
		}
		if slices.Sort(ids); !slices.Equal(ids, c.ids) {
			t.Errorf("%s: %v, want %v", name, ids, c.ids)
		}
	}
}

func TestLinesAndShotsAreTwoThings(t *testing.T) {
	lines := spokenLines("1000-3000 I promise")
	r := lines[0].Range()
	words := []Word{onLine(lines[0], Tag, "line"), {Verb: Tag, Subject: OnShot, Range: r, Value: "shot"}, {Verb: Tag, Value: "episode"},
		onLine(lines[0], Rate, "4"), onLine(lines[0], Tag, "other"), onLine(lines[0], Untag, "other")}
	if got, want := LineRemarks(words, lines), map[int64]Remarks{1: {Tags: []string{"line"}, Rating: 4}}; !reflect.DeepEqual(got, want) {
		t.Errorf("the line has %+v", got)
	}
	if got := RemarksOn(words, r); !reflect.DeepEqual(got, Remarks{Tags: []string{"shot"}}) {
		t.Errorf("the shot has %+v", got)
	}
	if got := RemarksOn(words, timecode.Range{}); !reflect.DeepEqual(got, Remarks{Tags: []string{"episode"}}) {
		t.Errorf("the episode has %+v", got)
	}
	if got := RemarksOn(words, r).With(RemarksOn(words, timecode.Range{})); !slices.Equal(got.Tags, []string{"shot", "episode"}) {
		t.Errorf("together they have %+v", got)
	}
	if got := LineRemarks(append(words, onLine(lines[0], Untag, "line"), onLine(lines[0], Rate, "0")), lines); len(got) != 0 {
		t.Errorf("what was taken off has left %+v", got)
	}
}

func TestLineAt(t *testing.T) {
	lines := spokenLines("0-60000 SIGN Tokyo", "1000-3000 one", "2500-4000 two", "4000-5000 three", "70000-71000 four")
	lines[3].Start += 400 // microseconds, which people do not see
	for at, want := range map[timecode.Time]int64{0: 1, 500 * ms: 1, 1000 * ms: 2, 2000 * ms: 2, 2700 * ms: 3, 3999 * ms: 3, 3999*ms + 500: 4, 4000 * ms: 4, 4999 * ms: 4,
		5000 * ms: 1, 59999 * ms: 1, 60000 * ms: -1, 60500 * ms: -1, 66000 * ms: -5, 70000 * ms: 5, 80000 * ms: -5} {
		l, ok := LineAt(lines, at)
		if got := map[bool]int64{true: l.ID, false: -l.ID}[ok]; got != want {
			t.Errorf("at %v: %d, want %d", at, got, want)
		}
	}
	lines[1].Track, lines[2].Track = 1, 2
	if l, ok := LineAt(lines, 2700*ms); !ok || l.ID != 2 {
		t.Errorf("of two tracks %+v", l)
	}
	if l, ok := LineAt(nil, 0); ok || l.ID != 0 {
		t.Errorf("of none there is %+v", l)
	}
}

// TestWordsOfAnOlderLibrary: those with a stretch of time were about shots, and each was said by itself.
func TestWordsOfAnOlderLibrary(t *testing.T) {
	dir := t.TempDir()
	old, err := open(t.Context(), dir, Options{}, []string{schema1 + schema4 + schema5 + schema6}) // to store with
	if err != nil {
		t.Fatal(err)
	}
	in := synthetic(1, small)
	e := commit(t, old, in)
	if _, err := old.writer.Exec("ALTER TABLE signal DROP COLUMN centres; ALTER TABLE shot DROP COLUMN palette; ALTER TABLE shot DROP COLUMN flags; ALTER TABLE episode DROP COLUMN v_flags"); err != nil {
		t.Fatal(err)
	}
	r := in.Analysis.Shots[1].Range
	const insert = "INSERT INTO word (said, verb, key, starts, ends, value, undone) VALUES (7, ?, ?, ?, ?, ?, ?)"
	for _, w := range [][]any{{"list", "", 0, 0, "chorus", 0}, {"tag", e.Key, 0, 0, "seen", 0}, {"tag", e.Key, int64(r.Start), int64(r.End), "rain", 0},
		{"tag", e.Key, int64(r.Start), int64(r.End), "undone", 1}, {"add", e.Key, int64(r.Start), int64(r.End), "chorus", 0},
		{"tag", e.Key, int64(r.Start), int64(r.End), "night", 0}} {
		if w[1] == e.Key {
			w[1] = string(e.Key)
		}
		if _, err := old.writer.Exec(insert, w...); err != nil {
			t.Fatal(err)
		}
	}
	if err := old.Close(); err != nil {
		t.Fatal(err)
	}
	c := library(t, dir, Options{})
	words, err := c.Words(t.Context())
	var subjects []Subject
	for _, w := range words {
		subjects = append(subjects, w.Subject)
	}
	if err != nil || !slices.Equal(subjects, []Subject{Whole, Whole, OnShot, OnShot, OnShot}) {
		t.Fatalf("words about %q, %v", subjects, err)
	}
	var kept int
	const count = "SELECT count(*) FROM word WHERE subject = 'shot' AND batch = id"
	if err := c.reader.QueryRow(count).Scan(&kept); err != nil || kept != 4 {
		t.Errorf("%d words are kept as about shots, %v", kept, err)
	}
	if got := RemarksOn(words, r); !slices.Equal(got.Tags, []string{"rain", "night"}) {
		t.Errorf("the shot has %+v", got)
	}
	if got := RemarksOn(words, timecode.Range{}); !slices.Equal(got.Tags, []string{"seen"}) {
		t.Errorf("the episode has %+v", got)
	}
	if lists := ClipLists(words); len(lists) != 1 || len(lists[0].Clips) != 1 {
		t.Errorf("lists %+v", lists)
	}
	lines, err := c.Lines(t.Context(), e.ID)
	if got := LineRemarks(words, lines); err != nil || len(got) != 0 {
		t.Errorf("lines have %+v, %v", got, err)
	}
	// An older amvlib that is still running goes on as it did.
	for _, value := range []string{"dawn", "noon"} {
		if _, err := c.writer.Exec(insert, "tag", string(e.Key), int64(r.Start), int64(r.End), value, 0); err != nil {
			t.Fatal(err)
		}
	}
	for _, value := range []string{"noon", "dawn", "night"} {
		if w, err := c.Undo(t.Context()); err != nil || len(w) != 1 || w[0].Value != value || w[0].Subject != OnShot {
			t.Errorf("took back %+v, %v, want %s", w, err, value)
		}
	}
}

// TestWordsOnALineAreKept: over another ingest, a move, newer analysis, and a backup that is put back elsewhere.
func TestWordsOnALineAreKept(t *testing.T) {
	dir := t.TempDir()
	c := library(t, dir, Options{})
	in := synthetic(1, small)
	e := commit(t, c, in)
	lines, err := c.Lines(t.Context(), e.ID)
	if err != nil {
		t.Fatal(err)
	}
	w := onLine(lines[1], Tag, "vow")
	w.Key = e.Key
	if w, err = c.Say(t.Context(), w); err != nil {
		t.Fatal(err)
	}
	check := func(when string, c *Catalog) {
		t.Helper()
		e, err := c.ByKey(t.Context(), in.Key)
		if err != nil {
			t.Fatal(when, err)
		}
		words, err1 := c.WordsOn(t.Context(), e.Key)
		now, err2 := c.Lines(t.Context(), e.ID)
		if err1 != nil || err2 != nil || len(words) != 1 || !reflect.DeepEqual(words[0], w) {
			t.Fatalf("%s: %+v, %v, %v, want %+v", when, words, err1, err2, w)
		}
		said := LineRemarks(words, now)
		i := slices.IndexFunc(now, func(l Line) bool { return l.Text == lines[1].Text })
		if i < 0 || !slices.Equal(said[now[i].ID].Tags, []string{"vow"}) {
			t.Errorf("%s: lines have %+v", when, said)
		}
	}
	check("at first", c)
	in.Analysis.Versions.Shots++
	in.Analysis.Shots = synthetic(9, small).Analysis.Shots
	in.Path = absolute("elsewhere.mkv")
	commit(t, c, in)
	check("learnt anew", c)
	for _, tracks := range []int{0, 1} {
		track := &[]*[]subtitles.Line{&in.Analysis.Tracks[0].Lines, &in.Beside[0].Lines}[tracks]
		for i := range **track {
			(**track)[i].Start += timecode.Second / 5
			(**track)[i].End += timecode.Second / 5
		}
	}
	commit(t, c, in)
	check("with subtitles that were moved", c)
	file := t.TempDir() + "/backup"
	if err := c.Backup(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(t.Context(), dir+"2", file, Options{}); err != nil {
		t.Fatal(err)
	}
	check("restored", library(t, dir+"2", Options{}))
	if words, err := c.WordsOn(t.Context(), e.Key); err != nil || len(words) != 0 {
		t.Errorf("taken back, there is %+v, %v", words, err)
	}
}

func TestWordsSaidAtOnceAreTakenBackAtOnce(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	a, b := commit(t, c, synthetic(1, small)), commit(t, c, synthetic(2, small))
	r := timecode.Range{Start: 0, End: timecode.Second}
	say(t, c, Tag, a.Key, r, "first")
	before, _ := c.Generation(t.Context())
	said, err := c.SayAll(t.Context(), []Word{{Verb: Tag, Key: a.Key, Range: r, Value: "x"}, {Verb: Tag, Key: b.Key, Subject: OnLine, Range: r, Value: "y"}})
	if err != nil || len(said) != 2 || said[0].ID == 0 || said[1].ID <= said[0].ID || said[0].Subject != OnShot || said[1].Subject != OnLine {
		t.Fatal(said, err)
	}
	if after, _ := c.Generation(t.Context()); after != before+1 {
		t.Errorf("from generation %d to %d", before, after)
	}
	back, err := c.Undo(t.Context())
	if err != nil || !reflect.DeepEqual(back, said) {
		t.Errorf("took back %+v, %v, want %+v", back, err, said)
	}
	if back, err = c.Undo(t.Context()); err != nil || len(back) != 1 || back[0].Value != "first" {
		t.Errorf("took back %+v, %v", back, err)
	}
	if said, err := c.SayAll(t.Context(), nil); err != nil || len(said) != 0 {
		t.Errorf("nothing said: %+v, %v", said, err)
	}
}
