//go:build !amd64

package phash

func nearGroup(hashes []uint64, h uint64, limit int) int { return nearGroupPlain(hashes, h, limit) }
