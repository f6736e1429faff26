package edits

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"

	"github.com/amvlib/amvlib/shotdetect"
)

func makers() map[string]func(seed uint64) *Edit {
	return map[string]func(seed uint64) *Edit{"plain": drawnPool.Plain, "wide": drawnPool.Wide, "look": drawnPool.groups[0].stretches[0].film.Look,
		"drawn": Drawn}
}

func fingerprint(e *Edit) string {
	h := sha256.New()
	fmt.Fprint(h, e.Films, e.Groups, e.Length, e.Truth, e.Marks)
	for img := range e.Frames() {
		h.Write(img.Y)
		h.Write(img.Cb)
		h.Write(img.Cr)
	}
	return string(h.Sum(nil))
}

// TestTheSeedDecides holds that an edit can be made again, frame by frame, and run through twice.
func TestTheSeedDecides(t *testing.T) {
	for name, edit := range makers() {
		e := edit(7)
		once, again, other := fingerprint(e), fingerprint(e), fingerprint(edit(8))
		if once != again || once != fingerprint(edit(7)) {
			t.Errorf("%s: the same seed gave another edit", name)
		}
		if once == other {
			t.Errorf("%s: another seed gave the same edit", name)
		}
	}
}

// TestTruthIsInOrder holds of every edit: as many frames as it says, rows in order, apart, inside and of their kind's length.
func TestTruthIsInOrder(t *testing.T) {
	for name, edit := range makers() {
		for seed := range uint64(3) {
			e, frames := edit(seed), 0
			for range e.Frames() {
				frames++
			}
			if frames != e.Length || frames < 100 || len(e.Rows) < 4 {
				t.Fatalf("%s %d: %d frames of %d, %d rows", name, seed, frames, e.Length, len(e.Rows))
			}
			end := 0
			for _, r := range e.Rows {
				if r.Start < end || r.End <= r.Start || r.End >= frames || r.Type == shotdetect.Cut != (r.End == r.Start+1) {
					t.Errorf("%s %d: %+v after %d, of %d frames", name, seed, r, end, frames)
				}
				end = r.End
			}
		}
	}
}

// TestEverythingComesUp draws everything that the tables hold, and holds that footage stays as it is.
func TestEverythingComesUp(t *testing.T) {
	before, seen := sum(t, drawnPool), map[string]int{}
	for seed := range uint64(40) {
		for _, m := range drawnPool.Wide(seed).Marks {
			seen[m.What]++
		}
	}
	for _, e := range effects[1:] {
		if seen[e.name] == 0 {
			t.Errorf("effect %s never came", e.name)
		}
	}
	for _, j := range joins[1:] {
		if seen[j.name] == 0 {
			t.Errorf("join %s never came", j.name)
		}
	}
	for _, x := range timings[1:] {
		if seen["timing "+x.name] == 0 {
			t.Errorf("timing %s never came", x.name)
		}
	}
	for _, f := range finishes {
		if seen["finish "+f.name] == 0 {
			t.Errorf("finish %s never came", f.name)
		}
	}
	if seen["finish pulldown"] == 0 {
		t.Error("pulldown never came")
	}
	if sum(t, drawnPool) != before {
		t.Error("an edit drew on the footage")
	}
}

// TestEffectsKeepFrames tries each on shots of every length: as many frames stay, the pictures are whole, and the footage is left alone.
func TestEffectsKeepFrames(t *testing.T) {
	before := sum(t, drawnPool)
	for i, e := range append(slices.Clone(effects), plainEffects...) {
		changed := false
		for seed := range uint64(12) {
			c := newCutter(throw(seed, uint64(i)), drawnPool.groups, false)
			st := c.stretches[int(seed)%len(c.stretches)]
			n := []int{4, 5, 6, 9, 20, 30}[seed%6]
			was := st.film.Frames[st.lo : st.lo+n]
			frames := slices.Clone(was)
			e.apply(&scene{c.dice, frames, c.other})
			for k, p := range frames {
				if len(p) != size {
					t.Fatalf("%s: frame %d of %d has %d bytes", e.name, k, n, len(p))
				}
			}
			changed = changed || !reflect.DeepEqual(was, frames)
		}
		if changed == (e.name == "none") {
			t.Errorf("%s: changed something: %v", e.name, changed)
		}
	}
	if sum(t, drawnPool) != before {
		t.Error("an effect drew on the footage")
	}
}

// TestSmallPools holds that too little footage gives shorter edits and no trouble.
func TestSmallPools(t *testing.T) {
	one := drawn("one", "a", 1, 20)
	for name, p := range map[string]*Pool{
		"empty": NewPool(), "no frames": NewPool(&Film{Name: "x", Group: "x"}), "one frame": NewPool(&Film{Name: "x", Group: "x", Frames: one.Frames[:1]}),
		"one stretch": NewPool(one), "a still": NewPool(&Film{Name: "x", Group: "x", Frames: slices.Repeat(one.Frames[:1], 30)}),
		"rows beyond the end": NewPool(&Film{Name: "x", Group: "x", Frames: one.Frames, Truth: Truth{Rows: []Row{{shotdetect.Cut, 500, 501}}}}),
	} {
		for seed := range uint64(8) {
			for _, e := range []*Edit{p.Plain(seed), p.Wide(seed)} {
				frames := 0
				for range e.Frames() {
					frames++
				}
				if frames != e.Length || len(e.Targets(frames)) != frames {
					t.Errorf("%s: %d frames of %d", name, frames, e.Length)
				}
			}
		}
	}
	for n := range 4 {
		f := &Film{Frames: one.Frames[:n]}
		for seed := range uint64(20) {
			frames, e := 0, f.Look(seed)
			for range e.Frames() {
				frames++
			}
			if frames != e.Length || n == 0 && frames > 0 {
				t.Errorf("a look of %d frames has %d, not %d", n, frames, e.Length)
			}
		}
	}
}

// TestAGroupLeftOut holds that a good part of the edits remains without any one group, and that every group is drawn.
func TestAGroupLeftOut(t *testing.T) {
	films := []*Film{drawn("long", "long", 40, 20)}
	for i := range 8 {
		films = append(films, drawn("film", string(rune('a'+i)), 1+i, 20))
	}
	p, used := NewPool(films...), map[string]int{}
	const edits = 400
	for seed := range uint64(edits) {
		groups := p.some(throw(seed, cutting))
		if len(groups) < 1 || len(groups) > mostGroups {
			t.Fatalf("%d groups", len(groups))
		}
		for _, g := range groups {
			used[g.name]++
		}
	}
	for _, name := range slices.Sorted(maps.Keys(used)) {
		if used[name] > edits*6/10 || used[name] < edits/50 {
			t.Errorf("group %s is in %d of %d edits", name, used[name], edits)
		}
	}
	if len(used) != len(films) {
		t.Errorf("%d of %d groups are used", len(used), len(films))
	}
}
