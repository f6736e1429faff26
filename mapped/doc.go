// Package mapped reads files where the system keeps them, without a copy: what one process has read all others share, and what nobody looks
// at is not read.
//
//	data, unmap, err := mapped.File(f, size)
//	err = mapped.Guard(func() error { return look(data) })
//
// The bytes must not be written to, nor looked at once they are unmapped. A file that is cut short afterwards, or whose disk goes away, is
// an error of Guard.
package mapped
