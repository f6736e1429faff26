package phash

import (
	"errors"
	"fmt"

	"github.com/amvlib/amvlib/mapped"
)

// unfaulted makes ErrDamaged of a file that was cut short, or whose disk went away, after it was opened.
func unfaulted(do func() error) error {
	err := mapped.Guard(do)
	if errors.Is(err, mapped.ErrGone) {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return err
}
