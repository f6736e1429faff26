// Package phash says how much two pictures look alike, and finds those that do among tens of millions. It knows gray pictures, not
// video.
//
// A picture is reduced by area to 64x64 gray levels, hashed, and looked up among others:
//
//	gray := phash.Gray64(img.Y, img.YStride, 320, 180)
//	hash, variance, err := phash.Of(gray)
//	if !phash.Flat(variance) {
//		matches, err := table.Within(hash, 8)
//	}
//
// Reducing by area comes first because the hash of a full frame costs several times as much and aliases. A picture without
// contrast has a hash of noise, so its variance travels with it and [Flat] keeps it out of matching.
//
// # Tables
//
// A [Table] is a folder of files, made with [Create] from the hashes of a library and kept up to date set by set, a set being what
// comes and goes together, such as an episode:
//
//	table, err := phash.Create(ctx, dir, "generation 7", sets)
//	err = table.Update(ctx, "generation 8", changed)
//
// It holds nothing that cannot be made again, and says so with [ErrDamaged] where a byte of it is not as it was written. Every file
// is checked as a whole when it is opened. One that is cut short after that is an error of the search that comes upon it, not a crash.
//
// # Two engines
//
// Every search is exact; what differs is the time. A scan reads 8 bytes a hash by the machine's widest instructions, a million
// hashes in 0.3 ms. Multi-index hashing cuts hashes into four quarters of 16 bits: where two differ in at most 8 bits, they differ
// in at most 2 bits of the first quarter or in at most one of another, so it is enough to look at the rows that have one of 188
// values there. Files of 2^19 hashes and more are indexed so, which takes them from 15 to 27 bytes a hash and a megabyte. Each search counts how
// many rows it would have to visit, weighs them by what visits were measured to cost, and scans where that is cheaper: for small
// files, for radiuses above about 14, and for hashes that much of the library has, whatever their number. At ten million hashes
// and a radius of 8 the index takes 0.3 ms where a scan takes 10.
package phash
