//go:build !unix

package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func systemCommands() map[string]func(*testscript.TestScript, bool, []string) { return nil }

func canMount(*testing.T) bool { return false }
