package mood

// Facet is one of the ways in which a shot speaks for itself.
type Facet string

// The facets. Each is judged by itself and told by itself.
const (
	Words   Facet = "words"
	Picture Facet = "picture"
	Pace    Facet = "pace"
	Sound   Facet = "sound"
)

// Facets are the plain numbers of a shot.
type Facets struct {
	Brightness float64 // mean, 0 black to 1 white
	Contrast   float64 // 0 to 1
	Saturation float64 // 0 gray; most film is under .3
	Warmth     float64 // -1 cyan, 0 gray, 1 red
	Motion     float64 // mean change from frame to frame; a cut is about .2
	Stillness  float64 // share of frames that repeat the one before

	// Shares are how much of the picture has each of [Colours]; nil where that is not known, as of films that were learnt by an older version.
	Shares []float64

	CutRate float64 // cuts a minute in the shots around it
	Level   float64 // mean loudness in dB above the episode's usual
	Sounds  bool    // whether there is sound that Level was told from
	Silent  bool    // there is sound, and nothing is heard
}

// Colours are the names of Shares, in their order.
func Colours() []string { return append([]string(nil), colours[:]...) }

var colours = [...]string{"red", "orange", "yellow", "green", "cyan", "blue", "purple", "pink", "brown", "black", "gray", "white"}
