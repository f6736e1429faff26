package ffmpeg

import (
	"archive/zip"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestWayOfInstalling(t *testing.T) {
	for _, c := range []struct {
		system  System
		way     string
		command string
	}{
		{System{OS: "linux", Root: true, Programs: []string{"apt-get", "pip"}}, "apt", "apt-get install ffmpeg"},
		{System{OS: "linux", Sudo: true, Programs: []string{"apt-get"}}, "apt", "sudo apt-get install ffmpeg"},
		{System{OS: "linux", Programs: []string{"apt-get", "pip"}}, "pip", ""},
		{System{OS: "linux", Programs: []string{"apt-get"}}, "manual", "sudo apt-get install ffmpeg"},
		{System{OS: "linux", Root: true, Programs: []string{"dnf", "pip"}}, "manual", "sudo dnf install ffmpeg-free"},
		{System{OS: "linux", Programs: []string{"pacman", "pip"}}, "manual", "sudo pacman -S ffmpeg"},
		{System{OS: "darwin", Programs: []string{"brew", "pip"}}, "manual", "brew install ffmpeg"},
		{System{OS: "darwin"}, "manual", "brew install ffmpeg"},
		{System{OS: "windows", Programs: []string{"scoop"}}, "manual", "scoop install ffmpeg"},
		{System{OS: "windows"}, "manual", "winget install --id Gyan.FFmpeg"},
		{System{OS: "plan9"}, "manual", ""},
	} {
		p := PlanSetup(c.system, "/app")
		if p.Way != c.way || c.command != "" && p.Command != c.command || len(p.Words) == 0 {
			t.Errorf("%+v: %+v", c.system, p)
		}
		if p.Way == "manual" {
			if _, err := p.Install(t.Context()); !errors.Is(err, ErrNoSetup) || !strings.Contains(err.Error(), c.command) {
				t.Errorf("%+v: installs with %v", c.system, err)
			}
		}
	}
}

// wheel makes an archive that holds name with content.
func wheel(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "w.whl")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z := zip.NewWriter(f)
	for _, n := range []string{"imageio_ffmpeg/binaries/README.md", "imageio_ffmpeg/__init__.py", name} {
		w, err := z.Create(n)
		if err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(content))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestProgramIsTakenOutOfTheWheel(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("needs a shell script for a program")
	}
	app := t.TempDir()
	script := "#!/bin/sh\necho ffmpeg version 7.0.2-static Copyright\n"
	tool, err := installWheel(t.Context(), wheel(t, "imageio_ffmpeg/binaries/ffmpeg-linux-x86_64-v7.0.2", script), app)
	if err != nil || tool.Version != "7.0.2-static" || tool.Source != "app folder" {
		t.Fatalf("%+v, %v", tool, err)
	}
	for name, content := range map[string]string{
		"imageio_ffmpeg/binaries/ffmpeg-broken": "#!/bin/sh\nexit 1\n",
		"imageio_ffmpeg/ffmpeg":                 script,
		"../../binaries/nothing":                script,
	} {
		if _, err := installWheel(t.Context(), wheel(t, name, content), app); err == nil {
			t.Errorf("%s was installed", name)
		}
	}
	entries, _ := os.ReadDir(filepath.Join(app, "bin"))
	if _, err := check(t.Context(), tool.Path, ""); err != nil || len(entries) != 1 {
		t.Errorf("what worked was replaced: %v, %v", err, entries)
	}
}

func TestInstallFromPip(t *testing.T) {
	if os.Getenv("AMVLIB_TEST_NETWORK") != "1" {
		t.Skip("downloads 30 MB; set AMVLIB_TEST_NETWORK=1")
	}
	app := t.TempDir()
	tool, err := InstallFromPip(t.Context(), app)
	if err != nil {
		t.Fatal(err)
	}
	k, _ := openAll(t, tool, episodeFile(t, tool, "e.mkv"), Options{})
	if k.err != nil || len(k.frames) != 25 || len(k.texts) != 2 || !strings.HasPrefix(tool.Path, app) {
		t.Errorf("%+v: %d frames, %v", tool, len(k.frames), k.err)
	}
}
