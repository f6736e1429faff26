package main

import (
	"fmt"

	"github.com/amvlib/amvlib/index/vectors"
)

// meaning reads through what is known of the meaning of lines. What is missing is no problem: the next ingest learns it.
func (k *checkup) meaning() error {
	v, err := openVectors(k.Context, k.cat)
	if err != nil {
		return err
	}
	defer v.Close()
	damaged, err := v.Check(k.Context.Context, k.repair)
	if err != nil {
		return err
	}
	learn := func() error { return v.CatchUp(k.Context.Context, vectors.Effort{}) }
	if damaged > 0 {
		f := remark{Kind: "meaning-damaged", Text: fmt.Sprintf("what is known of the meaning of the lines of %d episodes was damaged", damaged)}
		return k.fixable(f, "it was learnt anew", learn)
	}
	episodes, lines := v.Missing()
	if lines == 0 {
		return nil
	}
	text := fmt.Sprintf("the meaning of %d lines of %d episodes is not known yet: the next ingest learns it, or amvlib reindex", lines, episodes)
	return k.tell(remark{State: isNote, Kind: "meaning-missing", Text: text})
}
