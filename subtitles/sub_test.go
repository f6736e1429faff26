package subtitles

import (
	"testing"

	"github.com/amvlib/amvlib/timecode"
)

func TestMicroDVD(t *testing.T) {
	doc := mustParse(t, "{1}{1}25\n{25}{50}{y:i}Cześć|/świecie\n{c:$0000ff}\n{100}{}bez końca\n", "sub")
	if sheet(doc) != "1000-2000 Cześć\nświecie,4000-7000 bez końca" || doc.Lost != 1 {
		t.Errorf("%s %+v", sheet(doc), doc)
	}
	if l := mustParse(t, "{24}{48}x\n", "sub").Lines[0]; l.Start != 1001*ms || l.End != 2002*ms {
		t.Errorf("23.976 is not the default: %v", l)
	}
	if l := mustParse(t, "{1}{1}23.976fps\n{24}{48}x\n", "sub").Lines[0]; l.Text == "" {
		t.Errorf("%v", l)
	}
	doc, err := ParseWith([]byte("{50}{100}x\n"), "sub", Options{Rate: timecode.PAL})
	if err != nil || sheet(doc) != "2000-4000 x" {
		t.Errorf("%v %v", doc, err)
	}
	doc, err = ParseWith([]byte("{0}{0}29.97\n{30}{60}x\n"), "sub", Options{Rate: timecode.PAL})
	if err != nil || sheet(doc) != "1001-2002 x" {
		t.Errorf("the file's rate does not win: %v %v", doc, err)
	}
	doc, err = ParseWith([]byte("{50}{100}How old?\n{150}{150}50\n{200}{250}x\n"), "sub", Options{Rate: timecode.PAL})
	if err != nil || sheet(doc) != "2000-4000 How old?,6000-9000 50,8000-10000 x" {
		t.Errorf("a number that is said is taken for a rate: %v %v", doc, err)
	}
}

func TestOtherLineFormats(t *testing.T) {
	for name, c := range map[string]struct{ format, data, want string }{
		"mpl2":      {"txt", "[10][25]/a|b\n[30][]c\n", "1000-2500 a\nb,3000-6000 c"},
		"tmplayer":  {"txt", "00:00:01:a|b\n00:00:02:c\n00:01:00=d\n", "1000-2000 a\nb,2000-3066 c,60000-61066 d"},
		"subviewer": {"sub", "[INFORMATION]\n00:00:01.00,00:00:02.50\na[br]b\n\n00:00:03.00,00:00:04.00\nc\n", "1000-2500 a\nb,3000-4000 c"},
		"spruce":    {"stl", "$FontName = Arial\n//remark\n00:00:01:12 , 00:00:02:00 , ^Ia^I | b\n", "1501-2002 a\nb"},
	} {
		if got := sheet(mustParse(t, c.data, c.format)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
