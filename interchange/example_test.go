package interchange_test

import (
	"fmt"
	"os"

	"github.com/amvlib/amvlib/interchange"
	"github.com/amvlib/amvlib/timecode"
	"github.com/amvlib/amvlib/timeline"
)

func ExampleByName() {
	film := &timeline.MediaRef{Path: `D:\Anime\01.mkv`, Rate: timecode.PAL, Frames: 34000, HasVideo: true, Variable: true}
	edit := &timeline.Timeline{Name: "rain", Rate: timecode.PAL, Start: timeline.Hour(timecode.PAL), Tracks: []timeline.Track{
		{Kind: timeline.Video, Items: []timeline.Item{&timeline.Clip{Media: film, In: 50, Length: 25}}},
	}}
	format, err := interchange.ByName(".csv")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, warning := range format.Warnings(edit) {
		fmt.Println("#", warning)
	}
	if err := format.Write(os.Stdout, edit); err != nil {
		fmt.Println(err)
	}
	// Output:
	// # 01.mkv has a variable frame rate, and timelines know only constant ones: cuts may be frames off. Convert it to a constant rate first.
	// index,type,track,record_start,record_end,record_start_frame,record_end_frame,record_start_seconds,record_end_seconds,rate,source_file,source_in,source_out,source_in_seconds,source_out_seconds,source_rate,name,note,speed
	// 1,clip,V1,01:00:00:00,01:00:01:00,0,25,0.000000,1.000000,25,D:\Anime\01.mkv,50,75,2.000000,3.000000,25,,,1
}
