package main

import (
	"context"
	"image"
	"sync"

	"github.com/amvlib/amvlib/ffmpeg"
	"github.com/amvlib/amvlib/timecode"
)

// opened are films of which stretches are decoded: each is probed once.
type opened struct {
	ff      *ffmpeg.Tool
	options ffmpeg.Options

	mu    sync.Mutex
	films map[string]*ffmpeg.Film // by path
}

func (o *opened) film(ctx context.Context, path string) (*ffmpeg.Film, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if f := o.films[path]; f != nil {
		return f, nil
	}
	f, err := o.ff.Film(ctx, path, o.options)
	if err == nil {
		if o.films == nil {
			o.films = map[string]*ffmpeg.Film{}
		}
		o.films[path] = f
	}
	return f, err
}

// grays is a footage.Films.
func (o *opened) grays(ctx context.Context, path string, r timecode.Range, show func(timecode.Time, *image.Gray) error) error {
	f, err := o.film(ctx, path)
	if err != nil {
		return err
	}
	return f.Grays(ctx, r, show)
}
