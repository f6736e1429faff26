package footage

import (
	"context"
	"errors"
	"fmt"
	"image"
	"io/fs"
	"strings"
	"testing"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/timecode"
)

// screened are painted films that can be decoded: paths are their seeds. It counts how many pictures were.
func screened(shown *int) Films {
	return func(_ context.Context, path string, r timecode.Range, show func(timecode.Time, *image.Gray) error) error {
		var seed uint64
		if _, err := fmt.Sscanf(path, "film %d", &seed); err != nil {
			return fs.ErrNotExist
		}
		for i := (r.Start + frame - 1) / frame; i*frame < r.End; i++ {
			*shown++
			m := painted(seed, i*frame, media.Width, media.Height)
			if err := show(i*frame, &image.Gray{Pix: m.Y, Stride: m.YStride, Rect: m.Rect}); err != nil {
				return err
			}
		}
		return nil
	}
}

// filmedWithPaths is a library whose films can be decoded.
func filmedWithPaths(t *testing.T, length timecode.Time, seeds ...uint64) *shelf {
	s := filmed(t, length, seeds...)
	s.notes = map[int64]catalog.Episode{}
	for _, seed := range seeds {
		s.notes[int64(seed)] = catalog.Episode{Path: fmt.Sprintf("film %d", seed)}
	}
	return s
}

func brief(found []Sighting) string {
	var text strings.Builder
	for _, s := range found {
		fmt.Fprintf(&text, "%d at %v (%d), sure %.3f, agrees %.3f, held %v to %v, %v; ", s.Episode, s.Time, s.Frame, s.Confidence, s.agree, s.Held.Start, s.Held.End, s.Unread)
	}
	return text.String()
}

// TestIdentifyTheFrame: with films the time is that of the very frame, whatever was done to the picture. Zoomed, soft spots that wander
// look like themselves a little later.
func TestIdentifyTheFrame(t *testing.T) {
	s, shown := filmedWithPaths(t, 15*second, 1, 2), 0
	f := New(s, s).WithFilms(screened(&shown))
	for name, way := range ways() {
		off := frame
		if name == "zoomed" {
			off = 13 * frame
		}
		for i := range timecode.Time(3) {
			at := (i*100 + 30) * frame
			seed := uint64(i%2 + 1)
			found, err := f.Identify(t.Context(), way(PictureOf(painted(seed, at, 320, 180))), 3)
			if err != nil {
				t.Fatal(err)
			}
			if len(found) == 0 || found[0].Episode != int64(seed) || away(found[0].Time, at) > off || found[0].Frame != int64(found[0].Time/frame) ||
				found[0].Confidence < 0.9 || found[0].Unread != nil {
				t.Errorf("%s, of %d at %v: %s", name, seed, at, brief(found))
			}
		}
	}
	if once := 2 * 15 * 24; shown > once+once/4 {
		t.Errorf("%d pictures were decoded of films of %d", shown, once)
	}
	for i := range uint64(20) {
		found, err := f.Identify(t.Context(), PictureOf(painted(50+i, second, 320, 180)), 3)
		if err != nil || len(found) > 0 {
			t.Errorf("a picture of no film here is from %+v, %v", found, err)
		}
	}
}

// TestIdentifyWithoutTheFilm says why its film was not looked at, and tells what can be told.
func TestIdentifyWithoutTheFilm(t *testing.T) {
	s, shown := filmed(t, 9*second, 1), 0
	f := New(s, s).WithFilms(screened(&shown))
	found, err := f.Identify(t.Context(), PictureOf(painted(1, 4*second, 320, 180)), 3)
	if err != nil || len(found) == 0 || !errors.Is(found[0].Unread, fs.ErrNotExist) || away(found[0].Time, 4*second) > second/2 || found[0].Held.Length() > 0 {
		t.Errorf("%s, %v", brief(found), err)
	}
}

// TestIdentifyBesideBlack: a film that shows nothing for a while fits any picture, and is not taken for one.
func TestIdentifyBesideBlack(t *testing.T) {
	s, shown := filmedWithPaths(t, 9*second, 1), 0
	films := screened(&shown)
	f := New(s, s).WithFilms(func(ctx context.Context, path string, r timecode.Range, show func(timecode.Time, *image.Gray) error) error {
		return films(ctx, path, r, func(at timecode.Time, img *image.Gray) error {
			if at > 4*second+second/2 { // a fade that the samples do not know
				dark := &image.Gray{Pix: make([]byte, len(img.Pix)), Stride: img.Stride, Rect: img.Rect}
				for i, v := range img.Pix {
					dark.Pix[i] = 16 + byte(int(v-16)*max(0, int(5*second-at))/int(second))
				}
				img = dark
			}
			return show(at, img)
		})
	})
	found, err := f.Identify(t.Context(), PictureOf(painted(1, 4*second, 320, 180)), 1)
	if err != nil || len(found) != 1 || away(found[0].Time, 4*second) > frame+ms || found[0].Confidence < 0.9 {
		t.Errorf("%s, %v", brief(found), err)
	}
}

// TestHeld tells from when to when the very same picture stands.
func TestHeld(t *testing.T) {
	s, shown := filmedWithPaths(t, 9*second, 1), 0
	films := screened(&shown)
	f := New(s, s).WithFilms(func(ctx context.Context, path string, r timecode.Range, show func(timecode.Time, *image.Gray) error) error {
		return films(ctx, path, r, func(at timecode.Time, img *image.Gray) error {
			if at > 4*second && at < 4*second+5*frame+ms {
				img = &image.Gray{Pix: painted(1, 4*second, media.Width, media.Height).Y, Stride: media.Width, Rect: img.Rect}
			}
			return show(at, img)
		})
	})
	found, err := f.Identify(t.Context(), PictureOf(painted(1, 4*second, 320, 180)), 1)
	want := timecode.Range{Start: 4 * second, End: 4*second + 5*frame}
	if err != nil || len(found) != 1 || away(found[0].Held.Start, want.Start)+away(found[0].Held.End, want.End) > ms || found[0].Time < want.Start || found[0].Time > want.End {
		t.Errorf("%s, %v", brief(found), err)
	}
}
