package phash

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"sync"
	"unsafe"

	"github.com/amvlib/amvlib/mapped"
)

// segment is one file of a table, mapped into memory and never written to. Its numbers are believed nowhere: a row or a set that
// does not exist is skipped, so that a file whose checksums were made right by hand still breaks nothing.
type segment struct {
	*header
	ids     []int64 // of the sets
	hashes  []uint64
	owners  []byte // three each
	numbers []uint32
	starts  []uint32               // four times 65,537, where it is indexed
	orders  [quarters - 1][]uint32 // of the second quarter and on

	held  int // by how many states of the table, under its lock
	unmap func() error
}

// openSegment maps a file and checks every byte of it.
func openSegment(path string) (*segment, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	h, err := headerOf(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	size := int(h.at(sections))
	data, unmap, err := mapped.File(f, size)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	s := &segment{header: h, unmap: unmap}
	if err := unfaulted(func() error { return s.view(data) }); err != nil {
		unmap()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return s, nil
}

// headerOf reads a header by ordinary means and compares the sizes that it tells with the file's, so that nothing is mapped that is
// not there.
func headerOf(f *os.File) (*header, error) {
	var b [headerSize]byte
	if _, err := io.ReadFull(f, b[:]); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	h, err := readHeader(b[:])
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if size := h.at(sections); info.Size() != size || int64(int(size)) != size {
		return nil, fmt.Errorf("%w: %d bytes, want %d", ErrDamaged, info.Size(), size)
	}
	return h, nil
}

// view lays the sections over data once their checksums are right.
func (s *segment) view(data []byte) error {
	if err := s.check(data); err != nil {
		return err
	}
	section := func(i int) []byte { return data[s.at(i):][:s.size(i)] }
	s.ids = numbers[int64](section(setsSection))
	s.hashes = numbers[uint64](section(hashesSection))
	s.owners = section(ownersSection)
	s.numbers = numbers[uint32](section(numbersSection))
	s.starts = numbers[uint32](section(startsSection))
	for i := range s.orders {
		s.orders[i] = numbers[uint32](section(quarterSection + i))
	}
	return s.checkOrder()
}

// check compares the checksums, sections side by side: this is most of the time that opening takes.
func (s *segment) check(data []byte) error {
	var wait sync.WaitGroup
	var errs [sections]error
	for i := range errs {
		wait.Go(func() {
			errs[i] = unfaulted(func() error {
				if crc32.Checksum(data[s.at(i):s.at(i+1)], castagnoli) != s.sums[i] {
					return fmt.Errorf("%w: checksum of section %d", ErrDamaged, i)
				}
				return nil
			})
		})
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// checkOrder wants the sets ascending and the starts to rise from nothing to the number of rows. The order of rows is not looked
// at: a search goes wrong where it is, but nowhere else.
func (s *segment) checkOrder() error {
	for i := 1; i < len(s.ids); i++ {
		if s.ids[i-1] >= s.ids[i] {
			return fmt.Errorf("%w: sets out of order", ErrDamaged)
		}
	}
	if !s.indexed {
		return nil
	}
	for q := range quarters {
		starts := s.starts[q*(values+1):][:values+1]
		if starts[0] != 0 || starts[values] != uint32(s.rows) {
			return fmt.Errorf("%w: starts", ErrDamaged)
		}
		for v := range values {
			if starts[v] > starts[v+1] {
				return fmt.Errorf("%w: starts out of order", ErrDamaged)
			}
		}
	}
	return nil
}

// numbers is b as numbers: in place where the machine keeps them as the file does, else a copy.
func numbers[N int64 | uint64 | uint32](b []byte) []N {
	size := int(unsafe.Sizeof(N(0)))
	if len(b) == 0 {
		return nil
	}
	if littleEndian && uintptr(unsafe.Pointer(&b[0]))%uintptr(size) == 0 {
		return unsafe.Slice((*N)(unsafe.Pointer(&b[0])), len(b)/size)
	}
	out := make([]N, len(b)/size)
	for i := range out {
		if size == 8 {
			out[i] = N(binary.LittleEndian.Uint64(b[8*i:]))
		} else {
			out[i] = N(binary.LittleEndian.Uint32(b[4*i:]))
		}
	}
	return out
}

var littleEndian = binary.NativeEndian.Uint16([]byte{1, 0}) == 1

// bucket is the span of rows in a quarter's order that have one value in it.
func (s *segment) bucket(quarter int, value uint16) (from, to uint32) {
	at := quarter*(values+1) + int(value)
	return s.starts[at], s.starts[at+1]
}

// owner is the place of row i's set, which may not exist.
func (s *segment) owner(i uint32) uint32 {
	b := s.owners[3*int(i):][:3]
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16
}
