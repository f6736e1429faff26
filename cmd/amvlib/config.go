package main

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/timeline"
)

// config is what a user sets once. A flag goes before the environment, the environment before this file.
type config struct {
	Library string            `toml:"library"`
	FFmpeg  string            `toml:"ffmpeg"`
	Jobs    int               `toml:"jobs"`
	Paths   map[string]string `toml:"paths"` // how the machine that opens timelines calls the folders here
}

// configFile is the file's place, and whether the user named it: then it must be there.
func configFile(c *cli.Context) (path string, named bool) {
	if path := global(c, "config"); path != "" {
		return path, true
	}
	if path := os.Getenv("AMVLIB_CONFIG"); path != "" {
		return path, true
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", false
	}
	return filepath.Join(dir, "amvlib", "config.toml"), false
}

// settings reads the file; without one everything is as usual.
func settings(c *cli.Context) (config, error) {
	var s config
	path, named := configFile(c)
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) && !named || path == "" {
		return s, nil
	}
	if err != nil {
		return s, usagef("the settings in %s cannot be read: %w; name another file with --config or AMVLIB_CONFIG, or none", path, cause(err))
	}
	meta, err := toml.Decode(string(data), &s)
	if err != nil {
		return s, usagef("the settings in %s are wrong: %w; amvlib --help shows what they look like", path, err)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return s, usagef("the settings in %s have %q, which is none: there are library, ffmpeg, jobs and [paths]", path, unknown[0])
	}
	return s, nil
}

// mapPaths calls the films of a timeline as the machine that will open it does: the longest prefix that is listed is replaced, and
// where what takes its place is a Windows path, so are the slashes after it.
func (s config) mapPaths(t *timeline.Timeline) {
	prefixes := slices.SortedFunc(maps.Keys(s.Paths), func(a, b string) int { return len(b) - len(a) })
	for _, m := range t.Media() {
		for _, p := range prefixes {
			if rest, ok := below(m.Path, p); ok {
				m.Path = join(s.Paths[p], rest)
				break
			}
		}
	}
}

// below tells what is left of path inside dir.
func below(path, dir string) (rest string, ok bool) {
	dir = strings.TrimRight(dir, `/\`)
	rest, ok = strings.CutPrefix(path, dir)
	return rest, ok && (rest == "" || strings.ContainsAny(rest[:1], `/\`))
}

func join(dir, rest string) string {
	if dir = strings.TrimRight(dir, `/\`); strings.Contains(dir, `\`) || len(dir) == 2 && dir[1] == ':' {
		return dir + strings.ReplaceAll(rest, "/", `\`)
	}
	return dir + strings.ReplaceAll(rest, `\`, "/")
}
