package catalog

// applicationID marks the file as ours ("amvl"), so that no other program's database is ever taken for a library.
const applicationID = 0x616d766c

// pageSize holds several small pictures; on pages of 4 KB one alone would waste a third of each.
const pageSize = 16384

// migrations lead from any older schema to this one: the n-th makes version n+1 of version n. What is released is never edited;
// a change is a new entry. DESIGN.md says what the tables mean.
var migrations = []string{schema1, schema2, schema3, schema4, schema5, schema6}

// schema6 keeps what is flagged in each shot. Episodes of before have none until they are looked at again; v_flags tells.
const schema6 = `
ALTER TABLE shot ADD COLUMN flags INTEGER NOT NULL DEFAULT 0;
ALTER TABLE episode ADD COLUMN v_flags INTEGER NOT NULL DEFAULT 0;
`

// schema5 keeps the hues of each shot. Those of before are unknown until they are analysed again.
const schema5 = `
ALTER TABLE shot ADD COLUMN palette BLOB NOT NULL DEFAULT x'';
`

// schema4 keeps a second hash of each sample, of the middle of the picture. Episodes of before have none until they are analysed again.
const schema4 = `
ALTER TABLE signal ADD COLUMN centres BLOB NOT NULL DEFAULT x'';
`

// schema3 finds the boundaries that the user said, and the small pictures of a stretch, without reading the rest. It is a version of its
// own for another reason too: an amvlib that knows nothing of such boundaries would number shots otherwise than the index does.
const schema3 = `
CREATE INDEX word_boundary ON word (key, id) WHERE subject = 'boundary';
CREATE INDEX still_frame ON still (episode, frame);
`

// schema2 lets a word say what it is about, and which words were said at once. Until then there were no words on lines: those with a
// stretch of time are about shots.
const schema2 = `
ALTER TABLE word ADD COLUMN subject TEXT NOT NULL DEFAULT '';
ALTER TABLE word ADD COLUMN text TEXT NOT NULL DEFAULT '';
ALTER TABLE word ADD COLUMN batch INTEGER NOT NULL DEFAULT 0;
UPDATE word SET batch = id;
UPDATE word SET subject = 'shot' WHERE starts <> 0 OR ends <> 0;
`

const schema1 = `
CREATE TABLE library (
	one        INTEGER PRIMARY KEY CHECK (one = 1),
	id         TEXT    NOT NULL,
	generation INTEGER NOT NULL
) STRICT;

CREATE TABLE history (
	generation INTEGER PRIMARY KEY,
	token      TEXT    NOT NULL
) STRICT;

CREATE TABLE episode (
	id         INTEGER PRIMARY KEY AUTOINCREMENT,
	key        TEXT    NOT NULL UNIQUE,
	path       BLOB    NOT NULL,
	size       INTEGER NOT NULL,
	modified   INTEGER NOT NULL,
	source     TEXT    NOT NULL,
	season     INTEGER NOT NULL,
	number     TEXT    NOT NULL,
	version    INTEGER NOT NULL,
	grouped    TEXT    NOT NULL,
	info       TEXT    NOT NULL,
	rate_num   INTEGER NOT NULL,
	rate_den   INTEGER NOT NULL,
	variable   INTEGER NOT NULL,
	frames     INTEGER NOT NULL,
	duration   INTEGER NOT NULL,
	first_pts  INTEGER NOT NULL,
	v_shots    INTEGER NOT NULL,
	v_pictures INTEGER NOT NULL,
	v_sound    INTEGER NOT NULL,
	v_text     INTEGER NOT NULL,
	shots      INTEGER NOT NULL,
	lines      INTEGER NOT NULL,
	generation INTEGER NOT NULL,
	added      INTEGER NOT NULL
) STRICT;

CREATE TABLE file (
	path     BLOB    PRIMARY KEY,
	episode  INTEGER NOT NULL REFERENCES episode ON DELETE CASCADE,
	size     INTEGER NOT NULL,
	modified INTEGER NOT NULL,
	sidecars TEXT    NOT NULL,
	seen     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX file_episode ON file (episode);

CREATE TABLE signal (
	episode  INTEGER PRIMARY KEY REFERENCES episode ON DELETE CASCADE,
	times    BLOB NOT NULL,
	scores   BLOB NOT NULL,
	samples  BLOB NOT NULL,
	loudness BLOB NOT NULL
) STRICT;

CREATE TABLE shot (
	episode   INTEGER NOT NULL REFERENCES episode ON DELETE CASCADE,
	number    INTEGER NOT NULL,
	span_in   INTEGER NOT NULL,
	span_out  INTEGER NOT NULL,
	clean_in  INTEGER NOT NULL,
	clean_out INTEGER NOT NULL,
	enters    TEXT    NOT NULL,
	leaves    TEXT    NOT NULL,
	starts    INTEGER NOT NULL,
	ends      INTEGER NOT NULL,
	keyframe  INTEGER NOT NULL,
	key_time  INTEGER NOT NULL,
	hash      INTEGER NOT NULL,
	look      BLOB    NOT NULL,
	loudness  INTEGER NOT NULL,
	PRIMARY KEY (episode, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE thumb (
	episode INTEGER NOT NULL REFERENCES episode ON DELETE CASCADE,
	number  INTEGER NOT NULL,
	jpeg    BLOB    NOT NULL,
	PRIMARY KEY (episode, number)
) STRICT;

CREATE TABLE still (
	episode  INTEGER NOT NULL REFERENCES episode ON DELETE CASCADE,
	position INTEGER NOT NULL,
	frame    INTEGER NOT NULL,
	jpeg     BLOB    NOT NULL,
	PRIMARY KEY (episode, position)
) STRICT;

CREATE TABLE track (
	episode   INTEGER NOT NULL REFERENCES episode ON DELETE CASCADE,
	position  INTEGER NOT NULL,
	beside    INTEGER NOT NULL,
	stream    INTEGER NOT NULL,
	codec     TEXT    NOT NULL,
	format    TEXT    NOT NULL,
	language  TEXT    NOT NULL,
	title     TEXT    NOT NULL,
	preferred INTEGER NOT NULL,
	forced    INTEGER NOT NULL,
	file      BLOB    NOT NULL,
	skipped   BLOB    NOT NULL,
	PRIMARY KEY (episode, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE line (
	id      INTEGER PRIMARY KEY AUTOINCREMENT,
	episode INTEGER NOT NULL REFERENCES episode ON DELETE CASCADE,
	track   INTEGER NOT NULL,
	starts  INTEGER NOT NULL,
	ends    INTEGER NOT NULL,
	text    TEXT    NOT NULL,
	lang    TEXT    NOT NULL,
	style   TEXT    NOT NULL,
	speaker TEXT    NOT NULL,
	kind    TEXT    NOT NULL,
	shot    INTEGER NOT NULL,
	shots   BLOB    NOT NULL
) STRICT;
CREATE INDEX line_episode ON line (episode, starts);

CREATE TABLE change (
	episode    INTEGER PRIMARY KEY,
	generation INTEGER NOT NULL,
	gone       INTEGER NOT NULL
) STRICT;
CREATE INDEX change_generation ON change (generation);

CREATE TABLE word (
	id     INTEGER PRIMARY KEY AUTOINCREMENT,
	said   INTEGER NOT NULL,
	verb   TEXT    NOT NULL,
	key    TEXT    NOT NULL,
	starts INTEGER NOT NULL,
	ends   INTEGER NOT NULL,
	value  TEXT    NOT NULL,
	undone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX word_key ON word (key, id);
`
