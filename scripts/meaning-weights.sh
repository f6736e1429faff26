#!/bin/sh
# Makes meaning/weights/*.bin again from the Python packages that they come from, and compares them with SHA256SUMS: meaning-weights.sh [--write].
# --write puts what comes out in the place of what is there, with the vectors that tests compare with. Ten CPU minutes and 2 GB of memory.
set -eu
cd "$(dirname "$0")/.."

venv=.cache/weights-venv
wheels=.cache/wheels
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/python" -m pip install -q -r meaning/build/requirements.txt
# One of them is built for one system only, and is a mere envelope of numbers to us: any system takes it.
"$venv/bin/python" -m pip download -q --no-deps --require-hashes --only-binary=:all: --platform manylinux2014_x86_64 --platform any \
	-r meaning/build/wheels.txt -d "$wheels"

if [ "${1:-}" = --write ]; then
	"$venv/bin/python" meaning/build/build.py "$wheels" meaning --goldens
	(cd meaning/weights && sha256sum e5.bin minilm.bin > SHA256SUMS)
	exit
fi
out=.cache/weights
"$venv/bin/python" meaning/build/build.py "$wheels" "$out"
cd "$out/weights" && sha256sum -c "$OLDPWD/meaning/weights/SHA256SUMS"
