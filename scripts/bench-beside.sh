#!/bin/sh
# Measures meaning and moods on the sentences of ../shared/text, beside VADER and AFINN, and writes the tables into docs/search.md: minutes.
set -eu
cd "$(dirname "$0")/.."
text=../shared/text
venv=.cache/beside-venv
[ -d "$text" ] || { echo "bench-beside: there is no $text" >&2; exit 1; }
if [ ! -x "$venv/bin/python" ]; then
	python3 -m venv "$venv"
	"$venv/bin/pip" install --quiet vaderSentiment==3.3.2 afinn==0.1
fi
"$venv/bin/python" scripts/valence.py "$text/goemotions_test.tsv" > .cache/valence.tsv
go run ./search/relevance --beside "$text" --valence .cache/valence.tsv --write docs/search.md
