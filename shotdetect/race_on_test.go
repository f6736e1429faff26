//go:build race

package shotdetect

const raced = true
