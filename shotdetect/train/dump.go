package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"

	"github.com/amvlib/amvlib/ffmpeg"
	"github.com/amvlib/amvlib/shotdetect/edits"
	"github.com/amvlib/amvlib/shotdetect/feature"
)

type options struct {
	footage, truth, out string
	seed                uint64
	edits, looks, jobs  int
	drawn               int
	made                bool // only what is made of films, not the films
	films               []film
}

// sequence is an entry of index.json: frames that belong together.
type sequence struct {
	Name   string   `json:"name"`
	Kind   string   `json:"kind"` // natural, look, plain, wide or drawn
	Groups []string `json:"groups"`
	Start  int      `json:"start"` // row of its first frame
	Frames int      `json:"frames"`
}

// plainShare is how many of a hundred edits follow the public recipe.
const plainShare = 40

// dump writes rows.npy, targets.npy and index.json.
func dump(ctx context.Context, o options) error {
	tool, err := ffmpeg.Find(ctx, "", "")
	if err != nil {
		return err
	}
	w, err := create(o.out)
	if err != nil {
		return err
	}
	err = w.everything(ctx, tool, o)
	return errors.Join(err, w.close())
}

func (w *writer) everything(ctx context.Context, tool *ffmpeg.Tool, o options) error {
	material, err := w.naturals(ctx, tool, o)
	if err != nil {
		return err
	}
	return inOrder(ctx, o.jobs, jobs(o, material), func(s *made) error { return w.add(s.sequence, s.rows, s.targets) })
}

// naturals reads all films, writes their rows and gives those that edits are made of.
func (w *writer) naturals(ctx context.Context, tool *ffmpeg.Tool, o options) ([]*edits.Film, error) {
	var material []*edits.Film
	for _, f := range o.films {
		if o.made && !f.material {
			continue
		}
		r, err := read(ctx, tool, o, f)
		if err != nil {
			return nil, err
		}
		s := sequence{Name: f.name, Kind: "natural", Groups: []string{f.group}}
		if !o.made {
			if err := w.add(s, r.rows, r.film.Truth.Targets(len(r.rows))); err != nil {
				return nil, err
			}
		}
		if f.material {
			material = append(material, r.film)
		}
	}
	return material, nil
}

// made is a finished sequence.
type made struct {
	sequence sequence
	rows     []feature.Row
	targets  []edits.Target
}

// jobs are the looks and edits to make. Each has a seed of its own, so their order of making does not matter.
func jobs(o options, material []*edits.Film) []func() *made {
	var all []func() *made
	add := func(name string, edit func(seed uint64) *edits.Edit) {
		seed := o.seed<<24 + uint64(len(all))
		all = append(all, func() *made { return measure(fmt.Sprintf("%s-%d", name, seed), edit(seed)) })
	}
	for _, f := range material {
		for range o.looks {
			add(f.Name, f.Look)
		}
	}
	pool := edits.NewPool(material...)
	for i := range o.edits {
		if i%100*61%100 < plainShare { // spread evenly
			add("plain", pool.Plain)
		} else {
			add("wide", pool.Wide)
		}
	}
	for range o.drawn {
		add("drawn", edits.Drawn)
	}
	return all
}

// measure is what the detector sees of an edit.
func measure(name string, e *edits.Edit) *made {
	m := &made{sequence: sequence{Name: name, Kind: e.Kind, Groups: e.Groups}, targets: e.Targets(e.Length)}
	var stream feature.Stream
	for img := range e.Frames() {
		if row, ok := stream.Push(img); ok {
			m.rows = append(m.rows, row)
		}
	}
	m.rows = append(m.rows, stream.Flush()...)
	return m
}

// writer writes the three files.
type writer struct {
	dir           string
	rows, targets *npy
	index         []sequence
	buffer        []byte
}

func create(dir string) (*writer, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	rows, err := createNPY(filepath.Join(dir, "rows.npy"), "<f4", feature.Inputs)
	if err != nil {
		return nil, err
	}
	targets, err := createNPY(filepath.Join(dir, "targets.npy"), "|u1", 3)
	if err != nil {
		return nil, errors.Join(err, rows.close())
	}
	return &writer{dir: dir, rows: rows, targets: targets}, nil
}

var errRows = errors.New("not one row a frame")

func (w *writer) add(s sequence, rows []feature.Row, targets []edits.Target) error {
	if len(rows) != len(targets) {
		return fmt.Errorf("%s: %w: %d rows, %d frames", s.Name, errRows, len(rows), len(targets))
	}
	s.Start, s.Frames = w.rows.rows, len(rows)
	w.index = append(w.index, s)
	w.buffer = w.buffer[:0]
	for i := range rows {
		for _, v := range rows[i] {
			w.buffer = appendFloat(w.buffer, v)
		}
	}
	if err := w.rows.add(len(rows), w.buffer); err != nil {
		return err
	}
	w.buffer = w.buffer[:0]
	for _, t := range targets {
		w.buffer = append(w.buffer, t.Cut, t.Kind, t.Weight)
	}
	return w.targets.add(len(targets), w.buffer)
}

func appendFloat(b []byte, v float32) []byte {
	u := math.Float32bits(v)
	return append(b, byte(u), byte(u>>8), byte(u>>16), byte(u>>24))
}

func (w *writer) close() error {
	data, err := json.MarshalIndent(w.index, "", " ")
	if err == nil {
		err = os.WriteFile(filepath.Join(w.dir, "index.json"), data, 0o644)
	}
	return errors.Join(err, w.rows.close(), w.targets.close())
}
