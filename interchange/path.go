package interchange

import "strings"

// What a path means is judged by its own shape, never by the system this runs on: a timeline written on Linux may be for the
// Windows machine whose paths it holds.

func isDrive(path string) bool {
	return len(path) > 2 && path[1] == ':' && (path[2] == '\\' || path[2] == '/') && isLetter(path[0])
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isUNC(path string) bool { return strings.HasPrefix(path, `\\`) }

func isAbsolute(path string) bool {
	return isDrive(path) || isUNC(path) || strings.HasPrefix(path, "/")
}

// plain takes the \\?\ prefix, by which Windows lifts its limit on length, off a path: no editing program knows it.
func plain(path string) string {
	if rest, ok := strings.CutPrefix(path, `\\?\UNC\`); ok {
		return `\\` + rest
	}
	if rest, ok := strings.CutPrefix(path, `\\?\`); ok && isDrive(rest) {
		return rest
	}
	return path
}

// fileName is the last part of path. A backslash parts only Windows paths; elsewhere it is a letter like any other.
func fileName(path string) string {
	path = plain(path)
	parts := "/"
	if isDrive(path) || isUNC(path) {
		parts = `/\`
	}
	return path[strings.LastIndexAny(path, parts)+1:]
}

// fileURL is path as a file URL. host stands before paths of the local machine: OTIO takes none, xmeml wants "localhost". A
// relative path becomes a relative reference, which programs look up beside the timeline.
func fileURL(path, host string) string {
	path = plain(path)
	switch {
	case isDrive(path):
		return "file://" + host + "/" + path[:2] + escape(strings.ReplaceAll(path[2:], `\`, "/"))
	case isUNC(path):
		return "file://" + escape(strings.ReplaceAll(path[2:], `\`, "/"))
	case strings.HasPrefix(path, "/"):
		return "file://" + host + escape(path)
	}
	return escape(path)
}

// escape writes every byte as %XX but those that every reader takes as they are. Bytes, not letters: a name on Linux need not be
// UTF-8, and must still be found.
func escape(path string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(path) {
		c := path[i]
		if isLetter(c) || '0' <= c && c <= '9' || strings.IndexByte("-_.~/", c) >= 0 {
			b.WriteByte(c)
		} else {
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		}
	}
	return b.String()
}
