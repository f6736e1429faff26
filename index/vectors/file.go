package vectors

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/amvlib/amvlib/mapped"
	"github.com/amvlib/amvlib/meaning"
	"github.com/amvlib/amvlib/meaning/scan"
)

// file is the vectors of one episode, mapped into memory. Its numbers are believed nowhere, so that one whose checksums were made right by
// hand breaks nothing.
type file struct {
	*header
	path    string
	rows    []byte
	any     []byte
	english []byte
	unmap   func() error

	check sync.Once // of the checksums: the first search does it, for it has to read all anyway
	fault error
}

// open maps a file. Errors: errDamaged, or those of the system.
func open(path string) (*file, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var b [headerSize]byte
	if _, err := io.ReadFull(f, b[:]); err != nil {
		return nil, fmt.Errorf("%s: %w: %w", path, errDamaged, err)
	}
	h, err := readHeader(b[:])
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.Size() != int64(h.at(sections)) {
		return nil, fmt.Errorf("%s: %w: %d bytes, want %d", path, errDamaged, info.Size(), h.at(sections))
	}
	data, unmap, err := mapped.File(f, h.at(sections))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	section := func(i int) []byte { return data[h.at(i):][:h.size(i)] }
	return &file{header: h, path: path, unmap: unmap, rows: section(rowsSection), any: section(anySection),
		english: section(englishSection)}, nil
}

// sound compares the checksums, once.
func (f *file) sound() error {
	f.check.Do(func() {
		f.fault = mapped.Guard(func() error {
			for i, part := range [][]byte{f.rows, f.any, f.english} {
				sum := crc32.Checksum(part, castagnoli)
				if sum = crc32.Update(sum, castagnoli, make([]byte, f.at(i+1)-f.at(i)-len(part))); sum != f.sums[i] {
					return fmt.Errorf("%s: %w: checksum of section %d", f.path, errDamaged, i)
				}
			}
			return nil
		})
	})
	return f.fault
}

func (f *file) count() int { return f.header.rows }

func (f *file) row(i int) row { return readRow(f.rows[rowSize*i:]) }

// line, track and englishRow are parts of a row, for who goes over all of them.
func (f *file) line(i int) int64 { return int64(binary.LittleEndian.Uint64(f.rows[rowSize*i:])) }

func (f *file) track(i int) uint32 { return binary.LittleEndian.Uint32(f.rows[rowSize*i+trackAt:]) }

func (f *file) englishRow(i int) int {
	return int(binary.LittleEndian.Uint32(f.rows[rowSize*i+englishAt:]))
}

// vector is that of row i.
func (f *file) vector(i int) (v meaning.Vector) {
	scan.Unpack(v.Any[:], f.any[numbers*i:])
	if e := int(f.row(i).english); e > 0 && e <= f.header.english {
		scan.Unpack(v.English[:], f.english[numbers*(e-1):])
	}
	return v
}

const (
	suffix     = ".vec"
	unfinished = ".unfinished"
)

// name is a file's. It changes with the generation, since some systems let nobody replace what somebody reads.
func (s stamp) name() string { return fmt.Sprintf("%d-%d%s", s.episode, s.generation, suffix) }

// parseName reads what name wrote.
func parseName(name string) (s stamp, ok bool) {
	_, err := fmt.Sscanf(name, "%d-%d"+suffix, &s.episode, &s.generation)
	return s, err == nil && name == s.name()
}

// write puts a whole file in its place, or none.
func write(dir string, s stamp, data []byte) error {
	if err := os.Mkdir(dir, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	path := filepath.Join(dir, s.name())
	f, err := os.OpenFile(path+unfinished, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(path+unfinished, path)
	}
	if err != nil {
		err = errors.Join(err, os.Remove(path+unfinished))
	}
	return err
}
