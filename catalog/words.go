package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/amvlib/amvlib/timecode"
)

// Verb is what a word does.
type Verb string

// The verbs. About an episode, a shot or a line: Tag, Untag, Note and Rate. About an episode: Rename. About clip lists: the others.
const (
	Tag    Verb = "tag"    // Value is the tag
	Untag  Verb = "untag"  // Value is the tag
	Remark Verb = "note"   // Value is the text, which takes the place of the one before; empty takes it away
	Rate   Verb = "rate"   // Value is "0" to "5", 0 for none
	Rename Verb = "rename" // Value is a Name as JSON: what the user says an episode is called
	List   Verb = "list"   // Value is the name of a clip list that begins
	Add    Verb = "add"    // Value is the name of the list that the shot is added to, at its end
	Remove Verb = "remove" // Value is the name of the list that the shot is taken from
	Unlist Verb = "unlist" // Value is the name of a list that is given up
)

// Word is one thing that the user said.
type Word struct {
	ID    int64
	Said  time.Time
	Verb  Verb
	Key   Key            // of the episode; empty where a word is about a list as a whole
	Range timecode.Range // of the shot or line; zero for the whole episode
	Value string
}

// Say writes w into the journal and gives it with its ID and time. When it returns, the word is on the disk.
func (c *Catalog) Say(ctx context.Context, w Word) (Word, error) {
	w.Said = moment(stamp(time.Now()))
	err := c.write(ctx, "keep what was said in library", func(ch *change) error {
		const query = "INSERT INTO word (said, verb, key, starts, ends, value) VALUES (?, ?, ?, ?, ?, ?) RETURNING id"
		err := ch.QueryRowContext(ctx, query, stamp(w.Said), string(w.Verb), string(w.Key), int64(w.Range.Start), int64(w.Range.End), w.Value).Scan(&w.ID)
		return errors.Join(err, ch.noteKey(ctx, w.Key))
	})
	return w, err
}

// Undo takes back the last word that was not taken back yet, and gives it. It stays in the journal. Errors: ErrNotFound where there
// is none.
func (c *Catalog) Undo(ctx context.Context) (Word, error) {
	var w Word
	err := c.write(ctx, "take back what was said in library", func(ch *change) error {
		found, err := spoken(ctx, ch, "WHERE NOT undone ORDER BY id DESC LIMIT 1")
		if err == nil && len(found) == 0 {
			err = fmt.Errorf("nothing that could be taken back was %w", ErrNotFound)
		}
		if err != nil {
			return err
		}
		w = found[0]
		_, err = ch.ExecContext(ctx, "UPDATE word SET undone = 1 WHERE id = ?", w.ID)
		return errors.Join(err, ch.noteKey(ctx, w.Key))
	})
	return w, err
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
	err := each(ctx, q, "SELECT id, said, verb, key, starts, ends, value FROM word "+where, args, func(rows *sql.Rows) error {
		var w Word
		var said int64
		err := rows.Scan(&w.ID, &said, &w.Verb, &w.Key, &w.Range.Start, &w.Range.End, &w.Value)
		w.Said = moment(said)
		all = append(all, w)
		return err
	})
	return all, err
}
