package catalog

import (
	"reflect"
	"testing"
)

func TestWhatIsCommittedComesBackWhole(t *testing.T) {
	c := library(t, t.TempDir(), Options{})
	in := synthetic(7, small)
	e := commit(t, c, in)
	got, err := c.Analysis(t.Context(), e.ID)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, in.Analysis) {
		t.Errorf("analysis came back as %+v, want %+v", got, in.Analysis)
	}
}
