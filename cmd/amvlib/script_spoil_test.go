package main

import (
	"database/sql"
	"errors"
	"path/filepath"

	"github.com/rogpeppe/go-internal/testscript"
)

// spoil writes into a library what no amvlib would.
func spoil(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: spoil DIR SQL")
	}
	ts.Check(execSQL(ts.MkAbs(args[0]), args[1]))
}

func execSQL(library, query string) error {
	db, err := sql.Open("sqlite", filepath.Join(library, "catalog.db"))
	if err != nil {
		return err
	}
	_, err = db.Exec(query)
	return errors.Join(err, db.Close())
}
