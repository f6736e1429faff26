package ffmpeg

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/proc"
)

var (
	// ErrMissing means that there is no ffmpeg that runs.
	ErrMissing = errors.New("ffmpeg is missing")
	// ErrTooOld means that there is an ffmpeg, from before 5.1.
	ErrTooOld = errors.New("ffmpeg is too old")
	// ErrEmpty means that the file has no bytes.
	ErrEmpty = errors.New("the file is empty")
	// ErrNotMedia means that the file is no film or song of a kind that is opened.
	ErrNotMedia = errors.New("not a film or song")
	// ErrNoVideo means that there is no moving picture in the file.
	ErrNoVideo = errors.New("no video stream")
	// ErrNoSound means that sound alone was asked for and there is none.
	ErrNoSound = errors.New("no sound track")
	// ErrNoText means that text alone was asked for and there is no text track.
	ErrNoText = errors.New("no text track")
	// ErrTruncated means that the file ends before its film does.
	ErrTruncated = errors.New("the file is cut short")
	// ErrStalled means that ffmpeg gave nothing for longer than Options.Stall.
	ErrStalled = proc.ErrStalled
)

const notFinished = "the download or copy did not finish; get the file again"

var errUnreadable = errors.New("the disk cannot read it")

// signs are what ffmpeg says, in its own words, and what it means to the user.
var signs = []struct {
	says string
	err  error
	hint string
}{
	{"misdetection possible", ErrNotMedia, "its content is of another kind than its name says"},
	{"moov atom not found", ErrTruncated, notFinished},
	{"Format not on whitelist", ErrNotMedia, "playlists and formats that name other files are not opened"},
	{"Is a directory", ErrNotMedia, "this is a folder"},
	{"Cannot determine format of input stream", ErrNotMedia, "nothing in it can be decoded; the download or copy may not have finished"},
	{"Invalid data found", ErrNotMedia, "its content is damaged or of another kind than its name says"},
	{"(codec none) not found", ErrNotMedia, "what is in it cannot be told; its header is damaged"},
	{"Input/output error", errUnreadable, "check the drive or the network"},
	{": End of file", ErrTruncated, notFinished},
}

// smallFile is the size up to which a file is read to the end to see whether the disk is to blame; a larger one could take minutes.
const smallFile = 64 << 20

// legible tells whether the disk gives all of a small file. ffmpeg calls it an error of reading, too, where a header breaks off.
func legible(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	n, err := io.Copy(io.Discard, io.LimitReader(f, smallFile))
	return err == nil && n < smallFile
}

// trouble says what err and ffmpeg's own words mean for the file at path.
func trouble(op, path string, err error, stderr string) error {
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, proc.ErrNotFound):
		return fmt.Errorf("%w: %w", ErrMissing, err)
	case errors.Is(err, ErrStalled), errors.Is(err, proc.ErrTimeout):
		return &media.Error{Op: op, Path: path, Err: fmt.Errorf("ffmpeg is stuck: %w", err),
			Hint: "the drive may have gone to sleep; try again, or try without hardware acceleration"}
	}
	if gone := checkFile(op, path); gone != nil {
		return gone
	}
	for _, s := range signs {
		if strings.Contains(stderr, s.says) {
			if errors.Is(s.err, errUnreadable) && legible(path) {
				s.err, s.hint = ErrTruncated, notFinished
			}
			return &media.Error{Op: op, Path: path, Err: s.err, Hint: s.hint}
		}
	}
	return &media.Error{Op: op, Path: path, Err: err, Hint: "ffmpeg could not go on"}
}

// checkFile finds what the file system alone can tell, before ffmpeg is asked and after it failed.
func checkFile(op, path string) error {
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		return &media.Error{Op: op, Path: path, Err: ErrNotMedia, Hint: "not a regular file"}
	}
	var f *os.File
	if err == nil {
		f, err = os.Open(path)
	}
	if err != nil {
		return &media.Error{Op: op, Path: path, Err: bare(err), Hint: hintFor(err)}
	}
	f.Close()
	if info.Size() == 0 {
		return &media.Error{Op: op, Path: path, Err: ErrEmpty, Hint: "the download or copy did not begin; get the file again"}
	}
	return nil
}

// bare takes the operation and path off, which media.Error says already.
func bare(err error) error {
	if p := (*fs.PathError)(nil); errors.As(err, &p) {
		return p.Err
	}
	return err
}

func hintFor(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "it was moved, renamed or deleted, or its drive is not attached"
	case errors.Is(err, fs.ErrPermission):
		return "you may not read this file; change its permissions"
	}
	return ""
}
