package inline

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func TestDetect(t *testing.T) {
	type env map[string]string
	const vt, kittySays, cells = "\x1b[?62;22c", "\x1b_Gi=31;OK\x1b\\", "\x1b[6;18;9t"
	for _, c := range []struct {
		name    string
		env     env
		answers string
		tmux    string
		want    Protocol
		why     string
	}{
		{"dumb", env{"TERM": "dumb"}, kittySays + vt, "", None, "shows no pictures"},
		{"none", env{}, kittySays + vt, "", None, "shows no pictures"},
		{"kitty", env{"TERM": "xterm-kitty"}, "", "", Kitty, ""},
		{"kitty, otherwise named", env{"TERM": "xterm-256color"}, kittySays + cells + vt, "", Kitty, ""},
		{"ghostty", env{"TERM": "xterm-256color", "TERM_PROGRAM": "ghostty"}, "", "", Kitty, ""},
		{"iTerm2 behind ssh", env{"TERM": "xterm", "LC_TERMINAL": "iTerm2"}, vt, "", ITerm, ""},
		{"WezTerm", env{"TERM": "xterm", "TERM_PROGRAM": "WezTerm"}, vt, "", ITerm, ""},
		{"foot", env{"TERM": "foot"}, cells + "\x1b[?62;4;22c", "", Sixel, ""},
		{"Windows Terminal", env{"WT_SESSION": "x"}, "\x1b[?61;4;6;7c", "", Sixel, ""},
		{"xterm", env{"TERM": "xterm"}, "\x1b[?64;1;2;6;9;14;15;16;17;18;21;22;28c", "", None, "does not say"},
		{"silent", env{"TERM": "xterm"}, "", "", None, "does not say"},
		{"typed ahead", env{"TERM": "xterm"}, "rain;4\n" + vt, "", None, "does not say"},
		{"GNU screen", env{"TERM": "screen", "STY": "1.x"}, "\x1b[?1;4c", "", None, "GNU screen"},
		{"tmux in kitty", env{"TERM": "tmux", "TMUX": "x"}, vt, "kitty(0.32) xterm-kitty|on\n", Kitty, ""},
		{"tmux in kitty, closed", env{"TERM": "tmux", "TMUX": "x"}, vt, "kitty(0.32) xterm-kitty|0", None, "allow-passthrough"},
		{"tmux in iTerm2", env{"TERM": "screen", "TMUX": "x"}, vt, "iTerm2 3.5.0 xterm-256color|all", ITerm, ""},
		{"tmux in a plain one, once kitty", env{"TERM": "tmux", "TMUX": "x", "KITTY_WINDOW_ID": "1"}, vt, " xterm-256color|on", None, "tmux runs in"},
		{"tmux that knows sixels", env{"TERM": "tmux", "TMUX": "x"}, "\x1b[?1;2;4c", "", Sixel, ""},
	} {
		asked := ""
		got := Detect(Surroundings{
			Getenv: func(name string) string { return c.env[name] },
			Ask:    func(q string, _ func(string) bool) string { asked = q; return c.answers },
			Tmux:   func(string) string { return c.tmux },
		})
		if got.Protocol != c.want || !strings.Contains(got.Why, c.why) || (got.Why == "") != (got.Protocol != None) {
			t.Errorf("%s: %+v", c.name, got)
		}
		if strings.Contains(c.answers, cells) && got.Cell != (Cell{9, 18}) {
			t.Errorf("%s: cells of %v", c.name, got.Cell)
		}
		if c.env["TMUX"] != "" && strings.Contains(asked, "_G") {
			t.Errorf("%s: tmux was asked for kitty's pictures", c.name)
		}
	}
}

// fakeConsole answers in pieces, then with nothing.
type fakeConsole struct {
	asked  string
	pieces []string
	waits  int
	err    error
}

func (f *fakeConsole) Write(p []byte) (int, error) { f.asked += string(p); return len(p), nil }
func (f *fakeConsole) close()                      {}
func (f *fakeConsole) readFor(p []byte, wait time.Duration) (int, error) {
	if len(f.pieces) == 0 {
		f.waits++
		time.Sleep(min(wait, time.Millisecond))
		return 0, f.err
	}
	n := copy(p, f.pieces[0])
	f.pieces = f.pieces[1:]
	return n, nil
}

func TestConverse(t *testing.T) {
	f := &fakeConsole{pieces: []string{"\x1b[6;18", ";9t\x1b[?6", "2;4c", "what is typed next"}}
	if got := converse(f, askCell+askAttributes, attributes.MatchString, time.Second); got != "\x1b[6;18;9t\x1b[?62;4c" || len(f.pieces) != 1 {
		t.Errorf("heard %q, left %q", got, f.pieces)
	}
	silent := &fakeConsole{}
	if got := converse(silent, askAttributes, attributes.MatchString, 20*time.Millisecond); got != "" || silent.waits == 0 {
		t.Errorf("heard %q", got)
	}
	broken := &fakeConsole{err: errors.New("gone")}
	if converse(broken, askAttributes, attributes.MatchString, time.Hour); broken.waits != 1 {
		t.Errorf("asked %d times what is gone", broken.waits)
	}
	flood := &fakeConsole{pieces: strings.SplitAfter(strings.Repeat("x", 1<<16), strings.Repeat("x", 64))}
	if got := converse(flood, askAttributes, attributes.MatchString, time.Hour); len(got) > longestAnswer+256 {
		t.Errorf("heard %d bytes", len(got))
	}
}
