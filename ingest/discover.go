package ingest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/amvlib/amvlib/media"
)

// extensions of the files that are taken for films inside a folder. A file that is named outright is taken whatever it is called.
var extensions = []string{
	".mkv", ".mp4", ".m4v", ".mov", ".avi", ".webm", ".ts", ".m2ts", ".mts", ".mpg", ".mpeg", ".vob", ".ogm", ".ogv", ".flv",
	".f4v", ".wmv", ".asf", ".3gp", ".3g2", ".mk3d", ".divx",
}

// IsFilm tells by its name whether a file in a folder is taken for a film. Hidden files are not: among them are the "._" twins
// that macOS leaves on shared disks.
func IsFilm(name string) bool {
	base := filepath.Base(name)
	return !strings.HasPrefix(base, ".") && slices.Contains(extensions, strings.ToLower(filepath.Ext(base)))
}

// Discover lists the films that paths mean: files as they are, folders with all below them, and patterns such as Show/*.mkv, which
// the shell of Windows leaves to the program. The list has no file twice and is in natural order. What does not exist or may not be
// read is told in problems, each a *media.Error; the rest is found all the same.
func Discover(ctx context.Context, paths []string) (found []string, problems []error) {
	seen := map[string]bool{}
	add := func(path string) {
		if !seen[path] {
			seen[path] = true
			found = append(found, path)
		}
	}
	for _, path := range paths {
		problems = append(problems, discover(ctx, path, add)...)
	}
	slices.SortStableFunc(found, natural)
	return found, problems
}

func discover(ctx context.Context, path string, add func(string)) []error {
	abs, err := filepath.Abs(path)
	if err != nil {
		return []error{trouble(path, err)}
	}
	info, err := os.Stat(abs)
	switch {
	case err == nil && info.IsDir():
		return walk(ctx, abs, add)
	case err == nil:
		add(abs)
		return nil
	case strings.ContainsAny(path, "*?["):
		return glob(ctx, abs, add)
	}
	return []error{trouble(abs, err)}
}

func glob(ctx context.Context, pattern string, add func(string)) []error {
	matches := expand(pattern)
	if len(matches) == 0 {
		return []error{trouble(pattern, fs.ErrNotExist)}
	}
	var problems []error
	for _, m := range matches {
		if info, err := os.Stat(m); err == nil && !info.IsDir() && len(matches) > 1 && !IsFilm(m) {
			continue // Show/* means the films of Show, not its covers
		}
		problems = append(problems, discover(ctx, m, add)...)
	}
	return problems
}

// expand finds what an absolute pattern means, part by part: a part that exists as it is written is meant so, for release names
// are full of brackets ("[Group] Show [1080p]/*.mkv").
func expand(pattern string) []string {
	root := filepath.VolumeName(pattern) + string(filepath.Separator)
	found := []string{root}
	for part := range strings.SplitSeq(strings.TrimPrefix(pattern, root), string(filepath.Separator)) {
		var next []string
		for _, dir := range found {
			next = append(next, expandPart(dir, part)...)
		}
		found = next
	}
	return found
}

func expandPart(dir, part string) (found []string) {
	if _, err := os.Lstat(filepath.Join(dir, part)); err == nil {
		return []string{filepath.Join(dir, part)}
	}
	if !strings.ContainsAny(part, "*?[") {
		return nil
	}
	entries, _ := os.ReadDir(dir) // what is no folder, or cannot be read, matches nothing
	for _, p := range []string{part, strings.ReplaceAll(part, "[", "[[]")} {
		for _, e := range entries {
			if ok, err := filepath.Match(p, e.Name()); ok && err == nil {
				found = append(found, filepath.Join(dir, e.Name()))
			}
		}
		if len(found) > 0 {
			break // else the brackets were meant as they stand
		}
	}
	return found
}

// walk goes through a folder. A folder that is itself a link is followed; links to folders inside it are not, since they may lead
// round in circles, but links to films are.
func walk(ctx context.Context, dir string, add func(string)) (problems []error) {
	root, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return []error{trouble(dir, err)}
	}
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			problems = append(problems, trouble(path, err))
			return skipUnread(d)
		case d.IsDir() && path != root && strings.HasPrefix(d.Name(), "."):
			return filepath.SkipDir
		case IsFilm(path) && isFile(path, d):
			add(path)
		}
		return nil
	})
	if err != nil && ctx.Err() == nil {
		problems = append(problems, trouble(dir, err))
	}
	return problems
}

func skipUnread(d fs.DirEntry) error {
	if d != nil && d.IsDir() {
		return filepath.SkipDir
	}
	return nil
}

func isFile(path string, d fs.DirEntry) bool {
	if d.Type()&fs.ModeSymlink == 0 {
		return d.Type().IsRegular()
	}
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// trouble says what is wrong with a path in the user's words.
func trouble(path string, err error) error {
	e := &media.Error{Op: "find", Path: path, Err: err}
	var pe *fs.PathError
	if errors.As(err, &pe) {
		e.Err = pe.Err
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		e.Err, e.Hint = fmt.Errorf("%w here", fs.ErrNotExist), "check the spelling, and that the disk is connected"
	case errors.Is(err, fs.ErrPermission):
		e.Hint = "you have no right to read it: change its permissions, or run as the user who owns it"
	}
	return e
}

// natural orders 2 before 10.
func natural(a, b string) int {
	for a != "" && b != "" {
		na, ra := leadingNumber(a)
		nb, rb := leadingNumber(b)
		if na != "" && nb != "" {
			if c := compareDigits(na, nb); c != 0 {
				return c
			}
			a, b = ra, rb
			continue
		}
		if a[0] != b[0] {
			return int(a[0]) - int(b[0])
		}
		a, b = a[1:], b[1:]
	}
	return len(a) - len(b)
}

func leadingNumber(s string) (digits, rest string) {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return s[:n], s[n:]
}

func compareDigits(a, b string) int {
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}
