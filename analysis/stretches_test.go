package analysis_test

import (
	"path/filepath"
	"reflect"
	"testing"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/ffmpeg"
	"github.com/amvlib/amvlib/proc"
)

// TestStretchesTeachTheSame learns of a film decoded by one process, in stretches by one decoder, and by several, what is one and the same.
func TestStretchesTeachTheSame(t *testing.T) {
	tool, err := ffmpeg.Find(t.Context(), "", "")
	if err != nil {
		t.Skip("needs ffmpeg: ", err)
	}
	path := filepath.Join(t.TempDir(), "film.mkv")
	args := []string{
		"-f", "lavfi", "-i", "testsrc2=s=128x72:r=24000/1001:d=12", "-f", "lavfi", "-i", "mandelbrot=s=128x72:r=24000/1001",
		"-f", "lavfi", "-i", "sine=d=12", "-filter_complex", `[0:v][1:v]blend=all_expr='if(lt(mod(N\,60)\,30)\,A\,B)':shortest=1`,
		"-map", "2:a", "-c:a", "flac", "-c:v", "mpeg4", "-bf", "2", "-g", "70", "file:" + path,
	}
	if err := tool.Pipe(t.Context(), args, nil); err != nil {
		t.Fatal(err)
	}
	learn := func(cores *proc.Cores) *analysis.Analysis {
		src, err := tool.Open(t.Context(), path, ffmpeg.Options{Cores: cores})
		if err != nil {
			t.Fatal(err)
		}
		a, err := analysis.Analyze(t.Context(), src, analysis.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	one := learn(nil)
	if len(one.Shots) < 4 || len(one.Loudness) == 0 || len(one.Samples) == 0 {
		t.Fatalf("%d shots, %d samples: this shows nothing", len(one.Shots), len(one.Samples))
	}
	for cores := range 3 {
		if many := learn(proc.NewCores(cores)); !reflect.DeepEqual(one, many) {
			t.Errorf("with %d cores more another analysis: %d shots, %d frames, want %d, %d", cores, len(many.Shots), len(many.Times), len(one.Shots), len(one.Times))
		}
	}
}
