package catalog

import (
	"context"

	"github.com/amvlib/amvlib/analysis"
	"github.com/amvlib/amvlib/subtitles"
)

func (ch *change) putSignal(ctx context.Context, episode int64, s signal) error {
	_, err := ch.ExecContext(ctx, "INSERT INTO signal (episode, times, scores, samples, loudness, centres) VALUES (?, ?, ?, ?, ?, ?)",
		episode, s.times, s.scores, s.samples, s.loudness, s.centres)
	return err
}

const putShotQuery = `INSERT INTO shot (episode, number, span_in, span_out, clean_in, clean_out, enters, leaves, starts, ends,
	keyframe, key_time, hash, look, loudness, palette, flags) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

func (ch *change) putShots(ctx context.Context, episode int64, shots []analysis.Shot) error {
	err := ch.each(ctx, putShotQuery, len(shots), func(i int) []any {
		s := &shots[i]
		return []any{episode, i + 1, s.Span.In, s.Span.Out, s.Clean.In, s.Clean.Out, string(s.In), string(s.Out),
			int64(s.Range.Start), int64(s.Range.End), s.Keyframe, int64(s.KeyTime), int64(s.Hash), lookBytes(s.Variance, s.Features),
			s.Loudness, s.Palette[:], int64(s.Flags)}
	})
	if err != nil {
		return err
	}
	return ch.each(ctx, "INSERT INTO thumb (episode, number, jpeg) VALUES (?, ?, ?)", len(shots), func(i int) []any {
		return []any{episode, i + 1, blob(shots[i].Thumb)}
	})
}

func (ch *change) putStills(ctx context.Context, episode int64, stills []analysis.Still) error {
	const query = "INSERT INTO still (episode, position, frame, jpeg) VALUES (?, ?, ?, ?)"
	return ch.each(ctx, query, len(stills), func(i int) []any {
		return []any{episode, i, stills[i].Frame, blob(stills[i].JPEG)}
	})
}

// blob is b where the column takes no NULL.
func blob(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

const putTrackQuery = `INSERT INTO track (episode, position, beside, stream, codec, format, language, title, preferred, forced, file,
	skipped) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

// putText stores the tracks inside the film, then those beside it, with their lines.
func (ch *change) putText(ctx context.Context, episode int64, in *Ingested) error {
	inside := len(in.Analysis.Tracks)
	tracks := append(in.Analysis.Tracks[:inside:inside], in.Beside...)
	err := ch.each(ctx, putTrackQuery, len(tracks), func(i int) []any {
		t := &tracks[i]
		return []any{episode, i, i >= inside, t.Stream, t.Codec, t.Format, t.Language, t.Title, t.Default, t.Forced, []byte(t.File),
			packStrings(t.Skipped)}
	})
	find := shotFinder(in.Analysis)
	for i := range tracks {
		if err == nil {
			err = ch.putLines(ctx, episode, i, tracks[i].Lines, find)
		}
	}
	return err
}

const putLineQuery = `INSERT INTO line (episode, track, starts, ends, text, lang, style, speaker, kind, shot, shots)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

func (ch *change) putLines(ctx context.Context, episode int64, track int, lines []subtitles.Line, find finder) error {
	return ch.each(ctx, putLineQuery, len(lines), func(i int) []any {
		l := &lines[i]
		shot := find.shot(l.Range())
		return []any{episode, track, int64(l.Start), int64(l.End), l.Text, l.Lang, l.Style, l.Speaker, string(l.Kind), shot,
			packNumbers(find.shots(l.Range(), shot))}
	})
}
