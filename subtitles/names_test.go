package subtitles

import (
	"slices"
	"testing"
)

func TestParseLanguage(t *testing.T) {
	for tag, want := range map[string]string{
		"pol": "pl", "pl": "pl", "pl-PL": "pl", "PL_pl": "pl", "Polish": "pl", "polski": "pl", " eng ": "en", "English": "en",
		"jpn": "ja", "jp": "ja", "Japanese": "ja", "日本語": "ja", "ger": "de", "deu": "de", "chi": "zh", "zho": "zh", "zh-Hans": "zh", "zh-TW": "zh",
		"pt-BR": "pt", "pob": "pt", "fre": "fr", "fra": "fr", "cze": "cs", "kor": "ko", "ru": "ru", "nob": "no", "arb": "ar", "es-419": "es",
		"csb": "csb", "und": "", "": "", "x": "", "mul": "", "zxx": "", "not a language": "", "1080p": "", "??": "", "und-PL": "",
	} {
		if got := ParseLanguage(tag); got != want {
			t.Errorf("%q is %q, want %q", tag, got, want)
		}
	}
}

func TestLanguage(t *testing.T) {
	for text, want := range map[string]string{
		"どうして？": "ja", "나는 몰라": "ko", "我不知道你为什么这样做": "zh", "หยุดนะ": "th", "Γιατί;": "el", "東京": "", "No!": "", "": "", "♪ 123": "",
		"I have no idea why you would ever do such a terrible thing to your own brother.":                "en",
		"Nie mam pojęcia, dlaczego miałbyś zrobić coś tak strasznego własnemu bratu, naprawdę nie wiem.": "pl",
		"Понятия не имею, зачем тебе понадобилось делать такие ужасные вещи своему брату.":               "ru",
		"Je n'ai aucune idée de la raison pour laquelle tu ferais une chose pareille à ton frère.":       "fr",
		"sakura saku": "",
		"カラオケ karaoke カラオケ行こう": "ja",
		"東京都庁舎前駅改札口で待合せ中":      "ja", // mostly in the characters that Chinese is written in
	} {
		if got := Language([]Line{{Text: text}}); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
	talk := Line{Text: "I have no idea why you would ever do such a terrible thing to your own brother, Tom.", Kind: Dialogue}
	song := Line{Text: "桜が咲いている、どうして、分からない、遅くなる前に、家に帰ってきて、桜が咲いている、どうして、分からない、遅くなる前に", Kind: Song}
	if got := Language([]Line{song, talk, song, song}); got != "en" {
		t.Errorf("a script with Japanese songs is %q", got)
	}
}

func TestFormatOf(t *testing.T) {
	for name, want := range map[string]string{"a.srt": "srt", `C:\x\A.SRT`: "srt", "a.b.ass": "ass", "a.ssa": "ssa", "a.mkv": "", "a": "", "x.srt/": "", "a.webvtt": "vtt", "a.lrc": "lrc"} {
		if got := FormatOf(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	for name := range map[string]bool{"srt": true, "ass": true, "ssa": true, "vtt": true, "webvtt": true, "lrc": true, "ttml": true, "stl": true, "sub": true} {
		readers := slices.Collect(readersFor(name, ""))
		for _, r := range readers {
			if formats[r] == nil {
				t.Errorf("%s has no reader %s", name, r)
			}
		}
		if len(readers) == 0 {
			t.Errorf("nothing reads %s", name)
		}
	}
	for _, s := range signatures {
		if formats[s.format] == nil {
			t.Errorf("no reader %s", s.format)
		}
	}
}

func TestSidecars(t *testing.T) {
	const film, release = "Title - 01.mkv", "[Group] Title - 07v2 (1080p) [ABCD1234].mkv"
	for _, c := range []struct {
		film, sub string
		want      Sidecar
		ok        bool
	}{
		{film, "Title - 01.srt", Sidecar{Exact: true}, true},
		{film, "title - 01.SRT", Sidecar{Exact: true}, true},
		{film, "Title - 01.pl.srt", Sidecar{Lang: "pl", Exact: true}, true},
		{film, "Title - 01.jpn.forced.ass", Sidecar{Lang: "ja", Forced: true, Exact: true}, true},
		{film, "Title - 01.pt-BR.srt", Sidecar{Lang: "pt", Exact: true}, true},
		{film, "Title - 01_pol.srt", Sidecar{Lang: "pl", Exact: true}, true},
		{film, "Title - 01.English (SDH).srt", Sidecar{Lang: "en", SDH: true, Exact: true}, true},
		{film, "Title - 01.en.hi.srt", Sidecar{Lang: "en", SDH: true, Exact: true}, true},
		{film, "Title - 01.hi.srt", Sidecar{Lang: "hi", Exact: true}, true},
		{film, "Title - 01 [1080p].srt", Sidecar{Exact: true}, true},
		{film, "Title - 01 [Polish].ass", Sidecar{Lang: "pl", Exact: true}, true},
		{film, "Title - 01.FansubGroup.ass", Sidecar{Exact: true}, true},
		{film, "Title - 01 - PL.txt", Sidecar{Lang: "pl", Exact: true}, true},
		{film, "[Other] Title - 01 (BD 720p).en.ass", Sidecar{Lang: "en"}, true},
		{film, "Title_-_01.srt", Sidecar{}, true},
		{film, "Title - 011.srt", Sidecar{}, false},
		{film, "Title - 01.5.srt", Sidecar{}, false},
		{film, "Title - 01 - Extra.srt", Sidecar{}, false},
		{film, "Title - 02.srt", Sidecar{}, false},
		{film, "Title.srt", Sidecar{}, false},
		{film, "Title - 01.mkv", Sidecar{}, false},
		{film, "Title - 01.nfo", Sidecar{}, false},
		{"Title.mkv", "Title - 01.srt", Sidecar{}, false},
		{"Title.mkv", "Title 2.srt", Sidecar{}, false},
		{"Title.mkv", "Title.2.srt", Sidecar{}, false},
		{release, "Title - 07v2.srt", Sidecar{}, true},
		{release, "[Group] Title - 07v2 (1080p) [ABCD1234].pol.ass", Sidecar{Lang: "pl", Exact: true}, true},
		{release, "Title - 07.pol.srt", Sidecar{Lang: "pl"}, true},
		{release, "[Other] Title - 07 [720p].ass", Sidecar{}, true},
		{"Title - 07.mkv", "Title - 07v2.en.srt", Sidecar{Lang: "en"}, true},
		{release, "Title - 08.pol.srt", Sidecar{}, false},
		{release, "Title - 07v2.pol.ass", Sidecar{Lang: "pl"}, true},
		{release, "Title - 08.srt", Sidecar{}, false},
		{"Title.S01E02.1080p.WEB-DL.x264-GRP.mkv", "Title.S01E02.srt", Sidecar{}, true},
		{"Title.S01E02.1080p.WEB-DL.x264-GRP.mkv", "Title.S01E02.720p.HDTV.pl.srt", Sidecar{Lang: "pl"}, true},
		{"Title.S01E02.1080p.WEB-DL.x264-GRP.mkv", "Title.S01E03.srt", Sidecar{}, false},
		{"Title.S01E02.The.Storm.1080p.WEB-DL.x264-GRP.mkv", "Title.S01E02.pl.srt", Sidecar{Lang: "pl"}, true},
		{"Title - S01E02 - The Storm.mkv", "Title - S01E02.srt", Sidecar{}, true},
		{"Title - S01E02 - The Storm.mkv", "Title - S01E02 - The Calm.srt", Sidecar{}, false},
		{"Title - S01E02 - The Storm.mkv", "Title - S01E0.srt", Sidecar{}, false},
		{"Title - S01E02-E03.mkv", "Title - S01E02.srt", Sidecar{}, false},
		{"S01E02 The Storm.mkv", "S01E02.srt", Sidecar{}, false},
		{"Cafe\u0301 - 01.mkv", "Café - 01.fr.srt", Sidecar{Lang: "fr", Exact: true}, true},
		{"夜の歌 第01話.mkv", "夜の歌 第01話.ja.srt", Sidecar{Lang: "ja", Exact: true}, true},
		{"popeye_sindbad_T00-1.pgs.mkv", "popeye_sindbad_T00-1.pgs.eng.srt", Sidecar{Lang: "en", Exact: true}, true},
		{"[1080p].mkv", "x.srt", Sidecar{}, false},
	} {
		if got, ok := SidecarOf(c.film, c.sub); got != c.want || ok != c.ok {
			t.Errorf("%s of %s: %+v %v, want %+v %v", c.sub, c.film, got, ok, c.want, c.ok)
		}
	}
}
