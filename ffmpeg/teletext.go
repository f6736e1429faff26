package ffmpeg

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/proc"
)

// teletext is the text that television sends in the lines above the picture, and recordings keep: pages, some of which are subtitles.
const teletext = "dvb_teletext"

// teletextDecoder is the one way in which ffmpeg reads it, in builds that have it.
const teletextDecoder = "libzvbi_teletextdec"

// inputArguments are what ffmpeg must be told before it opens the file. Of teletext only subtitles are read, as text. A page is up until
// the next one, which may be blank; without fix_sub_duration blank pages are dropped and no line ever ends.
func (j textJob) inputArguments() []string {
	if j.track.Codec != teletext {
		return nil
	}
	at := func(option string) string { return fmt.Sprintf("-%s:%d", option, j.track.Stream) }
	return []string{at("txt_format"), "text", at("txt_page"), "subtitle", at("fix_sub_duration")}
}

// mendTeletext leaves out teletext where this ffmpeg has no decoder: it knows no option of a decoder that it has not, and would end
// before it began.
func (t *Tool) mendTeletext(ctx context.Context, l *layout) {
	is := func(track media.TextTrack) bool { return track.Codec == teletext }
	if !slices.ContainsFunc(l.info.Text, is) || t.readsTeletext(ctx) {
		return
	}
	for _, track := range l.info.Text {
		if is(track) {
			l.info.Skipped = append(l.info.Skipped, fmt.Sprintf("stream %d: %s (this ffmpeg was built without libzvbi, which reads it)", track.Stream, teletext))
		}
	}
	l.info.Text = slices.DeleteFunc(l.info.Text, is)
}

func (t *Tool) readsTeletext(ctx context.Context) bool {
	help, err := proc.Run(ctx, proc.Command{Path: t.Path, Args: []string{"-hide_banner", "-h", "decoder=" + teletextDecoder}, Limit: time.Minute}, 64<<10)
	return err == nil && strings.Contains(string(help), "txt_format")
}
