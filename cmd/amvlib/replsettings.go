package main

import (
	flagset "flag"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/search"
)

// choices are the options of search that are in force, by their names. An option that may be given several times has several values.
type choices map[string][]string

// notSettings are options that make no sense once the conversation has begun.
var notSettings = []string{"interactive", "i", "lines", "csv", "paths", "0", "html", "force", "like"}

// settable are the options of search that can be changed on the way.
func settable() map[string]cli.Flag {
	all := map[string]cli.Flag{}
	for _, f := range searchCommand().Flags {
		if name := f.Names()[0]; !slices.Contains(notSettings, name) {
			all[name] = f
		}
	}
	return all
}

// settingsOf are the options that the command was called with.
func settingsOf(c *cli.Context) choices {
	s := choices{}
	for name, f := range settable() {
		if !c.IsSet(name) {
			continue
		}
		if _, many := f.(*cli.StringSliceFlag); many {
			s[name] = c.StringSlice(name)
			continue
		}
		s[name] = []string{fmt.Sprint(c.Value(name))}
	}
	return s
}

// context is that of a search for text with these options.
func (s choices) context(c *cli.Context, text string) (*cli.Context, error) {
	command := searchCommand()
	set := flagset.NewFlagSet(command.Name, flagset.ContinueOnError)
	set.SetOutput(io.Discard)
	for _, f := range command.Flags {
		if err := f.Apply(set); err != nil {
			return nil, err
		}
	}
	for name, values := range s {
		for _, v := range values {
			if err := set.Set(name, v); err != nil {
				return nil, usagef(":%s does not take %q", name, v)
			}
		}
	}
	if err := set.Parse([]string{"--", text}); err != nil {
		return nil, err
	}
	out := cli.NewContext(c.App, set, c)
	out.Command = command
	return out, nil
}

// query tells whether the options fit together.
func (s choices) query(c *cli.Context, text string) (search.Query, error) {
	own, err := s.context(c, text)
	if err != nil {
		return search.Query{}, err
	}
	return queryOf(own)
}

// with is s with one option changed; without values it is as if it had never been given.
func (s choices) with(name string, values ...string) choices {
	out := maps.Clone(s)
	if len(values) == 0 {
		delete(out, name)
	} else {
		out[name] = values
	}
	return out
}

// values reads what is said behind the name of an option: nothing takes it back, for a switch it turns it on.
func values(f cli.Flag, given bool, text string) []string {
	switch f.(type) {
	case *cli.BoolFlag:
		switch strings.ToLower(text) {
		case "off", "no", "false":
			return []string{"false"}
		case "on", "yes", "true", "":
			return []string{strconv.FormatBool(text != "" || !given)}
		}
	case *cli.StringSliceFlag:
		return strings.Fields(text)
	case pictureFlag:
		if text == "" && !given {
			return []string{findOut}
		}
	}
	if text == "" || text == "-" {
		return nil
	}
	return []string{text}
}

// String is what is in force, as it would be typed.
func (s choices) String() string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(s)) {
		all = append(all, ":"+shown(name)+" "+strings.Join(s[name], " "))
	}
	if len(all) == 0 {
		return "nothing is set"
	}
	return strings.Join(all, "  ")
}

// shown is the name of an option as people say it here: -n is the limit.
func shown(name string) string {
	if name == "n" {
		return "limit"
	}
	return name
}
