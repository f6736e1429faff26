package feature

// What a row is made of.
const (
	Lags    = 11 // pairs (t-1-d, t) of a row
	Metrics = 7  // numbers of a pair
	Blends  = 5  // numbers of a reach
	own     = 6

	minima = Lags * Metrics // where the least of the spans begin
	alone  = minima + len(spans)*Metrics
	blends = alone + own
	far    = blends + len(reaches)*Blends

	// Inputs is how many numbers a row has.
	Inputs = far + len(apart)*Metrics
	// Delay is how many later frames must have been seen before a row is complete.
	Delay = 32
)

// How many frames before and after the seam are compared, each with each; how far to each side the frames are whose blend a frame
// may be; and how far those that are compared across it, which tell what moved from what is no longer there.
var (
	spans   = [...]int{2, 4, 6}
	reaches = [...]int{2, 4, 8, 12, 20, Delay}
	apart   = [...]int{8, 16, Delay}
)

// Indexes of frame t's own numbers. Those of luma, tint and edges are in units of [Unit].
const (
	Mean      = alone + iota // of its luma
	Deviation                // of its luma; a picture of one colour has none
	TintBlue                 // mean of Cb, less that of grey
	TintRed                  // mean of Cr, less that of grey
	Edges                    // mean steepness
	Peak                     // share of the pixels in the fullest sixteenth of the range of luma, 0 to 1
)

// Unit is how many steps of 8-bit luma make 1 in a row.
const Unit = 64

// Measures of a pair, in the order of its numbers in a row. All are 0 for pictures that are the same, or nearly so.
const (
	Moved     = iota // log(1 + mean difference of luma after the best move of each block by up to 8 x 4 pixels)
	Relative         // mean over blocks of that difference over the block's own flatness, at most 1.5
	Broken           // share of blocks that found nothing alike, 0 to 1
	Still            // log(1 + mean difference of luma without moves)
	Histogram        // sum of differences of the shares of 128 colours, 0 to 2
	Shape            // 1 - normalised cross-correlation of luma at 32x18, 0 to 2
	Outline          // 1 - normalised cross-correlation of the root of the steepness at 32x18, 0 to 2
)

// Row is what is known of one frame, as the first of a new shot.
type Row [Inputs]float32

// Pair is how far apart frames t-1-d and t are; d from 0 to Lags-1.
func (r *Row) Pair(d int) []float32 { return r[d*Metrics:][:Metrics] }

// Least is the least of each measure over the pairs of one of the 2, 4 or 6 frames before t (i is 0, 1 or 2) and one of as many from t on.
func (r *Row) Least(i int) []float32 { return r[minima+i*Metrics:][:Metrics] }

// Blend tells whether t is a blend of the frames 2, 4, 8, 12, 20 or 32 before (i is 0 to 5), A, and as many after, B: the share of B that fits
// best (-1 to 2); what remains, as a share of B-A (0 to 3); the distance to the nearer of the two, pixel by pixel, likewise (0 to 3);
// how much the share differs over the picture (0 to 2; little in a dissolve, much in a wipe); and log(1 + mean distance of A and B).
func (r *Row) Blend(i int) []float32 { return r[blends+i*Blends:][:Blends] }

// Far is how far apart the frames 8, 16 or 32 before t (i is 0, 1 or 2) and as many after it are.
func (r *Row) Far(i int) []float32 { return r[far+i*Metrics:][:Metrics] }
