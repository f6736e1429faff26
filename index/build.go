package index

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	bleve "github.com/blevesearch/bleve_index_api"

	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"

	"github.com/amvlib/amvlib/catalog"
)

const (
	building  = "next" // where the next snapshot grows
	batchSize = 8192   // lines; more in one batch cost memory and save nothing
	maxPieces = 6      // more than so many are merged: each costs every query a look
)

// build makes the next snapshot and changes over to it. The lock must be held.
func (ix *Index) build(ctx context.Context, anew bool) error {
	if err := ix.adopt(); err != nil {
		anew = true
	}
	base := ix.snap
	if anew {
		base = nil
	}
	n, err := ix.behind(ctx, base.mark())
	if err != nil || base != nil && n.upto == base.seen {
		return err
	}
	if n.anew {
		base = nil
	}
	started := time.Now()
	err = ix.write(ctx, base, n)
	if errors.Is(err, errDamaged) && base != nil {
		ix.log.Warn("index is damaged and is made anew", "dir", ix.dir, "err", err)
		return ix.build(ctx, true)
	}
	if err == nil {
		ix.log.Info("index caught up", "episodes", len(n.changes), "generation", int64(n.upto.Generation), "took", time.Since(started).Round(time.Millisecond))
	}
	return err
}

// write grows the next snapshot out of base, publishes it and removes those before it.
func (ix *Index) write(ctx context.Context, base *snapshot, n news) error {
	dir := filepath.Join(ix.dir, building)
	if err := seed(dir, base); err != nil {
		return err
	}
	if err := ix.fill(ctx, dir, base, n); err != nil {
		return errors.Join(err, os.RemoveAll(dir))
	}
	return ix.publish(dir)
}

func (ix *Index) fill(ctx context.Context, dir string, base *snapshot, n news) error {
	w, err := openWriter(dir, newWriter)
	if err != nil {
		return err
	}
	for _, c := range n.changes {
		if err = ctx.Err(); err == nil {
			err = ix.take(ctx, w, base, c)
		}
		if err != nil {
			return errors.Join(fmt.Errorf("index episode %d: %w", c.Episode, err), w.close())
		}
	}
	return errors.Join(w.finish(ctx, ix.cat.ID(), n.upto), w.close())
}

// take replaces an episode's lines by those it has now.
func (ix *Index) take(ctx context.Context, w *writer, base *snapshot, c catalog.Change) error {
	if base != nil {
		if err := guard(func() error { return w.forget(ctx, base.reader, c.Episode) }); err != nil {
			return err
		}
	}
	if c.Gone {
		return nil
	}
	lines, err := ix.cat.Lines(ctx, c.Episode)
	if err == nil && len(lines) > 0 {
		var shots []catalog.Shot
		if shots, err = ix.cat.Effective(ctx, c.Episode); err == nil {
			return w.add(lines, shots)
		}
	}
	if errors.Is(err, catalog.ErrNotFound) { // forgotten since it was named; the next time will say so
		return nil
	}
	if err != nil {
		return unread{err}
	}
	return nil
}

// writer fills a snapshot that nobody sees yet, a batch at a time.
type writer struct {
	engine *scorch.Scorch
	queue  *bleve.AnalysisQueue
	batch  *bleve.Batch
}

// openWriter writes to a folder that is there, by way of open, which is newWriter. The engine makes it anew, with all above it, where a library
// vanishes that moment; that is taken away again, for nothing is to stand in the library's place when its disk comes back.
func openWriter(dir string, open func(dir string) (*writer, error)) (*writer, error) {
	before, err := os.Stat(dir)
	if err != nil {
		return nil, err
	}
	w, err := open(dir)
	now, gone := os.Stat(dir)
	if gone == nil && os.SameFile(before, now) {
		return w, err
	}
	if err == nil {
		err = errors.Join(fmt.Errorf("%s: %w", dir, fs.ErrNotExist), w.close())
	}
	if gone == nil {
		unmake(dir)
	}
	return nil, err
}

func newWriter(dir string) (*writer, error) {
	queue := bleve.NewAnalysisQueue(runtime.GOMAXPROCS(0))
	engine, err := scorch.NewScorch(scorch.Name, map[string]any{"path": dir, "bolt_timeout": "5s"}, queue)
	if err == nil {
		err = engine.Open()
	}
	if err != nil {
		queue.Close()
		return nil, err
	}
	return &writer{engine: engine.(*scorch.Scorch), queue: queue, batch: bleve.NewBatch()}, nil
}

func (w *writer) close() error {
	defer w.queue.Close()
	return w.engine.Close()
}

// unmake removes a folder that the engine made, and those around it, up to the library's own, where they hold nothing else.
func unmake(dir string) {
	_ = os.RemoveAll(dir)
	for range 2 {
		dir = filepath.Dir(dir)
		_ = os.Remove(dir)
	}
}

// forget takes out every line that base has of an episode.
func (w *writer) forget(ctx context.Context, base bleve.IndexReader, episode int64) error {
	return eachTagged(ctx, base, episodeTag(episode), func(doc uint64) error {
		id, err := base.ExternalID(bleve.NewIndexInternalID(nil, doc))
		if err == nil {
			w.batch.Delete(id)
		}
		return err
	})
}

func (w *writer) add(lines []catalog.Line, shots []catalog.Shot) error {
	numbered := numberedShots(shots)
	for _, l := range lines {
		w.batch.Update(lineDocument(l, numbered))
		if len(w.batch.IndexOps) >= batchSize {
			if err := w.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

func numberedShots(shots []catalog.Shot) map[int]catalog.Shot {
	numbered := make(map[int]catalog.Shot, len(shots))
	for _, s := range shots {
		numbered[s.Number] = s
	}
	return numbered
}

func (w *writer) flush() error {
	err := w.engine.Batch(w.batch)
	w.batch = bleve.NewBatch()
	return err
}

// finish merges what has become too many pieces and says what has been seen, with the last batch: it returns when all is on disk.
func (w *writer) finish(ctx context.Context, library string, upto catalog.Mark) error {
	if err := w.flush(); err != nil {
		return err
	}
	if err := w.merge(ctx); err != nil {
		return err
	}
	w.batch.SetInternal(libraryKey, []byte(library))
	w.batch.SetInternal(generationKey, binary.BigEndian.AppendUint64(nil, uint64(upto.Generation)))
	w.batch.SetInternal(tokenKey, []byte(upto.Token))
	return w.flush()
}

func (w *writer) merge(ctx context.Context) error {
	r, err := w.engine.Reader()
	if err != nil {
		return err
	}
	pieces := len(r.(*scorch.IndexSnapshot).Segments())
	if err := r.Close(); err != nil || pieces <= maxPieces {
		return err
	}
	return w.engine.ForceMerge(ctx, nil)
}

const textOptions = bleve.IndexField | bleve.IncludeTermVectors
const tagOptions = bleve.IndexField | bleve.SkipFreqNorm

// lineDocument stores nothing: the text is in the catalog, the rest in the key.
func lineDocument(l catalog.Line, shots map[int]catalog.Shot) bleve.Document {
	f := fieldOf(l.Lang, l.Text)
	doc := document.NewDocument(newKey(l, shots).String())
	doc.AddField(document.NewTextFieldCustom(f.fieldName(), nil, []byte(l.Text), textOptions, f.line()))
	for i, tag := range append(lineTags(l), f.tag()) {
		doc.AddField(document.NewTextFieldCustom(tagField, []uint64{uint64(i)}, []byte(tag), tagOptions, nil))
	}
	return doc
}
