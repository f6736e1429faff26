#!/bin/sh
# Runs all tests, with the race detector where a C compiler is there for it. The program as a whole, the drawing of films, the measuring of search and what
# only reads bytes or counts pixels are tested without it: it makes them twenty times slower, and what is done side by side is done by packages that are raced here.
set -eu
cd "$(dirname "$0")/.."
go=${GO:-go}
slow='/(cmd/amvlib|fixtures|search/relevance|shotdetect/edits|shotdetect/feature|subtitles)$'
if [ "$("$go" env GOOS)" != windows ] && printf '#include <pthread.h>\n#include <stdlib.h>\nint main(void){return 0;}\n' | gcc -x c -o /dev/null - 2>/dev/null; then
	"$go" list ./... | grep -Ev "$slow" | CGO_ENABLED=1 xargs "$go" test -race -timeout 20m
	CGO_ENABLED=1 "$go" test -race -run 'Scripts/hostile|WriteTells' ./cmd/amvlib ./fixtures
	"$go" list ./... | grep -E "$slow" | xargs "$go" test -timeout 20m
else
	echo "no C compiler: without the race detector"
	"$go" test -timeout 20m ./...
fi
