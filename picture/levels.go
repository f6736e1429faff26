package picture

import "github.com/amvlib/amvlib/media"

// levels is how a film's numbers map to 0-1 and back.
type levels struct {
	black int     // luma of black
	luma  float32 // steps from black to white
	tint  float32 // steps from gray to the strongest chroma, each way
}

func levelsOf(c media.Colour) levels {
	if c.Full {
		return levels{black: 0, luma: 255, tint: 127.5}
	}
	return levels{black: 16, luma: 219, tint: 112}
}
