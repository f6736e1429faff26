package ingest

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/amvlib/amvlib/catalog"
)

// nameRow is one row of testdata/names.tsv.
type nameRow struct {
	line  int
	path  string
	want  catalog.Name
	wrong bool // it is known to be read wrong
}

// knownWrong heads the rows of names.tsv that are read wrong.
const knownWrong = "# Still read wrong."

// TestNames holds NameOf to 97 of a hundred rows: names contradict each other, so a few may be read wrong, but each is listed as such.
func TestNames(t *testing.T) {
	rows, wrong := readNames(t), []string{}
	for _, r := range rows {
		got := NameOf(r.path)
		if right := got == r.want; right == r.wrong {
			t.Errorf("names.tsv:%d %s is listed on the wrong side of %q:\n\t got %s\n\twant %s", r.line, r.path, knownWrong, fields(got), fields(r.want))
		}
		if got != r.want {
			wrong = append(wrong, fmt.Sprintf("names.tsv:%d %s\n\t got %s\n\twant %s", r.line, r.path, fields(got), fields(r.want)))
		}
	}
	right := len(rows) - len(wrong)
	t.Logf("%d of %d right (%.1f %%)\n%s", right, len(rows), 100*float64(right)/float64(len(rows)), strings.Join(wrong, "\n"))
	if len(rows) < 150 || 100*right < 97*len(rows) {
		t.Errorf("%d of %d right; 97 %% of 150 or more are asked for", right, len(rows))
	}
}

func fields(n catalog.Name) string {
	return fmt.Sprintf("%q season %d number %q version %d group %q", n.Source, n.Season, n.Number, n.Version, n.Group)
}

var repeated = regexp.MustCompile(`(.)\{(\d{2,3})\}`)

func readNames(t *testing.T) (rows []nameRow) {
	t.Helper()
	data, err := os.ReadFile("testdata/names.tsv")
	if err != nil {
		t.Fatal(err)
	}
	wrong := false
	for i, line := range strings.Split(strings.TrimRight(string(data), "\n"), "\n") {
		wrong = wrong || line == knownWrong
		if !strings.HasPrefix(line, "#") {
			row := readName(t, i+1, line)
			row.wrong = wrong
			rows = append(rows, row)
		}
	}
	return rows
}

func readName(t *testing.T, line int, text string) nameRow {
	t.Helper()
	f := strings.Split(repeated.ReplaceAllStringFunc(text, func(s string) string {
		m := repeated.FindStringSubmatch(s)
		n, _ := strconv.Atoi(m[2])
		return strings.Repeat(m[1], n)
	}), "\t")
	if len(f) != 6 {
		t.Fatalf("names.tsv:%d: %d fields, want 6", line, len(f))
	}
	season, _ := strconv.Atoi("0" + f[2])
	version, _ := strconv.Atoi("0" + f[4])
	return nameRow{line: line, path: f[0], want: catalog.Name{Source: f[1], Season: season, Number: f[3], Version: version, Group: f[5]}}
}

// TestOneSourceAShow reads whole folders: what counts is less what a show is called than that all its files call it the same.
func TestOneSourceAShow(t *testing.T) {
	for name, paths := range map[string][]string{
		"Iron Tide": {
			"/m/[Owl] Iron Tide (01-12) [BD 1080p]/[Owl] Iron Tide - 01 [BD 1080p FLAC] [0A1B2C3D].mkv",
			"/m/[Owl] Iron Tide (01-12) [BD 1080p]/[Owl] Iron Tide - 02v2 - Part 2 [BD 1080p FLAC].mkv",
			"/m/[Owl] Iron Tide (01-12) [BD 1080p]/[Owl] Iron Tide - 12 END [BD 1080p FLAC].mkv",
			"/m/[Owl] Iron Tide (01-12) [BD 1080p]/[Owl] Iron Tide OVA [BD 1080p FLAC].mkv",
			"/m/[Owl] Iron Tide (01-12) [BD 1080p]/Extras/[Owl] Iron Tide - NCOP1a [BD].mkv",
			"/m/[Owl] Iron Tide (01-12) [BD 1080p]/Extras/NCED2.mkv",
			"/m/[Owl] Iron Tide (01-12) [BD 1080p]/Extras/Menu 01.mkv",
			"/m/[Owl] Iron Tide (01-12) [BD 1080p]/Specials/[Owl] Iron Tide - SP01 - Beach [BD].mkv",
		},
		"Salt Garden": {
			"/m/Salt Garden (2019)/Season 01/Salt Garden (2019) - S01E01 - Seeds [WEBDL-1080p][x264]-OWL.mkv",
			"/m/Salt Garden (2019)/Season 01/Salt Garden - S01E02-E03 - Rain.mkv",
			"/m/Salt Garden (2019)/Season 02/S02E01.mkv",
			"/m/Salt Garden (2019)/Season 02/02 - Two of Us.mkv",
			"/m/Salt Garden (2019)/Season 02/Episode 3.mkv",
			"/m/Salt Garden (2019)/Season 00/Salt Garden - S00E01 - Movie.mkv",
			"/m/Salt Garden (2019)/Specials/01.mkv",
			"/m/Salt Garden (2019)/Featurettes/Making of.mkv",
			"/m/Salt Garden (2019)/Season 2/Disc 1/03.mkv",
			"/m/Salt Garden (2019)/Disc 2/BDMV/STREAM/00001.m2ts",
		},
		"Psych 100": {
			"/m/Psych 100/Psych 100 - 01.mkv", "/m/Psych 100/Psych 100 II - 01.mkv", "/m/Psych 100 III/Psych 100 - 01.mkv",
			"/m/Psych 100/Psych.100.S02E07.1080p.WEB-DL.AAC2.0.H.264-OWL.mkv", "/m/Psych_100_[07]_[720p].mkv", "/m/Psych 100 OVA 1.mkv",
			"/m/Psych 100 2nd Season/03.mkv", "/m/Psych 100 3 - 03.mkv", "/m/Psych 100 S2 Part 2 - 03.mkv",
		},
		"鉄の潮": {
			"/m/鉄の潮/第01話「海」.mkv", "/m/鉄の潮/鉄の潮 第02話.mkv", "/m/鉄の潮 第2期/０３.mkv", "/m/劇場版 鉄の潮.mkv", "/m/【梟】鉄の潮【04】.mp4",
			"/m/鉄の潮 第二期 #05 「風」.mp4", "/m/[梟][鉄の潮][06][1080p].mkv", "/m/鉄の潮/特典/NCOP.mkv",
		},
		"Zażółć": {"/m/Zażółć - 01.mkv", "/m/Zaz\u0307o\u0301\u0142c\u0301 - 02.mkv", "/m/Zażółć/03.mkv"},
	} {
		for _, p := range paths {
			if got := NameOf(p); got.Source != name || got.Number == "" && !strings.Contains(p, "Making") {
				t.Errorf("%s: %s, want the source %q and a number", p, fields(got), name)
			}
		}
	}
}

func FuzzNameOf(f *testing.F) {
	for _, s := range []string{"a/b - 07v2.mkv", "S01E01", "[", "[]", "-", "", ".mkv", "a/Season 1/", "\x00", "【字幕】01", "[[a]b](c", "第百話", "\xff- 1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, path string) {
		n := NameOf("/x/" + path + "y.mkv")
		if all := n.Source + n.Number + n.Group; n.Source == "" || n.Season < 0 || n.Version < 0 || !utf8.ValidString(all) || strings.ContainsFunc(all, unicode.IsControl) {
			t.Errorf("%q reads %s", path, fields(n))
		}
		if again := NameOf("/x/" + path + "y.mkv"); again != n {
			t.Errorf("%q reads %s, then %s", path, fields(n), fields(again))
		}
	})
}

// BenchmarkNameOf shows by its MB/s that hostile paths take time in proportion to their length.
func BenchmarkNameOf(b *testing.B) {
	for _, size := range []int{100, 10_000, 1_000_000} {
		for _, unit := range []string{"]", "[", "[a]", " - 01", "S01E01 ", "1080p ", "第", "(a) b ", "OVA "} {
			b.Run(fmt.Sprintf("%q_%d", unit, size), func(b *testing.B) {
				path := strings.Repeat(unit, size/len(unit)) + ".mkv"
				b.SetBytes(int64(len(path)))
				for b.Loop() {
					NameOf(path)
				}
			})
		}
	}
	b.Run("usual", func(b *testing.B) {
		for b.Loop() {
			NameOf("/m/Iron Tide (2019)/Season 01/[Owl] Iron Tide - 07v2 - The Long Wind (1080p) [ABCD1234].mkv")
		}
	})
}
