package interchange

import "encoding/xml"

// The elements of Final Cut Pro 7 XML that we write, in the order in which its readers like them.

type xmlDoc struct {
	XMLName  xml.Name    `xml:"xmeml"`
	Version  string      `xml:"version,attr"`
	Sequence xmlSequence `xml:"sequence"`
}

type xmlSequence struct {
	ID       string      `xml:"id,attr"`
	UUID     string      `xml:"uuid"`
	Duration int64       `xml:"duration"`
	Rate     xmlRate     `xml:"rate"`
	Name     string      `xml:"name"`
	Video    xmlVideo    `xml:"media>video"`
	Audio    xmlAudio    `xml:"media>audio"`
	Timecode xmlTimecode `xml:"timecode"`
	Markers  []xmlMarker `xml:"marker"`
}

type xmlRate struct {
	Timebase int64   `xml:"timebase"`
	NTSC     xmlBool `xml:"ntsc"`
}

// xmlBool is written in capitals, as these programs do.
type xmlBool bool

func (b xmlBool) MarshalText() ([]byte, error) {
	if b {
		return []byte("TRUE"), nil
	}
	return []byte("FALSE"), nil
}

type xmlVideo struct {
	Format xmlPicture `xml:"format>samplecharacteristics"` // without it Resolve shows no timeline
	Tracks []xmlTrack `xml:"track"`
}

type xmlPicture struct {
	Rate       *xmlRate `xml:"rate,omitempty"`
	Width      int      `xml:"width"`
	Height     int      `xml:"height"`
	Anamorphic xmlBool  `xml:"anamorphic"`
	Pixel      string   `xml:"pixelaspectratio"`
	Fields     string   `xml:"fielddominance"`
}

type xmlAudio struct {
	Channels int        `xml:"numOutputChannels"`
	Format   xmlSound   `xml:"format>samplecharacteristics"`
	Groups   []xmlGroup `xml:"outputs>group"`
	Tracks   []xmlTrack `xml:"track"`
}

type xmlSound struct {
	Depth int `xml:"depth"`
	Rate  int `xml:"samplerate"`
}

type xmlGroup struct {
	Index    int `xml:"index"`
	Channels int `xml:"numchannels"`
	Downmix  int `xml:"downmix"`
	Channel  int `xml:"channel>index"`
}

// xmlTrack is a track of pictures, or one channel of sound. Premiere joins "exploded" channels into one stereo track again.
type xmlTrack struct {
	ExplodedIndex *int   `xml:"currentExplodedTrackIndex,attr"`
	ExplodedCount *int   `xml:"totalExplodedTrackCount,attr"`
	Type          string `xml:"premiereTrackType,attr,omitempty"`
	Items         []any
	Enabled       xmlBool `xml:"enabled"`
	Locked        xmlBool `xml:"locked"`
	Channel       int     `xml:"outputchannelindex,omitempty"`
}

type xmlClip struct {
	XMLName     xml.Name    `xml:"clipitem"`
	ID          string      `xml:"id,attr"`
	Channel     string      `xml:"premiereChannelType,attr,omitempty"`
	Master      string      `xml:"masterclipid"`
	Name        string      `xml:"name"`
	Enabled     xmlBool     `xml:"enabled"`
	Duration    int64       `xml:"duration"` // of the file, in the clip's rate
	Rate        xmlRate     `xml:"rate"`
	Start       int64       `xml:"start"` // -1 where a transition says it
	End         int64       `xml:"end"`
	In          int64       `xml:"in"`
	Out         int64       `xml:"out"`
	File        xmlFile     `xml:"file"`
	SourceTrack *xmlSource  `xml:"sourcetrack"`
	Links       []xmlLink   `xml:"link"`
	Logging     *xmlLogging `xml:"logginginfo"`
	Markers     []xmlMarker `xml:"marker"`
}

// xmlFile is whole where its ID first stands, and nothing but the ID from then on: Resolve drops clips whose file comes twice.
type xmlFile struct {
	ID string `xml:"id,attr"`
	*xmlFileBody
}

type xmlFileBody struct {
	Name     string        `xml:"name"`
	URL      string        `xml:"pathurl"`
	Rate     xmlRate       `xml:"rate"`
	Duration int64         `xml:"duration"` // without it Premiere shows one frozen frame
	Timecode xmlTimecode   `xml:"timecode"`
	Picture  *xmlPicture   `xml:"media>video>samplecharacteristics"`
	Sound    *xmlFileSound `xml:"media>audio"`
}

type xmlFileSound struct {
	Format   xmlSound `xml:"samplecharacteristics"`
	Channels int      `xml:"channelcount"`
}

type xmlTimecode struct {
	Rate   xmlRate `xml:"rate"`
	String string  `xml:"string"`
	Frame  int64   `xml:"frame"`
	Format string  `xml:"displayformat"`
}

type xmlSource struct {
	Type  string `xml:"mediatype"`
	Index int    `xml:"trackindex"`
}

type xmlLink struct {
	Clip  string `xml:"linkclipref"`
	Type  string `xml:"mediatype"`
	Track int    `xml:"trackindex"`
	Index int    `xml:"clipindex"`
	Group int    `xml:"groupindex,omitempty"`
}

type xmlLogging struct {
	Description string `xml:"description"`
	Note        string `xml:"lognote"`
}

type xmlMarker struct {
	Comment string     `xml:"comment"`
	Name    string     `xml:"name"`
	In      int64      `xml:"in"`
	Out     int64      `xml:"out"` // -1 for a point
	Colour  *xmlColour `xml:"color"`
}

type xmlColour struct {
	Alpha int `xml:"alpha"`
	Red   int `xml:"red"`
	Green int `xml:"green"`
	Blue  int `xml:"blue"`
}

type xmlTransition struct {
	XMLName   xml.Name  `xml:"transitionitem"`
	Start     int64     `xml:"start"`
	End       int64     `xml:"end"`
	Alignment string    `xml:"alignment"`
	Rate      xmlRate   `xml:"rate"`
	Effect    xmlEffect `xml:"effect"`
}

type xmlEffect struct {
	Name     string  `xml:"name"`
	ID       string  `xml:"effectid"`
	Category string  `xml:"effectcategory"`
	Type     string  `xml:"effecttype"`
	Media    string  `xml:"mediatype"`
	WipeCode int     `xml:"wipecode"`
	Accuracy int     `xml:"wipeaccuracy"`
	From     int     `xml:"startratio"`
	To       int     `xml:"endratio"`
	Reverse  xmlBool `xml:"reverse"`
}
