package index

import (
	"fmt"
	"testing"
)

// TestListsThatAreAskedForStay keeps within its room, and what is asked for again and again.
func TestListsThatAreAskedForStay(t *testing.T) {
	l, common := lists{room: 5000}, termName{"text_en", "know"}
	l.put(common, &postings{docs: make([]uint32, 100)})
	for i := range 1000 {
		l.put(termName{"text_en", fmt.Sprint(i)}, &postings{docs: make([]uint32, 10)})
		if l.known(common) == nil {
			t.Fatalf("what is asked for every time is gone after %d others", i+1)
		}
		held := 0
		for _, half := range []map[termName]*postings{l.young, l.old} {
			for _, p := range half {
				held += p.bytes()
			}
		}
		if held > 3*5000 { // the list that overfills a half is in it
			t.Fatalf("%d bytes are kept after %d lists, where there is room for 5000 twice", held, i+1)
		}
	}
	if l.known(termName{"text_en", "0"}) != nil {
		t.Error("what was asked for once, long ago, is kept")
	}
}
