// Package proc runs other programs, and is the only room that does: argument arrays and never a shell, bounds on time and on what
// is kept, and no process left behind.
//
//	p, err := proc.Start(ctx, proc.Command{Path: path, Args: []string{"-i", film}, Stall: time.Minute})
//	if err != nil { ... }
//	defer p.Close()
//	_, err = io.Copy(dst, p) // what the program writes to its standard output
//	err = p.Wait()           // *Error, with the end of what it complained about
//
// A program and whatever it starts are one tree. When the context ends, when [Command.Limit] or [Command.Stall] is over, on Close,
// and when the program itself ends, the whole tree ends. Should this process be killed without a chance to clean up, then the
// kernel ends the program on Linux (parent death signal) and the tree on Windows (job object); elsewhere the program finds its
// pipe closed at its next write.
package proc
