package proc

import "sync/atomic"

// Cores counts the cores that nothing uses at the moment, for those who could run one program more. A nil Cores has none.
type Cores struct{ free atomic.Int64 }

// NewCores begins with so many that are free; below zero, so many must be given back before one is.
func NewCores(free int) *Cores {
	c := new(Cores)
	c.free.Store(int64(free))
	return c
}

// Take takes one, if there is one.
func (c *Cores) Take() bool {
	if c == nil {
		return false
	}
	for {
		free := c.free.Load()
		if free <= 0 {
			return false
		}
		if c.free.CompareAndSwap(free, free-1) {
			return true
		}
	}
}

// Give gives one back that was taken, or one that somebody has no use for any more.
func (c *Cores) Give() {
	if c != nil {
		c.free.Add(1)
	}
}
