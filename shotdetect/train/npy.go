package main

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"os"
	"strings"
)

// npy writes a two-dimensional array of numpy whose length is known only at its end.
type npy struct {
	file    *os.File
	w       *bufio.Writer
	dtype   string
	columns int
	rows    int
}

// headSize leaves room for any number of rows.
const headSize = 128

func createNPY(path, dtype string, columns int) (*npy, error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	n := &npy{file: f, w: bufio.NewWriterSize(f, 1<<20), dtype: dtype, columns: columns}
	_, err = n.w.Write(n.head())
	return n, err
}

func (n *npy) head() []byte {
	text := fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': (%d, %d), }", n.dtype, n.rows, n.columns)
	const before = 10
	text += strings.Repeat(" ", headSize-before-1-len(text)) + "\n"
	head := append([]byte("\x93NUMPY\x01\x00"), binary.LittleEndian.AppendUint16(nil, headSize-before)...)
	return append(head, text...)
}

// add appends whole rows, little-endian.
func (n *npy) add(rows int, data []byte) error {
	n.rows += rows
	_, err := n.w.Write(data)
	return err
}

// close writes the length where it belongs.
func (n *npy) close() error {
	err := n.w.Flush()
	if err == nil {
		_, err = n.file.WriteAt(n.head(), 0)
	}
	if err2 := n.file.Close(); err == nil {
		err = err2
	}
	return err
}
