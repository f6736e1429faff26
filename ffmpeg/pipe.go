package ffmpeg

import (
	"context"
	"io"

	"github.com/amvlib/amvlib/proc"
)

// Pipe runs ffmpeg with args to write files, over those that are there. stdin may be nil or carry what args call pipe:0. Names in
// args are the caller's: give them as file: and an absolute path. The error is a *proc.Error with ffmpeg's last words.
func (t *Tool) Pipe(ctx context.Context, args []string, stdin io.Reader) error {
	head := []string{"-v", "error", "-y"}
	if stdin == nil {
		head = append(head, "-nostdin")
	}
	_, err := proc.Run(ctx, proc.Command{Path: t.Path, Args: append(head, args...), Stdin: stdin}, 64<<10)
	return err
}
