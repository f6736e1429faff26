// Package phash says how much two pictures look alike.
package phash
