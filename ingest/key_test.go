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

// Libraries know their films by these keys: another one for the same bytes would have every film learnt again.
func TestKeyStays(t *testing.T) {
	long := make([]byte, samples*sampleSize*2+12345)
	for i := range long {
		long[i] = byte(i / 1021)
	}
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"empty": {nil, "af5570f5a1810b7af78caf4bc70a660f"}, "small": {[]byte("amvlib"), "4f3123297a4a3361dd05cd919aa75281"}, "all of it": {long[:samples*sampleSize], "7c59b2aa589b86767f768e509a98c4fa"},
		"one byte more": {long[:samples*sampleSize+1], "df76229b2b25ed3c171ddf45e54cf27f"}, "long": {long, "5ae3ab7dd4143eebb6200a6879959087"},
	} {
		key, err := sample(bytes.NewReader(c.data), int64(len(c.data)))
		if got := string(key); err != nil || got != c.want {
			t.Errorf("%s has the key %s, %v; want %s", name, got, err, c.want)
		}
	}
}
