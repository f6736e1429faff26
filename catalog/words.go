package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/amvlib/amvlib/timecode"
)

// Verb is what a word does.
type Verb string

// The verbs. About an episode, a shot or a line: Tag, Untag, Note and Rate. About an episode: Rename. About boundaries between shots, and
// said by [Catalog.Split] and [Catalog.Merge]: Split and Merge. About clip lists: the others.
const (
	Tag    Verb = "tag"    // Value is the tag
	Untag  Verb = "untag"  // Value is the tag
	Remark Verb = "note"   // Value is the text, which takes the place of the one before; empty takes it away
	Rate   Verb = "rate"   // Value is "0" to "5", 0 for none
	Rename Verb = "rename" // Value is a Name as JSON: what the user says an episode is called
	Split  Verb = "split"  // there is a boundary in the middle of Range
	Merge  Verb = "merge"  // there is none in the middle of Range
	List   Verb = "list"   // Value is the name of a clip list that begins
	Add    Verb = "add"    // Value is the name of the list that the shot is added to, at its end
	Remove Verb = "remove" // Value is the name of the list that the shot is taken from
	Unlist Verb = "unlist" // Value is the name of a list that is given up
)

// Subject says what kind of thing a word is about: two things of about the same extent are still two.
type Subject string

// The subjects.
const (
	Whole      Subject = ""         // an episode, or a clip list as a whole
	OnShot     Subject = "shot"     // the shot of about the word's Range
	OnLine     Subject = "line"     // what is spoken at about the word's Range, in whatever language
	AtBoundary Subject = "boundary" // where one shot becomes the next; another detector may find it anywhere within Range
)

// Word is one thing that the user said.
type Word struct {
	ID      int64
	Said    time.Time
	Verb    Verb
	Key     Key            // of the episode; empty where a word is about a list as a whole
	Subject Subject        // a word with a Range that names none is about a shot
	Range   timecode.Range // of the shot or line, or about a boundary; zero for the whole episode
	Text    string         // of the line as it stood, by which it is found where its time was mended; empty for others
	Value   string
}

// settle names the subject of a word that names none.
func (w *Word) settle() {
	if w.Subject == Whole && w.Range != (timecode.Range{}) {
		w.Subject = OnShot
	}
}

// Say writes w into the journal and gives it with its ID and time. When it returns, the word is on the disk.
func (c *Catalog) Say(ctx context.Context, w Word) (Word, error) {
	said, err := c.SayAll(ctx, []Word{w})
	if err != nil {
		return w, err
	}
	return said[0], nil
}

// SayAll is Say for words that are said at once: all of them are kept or none is, and Undo takes them back together.
func (c *Catalog) SayAll(ctx context.Context, words []Word) ([]Word, error) {
	if len(words) == 0 {
		return nil, nil
	}
	said := slices.Clone(words)
	err := c.write(ctx, "keep what was said in library", func(ch *change) error { return ch.sayAll(ctx, said) })
	return said, err
}

// sayAll writes words, at least one, that are said at once, gives them their IDs and time, and notes the episodes that they are about.
func (ch *change) sayAll(ctx context.Context, said []Word) error {
	now, noted := stamp(ch.now()), map[Key]bool{"": true}
	said[0].ID = 0
	for i := range said {
		w := &said[i]
		w.Said = moment(now)
		w.settle()
		if err := ch.say(ctx, w, said[0].ID); err != nil {
			return err
		}
		if noted[w.Key] {
			continue
		}
		noted[w.Key] = true
		if err := ch.noteKey(ctx, w.Key); err != nil {
			return err
		}
	}
	return nil
}

// say writes a word beside the first of those that are said with it, and gives it its ID. The first one's batch is its own ID.
func (ch *change) say(ctx context.Context, w *Word, first int64) error {
	const query = `INSERT INTO word (said, verb, key, subject, starts, ends, text, value, batch) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
		RETURNING id`
	err := ch.QueryRowContext(ctx, query, stamp(w.Said), string(w.Verb), string(w.Key), string(w.Subject), int64(w.Range.Start),
		int64(w.Range.End), w.Text, w.Value, first).Scan(&w.ID)
	if err == nil && first == 0 {
		_, err = ch.ExecContext(ctx, "UPDATE word SET batch = id WHERE id = ?", w.ID)
	}
	return err
}

// lastBatch is right too for words of an amvlib that was running when a newer one brought the library up to date: they have batch 0.
const lastBatch = `WHERE NOT undone AND iif(batch, batch, id) = (
	SELECT iif(batch, batch, id) FROM word WHERE NOT undone ORDER BY id DESC LIMIT 1) ORDER BY id`

// Undo takes back what was said last and not taken back yet, and gives it: one word, or all that were said at once with it, in order.
// They stay in the journal. Errors: ErrNotFound where there is nothing.
func (c *Catalog) Undo(ctx context.Context) ([]Word, error) {
	var last []Word
	err := c.write(ctx, "take back what was said in library", func(ch *change) (err error) {
		last, err = spoken(ctx, ch, lastBatch)
		if err == nil && len(last) == 0 {
			err = fmt.Errorf("nothing that could be taken back was %w", ErrNotFound)
		}
		for _, w := range last {
			if err == nil {
				_, err = ch.ExecContext(ctx, "UPDATE word SET undone = 1 WHERE id = ?", w.ID)
				err = errors.Join(err, ch.noteKey(ctx, w.Key))
			}
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return last, nil
}

// noteKey notes a change of the episode with that content, if the library has one.
func (ch *change) noteKey(ctx context.Context, key Key) error {
	var id int64
	err := ch.QueryRowContext(ctx, "SELECT id FROM episode WHERE key = ?", string(key)).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	return errors.Join(err, ch.note(ctx, id, false))
}

// Words is all that was said and not taken back, in order.
func (c *Catalog) Words(ctx context.Context) ([]Word, error) {
	all, err := spoken(ctx, c.reader, "WHERE NOT undone ORDER BY id")
	return all, trouble(ctx, "read what was said in library", c.dir, err)
}

// WordsOn is what was said of one episode, its shots and its lines, and not taken back, in order.
func (c *Catalog) WordsOn(ctx context.Context, key Key) ([]Word, error) {
	all, err := spoken(ctx, c.reader, "WHERE NOT undone AND key = ? ORDER BY id", string(key))
	return all, trouble(ctx, "read what was said in library", c.dir, err)
}

func spoken(ctx context.Context, q querier, where string, args ...any) ([]Word, error) {
	var all []Word
	err := each(ctx, q, "SELECT id, said, verb, key, subject, starts, ends, text, value FROM word "+where, args, func(rows *sql.Rows) error {
		var w Word
		var said int64
		err := rows.Scan(&w.ID, &said, &w.Verb, &w.Key, &w.Subject, &w.Range.Start, &w.Range.End, &w.Text, &w.Value)
		w.Said = moment(said)
		w.settle()
		all = append(all, w)
		return err
	})
	return all, err
}
