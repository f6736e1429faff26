package main

import (
	"errors"
	"io/fs"
	"strings"
	"syscall"

	"github.com/amvlib/amvlib/ffmpeg"
	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/subtitles"
)

// advice is an error with what to do about it.
type advice struct {
	error
	hint string
}

func (a *advice) Error() string { return a.error.Error() + " (" + a.hint + ")" }
func (a *advice) Unwrap() error { return a.error }

// advised adds what to do to an error that says only what is wrong.
func advised(err error) error {
	if err == nil || err.Error() == "" || hasHint(err) {
		return err
	}
	if hint := hintFor(err); hint != "" {
		return &advice{err, hint}
	}
	return err
}

func hasHint(err error) bool {
	var c *coded
	if errors.As(err, &c) && c.code == exitUsage { // was put in words here, with what to do
		return true
	}
	var known *media.Error
	if errors.As(err, &known) && known.Hint != "" {
		return true
	}
	return strings.HasSuffix(err.Error(), ")")
}

// hintFor is for what the system and the packages below say alike whatever the file is for.
func hintFor(err error) string {
	for _, known := range []struct {
		err  error
		hint string
	}{
		{ffmpeg.ErrMissing, "amvlib setup installs it; --ffmpeg FILE names one"},
		{ffmpeg.ErrTooOld, "amvlib setup installs another; --ffmpeg FILE names one"},
		{subtitles.ErrUnknown, "open it in a text editor: it should have times and words, in one of the formats that its ending can be of"},
		{fs.ErrNotExist, "check the spelling, and that its folder is there and its disk connected"},
		{fs.ErrPermission, "check who may read it, and write to its folder"},
		{syscall.EROFS, "that disk takes nothing: name a file on another"},
		{syscall.EISDIR, "it is a folder: name a file in it"},
		{syscall.ENOSPC, "make room on that disk, or name a file on another"},
	} {
		if errors.Is(err, known.err) {
			return known.hint
		}
	}
	return ""
}
