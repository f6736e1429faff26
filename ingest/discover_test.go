package ingest

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/media"
)

// lay makes empty files and gives their folder.
func lay(t *testing.T, names ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, n := range names {
		path := filepath.Join(dir, filepath.FromSlash(n))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func names(dir string, found []string) []string {
	var out []string
	for _, f := range found {
		rel, _ := filepath.Rel(dir, f)
		out = append(out, filepath.ToSlash(rel))
	}
	return out
}

func TestDiscoverFolder(t *testing.T) {
	dir := lay(t, "b/2.mkv", "b/10.MKV", "b/1.mp4", "b/cover.jpg", "b/1.srt", ".hidden/x.mkv", "b/._1.mp4", "a.avi")
	found, problems := Discover(t.Context(), []string{dir, filepath.Join(dir, "a.avi")})
	want := []string{"a.avi", "b/1.mp4", "b/2.mkv", "b/10.MKV"}
	if got := names(dir, found); !slices.Equal(got, want) || len(problems) > 0 {
		t.Errorf("found %v, want %v; problems %v", got, want, problems)
	}
}

func TestDiscoverTakesNamedFilesWhateverTheyAreCalled(t *testing.T) {
	dir := lay(t, "film.bin", "a%03d.mkv", "-i.mkv")
	found, problems := Discover(t.Context(), []string{filepath.Join(dir, "film.bin"), filepath.Join(dir, "a%03d.mkv"), filepath.Join(dir, "-i.mkv")})
	if len(found) != 3 || len(problems) != 0 {
		t.Errorf("found %v, problems %v", found, problems)
	}
}

func TestDiscoverPatterns(t *testing.T) {
	dir := lay(t, "s/1.mkv", "s/2.mkv", "s/cover.jpg", "[Group] x.mkv")
	found, problems := Discover(t.Context(), []string{filepath.Join(dir, "s", "*"), filepath.Join(dir, "[Group] x.mkv")})
	if got := names(dir, found); !slices.Equal(got, []string{"[Group] x.mkv", "s/1.mkv", "s/2.mkv"}) || len(problems) != 0 {
		t.Errorf("found %v, problems %v", got, problems)
	}
}

func TestDiscoverPatternsUnderBrackets(t *testing.T) {
	dir := lay(t, "[Grp] Show [1080p]/[Grp] Show - 1 [AB].mkv", "[Grp] Show [1080p]/[Grp] Show - 2 [CD].mkv", "Other/3.mkv")
	for _, pattern := range []string{"[Grp] Show [1080p]/*.mkv", "*/*Show*.mkv", "[Grp] Show [1080p]/[Grp] Show - ? *"} {
		found, problems := Discover(t.Context(), []string{filepath.Join(dir, filepath.FromSlash(pattern))})
		if len(found) != 2 || len(problems) != 0 {
			t.Errorf("%s: found %v, problems %v", pattern, found, problems)
		}
	}
}

func TestDiscoverSaysWhatIsMissing(t *testing.T) {
	dir := lay(t, "1.mkv")
	gone, pattern := filepath.Join(dir, "gone"), filepath.Join(dir, "*.avi")
	found, problems := Discover(t.Context(), []string{gone, pattern, dir})
	if len(found) != 1 || len(problems) != 2 {
		t.Fatalf("found %v, problems %v", found, problems)
	}
	for i, path := range []string{gone, pattern} {
		var e *media.Error
		if !errors.As(problems[i], &e) || !errors.Is(problems[i], fs.ErrNotExist) || !strings.Contains(problems[i].Error(), path) || e.Hint == "" {
			t.Errorf("%v", problems[i])
		}
	}
}

func TestDiscoverFollowsLinksOnce(t *testing.T) {
	dir := lay(t, "real/1.mkv")
	if err := os.Symlink(filepath.Join(dir, "real"), filepath.Join(dir, "real", "round")); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	if err := os.Symlink(filepath.Join(dir, "real"), filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	found, problems := Discover(t.Context(), []string{filepath.Join(dir, "link"), filepath.Join(dir, "real")})
	if len(found) != 1 || len(problems) != 0 {
		t.Errorf("found %v, problems %v", found, problems)
	}
}

func TestDiscoverUnreadableFolder(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may read everything")
	}
	dir := lay(t, "shut/1.mkv", "2.mkv")
	if err := os.Chmod(filepath.Join(dir, "shut"), 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(filepath.Join(dir, "shut"), 0o755) })
	found, problems := Discover(t.Context(), []string{dir})
	if len(found) != 1 || len(problems) != 1 || !errors.Is(problems[0], fs.ErrPermission) {
		t.Errorf("found %v, problems %v", found, problems)
	}
}

func TestNaturalOrder(t *testing.T) {
	in := []string{"a10", "a9", "a2b", "a2", "b1", "a02"}
	slices.SortStableFunc(in, natural)
	if want := []string{"a2", "a02", "a2b", "a9", "a10", "b1"}; !slices.Equal(in, want) {
		t.Errorf("%v, want %v", in, want)
	}
}
