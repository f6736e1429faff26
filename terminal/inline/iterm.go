package inline

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/jpeg"
)

// iterm sends a picture as a file, which the terminal scales itself.
func iterm(send func(string), picture image.Image, p place) error {
	var data bytes.Buffer
	if size := picture.Bounds().Size(); size.X > p.width*2 {
		picture = scaled(picture, p)
	}
	if err := jpeg.Encode(&data, picture, &jpeg.Options{Quality: 88}); err != nil {
		return err
	}
	send(fmt.Sprintf("\x1b]1337;File=inline=1;size=%d;width=%d;height=%d;preserveAspectRatio=1:%s\a", data.Len(), p.columns, p.rows,
		base64.StdEncoding.EncodeToString(data.Bytes())))
	return nil
}
