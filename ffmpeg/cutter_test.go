package ffmpeg

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/amvlib/amvlib/timecode"
)

// drawnPacket is a packet of a drawn film: 16 bytes of which the codec of these tests knows what it needs to.
type drawnPacket struct {
	id    int
	at    timecode.Time
	entry bool
	leads bool
	leans []int // on packets with these ids
}

func (p *drawnPacket) body() []byte {
	b := binary.BigEndian.AppendUint64(nil, uint64(p.id))
	flags := uint64(0)
	if p.entry {
		flags |= 1
	}
	if p.leads {
		flags |= 2
	}
	return binary.BigEndian.AppendUint64(b, flags)
}

func drawnCodec(_, packet []byte, _ bool) (coded, error) {
	flags := binary.BigEndian.Uint64(packet[8:])
	return coded{entry: flags&1 != 0, leads: flags&2 != 0}, nil
}

// drawPackets draws groups of pictures, open and closed, with pictures between that are shown before those they lean on. Times are of
// no constant rate.
func drawPackets(r *rand.Rand, groups int) (all []drawnPacket) {
	clock := timecode.Time(r.IntN(100_000)) - 50_000
	tick := func() timecode.Time { clock += timecode.Time(1000 + r.IntN(60_000)); return clock }
	anchor := -1
	add := func(p drawnPacket) int {
		p.id = len(all)
		all = append(all, p)
		return p.id
	}
	for g := range groups {
		entry, open := g == 0 || r.IntN(4) > 0, g > 0 && r.IntN(2) == 0
		for n, length := 0, 1+r.IntN(90); n < length; n++ {
			between := make([]timecode.Time, r.IntN(4))
			if n == 0 && !open || r.IntN(3) == 0 {
				between = nil
			}
			for i := range between {
				between[i] = tick()
			}
			p := drawnPacket{at: tick()}
			if n == 0 {
				p.entry, p.leads = entry, entry
			}
			if !p.entry && anchor >= 0 {
				p.leans = []int{anchor}
			}
			before := anchor
			anchor = add(p)
			for _, at := range between {
				leans := []int{anchor}
				if before >= 0 {
					leans = append(leans, before)
				}
				add(drawnPacket{at: at, leans: leans})
			}
		}
	}
	return all
}

// TestStretchesStandAlone draws films and looks into what decoders are given: every picture comes once, and with all it leans on.
func TestStretchesStandAlone(t *testing.T) {
	joints, twice := 0, 0
	for seed := range uint64(300) {
		all := drawPackets(rand.New(rand.NewPCG(seed, 7)), 12)
		c := &cutter{codec: drawnCodec, pool: new(chunkPool)}
		var cut []*stretch
		for _, p := range all {
			st, err := c.add(p.at, p.entry, p.body())
			if err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
			if st != nil {
				cut = append(cut, st)
			}
		}
		rest, err := c.end()
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		cut = append(cut, rest...)
		joints += len(cut) - 1
		var shown []timecode.Time
		for i, st := range cut {
			if st.twice {
				twice++
			}
			shown = append(shown, st.want[:st.count()]...)
			standsAlone(t, seed, i, st, all)
		}
		var want []timecode.Time
		for _, p := range all {
			want = append(want, p.at)
		}
		slices.Sort(want)
		if !slices.Equal(shown, want) {
			t.Fatalf("seed %d: %d pictures of %d, or in another order", seed, len(shown), len(want))
		}
	}
	if joints < 300 || twice < 50 {
		t.Errorf("%d joints, %d of them of open groups: this shows nothing", joints, twice)
	}
}

func standsAlone(t *testing.T, seed uint64, number int, st *stretch, all []drawnPacket) {
	t.Helper()
	base := timeBase{1, 1e6}
	head := nutHead(&nutStreamInfo{base: base, fourcc: []byte("test"), extra: make([]byte, 5000), shape: [5]uint64{96, 64, 1, 1, 0}})
	u := unpacker{}
	r := bytes.NewReader(append(head, bytes.Join(st.data.chunks, nil)...))
	read := map[int]bool{}
	var times []timecode.Time
	for {
		f, err := u.head(r)
		if errors.Is(err, io.EOF) {
			break
		}
		body := make([]byte, f.size)
		if err == nil {
			err = u.nut.body(body)
		}
		if err != nil {
			t.Fatalf("seed %d, stretch %d: %v", seed, number, err)
		}
		p := all[binary.BigEndian.Uint64(body)]
		for _, on := range p.leans {
			if !read[on] {
				t.Fatalf("seed %d, stretch %d: picture %d leans on %d, which is not in it", seed, number, p.id, on)
			}
		}
		if len(read) == 0 && !p.entry || f.key != p.entry && len(read) == 0 {
			t.Fatalf("seed %d, stretch %d begins with picture %d", seed, number, p.id)
		}
		read[p.id] = true
		times = append(times, f.pts)
	}
	slices.Sort(times)
	if !slices.Equal(times, st.want) {
		t.Fatalf("seed %d, stretch %d: packets at %v, wanted are %v", seed, number, times, st.want)
	}
}

func TestWhatDoesNotLetItselfBeCut(t *testing.T) {
	at := func(n int) timecode.Time { return timecode.Time(n) * 40_000 }
	for name, last := range map[string]drawnPacket{
		"the same time twice":             {at: at(leastStretch)},
		"a picture of the stretch before": {at: at(3)},
	} {
		c := &cutter{codec: drawnCodec, pool: new(chunkPool)}
		var err error
		for i := range leastStretch + 5 {
			p := drawnPacket{at: at(i), entry: i%leastStretch == 0}
			if _, err = c.add(p.at, p.entry, p.body()); err != nil {
				t.Fatal(err)
			}
		}
		if _, err = c.add(last.at, false, last.body()); err == nil {
			_, err = c.end()
		}
		if !errors.Is(err, errUneven) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzCodecs reads packets of every codec, which may be anything.
func FuzzCodecs(f *testing.F) {
	f.Add([]byte{1, 100, 0, 31, 255, 225, 0, 4, 0x67, 1, 2, 3}, []byte{0, 0, 0, 3, 0x65, 1, 2}, true)
	f.Add([]byte{0, 0, 0, 1, 0x40, 1}, []byte{0, 0, 1, 0x40, 1, 0, 0, 1, 0x2A, 1, 7}, true)
	f.Add([]byte{0x81, 4, 12, 0, 0x0A, 1, 9}, []byte{0x12, 0, 0x0A, 1, 9, 0x32, 1, 0x10}, true)
	f.Add([]byte{0, 0, 1, 0x20}, []byte{0, 0, 1, 0xB3, 0, 0, 1, 0xB6, 0x10, 0}, false)
	f.Fuzz(func(t *testing.T, extra, packet []byte, key bool) {
		for name, codec := range codecs {
			what, err := codec(extra, bytes.Clone(packet), key)
			if err != nil && !errors.Is(err, errUneven) {
				t.Errorf("%s: %v", name, err)
			}
			if what.leads && !what.entry {
				t.Errorf("%s: pictures before one at which nothing begins", name)
			}
		}
		alone := bytes.Clone(packet)
		if hevcAlone(extra, alone); len(alone) != len(packet) {
			t.Error("another length")
		}
	})
}

// TestEntriesOfCodecs holds the readers of packets to what the standards say.
func TestEntriesOfCodecs(t *testing.T) {
	avcC := []byte{1, 100, 0, 31, 255, 225, 0, 3, 0x67, 1, 2, 1, 0, 2, 0x68, 3}
	av1C := []byte{0x81, 4, 12, 0, 0x0A, 2, 8, 9}
	for _, c := range []struct {
		what   string
		codec  codec
		extra  []byte
		packet []byte
		want   coded
		fails  bool
	}{
		{"IDR behind its SPS", h264, avcC, []byte{0, 0, 0, 3, 0x67, 1, 2, 0, 0, 0, 2, 0x65, 1}, coded{entry: true}, false},
		{"an SPS that nobody knows", h264, avcC, []byte{0, 0, 0, 3, 0x67, 1, 9, 0, 0, 0, 2, 0x65, 1}, coded{}, true},
		{"a recovery point", h264, avcC, []byte{0, 0, 0, 3, 6, 6, 1, 0, 0, 0, 2, 0x61, 1}, coded{}, false},
		{"IDR behind a start code", h264, []byte{0, 0, 0, 1, 0x67}, []byte{0, 0, 0, 1, 9, 1, 0, 0, 1, 0x65, 1}, coded{entry: true}, false},
		{"a length beyond the end", h264, avcC, []byte{0, 0, 9, 9, 0x65, 1}, coded{}, false},
		{"CRA", hevc, nil, []byte{0, 0, 1, 0x2A, 1, 7}, coded{entry: true, leads: true}, false},
		{"a trailing picture", hevc, nil, []byte{0, 0, 1, 0x02, 1, 7}, coded{}, false},
		{"a sequence", mpeg2, nil, []byte{0, 0, 1, 0xB3, 1}, coded{entry: true, leads: true}, false},
		{"I-VOP behind a group", mpeg4, []byte{0, 0, 1, 0x20, 7}, []byte{0, 0, 1, 0xB3, 1, 2, 0, 0, 1, 0xB6, 0x10}, coded{entry: true, leads: true}, false},
		{"P-VOP", mpeg4, []byte{0, 0, 1, 0x20, 7}, []byte{0, 0, 1, 0xB6, 0x50}, coded{}, false},
		{"two VOPs", mpeg4, []byte{0, 0, 1, 0x20, 7}, []byte{0, 0, 1, 0xB6, 0x50, 0, 0, 1, 0xB6, 0x90}, coded{}, true},
		{"words of an encoder", mpeg4, []byte{0, 0, 1, 0x20, 7}, []byte{0, 0, 1, 0xB2, 'X', 0, 0, 1, 0xB6, 0x10}, coded{}, true},
		{"a hidden picture", vp8, nil, []byte{0x01}, coded{hidden: true}, false},
		{"a shown key picture", vp8, nil, []byte{0x10}, coded{entry: true}, false},
		{"a key picture", vp9, nil, []byte{0x82}, coded{entry: true}, false},
		{"a picture shown again", vp9, nil, []byte{0x88}, coded{}, false},
		{"a key picture", av1, av1C, []byte{0x12, 0, 0x0A, 2, 8, 9, 0x32, 1, 0x10}, coded{entry: true}, false},
		{"another sequence", av1, av1C, []byte{0x12, 0, 0x0A, 2, 8, 7, 0x32, 1, 0x10}, coded{}, true},
		{"a key picture that is hidden", av1, av1C, []byte{0x32, 1, 0}, coded{}, false},
	} {
		if got, err := c.codec(c.extra, c.packet, true); got != c.want || (err != nil) != c.fails {
			t.Errorf("%s: %+v, %v", c.what, got, err)
		}
	}
	cra := []byte{0, 0, 1, 0x2A, 1, 7}
	if hevcAlone(nil, cra); cra[3] != 0x24 || cra[4] != 1 {
		t.Errorf("CRA became % x", cra)
	}
}
