package proc_test

import (
	"sync"
	"sync/atomic"
	"testing"

	"github.com/amvlib/amvlib/proc"
)

func TestCoresAreTakenOnce(t *testing.T) {
	cores := proc.NewCores(-1)
	if cores.Take() || (*proc.Cores)(nil).Take() {
		t.Error("took one where there is none")
	}
	for range 4 {
		cores.Give()
	}
	var taken atomic.Int64
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			if cores.Take() {
				taken.Add(1)
			}
		})
	}
	all.Wait()
	if taken.Load() != 3 {
		t.Errorf("took %d of 3", taken.Load())
	}
	(*proc.Cores)(nil).Give()
}
