package main

import (
	"database/sql"
	"path/filepath"

	"github.com/rogpeppe/go-internal/testscript"
	_ "modernc.org/sqlite" // the driver, to write what a newer amvlib would
)

func newer(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: newer DIR")
	}
	db, err := sql.Open("sqlite", filepath.Join(ts.MkAbs(args[0]), "catalog.db"))
	ts.Check(err)
	defer db.Close()
	_, err = db.Exec("PRAGMA user_version = 9999")
	ts.Check(err)
}
