package ffmpeg

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"io"

	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/timecode"
)

// aheadItems is how many packets are read before they are asked for, so that decoding goes on while one is analysed: some
// sixteen pictures, 1.4 MB, with the sound between them.
const aheadItems = 24

const (
	luminance    = media.Width * media.Height
	chrominance  = luminance / 4
	pictureBytes = luminance + 2*chrominance
	maxBlock     = 1 << 20 // bytes of sound
)

type item struct {
	packet media.Packet
	err    error
}

// readAhead reads in its own goroutine until the stream or ctx ends. The error that ends it, if not io.EOF, is its last item.
func readAhead(ctx context.Context, r io.Reader, p plan) <-chan item {
	items := make(chan item, aheadItems)
	go func() {
		defer close(items)
		u := unpacker{plan: p, last: -1 << 62}
		err := u.run(r, func(packet media.Packet) bool {
			select {
			case items <- item{packet: packet}:
				return true
			case <-ctx.Done():
				return false
			}
		})
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			select {
			case items <- item{err: err}:
			case <-ctx.Done():
			}
		}
	}()
	return items
}

// unpacker turns NUT frames into packets.
type unpacker struct {
	plan  plan
	nut   *nutReader
	index int64
	last  timecode.Time // of the last picture
}

// run gives every packet to send until that says no.
func (u *unpacker) run(r io.Reader, send func(media.Packet) bool) (err error) {
	for {
		packet, err := u.next(r)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if !send(packet) {
			return nil
		}
	}
}

// head is the head of the next frame of r.
func (u *unpacker) head(r io.Reader) (f nutFrame, err error) {
	if u.nut == nil {
		if u.nut, err = newNUTReader(r); err != nil {
			return f, err
		}
	}
	f, err = u.nut.next()
	f.pts -= clockOffset * timecode.Second
	return f, err
}

// next is the next packet of r, which must be the same each time.
func (u *unpacker) next(r io.Reader) (media.Packet, error) {
	f, err := u.head(r)
	if err != nil {
		return media.Packet{}, err
	}
	if f.class == 0 {
		return u.picture(f)
	}
	return u.sound(f)
}

// picture is a frame with all that it points to, so that each costs one allocation.
type picture struct {
	frame  media.Frame
	image  image.YCbCr
	pixels [pictureBytes]byte
}

func (u *unpacker) picture(f nutFrame) (media.Packet, error) {
	size := pictureBytes
	if u.plan.gray {
		size = luminance
	}
	if f.size != size || u.plan.video < 0 {
		return media.Packet{}, fmt.Errorf("%w: a picture of %d bytes", errNUT, f.size)
	}
	p := new(picture)
	if err := u.nut.body(p.pixels[:size]); err != nil {
		return media.Packet{}, err
	}
	u.last = max(f.pts, u.last+1)
	p.image = image.YCbCr{Y: p.pixels[:luminance:luminance], Cb: p.pixels[luminance : luminance+chrominance : luminance+chrominance],
		Cr: p.pixels[luminance+chrominance:], YStride: media.Width, CStride: media.Width / 2,
		SubsampleRatio: image.YCbCrSubsampleRatio420, Rect: image.Rect(0, 0, media.Width, media.Height)}
	p.frame = media.Frame{Index: u.index, PTS: u.last, Image: &p.image}
	u.index++
	return media.Packet{Frame: &p.frame}, nil
}

func (u *unpacker) sound(f nutFrame) (media.Packet, error) {
	if f.class != 1 || f.size > maxBlock || f.size%2 != 0 {
		return media.Packet{}, fmt.Errorf("%w: sound of %d bytes", errNUT, f.size)
	}
	raw := make([]byte, f.size)
	if err := u.nut.body(raw); err != nil {
		return media.Packet{}, err
	}
	a := &media.Audio{PTS: f.pts, Samples: make([]int16, f.size/2)}
	for i := range a.Samples {
		a.Samples[i] = int16(binary.LittleEndian.Uint16(raw[2*i:]))
	}
	return media.Packet{Audio: a}, nil
}
