package storyboard

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"strings"

	"github.com/amvlib/amvlib/picture"
	"github.com/amvlib/amvlib/subtitles"
	"github.com/amvlib/amvlib/timecode"
)

// drawnPictures draws a hill under a sky for each shot.
type drawnPictures struct{}

func (drawnPictures) Thumb(_ context.Context, episode int64, number int) ([]byte, error) {
	rng := rand.New(rand.NewPCG(uint64(episode), uint64(number)))
	img := image.NewRGBA(image.Rect(0, 0, 320, 180))
	hue, sunX, sunY := rng.Float64()*6, 40+rng.IntN(240), 30+rng.IntN(70)
	phase, height := rng.Float64()*6, 20+rng.Float64()*40
	for y := range 180 {
		for x := range 320 {
			img.Set(x, y, scenery(x, y, hue, sunX, sunY, phase, height))
		}
	}
	var b bytes.Buffer
	err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 80})
	return b.Bytes(), err
}

func scenery(x, y int, hue float64, sunX, sunY int, phase, height float64) color.RGBA {
	hill := 120 - height*math.Sin(float64(x)/70+phase)*math.Cos(float64(x)/31+phase)/2
	shade := func(base, k float64) uint8 { return uint8(max(0, min(255, base*k))) }
	r, g, b := 128+100*math.Sin(hue), 110+80*math.Sin(hue+2), 140+90*math.Sin(hue+4)
	switch {
	case float64(y) > hill+25:
		return color.RGBA{shade(r, .18), shade(g, .2), shade(b, .25), 255}
	case float64(y) > hill:
		return color.RGBA{shade(r, .4), shade(g, .45), shade(b, .5), 255}
	case math.Hypot(float64(x-sunX), float64(y-sunY)) < 18:
		return color.RGBA{255, 245, 220, 255}
	}
	k := .55 + float64(y)/200
	return color.RGBA{shade(r, k), shade(g, k), shade(b, k), 255}
}

var sampleLyrics = []string{
	"Rain on the window, the city is sleeping", "I hear your voice in the wires", "Run with me over the rooftops",
	"We never learned how to say goodbye", "Stars fall like sparks from a fire", "And I will wait, I will wait for you",
	"Under a broken sky", "Hold on to the light you were given", "La la la la", "Nothing can follow us home",
	"Snow on the sword that you carried", "I promised you morning would come",
}

var sampleLines = []string{
	"It's only rain. It will stop before morning.", "Don't go! The city isn't safe tonight.", "I can still hear her voice sometimes.",
	"Run! I'll hold them here!", "You never said goodbye to him, did you?", "Look, the stars are falling.", "I would wait a hundred years.",
	"The sky... it's broken.", "Follow the light, whatever happens.", "Let's go home.", "That sword was never meant for you.",
	"You promised me!", "Fire! The whole street is on fire!", "Snow? In April?", "Nothing here is what it seems.", "Hold on to my hand.",
	"The window was open when I woke up.", "Who turned off the light?",
}

// sampleLibrary is big enough to look like somebody's.
func sampleLibrary() *fakeLibrary {
	f := newFake(11)
	for i, source := range []string{"Paper Lanterns", "Orbital Garden", "The Fox at Platform Nine", "Kaze no Machi", "Steel Requiem"} {
		for range 3 + i%2 {
			lengths := make([]int64, 160)
			for k := range lengths {
				lengths[k] = 12 + f.rng.Int64N(110)
			}
			e := f.episode(source, timecode.Film, source == "Kaze no Machi", lengths...)
			for k := 2; k < 160; k += 3 + f.rng.IntN(6) {
				f.say(e, k, 4, sampleLines[f.rng.IntN(len(sampleLines))])
			}
		}
	}
	f.shots[1][4].Features = picture.Features{}
	return f
}

func sampleSong() (Song, []subtitles.Line) {
	var lines []subtitles.Line
	at := 9 * timecode.Second
	for i, text := range sampleLyrics {
		end := at + timecode.Time(len(text))*timecode.Second/9
		lines = append(lines, subtitles.Line{Start: at, End: end, Text: text})
		at = end + timecode.Second*timecode.Time(i%4)/2
		if strings.HasPrefix(text, "And I") {
			at += 8 * timecode.Second
		}
	}
	song := Song{Path: `D:\Music\glass-city.flac`, Title: "Glass City", Artist: "The Drawn Band", Duration: at + 7*timecode.Second, Channels: 2, SampleRate: 44100}
	return song, lines
}
