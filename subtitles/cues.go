package subtitles

import (
	"regexp"
	"strings"
)

const maxCueLines = 2000 // physical lines in one cue; more is no cue

// cue is one block of SubRip or WebVTT as it stands in the file.
type cue struct {
	no   int // of its time line
	time string
	text []string
	size int // bytes of text
}

// cues reads a text of cues under time lines. Cues are parted by blank lines, but a cue may hold blank lines and two cues may have
// none between them; a block that lost its time line must not become the end of the cue before it.
type cues struct {
	p    *parser
	open *cue
	take func(*cue)

	block []numbered
	inert func(first string) bool // blocks that hold no cue: WebVTT's notes and styles

	blankEnds bool // no cue holds a blank line (WebVTT)
}

type numbered struct {
	no int
	s  string
}

func (c *cues) read() {
	for no, s := range physical(c.p.text) {
		if c.p.full() {
			break
		}
		if strings.TrimSpace(s) == "" {
			c.endBlock()
		} else if len(c.block) < maxCueLines {
			c.block = append(c.block, numbered{no, s})
		}
	}
	c.endBlock()
	c.close()
}

// endBlock sorts the lines between two blank lines into cues.
func (c *cues) endBlock() {
	block := c.block
	c.block = c.block[:0]
	first := indexTime(block)
	switch {
	case len(block) == 0 || c.inert != nil && c.inert(block[0].s):
	case first < 0 && c.continues(block):
		c.append(block)
	case first < 0:
		c.stray(block)
	default:
		if first > 1 && !index.MatchString(block[0].s) {
			c.append(withoutIndex(block[:first]))
		}
		c.split(block[first:])
	}
}

// split opens a cue at each time line of block.
func (c *cues) split(block []numbered) {
	for len(block) > 0 {
		c.close()
		c.open = &cue{no: block[0].no, time: block[0].s}
		rest := block[1:]
		if next := indexTime(rest); next >= 0 {
			c.append(withoutIndex(rest[:next]))
			block = rest[next:]
			continue
		}
		c.append(rest)
		return
	}
}

// continues tells whether a block without times belongs to the open cue: it does, unless it looks like a cue whose time line is damaged.
func (c *cues) continues(block []numbered) bool {
	if c.open == nil || c.blankEnds || index.MatchString(block[0].s) {
		return false
	}
	for _, l := range block[:min(2, len(block))] {
		if looksLikeTime.MatchString(l.s) {
			return false
		}
	}
	return true
}

// stray passes over a block that is no cue and no part of one.
func (c *cues) stray(block []numbered) {
	if len(block) > 1 || !index.MatchString(block[0].s) {
		c.p.doc.skip(block[0].no, "cue without a time line")
	}
	c.close()
}

func (c *cues) append(lines []numbered) {
	if c.open == nil {
		return
	}
	for _, l := range lines {
		if c.open.size += len(l.s); len(c.open.text) < maxCueLines && c.open.size <= maxLine {
			c.open.text = append(c.open.text, l.s)
		}
	}
}

func (c *cues) close() {
	if c.open != nil {
		c.take(c.open)
	}
	c.open = nil
}

var (
	index         = regexp.MustCompile(`^\s*\d+\s*$`)
	looksLikeTime = regexp.MustCompile(`-{1,2}>|\d\d:\d\d[:.,]\d\d[,.:]\d`)
)

func indexTime(block []numbered) int {
	for i, l := range block {
		if isCueTime(l.s) {
			return i
		}
	}
	return -1
}

// withoutIndex drops the number that stands before the next cue's time line.
func withoutIndex(block []numbered) []numbered {
	if n := len(block); n > 0 && index.MatchString(block[n-1].s) {
		return block[:n-1]
	}
	return block
}
