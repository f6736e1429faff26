package catalog

import (
	"errors"
	"math"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/phash"
	"github.com/amvlib/amvlib/shotdetect"
	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

func TestWhatIsCommittedComesBackWhole(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	in := synthetic(7, small)
	in.Analysis.Shots[1].Thumb = nil
	in.Analysis.Shots[2].Hash = phash.Hash(math.MaxUint64)
	in.Analysis.Shots[2].Variance = float32(math.Inf(1))
	in.Analysis.Shots[2].Loudness = math.MinInt8
	in.Analysis.Tracks = append(in.Analysis.Tracks, analysis.Track{TextTrack: media.TextTrack{Stream: 5}})
	e := commit(t, c, in)
	got, err := c.Analysis(t.Context(), e.ID)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, in.Analysis) {
		t.Errorf("analysis came back as %+v, want %+v", got, in.Analysis)
	}
}

func TestNaNSurvives(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	in := synthetic(7, small)
	in.Analysis.Shots[0].Variance = float32(math.NaN())
	e := commit(t, c, in)
	s, err := c.Shot(t.Context(), e.ID, 1)
	if err != nil || s.Variance == s.Variance {
		t.Errorf("variance came back as %v, %v; want NaN", s.Variance, err)
	}
}

func TestAnEmptyAnalysisComesBack(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	in := Ingested{Key: "k", Path: absolute("a.mkv"), Name: Name{Source: "A"}, Analysis: &analysis.Analysis{}}
	e := commit(t, c, in)
	got, err := c.Analysis(t.Context(), e.ID)
	if err != nil || !reflect.DeepEqual(got, in.Analysis) {
		t.Errorf("got %+v, %v", got, err)
	}
	for name, err := range map[string]error{"Effective": second(c.Effective(t.Context(), e.ID)), "Lines": second(c.Lines(t.Context(), e.ID)),
		"Tracks": second(c.Tracks(t.Context(), e.ID))} {
		if err != nil {
			t.Errorf("%s of an empty episode: %v", name, err)
		}
	}
}

func second[T any](_ T, err error) error { return err }

func TestEpisodeSaysWhatWasCommitted(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	in := synthetic(7, small)
	before := time.Now()
	e := commit(t, c, in)
	if e.Added.Before(before.Add(-time.Second)) || e.Added.After(time.Now()) {
		t.Errorf("added %v, now is %v", e.Added, time.Now())
	}
	want := Episode{ID: e.ID, Key: "key-7", Path: in.Path, Size: 350 << 20, Modified: in.Modified, Name: in.Name, Info: info(),
		Rate: timecode.Film, Frames: 240, Shots: 5, Lines: 6, Duration: timecode.Film.At(240), Generation: 1, Added: e.Added,
		Versions: analysis.Versions{Shots: 1, Pictures: 2, Sound: 3, Text: 4}}
	if !reflect.DeepEqual(e, want) {
		t.Errorf("Commit gave %+v, want %+v", e, want)
	}
	if got, err := c.Episode(t.Context(), e.ID); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("Episode = %+v, %v, want %+v", got, err, want)
	}
	if got, err := c.ByKey(t.Context(), "key-7"); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("ByKey = %+v, %v, want %+v", got, err, want)
	}
}

func TestDurationEndsWithTheLastFrame(t *testing.T) {
	a := &analysis.Analysis{Rate: timecode.PAL, Times: []timecode.Time{40_000, 80_000, 120_000}}
	if got := describe(&Ingested{Analysis: a}, 1, time.Now()); got.Duration != 120_000 || got.FirstPTS != 40_000 {
		t.Errorf("without shots: %v from %v, want 0.120 s from 0.040 s", got.Duration, got.FirstPTS)
	}
	a.Shots = []analysis.Shot{{Range: timecode.Range{End: 150_000}}} // a film of no constant rate: its shot knows better
	if got := describe(&Ingested{Analysis: a}, 1, time.Now()).Duration; got != 110_000 {
		t.Errorf("with a shot: %v, want 0.110 s", got)
	}
}

func TestEpisodesAreListedAsPeopleCount(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	order := []Name{{Source: "A", Season: 1, Number: "2"}, {Source: "A", Season: 1, Number: "7"}, {Source: "A", Season: 1, Number: "7.5"},
		{Source: "A", Season: 1, Number: "10"}, {Source: "A", Season: 1, Number: "NaN"}, {Source: "A", Season: 1, Number: "OVA 1"},
		{Source: "A", Season: 2, Number: "1"}, {Source: "B"}}
	for _, i := range []int{3, 1, 7, 0, 6, 5, 2, 4} {
		in := synthetic(uint64(i), small)
		in.Name = order[i]
		commit(t, c, in)
	}
	all, err := c.Episodes(t.Context())
	var got []Name
	for _, e := range all {
		got = append(got, e.Name)
	}
	if err != nil || !slices.Equal(got, order) {
		t.Errorf("got %v, %v, want %v", got, err, order)
	}
}

func TestCommitAgainReplaces(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	first := commit(t, c, synthetic(7, small))
	old, err := c.Lines(t.Context(), first.ID)
	if err != nil {
		t.Fatal(err)
	}
	again := synthetic(8, size{frames: 480, shots: 3, lines: 3, pictures: 50})
	again.Key = "key-7"
	e := commit(t, c, again)
	if e.ID != first.ID || !e.Added.Equal(first.Added) || e.Generation != 2 {
		t.Errorf("got ID %d, added %v, generation %d; want %d, %v, 2", e.ID, e.Added, e.Generation, first.ID, first.Added)
	}
	if got, err := c.Episode(t.Context(), e.ID); err != nil || !reflect.DeepEqual(got, e) || got.Lines != 3 {
		t.Errorf("Episode = %+v, %v, want %+v", got, err, e)
	}
	if got, err := c.Analysis(t.Context(), e.ID); err != nil || !reflect.DeepEqual(got, again.Analysis) {
		t.Errorf("got %+v, %v, want the new analysis alone", got, err)
	}
	ids := []int64{}
	for _, l := range old {
		ids = append(ids, l.ID)
	}
	if left, err := c.LinesByID(t.Context(), ids); err != nil || len(left) != 0 {
		t.Errorf("%d old lines are left under their IDs, %v", len(left), err)
	}
}

func TestCommitRefusesNonsense(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	for want, spoil := range map[string]func(*Ingested){
		"there is no analysis": func(in *Ingested) { in.Analysis = nil }, "it has no key": func(in *Ingested) { in.Key = "" },
		"it has no source": func(in *Ingested) { in.Name.Source = "" }, "its path is not absolute": func(in *Ingested) { in.Path = "a.mkv" },
	} {
		in := synthetic(1, small)
		spoil(&in)
		if _, err := c.Commit(t.Context(), in); err == nil || err.Error() != "store "+in.Path+": "+want {
			t.Errorf("got %v, want %q", err, want)
		}
	}
	if g, err := c.Generation(t.Context()); g != 0 || err != nil {
		t.Errorf("generation %d, %v after refusals", g, err)
	}
}

func TestShotsAsTheyStand(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	in := synthetic(7, small)
	e := commit(t, c, in)
	shots, err := c.Effective(t.Context(), e.ID)
	if err != nil || len(shots) != 5 {
		t.Fatalf("%d shots, %v", len(shots), err)
	}
	for i, s := range shots {
		want := Shot{Shot: in.Analysis.Shots[i], Episode: e.ID, Number: i + 1}
		want.Thumb = nil
		if !reflect.DeepEqual(s, want) {
			t.Errorf("Effective[%d] = %+v, want %+v", i, s, want)
		}
		if one, err := c.Shot(t.Context(), e.ID, i+1); err != nil || !reflect.DeepEqual(one, want) {
			t.Errorf("Shot(%d) = %+v, %v, want %+v", i+1, one, err, want)
		}
		if jpeg, err := c.Thumb(t.Context(), e.ID, i+1); err != nil || !slices.Equal(jpeg, in.Analysis.Shots[i].Thumb) {
			t.Errorf("Thumb(%d) = %v, %v", i+1, jpeg, err)
		}
	}
}

func TestWhatIsNotThere(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	in := synthetic(7, small)
	in.Analysis.Shots[0].Thumb = nil
	id := commit(t, c, in).ID
	ctx := t.Context()
	for name, err := range map[string]error{
		"Episode": second(c.Episode(ctx, 99)), "ByKey": second(c.ByKey(ctx, "x")), "Effective": second(c.Effective(ctx, 99)),
		"Shot of none": second(c.Shot(ctx, 99, 1)), "Shot 0": second(c.Shot(ctx, id, 0)), "Shot 6": second(c.Shot(ctx, id, 6)),
		"Thumb": second(c.Thumb(ctx, id, 6)), "no Thumb": second(c.Thumb(ctx, id, 1)), "Lines": second(c.Lines(ctx, 99)),
		"Tracks": second(c.Tracks(ctx, 99)), "Analysis": second(c.Analysis(ctx, 99)), "Forget": c.Forget(ctx, 99),
		"Relocate": second(c.Relocate(ctx, "x", in.Path, in.Modified, "")),
	} {
		var told *media.Error
		if !errors.Is(err, ErrNotFound) || !errors.As(err, &told) || told.Path != c.Dir() {
			t.Errorf("%s: got %v, want ErrNotFound and where", name, err)
		}
	}
}

func TestLinesAndTracks(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	in := synthetic(7, small)
	in.Beside[0].Skipped = []string{"a\xff\x00b", ""}
	e := commit(t, c, in)
	tracks, err := c.Tracks(t.Context(), e.ID)
	want := slices.Concat(in.Analysis.Tracks, in.Beside)
	texts := map[int][]subtitles.Line{}
	for i := range want {
		texts[i] = want[i].Lines
		want[i].Lines = nil
	}
	if err != nil || !reflect.DeepEqual(tracks, want) {
		t.Errorf("Tracks = %+v, %v, want %+v", tracks, err, want)
	}
	lines, err := c.Lines(t.Context(), e.ID)
	if err != nil || len(lines) != 6 || !slices.IsSortedFunc(lines, func(a, b Line) int { return int(a.Start - b.Start) }) {
		t.Fatalf("Lines = %+v, %v, want 6 by start", lines, err)
	}
	for _, l := range lines {
		if l.Episode != e.ID || !slices.Contains(texts[l.Track], l.Line) {
			t.Errorf("%+v is not a line of track %d", l, l.Track)
		}
	}
}

func TestLinesByIDKeepsTheOrderAsked(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	all, err := c.Lines(t.Context(), commit(t, c, synthetic(7, small)).ID)
	if err != nil {
		t.Fatal(err)
	}
	got, err := c.LinesByID(t.Context(), []int64{all[4].ID, 999, all[0].ID, all[5].ID, all[4].ID})
	if want := []Line{all[4], all[0], all[5], all[4]}; err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
	if none, err := c.LinesByID(t.Context(), nil); err != nil || len(none) != 0 {
		t.Errorf("asked for none: %v, %v", none, err)
	}
}

func TestALineBelongsToTheShotItOverlapsMost(t *testing.T) {
	at := func(ms ...timecode.Time) timecode.Range {
		return timecode.Range{Start: ms[0] * 1000, End: ms[1] * 1000}
	}
	a := &analysis.Analysis{Rate: timecode.PAL}
	for i := range 100 {
		a.Times = append(a.Times, timecode.PAL.At(int64(i)))
	}
	// a cut at 25 (1 s), a dissolve over 50-59, whose middle is 55 (2.2 s)
	bounds := []shotdetect.Boundary{{Type: shotdetect.Cut, Start: 24, End: 25}, {Type: shotdetect.Dissolve, Start: 49, End: 60}}
	for _, s := range shotdetect.Shots(bounds, 100) {
		a.Shots = append(a.Shots, analysis.Shot{Shot: s})
	}
	for _, tt := range []struct {
		line timecode.Range
		shot int
	}{
		{at(0, 500), 1}, {at(500, 1499), 1}, {at(500, 1500), 1}, {at(500, 1501), 2}, {at(999, 1000), 1}, {at(1000, 1001), 2},
		{at(1000, 1000), 2}, {at(2150, 2240), 2}, {at(2150, 2260), 3}, {at(900, 3900), 3}, {at(3900, 9000), 3}, {at(9000, 9900), 0},
		{at(4000, 4001), 0}, {at(3999, 4001), 3}, {at(4000, 4000), 0}, {at(-500, -100), 0}, {at(-500, -500), 0}, {at(-500, 100), 1}, {at(1500, 1200), 2},
	} {
		if got := shotFinder(a).shot(tt.line); got != tt.shot {
			t.Errorf("a line at %v belongs to shot %d, want %d", tt.line, got, tt.shot)
		}
	}
	for _, tt := range []struct {
		line  timecode.Range
		shots []int
	}{
		{at(0, 500), []int{1}}, {at(500, 1299), []int{1, 2}}, {at(500, 1100), []int{1}}, {at(0, 1299), []int{1}}, {at(0, 1300), []int{1, 2}},
		{at(950, 1050), []int{1, 2}}, {at(900, 3900), []int{2, 3}}, {at(700, 3900), []int{1, 2, 3}}, {at(3900, 9000), []int{3}},
		{at(9000, 9900), nil}, {at(1000, 1000), []int{2}}, {at(974, 1075), []int{1, 2}}, {at(980, 1075), []int{2}},
	} {
		f := shotFinder(a)
		if got := f.shots(tt.line, f.shot(tt.line)); !slices.Equal(got, tt.shots) {
			t.Errorf("a line at %v is in shots %v, want %v", tt.line, got, tt.shots)
		}
	}
	if got := shotFinder(&analysis.Analysis{}).shot(at(0, 10)); got != 0 {
		t.Errorf("without shots got %d, want 0", got)
	}
}

func TestALineIsInNoMoreThanSoManyShots(t *testing.T) {
	f := make(finder, 500)
	for i := range f {
		f[i] = timecode.Range{Start: timecode.Time(i) * timecode.Second, End: timecode.Time(i+1) * timecode.Second}
	}
	all := f.shots(timecode.Range{End: 500 * timecode.Second}, 300)
	if len(all) != MaxShots || all[MaxShots-1] != 300 || !slices.IsSorted(all) {
		t.Errorf("%d shots: %v", len(all), all)
	}
	if got, err := unpackNumbers(packNumbers(all)); err != nil || !slices.Equal(got, all) {
		t.Errorf("packed and unpacked: %v, %v", got, err)
	}
}

func TestLinesAreStoredWithTheirShots(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	in := synthetic(7, small)
	lines, err := c.Lines(t.Context(), commit(t, c, in).ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lines {
		if want := shotFinder(in.Analysis).shot(l.Range()); l.Shot != want || want == 0 || !slices.Equal(l.Shots, shotFinder(in.Analysis).shots(l.Range(), want)) {
			t.Errorf("line at %v is of shot %d, want %d", l.Start, l.Shot, want)
		}
	}
}

func TestSpansBeyondTheFilmAreTakenByTheirRange(t *testing.T) {
	a := &analysis.Analysis{Times: []timecode.Time{0, 40_000}, Rate: timecode.PAL}
	r := timecode.Range{Start: 1, End: 2}
	for _, span := range []timecode.Span{{In: -1, Out: 1}, {In: 0, Out: 3}, {In: 2, Out: 2}, {In: 1, Out: 0}} {
		if got := extent(a, &analysis.Shot{Shot: shotdetect.Shot{Span: span}, Range: r}); got != r {
			t.Errorf("%v gave %v, want %v", span, got, r)
		}
	}
	if got := extent(a, &analysis.Shot{Shot: shotdetect.Shot{Span: timecode.Span{In: 0, Out: 2}}}); got.End != 80_000 {
		t.Errorf("the last shot ends at %v, want 0.080 s", got.End)
	}
}

func TestHostileStringsComeBack(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	nasty := "a\x00b\xff\xfe'\"; DROP TABLE episode; -- 😀 żółć 日本\u202e\n"
	in := synthetic(7, small)
	in.Key, in.Path, in.Sidecars = Key(nasty), absolute(nasty), nasty
	in.Name = Name{Source: nasty, Number: nasty, Group: nasty}
	in.Beside[0].File, in.Beside[0].Title = nasty, nasty
	in.Analysis.Tracks[0].Lines[0] = subtitles.Line{Text: nasty, Lang: nasty, Style: nasty, Speaker: nasty, Kind: subtitles.Kind(nasty)}
	e := commit(t, c, in)
	if got, err := c.ByKey(t.Context(), Key(nasty)); err != nil || got.Path != in.Path || got.Name != in.Name || got.ID != e.ID {
		t.Errorf("episode came back as %+v, %v", got, err)
	}
	if files, err := c.Files(t.Context()); err != nil || files[in.Path].Sidecars != nasty || files[in.Path].Path != in.Path {
		t.Errorf("file came back as %+v, %v", files, err)
	}
	if tracks, err := c.Tracks(t.Context(), e.ID); err != nil || tracks[1].TextTrack != in.Beside[0].TextTrack {
		t.Errorf("track came back as %+v, %v", tracks, err)
	}
	if lines, err := c.Lines(t.Context(), e.ID); err != nil || lines[0].Line != in.Analysis.Tracks[0].Lines[0] {
		t.Errorf("line came back as %+v, %v", lines, err)
	}
}

func TestStats(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	if s, err := c.Stats(t.Context()); err != nil || s.Episodes != 0 || s.Duration != 0 || s.Bytes == 0 {
		t.Errorf("empty: %+v, %v", s, err)
	}
	commit(t, c, synthetic(1, small))
	commit(t, c, synthetic(2, small))
	s, err := c.Stats(t.Context())
	want := Stats{Episodes: 2, Shots: 10, Lines: 12, Duration: 2 * timecode.Film.At(240), Footage: 700 << 20, Bytes: s.Bytes}
	if err != nil || s != want {
		t.Errorf("got %+v, %v, want %+v", s, err, want)
	}
}

// An episode of 24 minutes is to take at most 2 MB without its pictures, even when nothing about it can be foreseen.
func TestAnEpisodeIsSmall(t *testing.T) {
	dir := t.TempDir()
	c, err := Open(t.Context(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 4 {
		commit(t, c, synthetic(uint64(i), episode))
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if left, err := filepath.Glob(filepath.Join(dir, "*")); err != nil || len(left) != 1 {
		t.Errorf("closing left %v, %v; want catalog.db alone", left, err)
	}
	s, err := library(t, dir, Options{ReadOnly: true}).Stats(t.Context())
	if err != nil || s.Bytes/4 > 1<<20 {
		t.Errorf("an episode takes %d bytes, %v", s.Bytes/4, err)
	}
	t.Logf("%d bytes an episode", s.Bytes/4)
}
