#!/usr/bin/env python3
"""Make a hard edit with exact truth, of effects and encodings that nothing is trained on.

usage: hard.py --out NAME --seed N --encoding x264|hevc|mpeg2|vfr [--shots 100] [--sheet] FILM=LABELS.csv[@FIRST] ...

Takes stretches of single shots out of labelled films and joins and disturbs them as editors do (hard_joins.py, hard_inside.py), with
captions and bars that stay over cuts. Writes NAME.mp4, .mkv or .mpg and NAME.csv: `type,start,end,confidence,note`, start the last
frame purely of the old shot, end the first purely of the new one, counted from 0.

What was encoded is decoded again and compared with what was drawn, frame by frame: an encoder that dropped, doubled or moved one
fails the run. The same seed and footage give the same edit. This generator is for measuring alone. Never train on it, nor tune.
"""
import argparse
import csv
import os
import subprocess

import numpy as np

from hard_inside import EFFECTS
from hard_joins import BLENDS, DRESSINGS, burn_in, burn_out, fade_in, fade_out
from hard_pictures import HEIGHT, WIDTH, lettering, read, small, stretches
from hard_plan import Stretch, plan, truth

MOST = 1500  # frames taken of each film

# Rates differ on purpose. The last one holds pictures for 1/30, 1/24 and 1/12 s by turns.
ENCODINGS = {
    "x264": (".mp4", "24000/1001", ["-c:v", "libx264", "-crf", "30", "-g", "240"]),
    "hevc": (".mkv", "25", ["-c:v", "libx265", "-crf", "28", "-x265-params", "log-level=none"]),
    "mpeg2": (".mpg", "30000/1001", ["-c:v", "mpeg2video", "-q:v", "6", "-bf", "2", "-g", "15"]),
    "vfr": (".mkv", "24", ["-c:v", "libx264", "-crf", "24", "-fps_mode", "passthrough", "-enc_time_base", "1/1000", "-vf",
                           "settb=1/1000,setpts='if(eq(N,0),0,PREV_OUTPTS+if(lt(mod(N,150),50),33,if(lt(mod(N,150),100),42,83)))'"]),
}


class Captions:
    """Lines of writing that come and go with no regard to shots, as burned-in subtitles do; now and then a wide one in the middle."""

    def __init__(self, frames, rng):
        self.lines, at = [], int(rng.integers(5, 60))
        while at < frames:
            length = int(rng.integers(20, 80))
            self.lines.append((at, at + length, self.draw(rng)))
            at += length + int(rng.integers(1, 90))

    @staticmethod
    def draw(rng):
        large = rng.random() < 0.2
        strokes, outline = lettering(rng, int(rng.integers(8, 14) if large else rng.integers(14, 30)), 6 if large else 3)
        y = HEIGHT // 2 - 30 if large else HEIGHT - 48
        x = max(0, (WIDTH - strokes.shape[1]) // 2)
        return strokes[:, :WIDTH], outline[:, :WIDTH], y, x

    def over(self, picture, at):
        for low, high, (strokes, outline, y, x) in self.lines:
            if low <= at < high:
                box = picture[y:y + strokes.shape[0], x:x + strokes.shape[1]]
                box[outline] = 0
                box[strokes] = (250, 240, 120)


def stretches_of(films):
    """Every usable stretch of the films, each given as FILM=LABELS.csv or FILM=LABELS.csv@FIRST to begin at a later frame."""
    found = []
    for number, film in enumerate(films):
        path, _, labels = film.partition("=")
        labels, _, first = labels.partition("@")
        frames = read(path, int(first or 0), MOST)
        for low, high in stretches(frames, int(first or 0), labels):
            if small(frames[(low + high) // 2]).std() > 12:  # flat pictures have no boundary that eyes would see
                found.append(Stretch(number, frames[low:high]))
    if len(found) < 8:
        raise SystemExit(f"only {len(found)} usable stretches: give more footage")
    return found


def draw(shot, rng):
    """The frames of one shot with what happens inside it, still without its joins."""
    clip = shot.stretch.frames[shot.picks].copy()
    for name, low, high in shot.effects:
        EFFECTS[name](clip, low, high, rng, shot.other.frames)
    return clip


def render(shots, rng):
    """Pictures of the edit in order. Of the old shot only what the next join changes is kept back."""
    kept = None
    for shot, after in zip(shots, shots[1:] + [None]):
        clip = draw(shot, rng)
        if kept is not None:
            yield from join(kept, clip, shot.join, rng)
            clip = clip[shot.shared:]
        back = max(after.join.out, 6) if after else 0
        yield from clip[:max(0, len(clip) - back)]
        kept = clip[max(0, len(clip) - back):]
    yield from kept


def join(old, new, how, rng):
    """What of the old shot is left to show, changed by the join, and the frames that lie in between or are shared; changes new."""
    if how.name in BLENDS:
        pure = len(old) - how.out
        yield from old[:pure]
        for k in range(how.out):
            yield BLENDS[how.name][0](old[pure + k], new[k], (k + 1) / (how.out + 1), rng)
        return
    if how.name in DRESSINGS:
        # short shots keep a frame in the midst that no join has touched
        DRESSINGS[how.name](old[len(old) // 2:], new[:max(1, len(new) // 2)], rng)
    elif how.name == "burn":
        burn_out(old[len(old) - how.out:], rng)
        burn_in(new[:how.into], rng)
    elif how.kind == "fade":
        fade_out(old[len(old) - how.out:], how.colour)
        fade_in(new[:how.into], how.colour)
    yield from old
    for _ in range(how.hold):
        yield np.full((HEIGHT, WIDTH, 3), how.colour, np.uint8)


def encode(pictures, path, encoding):
    """Writes the pictures and returns each small, to compare with."""
    _, rate, arguments = ENCODINGS[encoding]
    run = subprocess.Popen(
        ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", rate, "-i", "pipe:0",
         *arguments, "-pix_fmt", "yuv420p", path], stdin=subprocess.PIPE)
    drawn = []
    for picture in pictures:
        run.stdin.write(np.ascontiguousarray(picture).tobytes())
        drawn.append(small(picture))
    run.stdin.close()
    if run.wait():
        raise SystemExit("ffmpeg failed")
    return np.stack(drawn)


def verify(path, drawn, rows):
    """Fails where a decoded frame is not the drawn one: at every boundary each frame must be nearest to its own drawing."""
    decoded = np.stack([small(picture) for picture in read(path, 0, len(drawn) + 99)])
    if len(decoded) != len(drawn):
        raise SystemExit(f"{path}: {len(drawn)} frames drawn, {len(decoded)} decoded")
    for kind, start, end, _ in rows:
        for frame in (start, end) if kind == "cut" else ():
            near = range(max(0, frame - 2), min(len(drawn), frame + 3))
            distance = {k: np.abs(decoded[frame] - drawn[k]).mean() for k in near}
            if distance[frame] > min(distance.values()) + 1:
                raise SystemExit(f"{path}: frame {frame} is not what was drawn: {distance}")


def sheet(path, rows, out):
    """A picture of every boundary for the eye: the frames about its start, then those about its end, a row each."""
    wanted = [[start - 1, start, start + 1, (start + end) // 2, end - 1, end, end + 1] for _, start, end, _ in rows]
    frames = read(path, 0, 10 ** 6)
    lines = [np.concatenate([frames[np.clip(k, 0, len(frames) - 1)][::3, ::3] for k in line], 1) for line in wanted]
    for page in range(0, len(lines), 12):
        grid = np.ascontiguousarray(np.concatenate(lines[page:page + 12]))
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{grid.shape[1]}x{grid.shape[0]}",
                        "-i", "pipe:0", "-frames:v", "1", f"{out}.{page:03}.png"], input=grid.tobytes(), check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--encoding", choices=ENCODINGS, required=True)
    parser.add_argument("--shots", type=int, default=100)
    parser.add_argument("--sheet", metavar="NAME", help="write pictures of all boundaries to NAME.000.png and on")
    parser.add_argument("films", nargs="+")
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)
    shots = plan(stretches_of(options.films), options.shots, rng)
    rows = list(truth(shots))
    frames = shots[-1].at + shots[-1].length
    captions = Captions(frames, rng)
    path = options.out + ENCODINGS[options.encoding][0]
    part = options.out + ".part" + ENCODINGS[options.encoding][0]
    drawn = encode(captioned(render(shots, rng), captions), part, options.encoding)
    if len(drawn) != frames:
        raise SystemExit(f"{frames} frames planned, {len(drawn)} drawn")
    verify(part, drawn, rows)
    write(rows, options.out + ".csv")
    os.replace(part, path)
    if options.sheet:
        sheet(path, rows, options.sheet)
    print(f"{path}: {frames} frames, {len(rows)} boundaries")


def captioned(pictures, captions):
    for at, picture in enumerate(pictures):
        picture = picture.copy()
        captions.over(picture, at)
        yield picture


def write(rows, path):
    with open(path, "w", encoding="utf-8", newline="") as f:
        out = csv.writer(f)
        out.writerow(["type", "start", "end", "confidence", "note"])
        out.writerows([kind, start, end, "sure", about] for kind, start, end, about in rows)


if __name__ == "__main__":
    main()
