#!/bin/sh
# Runs all tests, with the race detector where a C compiler is there for it.
set -eu
cd "$(dirname "$0")/.."
go=${GO:-go}
if [ "$("$go" env GOOS)" != windows ] && printf '#include <pthread.h>\n#include <stdlib.h>\nint main(void){return 0;}\n' | gcc -x c -o /dev/null - 2>/dev/null; then
	CGO_ENABLED=1 "$go" test -race -timeout 20m ./...
else
	echo "no C compiler: without the race detector"
	"$go" test -timeout 20m ./...
fi
