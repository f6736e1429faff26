package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/ffmpeg"
	"github.com/amvlib/amvlib/fixtures"
	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/proc"
)

func benchCommand() *cli.Command {
	return &cli.Command{
		Name:      "bench",
		Usage:     "measure ingest against plain decoding",
		UsageText: "amvlib bench [OPTIONS] [FILM]",
		Description: `Loops FILM (by default a drawn one) to five minutes, without decoding it anew, and takes turns: a plain decode by ffmpeg to
nowhere, then a whole ingest; and four such films, decoded one after another, then ingested as a folder. It prints every
time, and the ratio of the medians; and what learning the meaning of an episode's lines costs beside decoding it. Films are made in the folder for temporary files and removed.

   amvlib bench --rounds 1 --seconds 60
   amvlib bench episode.mkv --films 0`,
		Flags: []cli.Flag{
			&cli.IntFlag{Name: "rounds", Value: 3, Usage: "measure `N` times"},
			&cli.IntFlag{Name: "seconds", Value: 300, Usage: "loop the film to `N` seconds"},
			&cli.IntFlag{Name: "films", Value: 4, Usage: "measure a folder of `N` films; 0 for none"},
		},
		Action: benchAction,
	}
}

// bench is one measurement in its own folder.
type bench struct {
	c    *cli.Context
	ff   *ffmpeg.Tool
	self string
	dir  string
}

func benchAction(c *cli.Context) error {
	if c.NArg() > 1 || c.Int("rounds") < 1 || c.Int("seconds") < 1 || c.Int("films") < 0 {
		return usagef("amvlib bench takes one film, --rounds and --seconds of 1 or more: %s", c.Command.UsageText)
	}
	ff, err := tool(c)
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "amvlib-bench-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := &bench{c, ff, self, dir}
	film := c.Args().First()
	if film == "" {
		if film, err = b.draw(); err != nil {
			return err
		}
	}
	return b.run(film)
}

func (b *bench) run(film string) error {
	seconds := b.c.Int("seconds")
	one, err := b.loop(film, "one", 1, seconds)
	if err != nil {
		return err
	}
	decode, err := b.compare("one film", one)
	if err == nil {
		err = b.meaning(film, decode, seconds)
	}
	if err != nil || b.c.Int("films") == 0 {
		return err
	}
	many, err := b.loop(film, "many", b.c.Int("films"), seconds)
	if err != nil {
		return err
	}
	_, err = b.compare(fmt.Sprintf("a folder of %d", len(many)), many)
	return err
}

// draw makes a film where none is given.
func (b *bench) draw() (string, error) {
	say(b.c, "drawing a film; give one of your own for figures that mean something")
	e, err := fixtures.New(fixtures.Options{Seed: 1, Seconds: 30})
	if err != nil {
		return "", err
	}
	return e.Write(b.c.Context, b.ff, b.dir, fixtures.Format{Height: 1080})
}

// loop repeats a film without decoding it. Each copy has a title of its own, so that they are not one content.
func (b *bench) loop(film, name string, copies, length int) ([]string, error) {
	info, err := b.ff.Probe(b.c.Context, film)
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(b.dir, name)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	abs, err := filepath.Abs(film)
	if err != nil {
		return nil, err
	}
	times := int(float64(length)/max(.1, info.Duration.Seconds())) + 1
	var made []string
	for i := range copies {
		out := filepath.Join(dir, fmt.Sprintf("Film - %02d%s", i+1, loopedAs(film)))
		args := []string{
			"-stream_loop", strconv.Itoa(times), "-i", "file:" + abs, "-map", "0:v:0", "-map", "0:a:0?", "-c", "copy",
			"-t", strconv.Itoa(length), "-metadata", fmt.Sprintf("title=copy %d", i+1), "file:" + out,
		}
		if err := b.ff.Pipe(b.c.Context, args, nil); err != nil {
			return nil, &media.Error{Op: "loop", Path: film, Err: err}
		}
		made = append(made, out)
	}
	return made, nil
}

// loopedAs keeps the container where it takes whatever it gave, so that stamps stay as they were.
func loopedAs(film string) string {
	if ext := strings.ToLower(filepath.Ext(film)); ext == ".mp4" || ext == ".mov" {
		return ext
	}
	return ".mkv"
}

// compare decodes and ingests in turns, prints both, and gives the processor time of decoding.
func (b *bench) compare(what string, films []string) (decode time.Duration, err error) {
	var decodes, ingests []time.Duration
	var peak int64
	var worked []time.Duration
	for round := range b.c.Int("rounds") {
		began, cpu := time.Now(), time.Duration(0)
		for _, f := range films {
			usage, err := b.time(b.ff.Path, "-v", "error", "-nostdin", "-i", f, "-map", "0:v:0", "-f", "null", "-")
			if err != nil {
				return 0, err
			}
			cpu += usage.CPU
		}
		worked = append(worked, cpu)
		decodes = append(decodes, time.Since(began))
		began = time.Now()
		usage, err := b.time(b.self, "ingest", "--ffmpeg", b.ff.Path, "--library", filepath.Join(b.dir, fmt.Sprintf("%s-%d", filepath.Base(filepath.Dir(films[0])), round)), filepath.Dir(films[0]))
		if err != nil {
			return 0, err
		}
		ingests = append(ingests, time.Since(began))
		peak = max(peak, usage.Peak)
	}
	b.print(what, decodes, ingests, peak)
	return median(worked), nil
}

func (b *bench) time(path string, args ...string) (proc.Usage, error) {
	return timed(b.c.Context, path, args)
}

// timed runs a program to its end.
func timed(ctx context.Context, path string, args []string) (proc.Usage, error) {
	p, err := proc.Start(ctx, proc.Command{Path: path, Args: args})
	if err != nil {
		return proc.Usage{}, err
	}
	defer p.Close()
	if _, err := io.Copy(io.Discard, p); err != nil {
		return proc.Usage{}, err
	}
	return p.Usage(), p.Wait()
}

func (b *bench) print(what string, decodes, ingests []time.Duration, peak int64) {
	fmt.Fprintf(b.c.App.Writer, "%s: plain decode %s, ingest %s, ratio %.2f, amvlib's own memory %.0f MB\n", what,
		times(decodes), times(ingests), median(ingests).Seconds()/median(decodes).Seconds(), float64(peak)/1e6)
}

func times(all []time.Duration) string {
	var text strings.Builder
	for i, d := range all {
		if i > 0 {
			text.WriteString("/")
		}
		fmt.Fprintf(&text, "%.1f", d.Seconds())
	}
	return text.String() + " s"
}

func median(all []time.Duration) time.Duration {
	sorted := slices.Clone(all)
	slices.Sort(sorted)
	return sorted[len(sorted)/2]
}
