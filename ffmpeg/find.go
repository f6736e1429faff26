package ffmpeg

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/amvlib/amvlib/proc"
)

// Variable is the environment variable that names the ffmpeg to use.
const Variable = "AMVLIB_FFMPEG"

// Tool is an ffmpeg that runs and is new enough.
type Tool struct {
	Path    string // absolute
	Version string // as it calls itself: "5.1.9-0+deb12u1"
	Source  string // where it was found: "flag", "environment", "PATH", "app folder"
}

// candidate is where an ffmpeg may be. One that the user named is never passed over for another.
type candidate struct {
	name, source string
	named        bool
}

// Find looks for ffmpeg: explicit (a flag's value) if not empty, else what AMVLIB_FFMPEG names, else on the PATH, else in
// appDir and its bin folder. The error wraps ErrMissing or ErrTooOld.
func Find(ctx context.Context, explicit, appDir string) (*Tool, error) {
	first := fmt.Errorf("%w: found neither on the PATH nor in the app folder; `amvlib setup` installs it", ErrMissing)
	for _, c := range candidates(explicit, appDir) {
		path, err := proc.Find(c.name)
		if err != nil {
			err = fmt.Errorf("%w: %s (from the %s) is no program", ErrMissing, c.name, c.source)
		} else if tool, terr := check(ctx, path, c.source); terr == nil {
			return tool, nil
		} else {
			err = terr
		}
		if c.named || ctx.Err() != nil {
			return nil, err
		}
		// A program that is there and does not serve says more than that another is not there.
		if path != "" && errors.Is(first, ErrMissing) {
			first = err
		}
	}
	return nil, first
}

func candidates(explicit, appDir string) []candidate {
	if explicit != "" {
		return []candidate{{explicit, "flag", true}}
	}
	if name := os.Getenv(Variable); name != "" {
		return []candidate{{name, "environment", true}}
	}
	list := []candidate{{"ffmpeg", "PATH", false}}
	if appDir != "" {
		list = append(list, candidate{filepath.Join(appDir, "ffmpeg"), "app folder", false},
			candidate{filepath.Join(appDir, "bin", "ffmpeg"), "app folder", false})
	}
	return list
}

// check runs the program at path once to see what it is.
func check(ctx context.Context, path, source string) (*Tool, error) {
	out, err := proc.Run(ctx, proc.Command{Path: path, Args: []string{"-version"}, Limit: time.Minute}, 64<<10)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fmt.Errorf("%w: %s does not run: %w", ErrMissing, path, err)
	}
	version, ok := parseVersion(string(out))
	if !ok {
		return nil, fmt.Errorf("%w: %s does not say that it is ffmpeg", ErrMissing, path)
	}
	if !newEnough(version) {
		return nil, fmt.Errorf("%w: %s is version %s, and 5.1 or newer is needed; `amvlib setup` installs one", ErrTooOld, path, version)
	}
	return &Tool{Path: path, Version: version, Source: source}, nil
}

// parseVersion reads the first line of `ffmpeg -version`.
func parseVersion(out string) (string, bool) {
	f := strings.Fields(out)
	if len(f) < 3 || f[0] != "ffmpeg" || f[1] != "version" {
		return "", false
	}
	return f[2], true
}

// numbered is a release: "5.1.9-0+deb12u1", "n7.1-8-g12345". What is built from the development tree is called "N-12345-gabc",
// "2024-05-01-git-abc" or "git-2024-05-01-abc" instead.
var numbered = regexp.MustCompile(`^n?(\d{1,3})\.(\d{1,3})(?:\D|$)`)

// newEnough passes 5.1 and later, and builds from the development tree, which nobody keeps for years.
func newEnough(version string) bool {
	m := numbered.FindStringSubmatch(version)
	if m == nil {
		return true
	}
	major, _ := strconv.Atoi(m[1])
	minor, _ := strconv.Atoi(m[2])
	return major > 5 || major == 5 && minor >= 1
}
