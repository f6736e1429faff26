package interchange

import (
	"net/url"
	"strings"
	"testing"
)

func TestFileURL(t *testing.T) {
	for path, want := range map[string][2]string{ // OTIO, xmeml
		`/media/Anime & Co/Épisode [1] #1 50%.mp4`: {"file:///media/Anime%20%26%20Co/%C3%89pisode%20%5B1%5D%20%231%2050%25.mp4", "file://localhost/media/Anime%20%26%20Co/%C3%89pisode%20%5B1%5D%20%231%2050%25.mp4"},
		`D:\Anime\進撃 02.mkv`:                       {"file:///D:/Anime/%E9%80%B2%E6%92%83%2002.mkv", "file://localhost/D:/Anime/%E9%80%B2%E6%92%83%2002.mkv"},
		`d:/a:b.mkv`:                               {"file:///d:/a%3Ab.mkv", "file://localhost/d:/a%3Ab.mkv"},
		`\\nas\share\a b.mkv`:                      {"file://nas/share/a%20b.mkv", "file://nas/share/a%20b.mkv"},
		`\\?\C:\long\a.mkv`:                        {"file:///C:/long/a.mkv", "file://localhost/C:/long/a.mkv"},
		`\\?\UNC\nas\share\a.mkv`:                  {"file://nas/share/a.mkv", "file://nas/share/a.mkv"},
		`/home/a\b.mkv`:                            {"file:///home/a%5Cb.mkv", "file://localhost/home/a%5Cb.mkv"}, // a letter here
		"/caf\xe9.mkv":                             {"file:///caf%E9.mkv", "file://localhost/caf%E9.mkv"},
		`/a-_.~b+c,d'e(f)!*.mkv`:                   {"file:///a-_.~b%2Bc%2Cd%27e%28f%29%21%2A.mkv", "file://localhost/a-_.~b%2Bc%2Cd%27e%28f%29%21%2A.mkv"},
		`sub dir/a.mkv`:                            {"sub%20dir/a.mkv", "sub%20dir/a.mkv"},
	} {
		if got := fileURL(path, ""); got != want[0] {
			t.Errorf("%s is %s, want %s", path, got, want[0])
		}
		if got := fileURL(path, "localhost"); got != want[1] {
			t.Errorf("%s is %s, want %s", path, got, want[1])
		}
	}
}

func TestFileName(t *testing.T) {
	for path, want := range map[string]string{
		`/a/b c.mkv`: "b c.mkv", `D:\a\b.mkv`: "b.mkv", `D:/a/b.mkv`: "b.mkv", `D:\a/b.mkv`: "b.mkv", `\\s\share\b.mkv`: "b.mkv",
		`/a/b\c.mkv`: `b\c.mkv`, `b.mkv`: "b.mkv", `/a/`: "", `\\?\C:\b.mkv`: "b.mkv", `1:\a`: `1:\a`,
	} {
		if got := fileName(path); got != want {
			t.Errorf("%s is called %q, want %q", path, got, want)
		}
	}
}

// Whatever the path, the URL must parse and lead back to the same bytes.
func FuzzFileURL(f *testing.F) {
	for _, s := range []string{"/a b", `C:\x\y`, `\\s\h\x`, "/\xff\x00", "/%41", "/a?b#c", "//x", `\\?\UNC\s\h`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, path string) {
		u, err := url.Parse(fileURL(path, "localhost"))
		if err != nil {
			if !isUNC(path) { // a server's name may be none
				t.Fatalf("%q gives no URL: %v", path, err)
			}
			return
		}
		want := path
		if isDrive(plain(path)) {
			want = "/" + strings.ReplaceAll(plain(path), `\`, "/")
		}
		if isAbsolute(path) && !isUNC(plain(path)) && u.Path != want {
			t.Errorf("%q comes back as %q", path, u.Path)
		}
	})
}
