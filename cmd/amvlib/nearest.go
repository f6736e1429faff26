package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// misused tells of a flag that is wrong in words of our own, with the nearest that is right.
func misused(c *cli.Context, err error, sub bool) error {
	return usageError(c, flagTrouble(c.Command, err), sub)
}

// flagTrouble reads what the flag package says, which has no types for it.
func flagTrouble(cmd *cli.Command, err error) error {
	text := err.Error()
	var value, name string
	if name, ok := strings.CutPrefix(text, "flag provided but not defined: -"); ok {
		return errors.New("there is no " + dashed(name) + maybe(nearestFlag(cmd.Flags, name)))
	}
	if name, ok := strings.CutPrefix(text, "flag needs an argument: -"); ok {
		return fmt.Errorf("%s wants a value", dashed(name))
	}
	if n, _ := fmt.Sscanf(text, "invalid value %q for flag -%s", &value, &name); n == 2 {
		return fmt.Errorf("%s wants %s, not %q", dashed(strings.TrimSuffix(name, ":")), kindOf(cmd.Flags, strings.TrimSuffix(name, ":")), value)
	}
	if n, _ := fmt.Sscanf(text, "invalid boolean value %q for -%s", &value, &name); n == 2 {
		return fmt.Errorf("%s takes no value, and %q is none", dashed(strings.TrimSuffix(name, ":")), value)
	}
	return err
}

// dashed is a flag as people type it.
func dashed(name string) string {
	if name = strings.TrimLeft(name, "-"); len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

func kindOf(flags []cli.Flag, name string) string {
	i := slices.IndexFunc(flags, func(f cli.Flag) bool { return slices.Contains(f.Names(), name) })
	if i < 0 {
		return "another value"
	}
	switch flags[i].(type) {
	case *cli.IntFlag:
		return "a whole number"
	case *cli.Uint64Flag:
		return "a whole number, 0 or more"
	case *cli.Float64Flag:
		return "a number such as 1.5"
	}
	return "another value"
}

// maybe asks whether name was meant; it says nothing where there is none.
func maybe(name string) string {
	if name == "" {
		return ""
	}
	return " (did you mean " + name + "?)"
}

func nearestFlag(flags []cli.Flag, name string) string {
	var names []string
	for _, f := range flags {
		names = append(names, f.Names()...)
	}
	if near := nearest(append(names, "help"), strings.TrimLeft(name, "-")); near != "" {
		return dashed(near)
	}
	return ""
}

func nearestCommand(app *cli.App, name string) string {
	var names []string
	for _, c := range app.Commands {
		names = append(names, c.Names()...)
	}
	return nearest(names, name)
}

// nearest is the name that word was probably meant for: one that it begins, or at most a slip in three letters away.
func nearest(names []string, word string) string {
	word = strings.ToLower(word)
	best, least := "", 1+max(1, len(word)/3)
	for _, name := range names {
		slips := slipsBetween(name, word)
		if len(word) > 1 && strings.HasPrefix(name, word) {
			slips = 0
		}
		if slips < least && len(name) > 1 {
			best, least = name, slips
		}
	}
	return best
}

// slipsBetween counts the letters to put in, take out, change, or swap with their neighbour, to make b of a.
func slipsBetween(a, b string) int {
	rows := [3][]int{make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)}
	for j := range rows[1] {
		rows[1][j] = j
	}
	for i := range len(a) {
		two, one, now := rows[0], rows[1], rows[2]
		now[0] = i + 1
		for j := range len(b) {
			change := one[j]
			if a[i] != b[j] {
				change++
			}
			now[j+1] = min(change, one[j+1]+1, now[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				now[j+1] = min(now[j+1], two[j-1]+1)
			}
		}
		rows = [3][]int{one, now, two}
	}
	return rows[1][len(b)]
}
