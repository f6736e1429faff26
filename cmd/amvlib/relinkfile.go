package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/amvlib/amvlib/catalog"
	"github.com/amvlib/amvlib/media"
	"github.com/amvlib/amvlib/timecode"
)

// mostTimeline is how large a timeline may be: those of hours take some MB.
const mostTimeline = 64 << 20

// retarget carries the clips of a timeline file over, in place: what else is in the file stays as it was.
type retarget struct {
	c       *cli.Context
	rip     *rip
	byPath  map[string]catalog.Episode // of this library, by its path and by its file's name alone
	found   int
	lost    []string
	unknown int // clips of files that are in no library, such as the song
}

func relinkFile(c *cli.Context, other *rip, path string) error {
	outs := c.StringSlice("o")
	if len(outs) != 1 || !strings.EqualFold(filepath.Ext(outs[0]), filepath.Ext(path)) && outs[0] != "-" {
		return usagef("a timeline is written as what it was read: name one file with -o that ends in %s", filepath.Ext(path))
	}
	out := &outputs{force: c.Bool("force"), orForce: ", or add --force"}
	if err := out.free(outs); err != nil {
		return err
	}
	doc, err := readTimelineFile(path)
	if err != nil {
		return err
	}
	r := &retarget{c: c, rip: other, byPath: map[string]catalog.Episode{}}
	if err := r.learn(); err != nil {
		return err
	}
	if doc["format"] == "amvlib-timeline" {
		err = r.plain(doc)
	} else {
		err = r.otio(doc)
	}
	if err != nil {
		return err
	}
	err = out.file(c, outs[0], func(w io.Writer) error {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(doc)
	})
	if err != nil {
		return err
	}
	return r.report()
}

func (r *retarget) report() error {
	say(r.c, "%d clips relinked, %d not in the other library, %d of files that are not of this one", r.found, len(r.lost), r.unknown)
	for _, l := range r.lost {
		say(r.c, "left as it was: %s", clean(l))
	}
	switch {
	case r.found+len(r.lost) == 0:
		return inputf("no clip of the timeline shows a film of this library: is it the right --library?")
	case len(r.lost) > 0:
		return &coded{exitInput, errors.New("some clips were not found in the other library")}
	}
	return nil
}

func readTimelineFile(path string) (map[string]any, error) {
	wrong := func(err error, hint string) error {
		return &coded{exitInput, &media.Error{Op: "read timeline", Path: path, Err: err, Hint: hint}}
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, wrong(cause(err), "")
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, mostTimeline+1))
	if err != nil || len(data) > mostTimeline {
		return nil, wrong(errors.Join(err, errors.New("it is larger than a timeline can be")), "")
	}
	var doc map[string]any
	if err := json.Unmarshal(data, &doc); err != nil {
		return nil, wrong(err, "OpenTimelineIO (.otio) and amvlib's own .json are read")
	}
	if schema, _ := doc["OTIO_SCHEMA"].(string); doc["format"] != "amvlib-timeline" && !strings.HasPrefix(schema, "Timeline.") {
		return nil, wrong(errors.New("it is no timeline"), "OpenTimelineIO (.otio) and amvlib's own .json are read")
	}
	return doc, nil
}

// learn notes the films of this library by their paths, and by their names where only one has it: the timeline may come from elsewhere.
func (r *retarget) learn() error {
	all, err := r.rip.from.Episodes(r.c.Context)
	if err != nil {
		return inLibrary(err)
	}
	twice := map[string]bool{}
	for _, e := range all {
		r.byPath[e.Path] = e
		name := lastPart(e.Path)
		if _, ok := r.byPath[name]; ok {
			twice[name] = true
		}
		r.byPath[name] = e
	}
	for name := range twice {
		delete(r.byPath, name)
	}
	return nil
}

func (r *retarget) episode(path string) (catalog.Episode, bool) {
	e, ok := r.byPath[path]
	if !ok {
		e, ok = r.byPath[lastPart(path)]
	}
	return e, ok && path != ""
}

// lastPart is the file's name in a path of any system.
func lastPart(path string) string { return path[strings.LastIndexAny(path, `/\`)+1:] }

// carry finds where a clip's frames are; of one that is not found it is said.
func (r *retarget) carry(e catalog.Episode, in, out int64) (catalog.Episode, timecode.Span, bool, error) {
	p, ok, err := r.rip.span(r.c.Context, e.ID, timecode.Span{In: in, Out: out})
	if err != nil {
		return e, timecode.Span{}, false, inLibrary(err)
	}
	if !ok {
		r.lost = append(r.lost, fmt.Sprintf("%s, frames %d to %d", episodeName(&e), in, out))
		return e, timecode.Span{}, false, nil
	}
	r.found++
	return r.rip.episodes[p.Episode], p.Span, true, nil
}

// plain carries a timeline of amvlib's own.
func (r *retarget) plain(doc map[string]any) error {
	files, _ := doc["media"].([]any)
	at := map[int64]int{}
	tracks, _ := doc["tracks"].([]any)
	for _, t := range tracks {
		track, _ := t.(map[string]any)
		items, _ := track["items"].([]any)
		for _, it := range items {
			clip, _ := it.(map[string]any)
			n, isClip := clip["media"].(float64)
			in, _ := clip["in"].(float64)
			out, _ := clip["out"].(float64)
			if !isClip || n < 0 || int(n) >= len(files) {
				continue
			}
			file, _ := files[int(n)].(map[string]any)
			path, _ := file["path"].(string)
			e, known := r.episode(path)
			if !known {
				r.unknown++
				continue
			}
			there, span, ok, err := r.carry(e, int64(in), int64(out))
			if err != nil {
				return err
			}
			if !ok {
				continue
			}
			if _, ok := at[there.ID]; !ok {
				at[there.ID] = len(files)
				files = append(files, plainMedia(there))
			}
			clip["media"], clip["in"], clip["out"] = at[there.ID], span.In, span.Out
		}
	}
	doc["media"] = files
	return nil
}

func plainMedia(e catalog.Episode) map[string]any {
	m := map[string]any{"path": e.Path, "url": urlOf(e.Path), "rate": e.Rate, "frames": e.Frames, "start": 0, "has_video": true,
		"width": 0, "height": 0, "sar": 1, "channels": 0, "sample_rate": 0, "variable": e.Variable}
	if v := e.Info.Video; v != nil {
		m["width"], m["height"], m["sar"] = v.Width, v.Height, v.SAR.Float()
	}
	if len(e.Info.Audio) > 0 {
		m["channels"], m["sample_rate"] = e.Info.Audio[0].Channels, e.Info.Audio[0].SampleRate
	}
	return m
}

// urlOf is a path of this machine as a URL.
func urlOf(path string) string {
	p := filepath.ToSlash(path)
	if !strings.HasPrefix(p, "/") {
		p = "/" + p
	}
	return (&url.URL{Scheme: "file", Path: p}).String()
}

// otio walks through OpenTimelineIO's objects and carries the clips.
func (r *retarget) otio(node any) error {
	switch n := node.(type) {
	case []any:
		for _, child := range n {
			if err := r.otio(child); err != nil {
				return err
			}
		}
	case map[string]any:
		if schema, _ := n["OTIO_SCHEMA"].(string); strings.HasPrefix(schema, "Clip.") {
			return r.otioClip(n)
		}
		for _, key := range []string{"tracks", "children"} {
			if err := r.otio(n[key]); err != nil {
				return err
			}
		}
	}
	return nil
}

// otioClip moves a clip's source_range and media reference. Its length in the timeline stays.
func (r *retarget) otioClip(clip map[string]any) error {
	ref, _ := clip["media_reference"].(map[string]any)
	if refs, ok := clip["media_references"].(map[string]any); ok {
		key, _ := clip["active_media_reference_key"].(string)
		ref, _ = refs[key].(map[string]any)
	}
	target, _ := ref["target_url"].(string)
	e, known := r.episode(pathOf(target))
	if !known {
		r.unknown++
		return nil
	}
	source, _ := clip["source_range"].(map[string]any)
	start, length := otioSeconds(source["start_time"]), otioSeconds(source["duration"])
	if available, ok := ref["available_range"].(map[string]any); ok {
		start -= otioSeconds(available["start_time"])
	}
	in := int64(math.Round(start * e.Rate.Float()))
	out := in + max(1, int64(math.Ceil(length*e.Rate.Float()-1e-6)))
	there, span, ok, err := r.carry(e, in, out)
	if err != nil || !ok {
		return err
	}
	rate := there.Rate.Float()
	source["start_time"] = map[string]any{"OTIO_SCHEMA": "RationalTime.1", "value": float64(span.In), "rate": rate}
	ref["target_url"], ref["name"], clip["name"] = urlOf(there.Path), lastPart(there.Path), lastPart(there.Path)
	ref["available_range"] = map[string]any{"OTIO_SCHEMA": "TimeRange.1",
		"start_time": map[string]any{"OTIO_SCHEMA": "RationalTime.1", "value": 0.0, "rate": rate},
		"duration":   map[string]any{"OTIO_SCHEMA": "RationalTime.1", "value": float64(there.Frames), "rate": rate}}
	return nil
}

func otioSeconds(t any) float64 {
	m, _ := t.(map[string]any)
	value, _ := m["value"].(float64)
	rate, _ := m["rate"].(float64)
	if rate <= 0 || math.IsNaN(value) || math.IsInf(value, 0) {
		return 0
	}
	return value / rate
}

// pathOf is the path in a URL, or what is no URL as it is.
func pathOf(target string) string {
	u, err := url.Parse(target)
	if err != nil || u.Scheme != "file" {
		return target
	}
	p := u.Path
	if len(p) > 2 && p[0] == '/' && p[2] == ':' { // /D:/Anime
		p = p[1:]
	}
	return filepath.FromSlash(p)
}
