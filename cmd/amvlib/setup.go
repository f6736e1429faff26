package main

import (
	"bufio"
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/ffmpeg"
)

func setupCommand() *cli.Command {
	return &cli.Command{
		Name:      "setup",
		Usage:     "install ffmpeg, or say how",
		UsageText: "amvlib setup [--yes]",
		Description: `Says what it will do, asks, and does it: through apt where that is allowed, otherwise through pip into amvlib's own
folder. On other systems it prints the one command to type. An ffmpeg that is there and new enough is left alone.

Prints the command to type where it can do nothing itself, and then ends with 4; ends with 2 where the answer is no.

   amvlib setup
   amvlib setup --yes`,
		Flags:  []cli.Flag{&cli.BoolFlag{Name: "yes", Aliases: []string{"y"}, Usage: "do not ask"}},
		Action: setupAction,
	}
}

func setupAction(c *cli.Context) error {
	if err := noArgs(c); err != nil {
		return err
	}
	if found, err := tool(c); err == nil {
		say(c, "ffmpeg %s is there: %s", found.Version, found.Path)
		return nil
	}
	dir, err := dataDir()
	if err != nil {
		return err
	}
	plan := ffmpeg.PlanSetup(ffmpeg.InspectSystem(c.Context), dir)
	for _, s := range plan.Words {
		say(c, "%s", s)
	}
	if plan.Way == "manual" {
		fmt.Fprintln(c.App.Writer, plan.Command)
		return &coded{code: exitFFmpeg}
	}
	if !c.Bool("yes") && !agreed(c) {
		return usagef("nothing was done; to do it by hand: %s", plan.Command)
	}
	found, err := plan.Install(c.Context)
	if err != nil {
		return &coded{exitFFmpeg, fmt.Errorf("ffmpeg could not be installed: %w; by hand: %s", err, plan.Command)}
	}
	say(c, "ffmpeg %s is ready: %s", found.Version, found.Path)
	return nil
}

func agreed(c *cli.Context) bool {
	fmt.Fprint(c.App.ErrWriter, "Go on? [y/N] ")
	answer, _ := bufio.NewReader(c.App.Reader).ReadString('\n') // the end of input is a no
	answer = strings.ToLower(strings.TrimSpace(answer))
	return answer == "y" || answer == "yes"
}
