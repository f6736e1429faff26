package main

import (
	"bufio"
	"fmt"
	"io"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/shotdetect"
	"github.com/amvlib/amvlib/shotdetect/plot"
	"github.com/amvlib/amvlib/timecode"
)

// inspection is one look at a film for its shots, and what of it is written down.
type inspection struct {
	options     shotdetect.Options
	shortest    timecode.Time
	stats, plot string
	files       *outputs
	times       []timecode.Time
	likely      []shotdetect.Likelihood // only for the stats
	drawing     *plot.Plot              // nil where none is wanted
}

// newInspection checks all that is asked for before any work is done.
func newInspection(c *cli.Context) (*inspection, error) {
	n := &inspection{stats: c.String("stats"), plot: c.String("plot"), files: &outputs{force: c.Bool("force"), orForce: ", or add --force"}}
	n.options.Sensitivity = c.Float64("sensitivity")
	if s := n.options.Sensitivity; !(s >= 0 && s <= 1) {
		return nil, usagef("--sensitivity is from 0 (few boundaries) to 1 (many), 0.5 as a rule, not %g", s)
	}
	n.options.Sensitivity = max(n.options.Sensitivity, 1e-9) // none is the usual one there
	if least := c.Float64("min"); !(least >= 0 && least < 1e6) {
		return nil, usagef("--min is a number of seconds, not %g", least)
	}
	n.shortest = timecode.FromSeconds(c.Float64("min"))
	paths := []string{n.stats, n.plot}
	if twice := doubled(paths); twice != "" {
		return nil, usagef("%s is named twice: give each file a name of its own", twice)
	}
	if n.stats == "-" || n.plot == "-" {
		return nil, usagef("the boundaries go to standard output: give --stats and --plot a file")
	}
	return n, n.files.free(paths)
}

// at looks at a film, writes the files, and tells the boundaries.
func (n *inspection) at(c *cli.Context, src media.Source) ([]shotdetect.Boundary, error) {
	if n.plot != "" {
		n.drawing = plot.New(src.Info().Video, n.options)
	}
	n.options.Watch = n.watch
	found, err := n.boundaries(c, src)
	if err != nil {
		return nil, err
	}
	if n.stats != "" {
		if err := n.files.file(c, n.stats, n.writeStats); err != nil {
			return nil, err
		}
	}
	if n.drawing != nil {
		err = n.files.file(c, n.plot, n.drawing.Write)
	}
	return found, err
}

func (n *inspection) watch(frame int64, l shotdetect.Likelihood) {
	if n.stats != "" {
		n.likely = append(n.likely, l)
	}
	if n.drawing != nil {
		n.drawing.Watch(frame, l)
	}
}

func (n *inspection) boundaries(c *cli.Context, src media.Source) ([]shotdetect.Boundary, error) {
	var all []shotdetect.Boundary
	det := shotdetect.New(n.options)
	take := func(s shotdetect.Settled) error {
		all = append(all, s.Boundaries...)
		if n.drawing == nil {
			return nil
		}
		return n.drawing.Settle(s)
	}
	for packet, err := range src.Packets(c.Context) {
		if err == nil && packet.Frame != nil {
			n.times = append(n.times, packet.Frame.PTS)
			if n.drawing != nil {
				n.drawing.Add(packet.Frame)
			}
			err = take(det.Push(packet.Frame))
		}
		if err != nil {
			return nil, err
		}
	}
	if err := take(det.Flush()); err != nil {
		return nil, err
	}
	return n.longEnough(all), nil
}

// longEnough leaves out the boundaries of shots that are too short for the user.
func (n *inspection) longEnough(all []shotdetect.Boundary) []shotdetect.Boundary {
	if n.shortest <= 0 {
		return all
	}
	frames := int64(len(n.times))
	at := func(frame int64) timecode.Time { // beyond the last frame, as far as the last but one lies before it
		if frame < frames {
			return n.times[frame]
		}
		return 2*n.times[frames-1] - n.times[max(0, frames-2)]
	}
	return shotdetect.Longer(all, frames, func(s shotdetect.Shot) bool { return at(s.Span.Out)-at(s.Span.In) >= n.shortest })
}

func (n *inspection) writeStats(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprintln(out, "frame,time,cut,dissolve,fade,wipe,spread") // errors are kept for Flush
	for i, l := range n.likely {
		fmt.Fprintf(out, "%d,%.6f,%.4f,%.4f,%.4f,%.4f,%.2f\n", i, n.times[i].Seconds(), l.Cut, l.Dissolve, l.Fade, l.Wipe, l.Spread)
	}
	return out.Flush()
}
