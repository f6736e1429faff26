package inline

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"fmt"
	"hash/crc32"
	"image"
	"strings"
)

// chunk is how much of a picture one sequence of kitty's may carry, in base64.
const chunk = 4096

// kitty sends a picture as compressed RGB, in pieces; how says what to do with it. The terminal is asked to answer nothing.
func kitty(send func(string), picture *image.RGBA, how string) error {
	data, err := packed(picture)
	if err != nil {
		return err
	}
	size := picture.Bounds().Size()
	head := fmt.Sprintf("%s,f=24,o=z,q=2,s=%d,v=%d,", how, size.X, size.Y)
	for {
		n := min(chunk, len(data))
		more := 0
		if n < len(data) {
			more = 1
		}
		send(fmt.Sprintf("\x1b_G%sm=%d;%s\x1b\\", head, more, data[:n]))
		if data, head = data[n:], "q=2,"; more == 0 {
			return nil
		}
	}
}

// packed is a picture as RGB, deflated, in base64.
func packed(picture *image.RGBA) (string, error) {
	var out bytes.Buffer
	z := zlib.NewWriter(&out)
	if _, err := z.Write(rgb(picture)); err != nil {
		return "", err
	}
	if err := z.Close(); err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(out.Bytes()), nil
}

func rgb(picture *image.RGBA) []byte {
	size := picture.Bounds().Size()
	out := make([]byte, 0, 3*size.X*size.Y)
	for y := range size.Y {
		row := picture.Pix[y*picture.Stride:]
		for x := range size.X {
			out = append(out, row[4*x:4*x+3]...)
		}
	}
	return out
}

// placeholders sends a picture past tmux, and writes the characters that stand for its cells: their colour names the picture, and the
// mark on the first of each row which row it is.
func placeholders(out *bytes.Buffer, picture image.Image, p place, indent int) error {
	p.rows, p.columns = min(p.rows, len(rowMarks)), min(p.columns, 255)
	image := scaled(picture, p)
	id := crc32.ChecksumIEEE(image.Pix)&0xffffff | 0x010101 // 24 bits, none of the bytes 0
	send := func(s string) { out.WriteString(throughTmux(s)) }
	if err := kitty(send, image, fmt.Sprintf("a=T,U=1,i=%d,c=%d,r=%d", id, p.columns, p.rows)); err != nil {
		return err
	}
	for row := range p.rows {
		fmt.Fprintf(out, "%s\x1b[38;2;%d;%d;%dm", strings.Repeat(" ", indent), id>>16, id>>8&255, id&255)
		out.WriteString(string(placeholder) + string(rowMarks[row]) + string(rowMarks[0]))
		out.WriteString(strings.Repeat(string(placeholder), p.columns-1) + "\x1b[39m\n")
	}
	return nil
}

const placeholder = '\U0010EEEE'

// rowMarks are the combining characters that stand for the numbers from 0 on: the first of kitty's list, which are those above a letter
// that do not change when text is composed.
var rowMarks = []rune{
	0x0305, 0x030D, 0x030E, 0x0310, 0x0312, 0x033D, 0x033E, 0x033F, 0x0346, 0x034A, 0x034B, 0x034C, 0x0350, 0x0351, 0x0352, 0x0357,
	0x035B, 0x0363, 0x0364, 0x0365, 0x0366, 0x0367, 0x0368, 0x0369, 0x036A, 0x036B, 0x036C, 0x036D, 0x036E, 0x036F,
}
