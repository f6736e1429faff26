package ffmpeg

import (
	"bufio"
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func zeros() *bufio.Reader { return bufio.NewReader(bytes.NewReader(make([]byte, pictureBytes))) }

func TestHostileNames(t *testing.T) {
	tool := findTool(t)
	film := filmFile(t, tool, "film.mkv")
	names := []string{"-i.mkv", "-y", "concat:x", "concat:a|b", "a%03d.mkv", "pipe:0", "a b'c;$(id).mkv", "[x],y=z.mkv", "ł日本.mkv"}
	if runtime.GOOS == "windows" {
		names = []string{"-i.mkv", "-y", "a%03d.mkv", "a b'c;$(id).mkv", "[x],y=z.mkv", "ł日本.mkv"}
	} else {
		names = append(names, "a\n  Stream #0:0: Video: fake, yuv420p, 9x9\n.mkv", "q\"uo'te\\.mkv")
	}
	dir := t.TempDir()
	t.Chdir(dir)
	for _, name := range names {
		if err := os.Rename(film, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
		film = filepath.Join(dir, name)
		k, info := openAll(t, tool, name, Options{}) // relative, as typed
		if k.err != nil || len(k.frames) != 25 || info.Video.Width != 96 {
			t.Errorf("%q: %d frames, %v", name, len(k.frames), k.err)
		}
	}
}

func TestPlaylistsInDisguiseOpenNothing(t *testing.T) {
	tool := findTool(t)
	film := filmFile(t, tool, "secret.ts")
	for name, list := range map[string]string{
		"hls":      "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n" + film + "\n#EXT-X-ENDLIST\n",
		"ffconcat": "ffconcat version 1.0\nfile '" + film + "'\n",
	} {
		for _, ending := range []string{".mkv", ".mp4", ".m3u8", ".ffconcat"} {
			path := filepath.Join(t.TempDir(), "evil"+ending)
			write(t, path, list)
			_, err := tool.Open(t.Context(), path, Options{})
			if err == nil {
				t.Errorf("%s as evil%s opened another file", name, ending)
				continue
			}
			oneLine(t, err, ErrNotMedia)
		}
	}
}

func TestMetadataCannotPlayStream(t *testing.T) {
	tool := findTool(t)
	spoof := "x\n  Stream #0:0: Video: fake, yuv420p, 9x9\n  Duration: 09:00:00.00, start: 7.000000, bitrate: 1 kb/s"
	path := episodeFile(t, tool, "e.mkv", "-metadata", "title="+spoof, "-metadata:s:v:0", "title="+spoof, "-metadata:s:s:0", "title="+spoof)
	info, err := tool.Probe(t.Context(), path)
	if err != nil || info.Video.Codec != "mpeg4" || info.Video.Width != 96 || len(info.Text) != 2 || info.Text[0].Title != "x" || info.Duration > 2_000_000 {
		t.Errorf("%+v %+v, %v", info, info.Video, err)
	}
}

func TestTroubleWithFiles(t *testing.T) {
	tool, dir := findTool(t), t.TempDir()
	text, zero := filepath.Join(dir, "text.mkv"), filepath.Join(dir, "zero.mkv")
	write(t, text, strings.Repeat("just words\n", 100))
	write(t, zero, "")
	for path, want := range map[string]error{
		text: ErrNotMedia, zero: ErrEmpty, dir: ErrNotMedia, filepath.Join(dir, "gone.mkv"): fs.ErrNotExist,
		cutFile(t, filmFile(t, tool, "moov.mp4"), 0.6):                                 ErrTruncated,
		makeFile(t, tool, "song.mka", "-f", "lavfi", "-i", "sine=d=1", "-c:a", "flac"): ErrNoVideo,
	} {
		_, err := tool.Open(t.Context(), path, Options{})
		oneLine(t, err, want)
	}
}

// ffmpeg calls it an error of reading where a header breaks off; only a disk that cannot read is to blame for that.
func TestDiskIsNotBlamedForDamage(t *testing.T) {
	path := filepath.Join(t.TempDir(), "film.mkv")
	write(t, path, "readable")
	for said, want := range map[string]error{
		"file:film.mkv: Input/output error":                    ErrTruncated,
		"file:film.mkv: End of file":                           ErrTruncated,
		"Decoder (codec none) not found for input stream #0:0": ErrNotMedia,
	} {
		oneLine(t, trouble("open", path, errors.New("exit status 1"), said), want)
	}
	if legible(filepath.Join(t.TempDir(), "gone")) {
		t.Error("what is gone can be read")
	}
	if _, err := os.Stat("/proc/self/mem"); err == nil && legible("/proc/self/mem") { // begins with what nobody may read
		t.Error("what gives an error can be read")
	}
}

func TestNoPermission(t *testing.T) {
	tool := findTool(t)
	path := filmFile(t, tool, "mine.mkv")
	os.Chmod(path, 0)
	if f, err := os.Open(path); err == nil {
		f.Close()
		t.Skip("permissions do not bind this user")
	}
	_, err := tool.Open(t.Context(), path, Options{})
	oneLine(t, err, fs.ErrPermission)
}

func TestVanishedBetweenOpenAndDecode(t *testing.T) {
	tool := findTool(t)
	path := filmFile(t, tool, "e.mkv")
	s, err := tool.Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	os.Remove(path)
	oneLine(t, takeAll(t.Context(), s).err, fs.ErrNotExist)
}

// cutFile keeps the first part of a file.
func cutFile(t *testing.T, path string, part float64) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	write(t, path, string(data[:int(float64(len(data))*part)]))
	return path
}

func TestCutShortFilesGiveWhatTheyHave(t *testing.T) {
	tool := findTool(t)
	for name, extra := range map[string][]string{"a.mkv": nil, "b.mp4": {"-movflags", "+faststart"}} {
		args := append([]string{"-f", "lavfi", "-i", "testsrc=s=96x64:r=25:d=8", "-c:v", "mpeg4"}, extra...)
		k, _ := openAll(t, tool, cutFile(t, makeFile(t, tool, name, args...), 0.5), Options{})
		oneLine(t, k.err, ErrTruncated)
		if len(k.frames) < 50 || len(k.frames) > 180 {
			t.Errorf("%s: %d frames of half a film of 200", name, len(k.frames))
		}
		if k.err != nil && !strings.Contains(k.err.Error(), "of 0:08.0") {
			t.Errorf("%s: does not say how much is missing: %v", name, k.err)
		}
	}
}

func TestDamageInTheMiddleIsDecodedOver(t *testing.T) {
	tool := findTool(t)
	path := makeFile(t, tool, "e.mkv", "-f", "lavfi", "-i", "testsrc2=s=96x64:r=25:d=8", "-c:v", "mpeg4", "-g", "10")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := len(data) / 2; i < len(data)/2+800; i++ {
		data[i] ^= 0x5a
	}
	write(t, path, string(data))
	k, _ := openAll(t, tool, path, Options{})
	if k.err != nil || len(k.frames) < 150 {
		t.Errorf("%d frames of 200, %v", len(k.frames), k.err)
	}
}

func TestUnknownAccelerationIsNoOption(t *testing.T) {
	tool := findTool(t)
	_, err := tool.Open(t.Context(), filmFile(t, tool, "e.mkv"), Options{HWAccel: "auto -i x"})
	if err == nil || errors.Is(err, ErrNotMedia) {
		t.Errorf("got %v", err)
	}
}
