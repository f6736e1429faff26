package main

import (
	"errors"

	"github.com/amvlib/amvlib/search"
)

// searchError sorts what a query can be blamed for from what the library can.
func searchError(err error) error {
	var known *coded
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return err
	case errors.Is(err, search.ErrEmptyQuery), errors.Is(err, search.ErrOnlyExclusions), errors.Is(err, search.ErrTooLong), errors.Is(err, search.ErrLanguage):
		return &coded{exitUsage, err}
	case errors.Is(err, search.ErrNoEpisode), errors.Is(err, search.ErrNoList), errors.Is(err, search.ErrNoShot):
		return &coded{exitInput, err}
	}
	return inLibrary(err)
}
