#!/bin/sh
# Installs what the tests want beyond ffmpeg: gcc for the race detector, python3-venv with OpenTimelineIO's readers. What cannot be
# had is said and skipped; the tests that want it skip with a word too.
set -u
cd "$(dirname "$0")/.."

root() {
	if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null 2>&1; then sudo -n "$@"; else return 1; fi
}

refreshed=
install() {
	command -v apt-get >/dev/null 2>&1 || return 1
	if [ -z "$refreshed" ]; then
		root apt-get update -qq >/dev/null 2>&1 || return 1
		refreshed=yes
	fi
	echo "setup: apt-get install $*"
	root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1
}

compiles() {
	printf '#include <pthread.h>\n#include <stdlib.h>\nint main(void){return 0;}\n' | gcc -x c -o /dev/null - 2>/dev/null
}

compiles || install gcc libc6-dev || true
compiles || echo "setup: no C compiler; tests run without the race detector"

requirements=interchange/testdata/otio/requirements.txt
venv=.venv
if [ -f "$requirements" ] && ! "$venv/bin/python" -c 'import opentimelineio' 2>/dev/null; then
	python3 -c 'import ensurepip, venv' 2>/dev/null || install python3 python3-venv || true
	if python3 -m venv "$venv" 2>/dev/null && "$venv/bin/python" -m pip install -q -r "$requirements" 2>/dev/null; then
		echo "setup: $venv holds OpenTimelineIO's readers"
	else
		rm -rf "$venv"
		echo "setup: no OpenTimelineIO; its checks of exports are skipped"
	fi
fi
exit 0
