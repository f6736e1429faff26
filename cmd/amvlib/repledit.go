package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ergochat/readline"
)

const (
	replPrompt  = "amvlib> "
	historyName = "search-history" // in the user's data folder; the library may be elsewhere, and not to be written to
	historySize = 2000
)

// editor reads lines that are edited with the arrow keys, on what is typed before too.
type editor struct{ *readline.Instance }

// newEditor writes prompts to where messages go, so that standard output has answers alone.
func newEditor(ctx context.Context, r *repl) (*editor, error) {
	cfg := &readline.Config{
		Prompt: replPrompt, HistoryFile: historyFile(), HistoryLimit: historySize, HistorySearchFold: true, Undo: true,
		AutoComplete: completer{r}, Stdout: r.c.App.ErrWriter, Stderr: r.c.App.ErrWriter,
		InterruptPrompt: "^C", EOFPrompt: "\n",
	}
	if !isTerminal(r.c.App.ErrWriter) {
		cfg.Stdout = os.Stdout
	}
	in, err := readline.NewFromConfig(cfg)
	if err != nil && cfg.HistoryFile != "" {
		say(r.c, "what is typed is not kept: %v", cause(err))
		cfg.HistoryFile = ""
		in, err = readline.NewFromConfig(cfg)
	}
	if err != nil {
		return nil, err
	}
	go func() {
		<-ctx.Done()
		_ = in.Close() // gives the terminal back as it was
	}()
	return &editor{in}, nil
}

// historyFile is empty where there is no place for it. What is searched for is nobody else's business.
func historyFile() string {
	dir, err := dataDir()
	if err != nil || os.MkdirAll(dir, 0o700) != nil {
		return ""
	}
	path := filepath.Join(dir, historyName)
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return ""
	}
	_ = f.Close()
	return path
}

func (e *editor) line() (string, error) {
	text, err := e.ReadLine()
	if errors.Is(err, readline.ErrInterrupt) {
		return "", errCleared
	}
	return text, err
}

func (e *editor) close() error { return e.Close() }

// completer completes the names of commands.
type completer struct{ r *repl }

// Do gives the rests of names that begin as line does.
func (c completer) Do(line []rune, pos int) (rests [][]rune, length int) {
	typed, ok := strings.CutPrefix(string(line[:pos]), ":")
	if !ok || strings.Contains(typed, " ") {
		return nil, 0
	}
	for _, name := range slices.Sorted(slices.Values(c.r.names())) {
		if rest, ok := strings.CutPrefix(name, typed); ok {
			rests = append(rests, []rune(rest+" "))
		}
	}
	return rests, len([]rune(typed))
}
