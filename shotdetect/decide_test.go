package shotdetect

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

// told verdicts, by a letter a frame: '.' nothing, '?' a doubtful cut, 'c' a cut, 'C' a certain cut, 'd' within a dissolve, 'f' within a fade, 'w' within a
// wipe, '_' flat and nothing, 'F' flat and within a fade.
func verdicts(script string) []verdict {
	all := make([]verdict, len(script))
	for i, c := range script {
		v := verdict{kinds: [kinds]float32{1}, spread: 50, sides: [reaches]float32{1.5, 1.5, 1.5}}
		switch c {
		case '?':
			v.cut = .9
		case 'c':
			v.cut = .96
		case 'C':
			v.cut = .995
		case 'd', 'f', 'w', 'F':
			v.kinds = [kinds]float32{.01}
			v.kinds[map[rune]int{'d': 1, 'f': 2, 'F': 2, 'w': 3}[c]] = .99
		}
		if c == '_' || c == 'F' {
			v.spread = 2
		}
		all[i] = v
	}
	return all
}

func TestDecide(t *testing.T) {
	for _, test := range []struct {
		name, script string
		wants        []want
	}{
		{"nothing", "..........", nil},
		{"a cut", ".....c....", []want{{Cut, 4, 5}}},
		{"two cuts", ".....c..c.", []want{{Cut, 4, 5}, {Cut, 7, 8}}},
		{"a doubtful cut", ".....?....", nil},
		{"one soon after a certain cut", "..C....?....?", []want{{Cut, 1, 2}, {Cut, 6, 7}, {Cut, 11, 12}}},
		{"one before it", "..?....C", []want{{Cut, 6, 7}}},
		{"one long after it", "..C" + strings.Repeat(".", nearby-1) + "?..?", []want{{Cut, 1, 2}, {Cut, nearby + 1, nearby + 2}}},
		{"cuts too close", ".....c.C..", []want{{Cut, 6, 7}}},
		{"a film does not begin with a cut", "c.........", nil},
		{"a dissolve", "...dddd...", []want{{Dissolve, 2, 7}}},
		{"one too short", "...ddd....", nil},
		{"one that pauses", "...dd..dd...", []want{{Dissolve, 2, 9}}},
		{"a wipe", "...dwww...", []want{{Wipe, 2, 7}}},
		{"an open end", "......dddd", nil},
		{"an open beginning", "dddd......", nil},
		{"a fade that is not flat is none", "...fffd...", []want{{Dissolve, 2, 7}}},
		{"a fade", "...ffFFff...", []want{{Fade, 2, 9}}},
		{"a fade with a hold", "...fffF_____Ffff...", []want{{Fade, 2, 16}}},
		{"a fade out, and a cut", "...fffF_____C......", []want{{Fade, 2, 6}, {Cut, 11, 12}}},
		{"a fade out, a shot, and a cut", "...fffF_..__C......", []want{{Fade, 2, 6}, {Cut, 11, 12}}},
		{"two fades about a shot", "...fffF..........Ffff...", []want{{Fade, 2, 6}, {Fade, 17, 21}}},
		{"a cut within a dissolve is part of it", "...ddcddd...", []want{{Dissolve, 2, 9}}},
	} {
		t.Run(test.name, func(t *testing.T) { check(t, decide(verdicts(test.script), stretch{}, usual), 0, test.wants...) })
	}
}

// A sure cut that was smeared over its surroundings stays one.
func TestSureCutsAreNoDissolves(t *testing.T) {
	v := verdicts("...ddddd...")
	for i := range v {
		v[i].kinds[0] = max(v[i].kinds[0], .02)
	}
	v[5].cut = .995
	check(t, decide(v, stretch{}, usual), 0, want{Cut, 4, 5})
}

func TestDecideCountsFromTheStretch(t *testing.T) {
	check(t, decide(verdicts("...c....ddddd"), stretch{first: 1000, more: true}, usual), 0, want{Cut, 1002, 1003}, want{Dissolve, 1007, 1013})
}

// Deciding as frames come gives what deciding about the whole film at once gives, where nothing takes longer than the look-ahead.
func TestStretchesJoin(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	parts := []string{"c.....", "?.....", "?......................................................", "C......", "...", "dddd......", "ddddddddddd.......", "wwwww......", "fffF____FFfff......", "fff_____c......", "c..c..c......", "............"}
	for range 200 {
		script := []string{"........"}
		for range 30 {
			script = append(script, parts[r.IntN(len(parts))])
		}
		v := verdicts(strings.Join(script, ""))
		if got, whole := streamed(v), decide(v, stretch{}, usual); !reflect.DeepEqual(got, whole) {
			t.Fatalf("%q\n%+v\n%+v", script, got, whole)
		}
	}
}

func streamed(v []verdict) (all []Boundary) {
	d := detector{bars: usual}
	for i := range v {
		d.verdicts = append(d.verdicts, v[i])
		d.frames = int64(i + 1)
		all = append(all, d.settle(d.calm()).Boundaries...)
	}
	return append(all, d.settle(len(d.verdicts)).Boundaries...)
}

// A fade that began before there were too many frames to wait for is told whole.
func TestAFadeInTheDarkIsToldWhole(t *testing.T) {
	script := "........ffffFFF" + strings.Repeat("_", 20) + "FFF" + strings.Repeat("_", 40) + strings.Repeat("F", 55) + "ffff......" + strings.Repeat(".", LookAhead)
	got := streamed(verdicts(script))
	if len(got) != 2 || got[1].End != int64(strings.LastIndex(script, "f"))+1 {
		t.Errorf("found %+v", got)
	}
}

// A change that lasts longer than the look-ahead is told once.
func TestLongRampIsToldOnce(t *testing.T) {
	v := make([]verdict, 0, 500)
	v = append(v, verdicts("..........")...)
	for range 400 {
		v = append(v, verdicts("d")...)
	}
	v = append(v, verdicts("....................")...)
	got := streamed(v)
	if len(got) != 1 || got[0].Start != 9 || got[0].End > 9+LookAhead {
		t.Errorf("found %+v", got)
	}
}

func TestACutWithAFrameOfBothSaysSo(t *testing.T) {
	s := stretch{first: 100, mixed: []int64{104, 109}}
	got := decide(verdicts(".....c....c......"), s, usual)
	if len(got) != 2 || !got[0].Mixed || !got[1].Mixed || got[0].Before() != 103 || got[1].Start != 109 {
		t.Errorf("found %+v", got)
	}
	got = decide(verdicts("...dddd.c"), stretch{mixed: []int64{7}}, usual)
	if len(got) != 2 || got[1].Mixed {
		t.Errorf("found %+v", got)
	}
}

// The detector tells of a frame of two shots, wherever in the film.
func TestCutsOfPulldown(t *testing.T) {
	for _, at := range []int{30, 200} {
		a, b := film{stage(1).at(0, 0)}.held(at-1), film{stage(2).at(0, 0)}.held(60)
		mixed := blended(a.last(), b[0], .5)
		got := run(New(Options{}), join(a, film{mixed}, b))
		if len(got) != 1 || got[0].Type != Cut || got[0].End != int64(at) || !got[0].Mixed {
			t.Errorf("at %d found %+v", at, got)
		}
	}
}
