package picture

// Features describe what a shot, or a moment, looks like; each is 0 to 1 unless said otherwise. Those of a shot are the means over
// its frames.
type Features struct {
	Brightness float32 `json:"brightness"` // mean luma; 0 black, 1 white, in the film's own range
	Contrast   float32 `json:"contrast"`   // standard deviation of luma, doubled: half black, half white is 1
	Saturation float32 `json:"saturation"` // mean distance of chroma from gray; pure red is about 1, most film under .3
	Warmth     float32 `json:"warmth"`     // -1 cyan, by blue and green to gray at 0, by yellow to red at 1
	Sharpness  float32 `json:"sharpness"`  // strength of fine edges: four times the mean second difference of luma
	Motion     float32 `json:"motion"`     // mean difference of luma from frame to frame; a cut is about .2, walking figures .01
	Stillness  float32 `json:"stillness"`  // share of frames that repeat the one before; 1 or 0 for a frame
}
