// Package phash says how much two pictures look alike. It knows gray pictures, not video.
//
// A picture is reduced by area to 64x64 gray levels, hashed, and looked up among others:
//
//	gray := phash.Gray64(img.Y, img.YStride, 320, 180)
//	hash, variance, err := phash.Of(gray)
//	if !phash.Flat(variance) {
//		for id, distance := range table.Near(hash, 8) { ... }
//	}
//
// Reducing by area comes first because the hash of a full frame costs several times as much and aliases. A picture without
// contrast has a hash of noise, so its variance travels with it and [Flat] keeps it out of matching.
package phash
