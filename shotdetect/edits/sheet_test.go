package edits

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSheets writes contact sheets of every effect, join, shape and finish for people to look at, when asked where to: of drawn films,
// or of the frames in AMVLIB_SHEETS_FOOTAGE, raw 128x72 RGB files.
func TestSheets(t *testing.T) {
	dir := os.Getenv("AMVLIB_SHEETS")
	if dir == "" {
		t.Skip("AMVLIB_SHEETS names no folder for contact sheets")
	}
	pool := drawnPool
	if footage := os.Getenv("AMVLIB_SHEETS_FOOTAGE"); footage != "" {
		pool = rawPool(t, footage)
	}
	for i, e := range effects {
		c := newCutter(throw(uint64(i), 1), pool.groups, false)
		sheet := newSheet(24)
		for range 4 {
			st := pick(c.dice, c.stretches...)
			frames := append([]Picture(nil), st.film.Frames[st.lo:min(st.lo+24, st.hi)]...)
			e.apply(&scene{c.dice, frames, c.other})
			sheet.row(frames, nil, 0)
		}
		sheet.save(t, dir, "effect-"+e.name)
	}
	for i, j := range joins {
		sheet := newSheet(24)
		for k := range 6 {
			frames, truth := joined(pool, j, uint64(i*100+k))
			sheet.row(frames, &truth, 0)
		}
		sheet.save(t, dir, "join-"+j.name)
	}
	for _, h := range happenings {
		happeningSheet(t, dir, h)
	}
	for seed := range uint64(8) {
		wholeSheet(t, dir, fmt.Sprint("drawn-", seed), Drawn(seed))
	}
	for seed := range uint64(3) {
		wholeSheet(t, dir, "wide", pool.Wide(seed))
		wholeSheet(t, dir, "plain", pool.Plain(seed))
		f := pool.groups[int(seed)%len(pool.groups)].stretches[0].film
		wholeSheet(t, dir, "look", f.Look(seed))
	}
}

// joined is a join of two shots with some frames on both sides of it.
func joined(p *Pool, j join, seed uint64) ([]Picture, Truth) {
	c := newCutter(throw(seed, 1), p.groups, false)
	length := min(j.length(c.dice), 12)
	for range 2 {
		st := pick(c.dice, c.stretches...)
		all := append([]Picture(nil), st.film.Frames[st.lo:st.hi]...)
		n := min(len(all), 22)
		if len(c.frames) == 0 {
			n = 6
		}
		c.attach(plan{j, length}, all[:n:n], all[n:min(n+20, len(all))])
		c.last = c.frames[len(c.frames)-1]
	}
	return c.frames, c.truth
}

type sheet struct {
	img  *image.RGBA
	wide int
	y    int
}

func newSheet(wide int) *sheet {
	return &sheet{image.NewRGBA(image.Rect(0, 0, wide*(Width/2+2), 3000)), wide, 0}
}

// row draws frames at half size; those strictly within a boundary or first after it have a coloured line below, ignored ones a grey one.
func (s *sheet) row(frames []Picture, t *Truth, first int) {
	for k, p := range frames {
		if k > 0 && k%s.wide == 0 {
			s.y += Height/2 + 5
		}
		x0 := k % s.wide * (Width/2 + 2)
		for y := range Height / 2 {
			for x := range Width / 2 {
				i := at(2*x, 2*y)
				s.img.Set(x0+x, s.y+y, color.RGBA{p[i], p[i+1], p[i+2], 255})
			}
		}
		if t != nil {
			target := t.Targets(first + len(frames))[first+k]
			c := []color.RGBA{{}, {0, 255, 0, 255}, {255, 255, 0, 255}, {0, 160, 255, 255}}[target.Kind]
			if target.Cut > 0 {
				c = color.RGBA{255, 0, 0, 255}
			}
			draw.Draw(s.img, image.Rect(x0, s.y+Height/2, x0+Width/2, s.y+Height/2+3), image.NewUniform(c), image.Point{}, draw.Src)
			if target.Weight == 0 {
				draw.Draw(s.img, image.Rect(x0, s.y+Height/2, x0+Width/4, s.y+Height/2+3), image.NewUniform(color.Gray{128}), image.Point{}, draw.Src)
			}
		}
	}
	s.y += Height/2 + 5
}

func (s *sheet) save(t *testing.T, dir, name string) {
	t.Helper()
	f, err := os.Create(filepath.Join(dir, strings.ReplaceAll(name, " ", "-")+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, s.img.SubImage(image.Rect(0, 0, s.img.Rect.Dx(), s.y))); err != nil {
		t.Fatal(err)
	}
}

// happeningSheet shows what may go on in a drawn scene, every second frame.
func happeningSheet(t *testing.T, dir string, h happening) {
	t.Helper()
	sheet := newSheet(24)
	for seed := range uint64(8) {
		d := throw(seed, 99)
		r := &reel{cutter: newCutter(d, nil, false), manner: manners[seed%3]}
		st := r.stage(48)
		st.actors, st.shots, st.over, st.blurred, st.doubts, st.sudden = nil, nil, nil, nil, nil, nil
		st.people()
		h.apply(st)
		frames, doubts := st.play(0, 48)
		shown, truth := []Picture(nil), Truth{}
		for k := 0; k < len(frames); k += 2 {
			shown = append(shown, frames[k])
		}
		for _, s := range doubts {
			truth.ignore(s.First/2, s.Last/2)
		}
		sheet.row(shown, &truth, 0)
	}
	sheet.save(t, dir, "happening-"+h.name)
}

func wholeSheet(t *testing.T, dir, name string, e *Edit) {
	s := newSheet(30)
	var frames []Picture
	for img := range e.Frames() {
		if len(frames) < 690 {
			p := make(Picture, size)
			for y := range Height {
				for x := range Width {
					r, g, b, _ := img.At(x, y).RGBA()
					p[at(x, y)], p[at(x, y)+1], p[at(x, y)+2] = byte(r>>8), byte(g>>8), byte(b>>8)
				}
			}
			frames = append(frames, p)
		}
	}
	s.row(frames, &e.Truth, 0)
	s.save(t, dir, name+"-"+strings.Join(e.Groups, "-"))
	for _, m := range e.Marks {
		t.Log(name, m.Frame, m.What)
	}
}

func rawPool(t *testing.T, dir string) *Pool {
	names, _ := filepath.Glob(filepath.Join(dir, "*.rgb"))
	var films []*Film
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f := &Film{Name: name, Group: filepath.Base(name)}
		for ; len(data) >= size; data = data[size:] {
			f.Frames = append(f.Frames, Picture(data[:size:size]))
		}
		if table, err := os.Open(strings.TrimSuffix(name, ".rgb") + ".csv"); err == nil {
			f.Truth, err = ReadTruth(table)
			if err != nil {
				t.Fatal(err)
			}
			table.Close()
		}
		films = append(films, f)
	}
	return NewPool(films...)
}
