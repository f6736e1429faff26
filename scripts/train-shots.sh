#!/bin/sh
# usage: train-shots.sh DIR
#
# Makes the weights of the shot detector anew, from the films beside the project: DIR/folds/all.bin is shotdetect/weights.bin, and the others of
# DIR/folds are those that docs/shots.md is measured with. Every step is decided by a seed; same machine, same bits. About an hour of CPU.
#
# The data came about in two steps, and the second has an effect more (titles that blend in): what the first makes is made by the
# program as it was then, at the commit below, which this script checks out into DIR.
set -eu
dir=$1
first=7ecb52c
top=$(cd "$(dirname "$0")/.." && pwd)
shared=$top/../shared/footage
python=$top/.cache/peers-venv/bin/python
mkdir -p "$dir/w"
dir=$(cd "$dir" && pwd)

git -C "$top" worktree add -f "$dir/then" $first
(cd "$dir/then" && go build -o "$dir/dump-then" ./shotdetect/train)
(cd "$top" && go build -o "$dir/dump-now" ./shotdetect/train)

then_() { out=$1; shift; [ -s "$dir/$out/index.json" ] || "$dir/dump-then" dump --out "$dir/$out" "$@"; }
now() { out=$1; shift; [ -s "$dir/$out/index.json" ] || "$dir/dump-now" dump --out "$dir/$out" "$@"; }
films="--footage $shared/video --truth $shared/truth/shots"

# 1.2 million frames
then_ data $films --seed 1 --looks 3 --edits 333
then_ drawn --edits 0 --seed 2 --drawn 120
then_ drawn2 --edits 0 --seed 20 --drawn 400
then_ without-a $films --made --looks 0 --edits 250 --seed 3 --leave-out popeye,sintel,chaplin
then_ without-b $films --made --looks 0 --edits 250 --seed 4 --leave-out bbb,wanna,blupi
then_ looks $films --made --looks 6 --edits 0 --seed 21
now more-a $films --made --looks 2 --edits 120 --seed 34 --leave-out popeye,sintel,chaplin
now more-b $films --made --looks 2 --edits 120 --seed 33 --leave-out bbb,wanna,blupi

# train NAME LEFT-OUT BEGIN DATA OPTIONS...
train() {
	name=$1 out=$2 begin=$3 data=$4
	shift 4
	folders=
	for d in $data; do folders=$folders,$dir/$d; done
	[ -s "$dir/w/$name.bin" ] || "$python" "$top/shotdetect/train/train.py" --data "${folders#,}" --leave-out "$out" ${begin:+--begin "$dir/w/$begin.pt"} \
		--batch 32 --keep "$dir/w/$name.pt" --out "$dir/w/$name.bin" "$@"
}
a=popeye,sintel,chaplin b=bbb,wanna,blupi
some="data drawn without-a without-b"
all="data drawn drawn2 without-a without-b looks more-a more-b"

# What is left out is left out of all that weights begin with, too; train.py refuses them otherwise.
train base $a,$b "" "data drawn" --steps 1200 --seed 1
train half-a $a base "$some" --steps 2000 --rate 2e-3 --seed 2
train half-b $b base "$some" --steps 2000 --rate 2e-3 --seed 6
train sintel sintel half-a "$some" --steps 1000 --rate 1.5e-3 --seed 3
train popeye popeye half-a "$some" --steps 1000 --rate 1.5e-3 --seed 4
train bbb bbb half-b "$some" --steps 1500 --rate 1.5e-3 --seed 7
train wanna wanna half-b "$some looks" --steps 1500 --rate 1.5e-3 --seed 8
train all "" half-a "$some" --steps 2000 --rate 2e-3 --seed 5

for fold in half-a:$a half-b:$b popeye:popeye bbb:bbb wanna:wanna; do
	train ${fold%%:*}2 "${fold#*:}" ${fold%%:*} "$all" --steps 1200 --rate 1.5e-3 --seed 11
done
train all2 "" all "$all" --steps 900 --rate 1.5e-3 --seed 11

# For measuring, by the names of the folds. The Sintel trailer was measured before the second round, and Planet Blupi by the half that has
# seen neither it nor the other films of half b.
mkdir -p "$dir/folds"
for fold in half-a half-b popeye bbb wanna; do cp "$dir/w/${fold}2.bin" "$dir/folds/$fold.bin"; done
cp "$dir/w/sintel.bin" "$dir/folds/sintel.bin"
cp "$dir/w/half-b2.bin" "$dir/folds/blupi.bin"
cp "$dir/w/all2.bin" "$dir/folds/all.bin"
