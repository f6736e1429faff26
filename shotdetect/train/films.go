package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/amvlib/amvlib/ffmpeg"
	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/shotdetect/edits"
	"github.com/amvlib/amvlib/shotdetect/feature"
)

// film is a file of the footage. What shows the same, whole or in part, has one group, since a film of which a twin was learnt
// from is not kept back.
type film struct {
	name, group string
	material    bool // edits are made of it; the others are twins in another encoding
	uncut       bool // one shot, looked at frame by frame: there is no table, and no boundary
}

var films = []film{
	{"bbb_full_360p24.mp4", "bbb", true, false},
	{"popeye_sindbad_T00-1.pgs.mkv", "popeye", true, false},
	{"popeye_sindbad_T01-2.pgs.mkv", "popeye", true, false},
	{"popeye_sindbad_T00-1.vobsub.mkv", "popeye", false, false},
	{"popeye_sindbad_T01-2.vobsub.mkv", "popeye", false, false},
	{"planetblupi_history2.mkv", "blupi", true, false},
	{"planetblupi_play108.mkv", "blupi", true, false},
	{"planetblupi_play118.mkv", "blupi", true, false},
	{"planetblupi_win005.mkv", "blupi", true, false},
	{"sintel_trailer_720p.mp4", "sintel", true, false},
	{"wannaworktogether_cc.mp4", "wanna", true, false},
	{"mdn_crystal.mp4", "crystal", true, true},
	{"mdn_rabbit.mp4", "rabbit", true, true},
	{"tupi_example.avi", "tupi", true, true},
	{"opencv_tree.avi", "tree", true, true},
	{"moviepy_chaplin.mp4", "chaplin", true, true},
	{"tmk_chair-orig-22-sd-bar.mp4", "tmk", true, true},
	{"tmk_doorknob-hd-no-bar.mp4", "tmk", true, true},
}

// reading is a film as it was read.
type reading struct {
	film  *edits.Film
	rows  []feature.Row
	parts film
}

// read decodes a film once: rows from its frames as the detector gets them, and small pictures where edits are made of it.
func read(ctx context.Context, tool *ffmpeg.Tool, o options, f film) (reading, error) {
	truth, err := readTruth(o, f)
	if err != nil {
		return reading{}, err
	}
	source, err := tool.Open(ctx, filepath.Join(o.footage, f.name), ffmpeg.Options{})
	if err != nil {
		return reading{}, err
	}
	r := reading{film: &edits.Film{Name: f.name, Group: f.group, Truth: truth}, parts: f}
	var stream feature.Stream
	for packet, err := range source.Packets(ctx) {
		if err != nil {
			return reading{}, err
		}
		if packet.Frame == nil {
			continue
		}
		if err := r.take(&stream, source.Info(), packet.Frame); err != nil {
			return reading{}, fmt.Errorf("%s: %w", f.name, err)
		}
	}
	r.rows = append(r.rows, stream.Flush()...)
	return r, nil
}

func (r *reading) take(stream *feature.Stream, info media.Info, f *media.Frame) error {
	if row, ok := stream.Push(f.Image); ok {
		r.rows = append(r.rows, row)
	}
	if !r.parts.material {
		return nil
	}
	p, err := edits.Shrink(f.Image, info.Video != nil && info.Video.Colour.Full)
	r.film.Frames = append(r.film.Frames, p)
	return err
}

func readTruth(o options, f film) (edits.Truth, error) {
	path := filepath.Join(o.truth, f.name+".csv")
	if f.uncut {
		if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
			return edits.Truth{}, fmt.Errorf("%s: a table of boundaries for what was taken for one shot (%w)", path, err)
		}
		return edits.Truth{}, nil
	}
	file, err := os.Open(path)
	if err != nil {
		return edits.Truth{}, err
	}
	defer file.Close()
	truth, err := edits.ReadTruth(file)
	if err != nil {
		return truth, fmt.Errorf("%s: %w", path, err)
	}
	return truth, nil
}
