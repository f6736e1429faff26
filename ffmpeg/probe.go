package ffmpeg

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"time"

	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/proc"
)

// formats are the containers that may be opened. Left out is everything that is a list of other files (hls, concat, dash, image2,
// avs) or a program (lavfi): a playlist named evil.mkv would otherwise open what it likes.
const formats = "matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,avi,mpegts,mpeg,mpegvideo,ogg,flv,asf,rm,nut,mxf,wtv,ivf,h264,hevc,gif," +
	"wav,w64,flac,mp3,aac,ac3,eac3,dts,truehd,aiff,caf,ape,tta,wv,amr"

const (
	probeLimit  = 2 * time.Minute
	probeStderr = 4 << 20 // an episode with a hundred fonts and chapters says about 50 KB
)

// input is how a file is named to ffmpeg: file: and an absolute path is no option, no protocol and no pattern.
func input(path string) ([]string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	return []string{"-protocol_whitelist", "file", "-format_whitelist", formats, "-i", "file:" + abs}, nil
}

// Probe tells what is in the film or song at path without decoding it. Songs have no Video; that is no error here.
func (t *Tool) Probe(ctx context.Context, path string) (media.Info, error) {
	l, err := t.layout(ctx, path)
	return l.info, err
}

func (t *Tool) layout(ctx context.Context, path string) (layout, error) {
	if err := checkFile("open", path); err != nil {
		return layout{}, err
	}
	in, err := input(path)
	if err != nil {
		return layout{}, err
	}
	dump, err := t.dump(ctx, append([]string{"-hide_banner", "-nostdin"}, in...))
	if err != nil {
		return layout{}, trouble("open", path, err, dump)
	}
	l, ok := parseDump(dump, in[len(in)-1])
	if !ok {
		return layout{}, trouble("open", path, lastWords(dump), dump)
	}
	t.mendTeletext(ctx, &l)
	return l, nil
}

// dump gives what ffmpeg says about its input before it notices that it was told of no output, which is no failure.
func (t *Tool) dump(ctx context.Context, args []string) (string, error) {
	p, err := proc.Start(ctx, proc.Command{Path: t.Path, Args: args, Limit: probeLimit, KeepStderr: probeStderr})
	if err != nil {
		return "", err
	}
	defer p.Close()
	if _, err := io.Copy(io.Discard, p); err != nil {
		return p.Stderr(), err
	}
	err = p.Wait()
	if e := (*proc.Error)(nil); errors.As(err, &e) && e.Code >= 0 {
		err = ctx.Err()
	}
	return p.Stderr(), err
}
