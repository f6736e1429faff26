#!/bin/sh
# Runs on an emulated 64-bit ARM what has to come out bit for bit the same on every machine: the vectors of lines and questions, products of a
# question with the lines of a library, and what is found by them. Needs qemu's user mode, which it installs through apt where it may.
set -eu
cd "$(dirname "$0")/.."
go=${GO:-go}
# Where AVX2 kernels have plain twins, that both give the same is tested by the packages themselves; here the plain ones run as ARM code, whose
# compiler may fuse a product with a sum.
tests='TestVersion|TestALineIsSeenInItsPlace|TestProducts|TestExtremes|TestUnpack|TestBest|TestScoresAreTheSameEverywhere|TestSurround|TestExponential|TestGelu|TestHalf|TestAgreesWithTheReference|TestLargestWeights'
rooms='./meaning ./meaning/scan ./meaning/transformer ./index/vectors'

if [ "$("$go" env GOHOSTARCH)" = arm64 ]; then
	exec "$go" test -count 1 -run "$tests" $rooms
fi
emulator() { command -v qemu-aarch64-static || command -v qemu-aarch64; }
if ! emulator >/dev/null && command -v apt-get >/dev/null 2>&1; then
	if [ "$(id -u)" = 0 ]; then root=; else root='sudo -n'; fi
	echo "arm64: apt-get install qemu-user-static"
	{ $root apt-get update -qq && $root apt-get install -y -qq --no-install-recommends qemu-user-static; } >/dev/null 2>&1 || true
fi
if ! qemu=$(emulator); then
	echo "arm64: no qemu-aarch64-static: install qemu-user-static" >&2
	exit 1
fi
GOOS=linux GOARCH=arm64 CGO_ENABLED=0 "$go" test -count 1 -timeout 30m -exec "$qemu" -run "$tests" $rooms
