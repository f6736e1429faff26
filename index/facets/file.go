package facets

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"github.com/amvlib/amvlib/catalog"
)

// format counts up whenever other numbers are kept.
const format = 1

var errDamaged = errors.New("the file of facets is damaged")

// head is the first line: the format, the library and its state. Text is escaped, so that it has no blanks.
func head(library string, m catalog.Mark) string {
	return fmt.Sprintf("amvlib facets %d %s %d t%s\n", format, url.QueryEscape(library), m.Generation, url.QueryEscape(m.Token))
}

// encode writes a state: the head, for each episode its ID, the number of its shots and those, and a checksum of all.
func encode(library string, s state) []byte {
	out := []byte(head(library, s.mark))
	for _, id := range s.order {
		out = binary.LittleEndian.AppendUint64(out, uint64(id))
		out = binary.LittleEndian.AppendUint32(out, uint32(len(s.episodes[id])/size))
		out = append(out, s.episodes[id]...)
	}
	return binary.LittleEndian.AppendUint32(out, crc32.ChecksumIEEE(out))
}

// decode is the way back of encode; of another library, or in another format, it is an empty state.
func decode(library string, file []byte) (s state, err error) {
	line, body, ok := bytes.Cut(file, []byte("\n"))
	if !ok || len(body) < 4 || crc32.ChecksumIEEE(file[:len(file)-4]) != binary.LittleEndian.Uint32(file[len(file)-4:]) {
		return state{}, errDamaged
	}
	var v int
	var id, token string
	if n, _ := fmt.Sscanf(string(line), "amvlib facets %d %s %d t%s", &v, &id, (*int64)(&s.mark.Generation), &token); n < 3 || v != format || id != url.QueryEscape(library) {
		return state{}, nil
	}
	if s.mark.Token, err = url.QueryUnescape(token); err != nil {
		return state{}, errDamaged
	}
	s.episodes = map[int64][]byte{}
	for body = body[:len(body)-4]; len(body) > 0; {
		if len(body) < 12 {
			return state{}, errDamaged
		}
		episode, n := int64(binary.LittleEndian.Uint64(body)), uint64(binary.LittleEndian.Uint32(body[8:]))
		if body = body[12:]; n*uint64(size) > uint64(len(body)) {
			return state{}, errDamaged
		}
		s.episodes[episode], body = body[:n*uint64(size)], body[n*uint64(size):]
	}
	s.sort()
	return s, nil
}

// read gives what the file holds; nothing where there is none, or none that can be used.
func (t *Table) read() state {
	file, err := os.ReadFile(t.path)
	if errors.Is(err, fs.ErrNotExist) {
		return state{}
	}
	var s state
	if err == nil {
		s, err = decode(t.cat.ID(), file)
	}
	if err != nil {
		t.log.Warn("the file of facets is made anew", "file", t.path, "err", err)
		return state{}
	}
	return s
}

// write puts a whole file in its place, or leaves what is there.
func (t *Table) write(s state) error {
	f, err := os.CreateTemp(filepath.Dir(t.path), filepath.Base(t.path)+".*.part")
	if err != nil {
		return err
	}
	_, err = f.Write(encode(t.cat.ID(), s))
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), t.path)
	}
	if err != nil {
		err = errors.Join(err, os.Remove(f.Name()))
	}
	return err
}
