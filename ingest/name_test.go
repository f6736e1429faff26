package ingest

import (
	"testing"

	"github.com/amvlib/amvlib/catalog"
)

func TestNames(t *testing.T) {
	for path, want := range map[string]catalog.Name{
		"/a/[Group] Kite Season - 07v2 (1080p) [ABCD1234].mkv":              {Source: "Kite Season", Number: "7", Version: 2, Group: "Group"},
		"/a/Kite Season S02E07.mkv":                                         {Source: "Kite Season", Season: 2, Number: "7"},
		"/a/Kite.Season.S02E07.1080p.WEB-DL.x264-GRP.mkv":                   {Source: "Kite Season", Season: 2, Number: "7"},
		"/a/Kite_Season_-_07_[720p].mkv":                                    {Source: "Kite Season", Number: "7"},
		"/a/Kite Season/Season 2/07.mkv":                                    {Source: "Kite Season", Season: 2, Number: "7"},
		"/a/Kite Season/07 - The Long Wind.mkv":                             {Source: "Kite Season", Number: "7"},
		"/a/Kite Season/Episode 7.mkv":                                      {Source: "Kite Season", Number: "7"},
		"/a/Kite Season - 07 - The Long Wind.mkv":                           {Source: "Kite Season", Number: "7"},
		"/a/Kite Season 07.mkv":                                             {Source: "Kite Season", Number: "7"},
		"/a/Kite Season - 7.5.mkv":                                          {Source: "Kite Season", Number: "7.5"},
		"/a/Kite Season - Episode 12.mp4":                                   {Source: "Kite Season", Number: "12"},
		"/a/Kite Season ep03.avi":                                           {Source: "Kite Season", Number: "3"},
		"/a/[Group] Kite Season OVA 2 [BD 1080p].mkv":                       {Source: "Kite Season", Number: "OVA 2", Group: "Group"},
		"/a/Kite Season Season 2 - 03.mkv":                                  {Source: "Kite Season", Season: 2, Number: "3"},
		"/a/Kite Season S2 - 03 (720p).mkv":                                 {Source: "Kite Season", Season: 2, Number: "3"},
		"/a/The Last Signal (2019) [BD].mkv":                                {Source: "The Last Signal"},
		"/a/The Last Signal.mkv":                                            {Source: "The Last Signal"},
		"/a/進撃の凧 第07話.mkv":                                                  {Source: "進撃の凧 第07話"},
		"/a/凧の季節 - 07.mkv":                                                  {Source: "凧の季節", Number: "7"},
		`C:\Anime\Kite Season\Season 1\02.mkv`:                              {Source: "Kite Season", Season: 1, Number: "2"},
		"/a/bbb_full_360p24.mp4":                                            {Source: "bbb full 360p24"},
		"/a/86/86 - 03.mkv":                                                 {Source: "86", Number: "3"},
		"/a/[Group].mkv":                                                    {Source: "[Group]"},
		"/a/...mkv":                                                         {Source: "a"},
		"/a/Kite Season - 100.mkv":                                          {Source: "Kite Season", Number: "100"},
		"/a/Kite Season - 00.mkv":                                           {Source: "Kite Season", Number: "0"},
		"/a/Harbour of Glass - 01 [1080p][HEVC 10bit x265][Multi-Subs].mkv": {Source: "Harbour of Glass", Number: "1"},
	} {
		if got := NameOf(path); got != want {
			t.Errorf("%s\n got %+v\nwant %+v", path, got, want)
		}
	}
}

func FuzzNameOf(f *testing.F) {
	for _, s := range []string{"a/b - 07v2.mkv", "S01E01", "[", "[]", "-", "", ".mkv", "a/Season 1/", "\x00", "【字幕】01"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, path string) {
		if n := NameOf("/x/" + path + "y.mkv"); n.Source == "" {
			t.Errorf("%q has no source", path)
		}
	})
}
