package vectors

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/amvlib/amvlib/meaning"
)

func three() ([]row, []meaning.Vector) {
	vectors := []meaning.Vector{drawn("a"), drawn("b"), drawn("c")}
	vectors[1].English = [meaning.Size]int8{}
	return []row{{line: 7, content: 1, track: 2}, {line: -8, content: 1 << 63}, {line: 9, content: 3, track: 4}}, vectors
}

func TestFilesGiveBackWhatWasPut(t *testing.T) {
	rows, vectors := three()
	s := stamp{5, 6, 7}
	dir := t.TempDir()
	if err := write(dir, s, encode(s, rows, vectors)); err != nil {
		t.Fatal(err)
	}
	f, err := open(filepath.Join(dir, "5-6.vec"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.unmap() }()
	if f.stamp != s || f.count() != 3 || f.sound() != nil {
		t.Errorf("%+v, %v", f.header, f.sound())
	}
	for i := range rows {
		if f.row(i) != rows[i] || f.vector(i) != vectors[i] {
			t.Errorf("row %d is %+v", i, f.row(i))
		}
	}
	if err := write(filepath.Join(dir, "not", "there"), s, nil); err == nil {
		t.Error("a folder was made in a folder that is gone")
	}
}

func TestNames(t *testing.T) {
	for name, want := range map[string]bool{"5-6.vec": true, "05-6.vec": false, "5-6.vec.unfinished": false, "5.vec": false, "lock": false, "5-6.vecs": false} {
		if s, ok := parseName(name); ok != want || ok && s.name() != name {
			t.Errorf("%s: %+v, %v", name, s, ok)
		}
	}
}

// FuzzFile opens anything and searches it.
func FuzzFile(f *testing.F) {
	rows, vectors := three()
	whole := encode(stamp{5, 6, 7}, rows, vectors)
	f.Add(whole)
	f.Add(whole[:200])
	f.Add(encode(stamp{}, nil, nil))
	wrong, more := three()
	lying := encode(stamp{5, 6, 7}, wrong, more)
	lying[headerSize+rowSize-1] = 0xff // a row of English that is not there
	f.Add(lying)
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "5-6.vec")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		file, err := open(path)
		if err != nil {
			if !errors.Is(err, errDamaged) {
				t.Fatal(err)
			}
			return
		}
		defer func() { _ = file.unmap() }()
		_ = file.sound()
		file.fault = nil // as if the checksums were right
		q := asks("a", "")
		s := search{query: &q, filter: Filter{Limit: 2}, best: newBest(2)}
		if err := s.file(file); err != nil {
			t.Fatal(err)
		}
		for i := range file.count() {
			_ = file.vector(i)
		}
	})
}
