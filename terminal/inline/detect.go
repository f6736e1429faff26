package inline

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Patience is how long a terminal may take to answer. Over a slow line it is far away.
const Patience = 400 * time.Millisecond

// Surroundings are where a program runs.
type Surroundings struct {
	Getenv func(string) string
	// Ask writes questions to the terminal, and gives what it says until enough is true of it, or time is up; nil where nobody can be asked.
	Ask func(questions string, enough func(answers string) bool) string
	// Tmux gives what tmux makes of a format, as tmux display-message -p does; nil where there is nobody to ask.
	Tmux func(format string) string
}

// Detect finds out what a terminal takes. It asks only where the environment says too little.
func Detect(s Surroundings) Terminal {
	switch term := s.Getenv("TERM"); {
	case term == "" && s.Getenv("WT_SESSION") == "", term == "dumb", term == "linux":
		return Terminal{Why: "this terminal shows no pictures"}
	case s.Getenv("TMUX") != "":
		return inTmux(s)
	case s.Getenv("STY") != "" || strings.HasPrefix(term, "screen"):
		return Terminal{Why: "GNU screen lets no pictures through"}
	}
	protocol := byEnvironment(s.Getenv)
	answers := s.ask(protocol == None && s.Getenv("TERM_PROGRAM") != "Apple_Terminal")
	t := Terminal{Protocol: protocol, Cell: cellIn(answers)}
	switch {
	case t.Protocol != None:
	case strings.Contains(answers, "\x1b_Gi=31;OK"):
		t.Protocol = Kitty
	case sixels(answers):
		t.Protocol = Sixel
	default:
		t.Why = "this terminal shows no pictures, or does not say that it does"
	}
	return t
}

// byEnvironment knows terminals by what they leave there.
func byEnvironment(getenv func(string) string) Protocol {
	term, program := getenv("TERM"), getenv("TERM_PROGRAM")
	switch {
	case getenv("KITTY_WINDOW_ID") != "", term == "xterm-kitty", term == "xterm-ghostty", program == "ghostty":
		return Kitty
	case program == "iTerm.app", getenv("LC_TERMINAL") == "iTerm2", program == "WezTerm", program == "mintty":
		return ITerm
	}
	return None
}

// The questions: may a picture of one pixel be sent, how large is a cell, and what is known of you? Every terminal answers the last.
const (
	askKitty      = "\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\"
	askCell       = "\x1b[16t"
	askAttributes = "\x1b[c"
)

var (
	attributes = regexp.MustCompile(`\x1b\[\?([0-9;]+)c`)
	cellSize   = regexp.MustCompile(`\x1b\[6;(\d{1,4});(\d{1,4})t`)
)

func (s Surroundings) ask(kitty bool) string {
	if s.Ask == nil {
		return ""
	}
	questions := askCell + askAttributes
	if kitty {
		questions = askKitty + questions
	}
	return s.Ask(questions, attributes.MatchString)
}

// sixels tells whether a terminal's attributes have 4, sixel graphics, among them.
func sixels(answers string) bool {
	m := attributes.FindStringSubmatch(answers)
	if m == nil {
		return false
	}
	for a := range strings.SplitSeq(m[1], ";") {
		if a == "4" {
			return true
		}
	}
	return false
}

func cellIn(answers string) Cell {
	m := cellSize.FindStringSubmatch(answers)
	if m == nil {
		return Cell{}
	}
	height, _ := strconv.Atoi(m[1])
	width, _ := strconv.Atoi(m[2])
	if height < 4 || width < 2 || height > 256 || width > 256 {
		return Cell{}
	}
	return Cell{width, height}
}

// inTmux asks tmux which terminal is behind it; what the environment says of that may be long past.
func inTmux(s Surroundings) Terminal {
	answers := s.ask(false)
	if sixels(answers) {
		return Terminal{Protocol: Sixel, Cell: cellIn(answers)}
	}
	if s.Tmux == nil {
		return Terminal{Why: "tmux cannot be asked which terminal it runs in"}
	}
	kind, passes, _ := strings.Cut(strings.TrimSpace(s.Tmux("#{client_termtype} #{client_termname}|#{allow-passthrough}")), "|")
	t := Terminal{Tmux: true, Cell: cellIn(answers)}
	switch kind = strings.ToLower(kind); {
	case strings.Contains(kind, "kitty"), strings.Contains(kind, "ghostty"):
		t.Protocol = Kitty
	case strings.Contains(kind, "iterm"), strings.Contains(kind, "wezterm"), strings.Contains(kind, "mintty"):
		t.Protocol = ITerm
	default:
		return Terminal{Why: "the terminal that tmux runs in shows no pictures, or does not say that it does"}
	}
	if passes != "1" && passes != "on" && passes != "all" && passes != "2" {
		return Terminal{Why: `tmux lets no pictures through: "set -g allow-passthrough on" in its configuration changes that`}
	}
	return t
}
