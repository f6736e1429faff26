package phash

import "golang.org/x/sys/cpu"

// nearGroup is nearGroupPlain, by the widest instructions that the machine has.
func nearGroup(hashes []uint64, h uint64, limit int) int {
	groups := len(hashes) / group
	switch {
	case groups == 0 || limit < 0:
		return groups * group
	case cpu.X86.HasAVX512VPOPCNTDQ:
		return nearGroupAVX512(&hashes[0], groups, h, limit)
	case cpu.X86.HasAVX2:
		return nearGroupAVX2(&hashes[0], groups, h, limit)
	}
	return nearGroupPlain(hashes, h, limit)
}

// nearGroupAVX2 does as nearGroupPlain for at least one whole group: bits are counted by looking up halves of bytes.
//
//go:noescape
func nearGroupAVX2(hashes *uint64, groups int, h uint64, limit int) int

// nearGroupAVX512 does the same where the machine counts bits eight hashes at a time.
//
//go:noescape
func nearGroupAVX512(hashes *uint64, groups int, h uint64, limit int) int
