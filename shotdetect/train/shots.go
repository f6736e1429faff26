package main

import (
	"context"
	"encoding/csv"
	"flag"
	"fmt"
	"os"
	"strconv"

	"github.com/amvlib/amvlib/ffmpeg"
	"github.com/amvlib/amvlib/shotdetect"
	"github.com/amvlib/amvlib/shotdetect/network"
)

// shots prints the boundaries of a film as the detector finds them with weights that do not ship: type, start, end.
func shots(ctx context.Context, args []string) error {
	f := flag.NewFlagSet("shots", flag.ContinueOnError)
	weights := f.String("weights", "", "file of weights")
	sensitivity := f.Float64("sensitivity", 0, "0 to 1")
	stats := f.Bool("stats", false, "print what the network makes of each frame, instead")
	if err := f.Parse(args); err != nil {
		return err
	}
	if *weights == "" || f.NArg() != 1 {
		return errUsage
	}
	b, err := os.ReadFile(*weights)
	if err != nil {
		return err
	}
	model, err := network.Read(b)
	if err != nil {
		return err
	}
	o := shotdetect.Options{Network: model, Sensitivity: *sensitivity}
	if *stats {
		o.Watch = func(frame int64, l shotdetect.Likelihood) {
			fmt.Printf("%d,%.5f,%.5f,%.5f,%.5f,%.2f\n", frame, l.Cut, l.Dissolve, l.Fade, l.Wipe, l.Spread)
		}
	}
	found, err := boundaries(ctx, f.Arg(0), shotdetect.New(o))
	if err != nil || *stats {
		return err
	}
	return list(found)
}

func boundaries(ctx context.Context, path string, d shotdetect.Detector) (found []shotdetect.Boundary, err error) {
	tool, err := ffmpeg.Find(ctx, "", "")
	if err != nil {
		return nil, err
	}
	source, err := tool.Open(ctx, path, ffmpeg.Options{})
	if err != nil {
		return nil, err
	}
	for packet, err := range source.Packets(ctx) {
		if err != nil {
			return nil, err
		}
		if packet.Frame != nil {
			found = append(found, d.Push(packet.Frame).Boundaries...)
		}
	}
	return append(found, d.Flush().Boundaries...), nil
}

func list(found []shotdetect.Boundary) error {
	w := csv.NewWriter(os.Stdout)
	if err := w.Write([]string{"type", "start", "end"}); err != nil {
		return err
	}
	for _, b := range found {
		if err := w.Write([]string{string(b.Type), strconv.FormatInt(b.Start, 10), strconv.FormatInt(b.End, 10)}); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}
