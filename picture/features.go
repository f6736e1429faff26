package picture

// Features describe what a shot, or a moment, looks like; each is 0 to 1 unless said otherwise.
type Features struct {
	Brightness float32 `json:"brightness"` // mean luma, of video range stretched to 0-1
	Contrast   float32 `json:"contrast"`   // standard deviation of luma, doubled
	Saturation float32 `json:"saturation"` // mean distance of chroma from gray
	Warmth     float32 `json:"warmth"`     // -1 blue and green to 1 red and yellow
	Sharpness  float32 `json:"sharpness"`  // strength of fine edges
	Motion     float32 `json:"motion"`     // mean difference from frame to frame
	Stillness  float32 `json:"stillness"`  // share of frames that repeat the one before
}
