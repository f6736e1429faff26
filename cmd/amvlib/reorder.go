package main

import (
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// reorder moves the flags of a command before its arguments. The flag package stops at the first argument and would take the
// --json of "search rain --json" for a word to search for.
func reorder(app *cli.App, args []string) ([]string, error) {
	at := commandAt(app, args)
	if at < 0 {
		return args, nil
	}
	cmd := app.Command(args[at])
	head := slices.Clone(args[:at+1])
	var flags, rest []string
	for i := at + 1; i < len(args); i++ {
		arg := args[i]
		if arg == "--" {
			rest = append(rest, args[i+1:]...)
			break
		}
		if !isFlag(arg) {
			rest = append(rest, arg)
			continue
		}
		flags = append(flags, arg)
		if takesValue(cmd.Flags, arg) {
			if i++; i == len(args) {
				return nil, usagef("%s wants a value: see amvlib %s --help", arg, cmd.Name)
			}
			flags = append(flags, args[i])
		}
	}
	return slices.Concat(head, flags, []string{"--"}, rest), nil
}

// commandAt is where the command's name stands: the first argument that is neither a global flag nor its value.
func commandAt(app *cli.App, args []string) int {
	for i := 1; i < len(args); i++ {
		switch {
		case args[i] == "--":
			return -1
		case isFlag(args[i]) && takesValue(app.Flags, args[i]):
			i++
		case !isFlag(args[i]):
			if app.Command(args[i]) == nil {
				return -1
			}
			return i
		}
	}
	return -1
}

// isFlag takes what has a blank in it, such as '-rain sun', for an argument.
func isFlag(arg string) bool {
	name, _, _ := strings.Cut(arg, "=")
	return len(arg) > 1 && arg[0] == '-' && !strings.ContainsAny(name, " \t")
}

// takesValue tells whether the argument after a flag belongs to it.
func takesValue(flags []cli.Flag, arg string) bool {
	name := strings.TrimLeft(arg, "-")
	if strings.Contains(name, "=") {
		return false
	}
	for _, f := range flags {
		if slices.Contains(f.Names(), name) {
			d, ok := f.(cli.DocGenerationFlag)
			return ok && d.TakesValue()
		}
	}
	return false
}
