package subtitles

import "testing"

func TestLinesHaveTheirTracksLanguageUnlessTheirLettersSayOtherwise(t *testing.T) {
	const long = "I have no idea why you would ever do such a terrible thing to your own brother."
	for _, c := range []struct{ track, text, want string }{
		{"pl", "No!", "pl"}, {"en", "No!", "en"}, {"de", "...", "de"}, {"", "No!", ""}, {"", "どうして？", ""}, {"en", "", "en"},
		{"en", "桜が咲いている", "ja"}, {"pl", "どうして？ Nie!", "ja"}, {"en", "The sign says 入口", "en"}, {"en", "東京", "en"},
		{"ja", "東京都庁舎前駅改札口で", "ja"}, {"ja", "東京都庁舎前駅改札口", "ja"}, {"zh", "我不知道你为什么这样做", "zh"}, {"zh", "鲜の每日", "zh"},
		{"en", "나는 정말 몰라", "ko"}, {"en", "Γιατί δεν ήρθες;", "el"}, {"ja", "OK", "ja"}, {"ja", "sakura saku", "ja"}, {"ja", long, "en"},
		{"fr", long, "fr"}, {"ru", long, "en"}, {"ru", "Почему?", "ru"}, {"en", "Почему?", "en"},
	} {
		lines := []Line{{Text: c.text}, {Text: c.text, Lang: "sv"}}
		SetLanguages(lines, c.track)
		if lines[0].Lang != c.want || lines[1].Lang != "sv" {
			t.Errorf("%q of a track in %q is in %q, want %q; one that says so in %q", c.text, c.track, lines[0].Lang, c.want, lines[1].Lang)
		}
	}
}
