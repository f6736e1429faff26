package proc

import "time"

// Usage is what a program cost, itself and without what it started in turn.
type Usage struct {
	CPU  time.Duration // user and system
	Peak int64         // bytes of memory at the most; 0 where the system does not say
}

// Usage waits for the program to end.
func (p *Process) Usage() Usage {
	<-p.done
	s := p.cmd.ProcessState
	if s == nil {
		return Usage{}
	}
	return Usage{CPU: s.UserTime() + s.SystemTime(), Peak: peak(s)}
}
