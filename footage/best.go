package footage

import (
	"cmp"
	"fmt"

	"github.com/amvlib/amvlib/picture/flags"
)

// blemishes are what speaks against a copy, where not every copy has it: what is laid over the picture, and combing.
const blemishes = flags.Text | flags.Subtitles | flags.Credits | flags.Logo | flags.Interlaced

const bars = flags.Letterbox | flags.Pillarbox

// choose marks the best copy: that with most pixels, then bits a second, then frames. Burned-in text, a logo and combing count as much as
// half the width and the height; bars take a quarter of the pixels.
func (g *Group) choose() {
	common := ^flags.Set(0)
	for i := range g.Copies {
		common &= g.Copies[i].Shot.Flags
	}
	best := 0
	for i := range g.Copies {
		if better(&g.Copies[i], &g.Copies[best], common) {
			best = i
		}
	}
	g.Copies[best].Best = true
	for i := range g.Copies {
		g.Copies[i].Why = g.Copies[i].about(common)
	}
}

func better(a, b *Copy, common flags.Set) bool {
	return cmp.Or(cmp.Compare(a.worth(common), b.worth(common)), cmp.Compare(a.Episode.Info.BitRate, b.Episode.Info.BitRate),
		cmp.Compare(a.Shot.Clean.Len(), b.Shot.Clean.Len())) > 0
}

// worth is a copy's pixels, less what speaks against it and not against all.
func (c *Copy) worth(common flags.Set) float64 {
	worn := c.Shot.Flags &^ common
	worth := 0.0
	if v := c.Episode.Info.Video; v != nil {
		worth = float64(v.Width) * float64(v.Height)
	}
	for _, f := range []flags.Set{flags.Text | flags.Subtitles | flags.Credits, flags.Logo, flags.Interlaced} {
		if worn.Any(f) {
			worth /= 4
		}
	}
	if worn.Any(bars) {
		worth *= 0.75
	}
	return worth
}

// about is what speaks for a copy and against it, as people say it.
func (c *Copy) about(common flags.Set) string {
	text := "unknown size"
	if v := c.Episode.Info.Video; v != nil {
		text = fmt.Sprintf("%dx%d", v.Width, v.Height)
	}
	if rate := c.Episode.Info.BitRate; rate > 0 {
		text += fmt.Sprintf(", %.1f Mbit/s", float64(rate)/1e6)
	}
	if worn := c.Shot.Flags &^ common & (blemishes | bars); worn != 0 {
		text += ", " + worn.String()
	}
	return text
}
