//go:build !unix && !windows

package main

import "os"

// fileWidth is unknown here.
func fileWidth(*os.File) int { return 0 }

func colours(*os.File) bool { return false }
