package ingest

import (
	"bytes"
	"testing"
)

func TestKeySeesSizeAndContent(t *testing.T) {
	big := bytes.Repeat([]byte{7}, samples*sampleSize*3)
	key := func(b []byte) string {
		k, err := sample(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			t.Fatal(err)
		}
		return string(k)
	}
	seen := map[string]string{}
	add := func(name string, b []byte) {
		k := key(b)
		if other, ok := seen[k]; ok {
			t.Errorf("%s and %s have one key", name, other)
		}
		seen[k] = name
	}
	add("plain", big)
	add("shorter", big[:len(big)-1])
	for _, at := range []int{0, len(big) - 1, sampleSize - 1} {
		changed := bytes.Clone(big)
		changed[at] = 8
		add("changed", changed)
	}
	add("small", []byte("x"))
	add("empty", nil)
	if key(big) != key(bytes.Clone(big)) {
		t.Error("equal content has two keys")
	}
}

func TestKeyOfShortReadFails(t *testing.T) {
	if _, err := sample(bytes.NewReader(make([]byte, 10)), 5<<20); err == nil {
		t.Error("a file that shrank while it was read has a key")
	}
}
