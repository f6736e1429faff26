package ffmpeg

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"github.com/amvlib/amvlib/proc"
)

// ErrNoSetup is returned by Setup.Install where the user has to type a command instead.
var ErrNoSetup = errors.New("ffmpeg cannot be installed from here")

// installLimit bounds each step; a package manager fetches some 150 MB.
const installLimit = 30 * time.Minute

// System is what decides how ffmpeg is installed.
type System struct {
	OS       string   // as runtime.GOOS names it
	Root     bool     // this process may install packages
	Sudo     bool     // sudo gives that right without asking for a password
	Programs []string // installers that are there, of: apt-get, dnf, pacman, zypper, apk, brew, winget, scoop, pip
}

// installers are the programs that InspectSystem looks for, in the order in which they are preferred.
var installers = []string{"apt-get", "dnf", "pacman", "zypper", "apk", "brew", "winget", "scoop"}

// InspectSystem looks at this machine.
func InspectSystem(ctx context.Context) System {
	s := System{OS: runtime.GOOS, Root: os.Geteuid() == 0}
	for _, name := range installers {
		if _, err := proc.Find(name); err == nil {
			s.Programs = append(s.Programs, name)
		}
	}
	if python := findPython(ctx); python != "" {
		s.Programs = append(s.Programs, "pip")
	}
	if sudo, err := proc.Find("sudo"); err == nil && !s.Root {
		s.Sudo = succeeds(ctx, sudo, "-n", "true")
	}
	return s
}

func (s System) has(name string) bool { return slices.Contains(s.Programs, name) }

// findPython gives a Python that has pip, or nothing.
func findPython(ctx context.Context) string {
	for _, name := range []string{"python3", "python"} {
		if path, err := proc.Find(name); err == nil && succeeds(ctx, path, "-m", "pip", "--version") {
			return path
		}
	}
	return ""
}

func succeeds(ctx context.Context, path string, args ...string) bool {
	_, err := proc.Run(ctx, proc.Command{Path: path, Args: args, Limit: time.Minute}, 64<<10)
	return err == nil
}

// Setup is a way to install ffmpeg.
type Setup struct {
	Way     string   // "apt", "pip", or "manual" where the user has to type Command
	Words   []string // what Install will do, in sentences, to be shown first
	Command string   // the one command that does it by hand
	appDir  string
	sudo    bool
}

// PlanSetup decides how ffmpeg is to be installed on s; without the right to install packages it goes into appDir.
func PlanSetup(s System, appDir string) Setup {
	switch {
	case s.OS == "linux" && s.has("apt-get") && (s.Root || s.Sudo):
		return planApt(s)
	case s.OS == "linux" && s.has("pip") && !s.has("dnf") && !s.has("pacman"):
		return Setup{Way: "pip", appDir: appDir, Command: "pip install imageio-ffmpeg", Words: []string{
			"You may not install packages on this system, so ffmpeg goes into amvlib's own folder.",
			"pip downloads the package imageio-ffmpeg from the Python package index; nothing of Python's own is changed.",
			"The ffmpeg program inside is copied to " + appProgram(appDir) + " and run once to see that it works.",
		}}
	}
	return planManual(s)
}

func planApt(s System) Setup {
	by, command := "apt-get", "apt-get install ffmpeg"
	if !s.Root {
		by, command = "sudo apt-get", "sudo "+command
	}
	return Setup{Way: "apt", Command: command, sudo: !s.Root, Words: []string{
		by + " update fetches the list of packages.",
		by + " install ffmpeg installs the system's ffmpeg and the libraries it needs.",
	}}
}

// byHand is the command to type for each installer.
var byHand = map[string]string{
	"apt-get": "sudo apt-get install ffmpeg", "dnf": "sudo dnf install ffmpeg-free", "pacman": "sudo pacman -S ffmpeg",
	"zypper": "sudo zypper install ffmpeg", "apk": "sudo apk add ffmpeg", "brew": "brew install ffmpeg",
	"winget": "winget install --id Gyan.FFmpeg", "scoop": "scoop install ffmpeg",
}

// usual is the installer of systems on which none was found.
var usual = map[string]string{"windows": "winget", "darwin": "brew"}

func planManual(s System) Setup {
	command := byHand[usual[s.OS]]
	for _, name := range s.Programs {
		if c := byHand[name]; c != "" {
			command = c
			break
		}
	}
	if command == "" {
		return Setup{Way: "manual", Words: []string{"Install ffmpeg 5.1 or newer with your system's package manager, or set " + Variable + " to one."}}
	}
	return Setup{Way: "manual", Command: command, Words: []string{"Type this, then open a new terminal: " + command}}
}

// Install does what Words say and gives the ffmpeg that came of it. Where Way is "manual" the error wraps ErrNoSetup.
func (s Setup) Install(ctx context.Context) (*Tool, error) {
	switch s.Way {
	case "apt":
		return s.installApt(ctx)
	case "pip":
		return InstallFromPip(ctx, s.appDir)
	}
	return nil, fmt.Errorf("%w: %s", ErrNoSetup, s.Words[0])
}

func (s Setup) installApt(ctx context.Context) (*Tool, error) {
	steps := [][]string{{"update"}, {"install", "-y", "--no-install-recommends", "ffmpeg"}}
	for _, step := range steps {
		argv := append([]string{"apt-get"}, step...)
		if s.sudo {
			argv = append([]string{"sudo", "-n", "DEBIAN_FRONTEND=noninteractive"}, argv...)
		}
		if err := install(ctx, argv...); err != nil {
			return nil, err
		}
	}
	path, err := proc.Find("ffmpeg")
	if err != nil {
		return nil, fmt.Errorf("%w: apt-get installed none that is found on the PATH", ErrMissing)
	}
	return check(ctx, path, "PATH")
}

func install(ctx context.Context, argv ...string) error {
	path, err := proc.Find(argv[0])
	if err != nil {
		return err
	}
	_, err = proc.Run(ctx, proc.Command{Path: path, Args: argv[1:], Limit: installLimit,
		Env: []string{"DEBIAN_FRONTEND=noninteractive", "PIP_DISABLE_PIP_VERSION_CHECK=1"}}, 16<<20)
	return err
}

// appProgram is where an ffmpeg of amvlib's own lies.
func appProgram(appDir string) string {
	name := "ffmpeg"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	return filepath.Join(appDir, "bin", name)
}
