package subtitles

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// asSRT makes a subtitle of sentences.
func asSRT(sentences ...string) string {
	var b strings.Builder
	for i, s := range sentences {
		fmt.Fprintf(&b, "%d\r\n00:%02d:%02d,000 --> 00:%02d:%02d,900\r\n%s\r\n\r\n", i+1, i/60%60, i%60, i/60%60, i%60, s)
	}
	return b.String()
}

func encode(t testing.TB, charset, text string) []byte {
	t.Helper()
	out, err := encodings[charset].NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatalf("%s: %v", charset, err)
	}
	return out
}

var inLanguages = []struct {
	charset   string
	sentences []string
}{
	{"windows-1250", []string{"Zażółć gęślą jaźń.", "Nie wiem, dlaczego to zrobiłeś.", "Proszę, wróć do domu, zanim będzie za późno!", "Wszystko się kończy."}},
	{"windows-1250", []string{"Příliš žluťoučký kůň úpěl ďábelské ódy.", "Nevím, proč jsi to udělal.", "Už je pozdě, vraťme se domů."}},
	{"windows-1250", []string{"Nem tudom, miért tetted ezt.", "Kérlek, gyere haza, mielőtt késő lesz!", "Árvíztűrő tükörfúrógép."}},
	{"windows-1252", []string{"Je ne sais pas pourquoi tu as fait ça.", "S'il te plaît, rentre à la maison avant qu'il ne soit trop tard !", "Où êtes-vous allés cet été ?"}},
	{"windows-1252", []string{"Ich weiß nicht, warum du das getan hast.", "Bitte komm nach Hause, bevor es zu spät ist!", "Schöne Grüße über die Brücke."}},
	{"windows-1252", []string{"¿Por qué lo hiciste? No lo sé.", "¡Vuelve a casa mañana, señor!", "El niño está aquí."}},
	{"windows-1251", []string{"Я не знаю, почему ты это сделал.", "Пожалуйста, возвращайся домой!", "Съешь ещё этих мягких французских булок."}},
	{"windows-1251", []string{"Я не знаю, чому ти це зробив.", "Будь ласка, повертайся додому, поки є час!", "Її їжак їсть"}},
	{"koi8-r", []string{"Я не знаю, почему ты это сделал.", "Пожалуйста, возвращайся домой!", "Это было давно."}},
	{"ibm866", []string{"Я не знаю, почему ты это сделал.", "Пожалуйста, возвращайся домой!", "Это было давно."}},
	{"shift_jis", []string{"どうしてそんなことをしたのか分からない。", "遅くなる前に家に帰ってきて！", "桜が咲いている"}},
	{"euc-jp", []string{"どうしてそんなことをしたのか分からない。", "遅くなる前に家に帰ってきて！", "桜が咲いている"}},
	{"iso-2022-jp", []string{"どうしてそんなことをしたのか分からない。", "桜が咲いている"}},
	{"gb18030", []string{"我不知道你为什么这样做。", "请在太晚之前回家！", "我们是朋友，不是吗？"}},
	{"big5", []string{"我不知道你為什麼這樣做。", "請在太晚之前回家！", "我們是朋友，不是嗎？"}},
	{"euc-kr", []string{"네가 왜 그랬는지 모르겠어.", "너무 늦기 전에 집에 돌아와!", "우리는 친구잖아, 안 그래?"}},
	{"windows-1253", []string{"Δεν ξέρω γιατί το έκανες.", "Σε παρακαλώ, γύρνα σπίτι πριν να είναι αργά!"}},
	{"windows-1254", []string{"Bunu neden yaptığını bilmiyorum.", "Lütfen çok geç olmadan eve dön, şimdi!", "İyi akşamlar, güzel kız."}},
	{"windows-1255", []string{"אני לא יודע למה עשית את זה.", "בבקשה תחזור הביתה לפני שיהיה מאוחר!"}},
	{"windows-1256", []string{"لا أعرف لماذا فعلت ذلك.", "من فضلك عد إلى المنزل قبل فوات الأوان!"}},
	{"windows-874", []string{"ฉันไม่รู้ว่าทำไมคุณถึงทำแบบนั้น", "กรุณากลับบ้านก่อนที่จะสายเกินไป"}},
	{"iso-8859-2", []string{"Zażółć gęślą jaźń.", "Nie wiem, dlaczego to zrobiłeś.", "Wróć do domu, zanim będzie za późno!"}},
}

func TestCharsets(t *testing.T) {
	for _, c := range inLanguages {
		text := asSRT(c.sentences...)
		doc := mustParse(t, string(encode(t, c.charset, text)), "srt")
		if got, want := texts(doc), strings.Join(c.sentences, "|"); got != want || doc.Charset != c.charset {
			t.Errorf("%s taken for %s: %s, want %s", c.charset, doc.Charset, got, want)
		}
	}
}

// One sentence is all that a sign file may have.
func TestCharsetsOfOneSentence(t *testing.T) {
	for _, c := range inLanguages {
		for _, s := range c.sentences {
			if got := texts(mustParse(t, string(encode(t, c.charset, asSRT(s))), "srt")); got != s && c.charset != "iso-8859-2" {
				t.Logf("%s: %s, want %s", c.charset, got, s)
				if c.charset == "windows-1250" || c.charset == "shift_jis" || c.charset == "windows-1251" || c.charset == "gb18030" || c.charset == "euc-kr" {
					t.Fail()
				}
			}
		}
	}
}

func TestUnicodeMarks(t *testing.T) {
	text := asSRT("Zażółć", "夜の", "😀")
	utf16 := func(o unicode.Endianness, b unicode.BOMPolicy) []byte {
		out, _ := unicode.UTF16(o, b).NewEncoder().Bytes([]byte(text))
		return out
	}
	quad, _ := utf32.UTF32(utf32.LittleEndian, utf32.UseBOM).NewEncoder().Bytes([]byte(text))
	for name, data := range map[string][]byte{
		"utf-8": []byte(text), "utf-8 marked": []byte("\ufeff" + text), "utf-32le": quad,
		"utf-16le marked": utf16(unicode.LittleEndian, unicode.UseBOM), "utf-16be marked": utf16(unicode.BigEndian, unicode.UseBOM),
		"utf-16le": utf16(unicode.LittleEndian, unicode.IgnoreBOM), "utf-16be": utf16(unicode.BigEndian, unicode.IgnoreBOM),
	} {
		doc := mustParse(t, string(data), "srt")
		if texts(doc) != "Zażółć|夜の|😀" || !strings.HasPrefix(name, doc.Charset) {
			t.Errorf("%s taken for %s: %s", name, doc.Charset, texts(doc))
		}
	}
}

// A flipped bit in UTF-8 must cost one character, not turn the file into another charset.
func TestOneBadByteInUTF8(t *testing.T) {
	data := []byte(asSRT("Zażółć gęślą", "Nie wiem, ę", "jaźń", "koniec ą"))
	data[bytes.Index(data, []byte("ę"))] ^= 0x40
	if doc := mustParse(t, string(data), "srt"); doc.Charset != "utf-8" || !strings.HasSuffix(texts(doc), "|Nie wiem, ę|jaźń|koniec ą") {
		t.Errorf("%s: %s", doc.Charset, texts(doc))
	}
}

// Files pasted together are in two charsets.
func TestMixedCharsets(t *testing.T) {
	a := []string{"Zażółć gęślą jaźń", "Cześć, jesteś?", "Będzie późno", "Żółw się śmieje"}
	data := append([]byte(asSRT(a...)), encode(t, "windows-1250", "5\n00:10:00,000 --> 00:10:01,000\nWróć, proszę, żołnierzu!\n")...)
	if got := texts(mustParse(t, string(data), "srt")); got != strings.Join(a, "|")+"|Wróć, proszę, żołnierzu!" {
		t.Error(got)
	}
}

// tatoeba reads the pairs of one of the shared sentence lists.
func tatoeba(t testing.TB, name string, column int) (out []string) {
	t.Helper()
	f, err := os.Open(filepath.Join(shared(t), "..", "text", name))
	if err != nil {
		t.Skip("no shared sentences beside the repository")
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		if cols := strings.Split(s.Text(), "\t"); len(cols) > column {
			out = append(out, cols[column])
		}
	}
	return out
}

// Short files of real sentences, eight lines each: nearly all must come out right.
func TestCharsetsOfManyFiles(t *testing.T) {
	for _, c := range []struct {
		file    string
		column  int
		charset string
		lang    string
	}{{"tatoeba_en_pl_1000.tsv", 1, "windows-1250", "pl"}, {"tatoeba_en_ja_1000.tsv", 1, "shift_jis", "ja"}, {"tatoeba_en_ja_1000.tsv", 1, "euc-jp", "ja"}} {
		sentences := tatoeba(t, c.file, c.column)
		right, spoken, all := 0, 0, 0
		for ; len(sentences) >= 8; sentences = sentences[8:] {
			text := asSRT(sentences[:8]...)
			data, err := encodings[c.charset].NewEncoder().Bytes([]byte(text))
			if err != nil {
				continue // a character that the charset has not
			}
			doc := mustParse(t, string(data), "srt")
			all++
			if texts(doc) == texts(mustParse(t, text, "srt")) {
				right++
			} else {
				t.Logf("%s taken for %s: %s", c.charset, doc.Charset, texts(doc))
			}
			if Language(doc.Lines) == c.lang {
				spoken++
			}
		}
		t.Logf("%s %s: %d of %d files right, language %d", c.lang, c.charset, right, all, spoken)
		if all < 50 || right*100 < all*98 || spoken*100 < all*95 {
			t.Errorf("%s %s: only %d of %d files right, language %d", c.lang, c.charset, right, all, spoken)
		}
	}
}

func TestCutLines(t *testing.T) {
	long := strings.Repeat("x", maxLine+5)
	for _, c := range [][2]string{{"a\nb\r\nc", "a\nb\r\nc"}, {"", ""}, {"a\n", "a\n"}, {"a\n" + long + "\nb\n", "a\n" + long[5:] + "\nb\n"}, {long, long[5:]}, {long + "\r" + long + "\n", long[5:] + "\r" + long[5:] + "\n"}} {
		if got := string(cutLines([]byte(c[0]))); got != c[1] {
			t.Errorf("%d bytes become %d, want %d", len(c[0]), len(got), len(c[1]))
		}
	}
}
