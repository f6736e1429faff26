package flags

import "image"

// textTally is what was seen of letters in a shot.
type textTally struct {
	pages     [3]page // the picture as it is, for small letters, and at a half and a quarter of its size, for large ones
	looks     int
	lettered  int // looks with a line of letters
	lasting   int // looks in a row with a line where one was in the look before
	longest   int // the most of them
	before    []line
	captioned int // looks with lines where subtitles stand, and nowhere else
	crowded   int // looks with many lines
}

// page is one size at which letters are looked for.
type page struct {
	last    []byte // luma of the look before
	strokes []byte // 1 for a pixel of a bright stroke
}

const (
	crowd        = 3 // lines at once that are credits
	leastLasting = 3 // looks, three quarters of a second
	leastCrowded = 2
	rise         = 34
	steady       = 12 // levels that a stroke may change between two looks and still be the same
)

func (t *textTally) add(img *image.YCbCr) {
	luma := tight(img)
	var lines []line
	for i, w, h := 0, width, height; i < len(t.pages); i, w, h = i+1, w/2, h/2 {
		if i > 0 {
			luma = halved(luma, w, h)
		}
		lines = append(lines, t.pages[i].lines(luma, w, h, 1<<i)...)
	}
	lines = distinct(lines)
	t.looks++
	t.follow(lines)
	if len(lines) == 0 {
		return
	}
	t.lettered++
	if len(lines) >= crowd {
		t.crowded++
	}
	low := 0
	for _, b := range lines {
		if b.subtitle() {
			low++
		}
	}
	if low == len(lines) && low <= 3 {
		t.captioned++
	}
}

func (t *textTally) set() Set {
	if t.longest < min(leastLasting, t.looks) || t.lettered == 0 {
		return 0
	}
	s := Text
	if 2*t.captioned > t.lettered {
		s |= Subtitles
	}
	if t.crowded >= leastCrowded && 3*t.crowded > t.lettered {
		s |= Credits
	}
	return s
}

// tight is the luma of a frame without the gaps that a stride may leave.
func tight(img *image.YCbCr) []byte {
	if img.YStride == width {
		return img.Y[:width*height]
	}
	out := make([]byte, 0, width*height)
	for y := range height {
		out = append(out, img.Y[y*img.YStride:][:width]...)
	}
	return out
}

// halved is a picture of w x h of one twice as wide and high.
func halved(luma []byte, w, h int) []byte {
	out := make([]byte, w*h)
	for y := range h {
		a, b := luma[4*y*w:][:2*w], luma[(4*y+2)*w:][:2*w]
		row := out[y*w:][:w]
		for x := range row {
			row[x] = byte((int(a[2*x]) + int(a[2*x+1]) + int(b[2*x]) + int(b[2*x+1]) + 2) / 4)
		}
	}
	return out
}

// follow counts for how long lines stand where they stood.
func (t *textTally) follow(lines []line) {
	stays := len(lines) > 0 && t.before == nil
	for _, l := range lines {
		for _, o := range t.before {
			stays = stays || l.over(o)
		}
	}
	if stays {
		t.lasting++
	} else {
		t.lasting = min(1, len(lines))
	}
	t.longest, t.before = max(t.longest, t.lasting), lines
}

func (l line) over(o line) bool {
	return l.top < o.bottom && o.top < l.bottom && l.left < o.right && o.left < l.right
}

// line is where a line of letters stands, in pixels of 320x180.
type line struct{ left, top, right, bottom int }

// subtitle tells whether a line stands where subtitles do: below or, while a sign is read out, above, and in the middle.
func (l line) subtitle() bool {
	middle := (l.left + l.right) / 2
	return (l.top > height*7/10 || l.bottom < height*2/10) && middle > width*4/10 && middle < width*6/10 && l.bottom-l.top <= height/8
}

// lines finds the lines of letters that stand where they stood in the look before, and those that stand before something plain.
func (p *page) lines(luma []byte, w, h, scale int) []line {
	if p.strokes == nil {
		p.strokes = make([]byte, w*h)
	}
	markStrokes(p.strokes, luma, w, h)
	var found []line
	for _, r := range regions(p.strokes, w, h) {
		letters := judge(luma, p.strokes, r, w, h)
		if letters.like(scale) && (letters.before(luma, p.last, p.strokes, r, w) || letters.plain) {
			found = append(found, line{r.left * scale, r.top * scale, r.right * scale, r.bottom * scale})
		}
	}
	p.last = append(p.last[:0], luma...)
	return found
}

// distinct leaves one of lines that were found at both sizes.
func distinct(all []line) []line {
	out := all[:0]
	for _, l := range all {
		doubled := false
		for _, o := range out {
			doubled = doubled || l.over(o)
		}
		if !doubled {
			out = append(out, l)
		}
	}
	return out
}

// markStrokes marks the pixels that are much brighter than what is a little to their left and to their right: what a pen draws
// downwards. Letters are full of it, and little else stands in rows.
func markStrokes(to, luma []byte, w, h int) {
	const reach = 4
	for y := range h {
		row, out := luma[y*w:][:w], to[y*w:][:w]
		clear(out[:reach])
		clear(out[w-reach:])
		for x := reach; x < w-reach; x++ {
			v := int(row[x]) - rise
			out[x] = 0
			if (v > int(row[x-2]) || v > int(row[x-4])) && (v > int(row[x+2]) || v > int(row[x+4])) {
				out[x] = 1
			}
		}
	}
}
