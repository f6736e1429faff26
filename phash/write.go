package phash

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"os"
	"slices"
)

// row is one picture on its way into a segment.
type row struct {
	hash          uint64
	owner, number uint32
}

func (a row) compare(b row) int {
	return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.owner, b.owner), cmp.Compare(a.number, b.number))
}

// content is what a segment is written from.
type content struct {
	first, last uint64
	mark        string
	sets        []int64 // ascending
	rows        []row   // sorted
}

// quarterOf is 16 bits of a hash; the first quarter is the one by which sorted hashes are in order.
func quarterOf(h uint64, quarter int) uint16 { return uint16(h >> (48 - 16*quarter)) }

// sortRows puts rows in order: dealt out by their first quarter, then each share alone, which stays in the cache.
func sortRows(ctx context.Context, rows []row) ([]row, error) {
	starts := startsOf(rows, 0)
	sorted, next := make([]row, len(rows)), slices.Clone(starts)
	for _, r := range rows {
		v := quarterOf(r.hash, 0)
		sorted[next[v]] = r
		next[v]++
	}
	for v := range values {
		slices.SortFunc(sorted[starts[v]:starts[v+1]], row.compare)
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	return sorted, nil
}

// startsOf counts where each value of a quarter starts when rows are ordered by it, and where the last one ends.
func startsOf(rows []row, quarter int) []uint32 {
	starts := make([]uint32, values+1)
	for _, r := range rows {
		starts[int(quarterOf(r.hash, quarter))+1]++
	}
	for v := range values {
		starts[v+1] += starts[v]
	}
	return starts
}

// order is the rows in order of a quarter, those of one value ascending, so that reading them walks through memory one way.
func order(rows []row, starts []uint32, quarter int) []uint32 {
	order, next := make([]uint32, len(rows)), slices.Clone(starts)
	for i, r := range rows {
		v := quarterOf(r.hash, quarter)
		order[next[v]] = uint32(i)
		next[v]++
	}
	return order
}

// writeSegment makes a whole segment of a new file, or no file.
func writeSegment(ctx context.Context, path string, c *content, indexFrom int) (err error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	defer func() {
		if err = errors.Join(err, f.Close()); err != nil {
			err = errors.Join(err, os.Remove(path))
		}
	}()
	h := &header{first: c.first, last: c.last, rows: len(c.rows), sets: len(c.sets), indexed: len(c.rows) >= indexFrom, mark: c.mark}
	w := &sectionWriter{ctx: ctx, out: f, header: h, chunk: make([]byte, 0, chunkSize+align)}
	if _, w.err = f.Write(make([]byte, headerSize)); w.err == nil {
		w.all(c)
	}
	if w.err != nil {
		return w.err
	}
	if _, err := f.WriteAt(h.bytes(), 0); err != nil {
		return err
	}
	return f.Sync()
}

// chunkSize is how many bytes are written at once, and between two looks at the context.
const chunkSize = 1 << 18

// sectionWriter writes numbers and remembers the first error.
type sectionWriter struct {
	ctx     context.Context
	out     io.Writer
	header  *header
	section int
	chunk   []byte
	err     error
}

// all writes the sections in their order; what is derived is made when its turn comes, so that only one of it is in memory.
func (w *sectionWriter) all(c *content) {
	w.long(len(c.sets), func(i int) uint64 { return uint64(c.sets[i]) })
	w.long(len(c.rows), func(i int) uint64 { return c.rows[i].hash })
	w.threes(len(c.rows), func(i int) uint32 { return c.rows[i].owner })
	w.short(len(c.rows), func(i int) uint32 { return c.rows[i].number })
	var starts []uint32
	if w.header.indexed {
		for q := range quarters {
			starts = append(starts, startsOf(c.rows, q)...)
		}
	}
	w.short(len(starts), func(i int) uint32 { return starts[i] })
	for q := 1; q < quarters; q++ {
		var rows []uint32
		if w.header.indexed && w.err == nil {
			rows = order(c.rows, starts[q*(values+1):][:values+1], q)
		}
		w.short(len(rows), func(i int) uint32 { return rows[i] })
	}
}

func (w *sectionWriter) long(n int, number func(int) uint64) {
	for i := 0; i < n && w.err == nil; i++ {
		w.chunk = binary.LittleEndian.AppendUint64(w.chunk, number(i))
		w.full()
	}
	w.end()
}

func (w *sectionWriter) short(n int, number func(int) uint32) {
	for i := 0; i < n && w.err == nil; i++ {
		w.chunk = binary.LittleEndian.AppendUint32(w.chunk, number(i))
		w.full()
	}
	w.end()
}

func (w *sectionWriter) threes(n int, number func(int) uint32) {
	for i := 0; i < n && w.err == nil; i++ {
		v := number(i)
		w.chunk = append(w.chunk, byte(v), byte(v>>8), byte(v>>16))
		w.full()
	}
	w.end()
}

func (w *sectionWriter) full() {
	if len(w.chunk) >= chunkSize {
		w.flush()
	}
}

// flush writes what was gathered and adds it to the section's checksum, which so covers the padding too.
func (w *sectionWriter) flush() {
	if w.err = cmp.Or(w.err, w.ctx.Err()); w.err != nil {
		return
	}
	sum := &w.header.sums[w.section]
	*sum = crc32.Update(*sum, castagnoli, w.chunk)
	_, w.err = w.out.Write(w.chunk)
	w.chunk = w.chunk[:0]
}

// end pads a section.
func (w *sectionWriter) end() {
	size := w.header.size(w.section)
	w.chunk = append(w.chunk, make([]byte, padded(size)-size)...)
	w.flush()
	w.section++
}
