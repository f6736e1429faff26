package ffmpeg

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Later versions of ffmpeg write "[aost#0:1/pcm_s16le @ 0x1] ..." where 5.1 writes "output stream #0:1" or "output stream 0:1".
var (
	outputStream = regexp.MustCompile(`(?:output stream #?|ost#)(\d{1,4}):(\d{1,4})\b`)
	outputFile   = regexp.MustCompile(`(?:output file #?|\bout#)(\d{1,4})\b`)
	inputStream  = regexp.MustCompile(`#0:(\d{1,4})\b`)
)

// blamed finds the sound or text whose fault ffmpeg's words say a failure was: the number of its stream, -1 where they name none.
// The last words count most, for there is chatter about what was overcome before them.
func (p plan) blamed(said string) int {
	lines := strings.Split(said, "\n")
	for _, line := range slices.Backward(lines) {
		if n := p.named(line); n >= 0 && n == p.audio {
			return n
		} else if _, ok := p.text(n); ok {
			return n
		}
	}
	return -1
}

// named gives the number of the stream that line is about, -1 for none.
func (p plan) named(line string) int {
	for _, j := range p.texts {
		if strings.Contains(line, j.file(p.dir)) {
			return j.track.Stream
		}
	}
	if m := outputStream.FindStringSubmatch(line); m != nil {
		return p.output(m[1], m[2])
	}
	if m := outputFile.FindStringSubmatch(line); m != nil {
		return p.output(m[1], "0")
	}
	if m := inputStream.FindStringSubmatch(line); m != nil {
		return number(m[1])
	}
	return -1
}

// output gives the stream that goes to the given stream of the given output: pictures and sound to the first, each text to its own.
func (p plan) output(file, stream string) int {
	at := number(file)
	if !p.silent() {
		at--
	}
	if at >= 0 && at < len(p.texts) {
		return p.texts[at].track.Stream
	}
	if at < 0 && number(stream) == 1 {
		return p.audio
	}
	return -1
}

func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

func (p plan) text(stream int) (textJob, bool) {
	i := slices.IndexFunc(p.texts, func(j textJob) bool { return j.track.Stream == stream })
	if i < 0 {
		return textJob{}, false
	}
	return p.texts[i], true
}

// without leaves out the sound or text of that number and notes why.
func (p plan) without(stream int, why error) plan {
	p.notes = slices.Clone(p.notes)
	if stream == p.audio {
		p.notes = append(p.notes, withoutSound(stream, why))
		p.audio = -1
	} else if j, ok := p.text(stream); ok {
		p.notes = append(p.notes, j.without(fmt.Errorf("ffmpeg cannot turn it into text: %w", why)))
		p.texts = slices.DeleteFunc(slices.Clone(p.texts), func(j textJob) bool { return j.track.Stream == stream })
	}
	return p
}

func (p plan) withoutTexts(why error) plan {
	for _, j := range p.texts {
		p = p.without(j.track.Stream, why)
	}
	return p
}

// spare leaves out of the next attempt what may have made this one fail. It tells whether there is anything left to try.
func (r *run) spare(err error) bool {
	f := (*failure)(nil)
	if failed := errors.As(err, &f); r.plan.crew && (failed || errors.Is(err, errUneven)) && !errors.Is(err, ErrStalled) {
		r.log.Debug("decoded by one process, not in stretches", "path", r.path, "why", err, "after", r.sent.frames)
		r.plan.crew, r.base.crew = false, false
		return true
	}
	if f == nil || errors.Is(err, ErrStalled) || errors.Is(err, ErrMissing) || checkFile("decode", r.path) != nil {
		return false
	}
	if r.plan.video >= 0 && r.plan.audio >= 0 && !r.plan.apart && strings.Contains(f.stderr, "Too many packets buffered") {
		r.base.apart, r.plan.apart = true, true
		return true
	}
	why := lastWords(f.stderr)
	if stream := r.plan.blamed(f.stderr); stream >= 0 && r.guesses == 0 {
		next := r.plan.without(stream, why)
		if !next.silent() || len(next.texts) > 0 {
			r.plan = next
			return true
		}
	}
	return r.guess(why, strings.Contains(f.stderr, "No space left on device"))
}

// guess tries in turn, where ffmpeg named nothing or leaving that out did not help: without the sound, the usual culprit; without
// the texts, and first so where their disk is full; without either. What did not help is put back.
func (r *run) guess(why error, full bool) bool {
	picture, sound, text := r.base.video >= 0, r.base.audio >= 0, len(r.base.texts) > 0
	if full {
		r.guesses = max(r.guesses, 1)
	}
	for r.guesses < 3 {
		r.guesses++
		switch {
		case r.guesses == 1 && picture && sound:
			r.plan = r.base.without(r.base.audio, why)
		case r.guesses == 2 && text && (picture || sound):
			r.plan = r.base.withoutTexts(why)
		case r.guesses == 3 && picture && sound && text:
			r.plan = r.base.without(r.base.audio, why).withoutTexts(why)
		default:
			continue
		}
		return true
	}
	return false
}
