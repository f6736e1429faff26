#!/usr/bin/env python3
"""Measures `amvlib trace` on finished videos that are made of films of the library and of films that it lacks.

usage: bench-trace.py [--amvlib FILE] [--shared DIR] [--work DIR] [--half tune|report] [--seeds 1,2] [--shots 90]

The films are dealt into two halves, each with a library of its own. What is tuned is tuned on the first; the second, with other films in
its library, other shots of films that it lacks and other seeds, is for reporting. Two kinds of edits are made of each seed:
hard edits by ../shared/eval/splice.py (cuts, dissolves, fades, wipes; flashes, strobes, inverted frames, shakes, zooms, pans over stills,
held frames, captions), with where each shot is from noted on the way; and plain edits, in which shots are slowed down, sped up, run
backwards, mirrored, graded, zoomed, or bear a logo or subtitles. All are cropped to 16:9 and encoded anew. A shot is right where the
row that covers most of it names its film and, for its first frame that no transition touches, the very frame of the film or one of its neighbours.
Needs python3 with numpy, and ffmpeg.
"""
import argparse, csv, importlib.util, json, pathlib, subprocess, sys

import numpy as np

# film: (first frame, frames) that edits are made of
HALVES = {
    "tune": {"library": {"bbb_full_360p24.mp4": (0, 2600), "opencv_tree.avi": (0, 66), "tupi_example.avi": (0, 180), "mdn_rabbit.mp4": (0, 230)},
             "foreign": {"popeye_sindbad_T00-1.pgs.mkv": (0, 1500), "wannaworktogether_cc.mp4": (0, 1500), "planetblupi_play118.mkv": (0, 90)}},
    "report": {"library": {"popeye_sindbad_T01-2.pgs.mkv": (0, 1500), "sintel_trailer_720p.mp4": (0, 1250), "moviepy_chaplin.mp4": (0, 240),
                           "mdn_crystal.mp4": (0, 350), "planetblupi_win005.mkv": (0, 200), "wannaworktogether_cc.mp4": (1600, 2000)},
               "foreign": {"bbb_full_360p24.mp4": (7000, 2600), "planetblupi_history2.mkv": (0, 140), "tmk_chair-orig-22-sd-bar.mp4": (0, 600)}},
}
LIBRARY = {
    "tune": ["bbb_full_360p24.mp4", "opencv_tree.avi", "planetblupi_history2.mkv", "planetblupi_play108.mkv", "mdn_rabbit.mp4",
             "tmk_chair-orig-22-sd-bar.mp4", "tupi_example.avi"],
    "report": ["popeye_sindbad_T00-1.pgs.mkv", "popeye_sindbad_T01-2.pgs.mkv", "sintel_trailer_720p.mp4", "wannaworktogether_cc.mp4",
               "moviepy_chaplin.mp4", "mdn_crystal.mp4", "planetblupi_play118.mkv", "planetblupi_win005.mkv", "tmk_doorknob-hd-no-bar.mp4"],
}


def run(args, **more):
    return subprocess.run(args, check=True, capture_output=True, **more).stdout


class Film:
    """Frames of a film as splice.py sees them, on the disk, for they are gigabytes."""

    def __init__(self, splice, path, first, count, work):
        raw = work / f"{path.name}.{first}.{count}.rgb"
        if not raw.exists():
            part = raw.with_suffix(".part")
            w, h = splice.W, splice.H
            run(["ffmpeg", "-v", "error", "-y", "-i", path, "-map", "0:v:0", "-fps_mode", "passthrough", "-vf",
                 f"select='between(n,{first},{first + count - 1})',scale={w}:{h}:force_original_aspect_ratio=increase:flags=area,crop={w}:{h}",
                 "-frames:v", str(count), "-f", "rawvideo", "-pix_fmt", "rgb24", part])
            part.rename(raw)
        self.name, self.first = path.name, first
        self.frames = np.memmap(raw, np.uint8, "r").reshape(-1, splice.H, splice.W, 3)
        labels = path.parent.parent / "truth" / "shots" / (path.name + ".csv")
        rows = list(csv.DictReader(open(labels))) if labels.exists() else []
        self.labels = work / (raw.stem + ".csv")
        with open(self.labels, "w", newline="") as f:
            out = csv.writer(f)
            out.writerow(["type", "start", "end"])
            for r in rows:
                if int(r["start"]) >= first:
                    out.writerow([r["type"], int(r["start"]) - first, int(r["end"]) - first])


def hard(splice, films, to, seed, shots):
    """An edit by splice.py, and for each of its shots (first clean frame, end, film, frame there, step, what happens in it)."""
    by, made = {str(i): f for i, f in enumerate(films)}, []
    base = {f.frames.__array_interface__["data"][0]: f for f in films}
    disturb = splice.disturb

    def noting(shot, rng):
        at = shot.__array_interface__["data"][0]
        film = base[max(b for b in base if b <= at)]
        begin = (at - film.frames.__array_interface__["data"][0]) // shot[0].nbytes
        out, kind = disturb(np.asarray(shot), rng)
        made.append([film, begin, len(shot), str(kind)])
        return out, kind

    splice.read, splice.disturb = lambda path, most: by[path].frames, noting
    sys.argv = ["splice.py", "--out", str(to), "--seed", str(seed), "--shots", str(shots)] + [f"{i}={f.labels}" for i, f in by.items()]
    try:
        splice.main()
    finally:
        splice.disturb = disturb
    truth, at, changes = [], 0, [None] + list(csv.DictReader(open(f"{to}.csv")))
    for i, ((film, begin, n, kind), change) in enumerate(zip(made, changes)):
        clean = int(change["end"]) if change else 0
        after = int(changes[i + 1]["start"]) + 1 if i + 1 < len(changes) else None
        start = after - n if after is not None else (at if not change or change["type"] != "fade" else None)
        if start is None:  # the last, after a fade: its end is that of the video
            start = frames_of(f"{to}.mp4") - n
        truth.append(dict(start=start, clean=clean, end=start + n, film=film, begin=begin, step={"pan": 0}.get(kind, 1), kind=kind, flip=False))
        at = start + n
    return truth


def made(make, splice, films, to, seed, shots):
    """The truth of an edit, which is made only once."""
    kept = to.with_name(f"{to.name}-{shots}.truth")
    if not kept.exists():
        truth = make(splice, films, to, seed, shots)
        kept.write_text(json.dumps([{**s, "film": s["film"].name, "begin": int(s["begin"])} for s in truth]))
    by = {f.name: f for f in films}
    return [{**s, "film": by[s["film"]]} for s in json.loads(kept.read_text())]


def frames_of(path):
    raw = subprocess.run(["ffmpeg", "-i", path, "-map", "0:v:0", "-c", "copy", "-f", "null", "-"], capture_output=True, text=True).stderr
    return int(raw.rsplit("frame=", 1)[1].split()[0])


def plain(splice, films, to, seed, shots):
    """An edit of cuts and dissolves in which shots are changed as editors change them."""
    rng = np.random.default_rng(seed)
    pool = [(f, lo, hi) for f in films for lo, hi in splice.stretches(f.frames, f.labels) if splice.small(f.frames[(lo + hi) // 2]).std() > 12]
    enc = subprocess.Popen(["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{splice.W}x{splice.H}", "-r", "24000/1001",
                            "-i", "pipe:0", "-c:v", "libx264", "-crf", "23", "-pix_fmt", "yuv420p", f"{to}.mp4"], stdin=subprocess.PIPE)
    truth, at, tail, last = [], 0, None, None
    while len(truth) < shots:
        n = int(np.clip(rng.lognormal(3.3, .5), 8, 90))
        step = float(rng.choice([1, 1, 1, 1, 2, .5, -1, 1.5]))
        film, lo, hi = pool[int(rng.integers(len(pool)))]
        need = int(np.ceil((n - 1) * abs(step))) + 1
        if need > hi - lo or last == (film.name, lo):
            continue
        last = (film.name, lo)
        begin = int(rng.integers(lo, hi - need + 1)) + (need - 1 if step < 0 else 0)
        shot = np.stack([film.frames[begin + int(np.floor(k * step + 1e-9))] for k in range(n)])
        kind = str(rng.choice(["none", "none", "none", "flip", "grade", "zoom", "logo", "subtitles"]))
        shot = changed(splice, shot, kind, rng)
        d = int(rng.integers(6, 16)) if tail is not None and n > 24 and rng.random() < .2 else 0
        for k in range(d):
            t = (k + 1) / (d + 1)
            shot[k] = (tail * (1 - t) + shot[k] * t).astype(np.uint8)
        enc.stdin.write(np.ascontiguousarray(shot).tobytes())
        truth.append(dict(start=at, clean=at + d, end=at + n, film=film, begin=begin, step=step, kind=kind + ("" if step == 1 else f" x{step:g}"), flip=kind == "flip"))
        at, tail = at + n, shot[-1]
    enc.stdin.close()
    if enc.wait():
        sys.exit("ffmpeg failed")
    return truth


def changed(splice, shot, kind, rng):
    h, w = splice.H, splice.W
    shot = shot.copy()
    if kind == "flip":
        shot = shot[:, :, ::-1].copy()
    elif kind == "grade":
        gain, gamma = np.array(rng.uniform(.75, 1.25, 3)), rng.uniform(.8, 1.3)
        table = np.clip(255 * (np.arange(256) / 255) ** gamma * gain[:, None], 0, 255).astype(np.uint8)
        for k in range(3):
            shot[..., k] = table[k][shot[..., k]]
    elif kind == "zoom":
        by = rng.uniform(1.05, 1.2)
        shot = np.stack([splice.zoom(f, by) for f in shot])
    elif kind == "logo":
        shot[:, 18:62, w - 130:w - 24] = (230, 230, 40)
    elif kind == "subtitles":
        for y in (290, 322):
            for x in range(120, 520, 14):
                shot[:, y:y + 20, x:x + int(rng.integers(4, 11))] = 250
    return shot


def library(o, half):
    at = o.work / f"{half}.library"
    if not at.exists():
        films = at.with_suffix(".films")
        films.mkdir(parents=True, exist_ok=True)
        for film in LIBRARY[half]:
            link = films / film
            if not link.exists():
                link.symlink_to((o.shared / "footage" / "video" / film).resolve())
        subprocess.run([o.amvlib, "--library", at, "ingest", films], check=True, stdout=subprocess.DEVNULL)
    return at


def there(row, frame):
    """The frame of the film that a row says is shown at a frame of the video."""
    first, last = row["source_start_frame"], row["source_end_frame"] - 1
    if row["speed"] < 0:
        first, last = last, first
    return first + (last - first) * (frame - row["start_frame"]) / max(1, row["end_frame"] - 1 - row["start_frame"])


def score(rows, truth, half, tally, misses):
    found = [r for r in rows if r["found"]]
    for s in truth:
        mine = s["film"].name in HALVES[half]["library"]
        overlap = lambda r: max(0, min(r["end_frame"], s["end"]) - max(r["start_frame"], s["start"]))
        best = max(found, key=overlap, default=None)
        covered = sum(map(overlap, found))
        if not mine:
            tally["foreign"] += 1
            if 2 * covered > s["end"] - s["start"]:
                tally["claimed"] += 1
                misses.append((s, best, "claimed"))
            continue
        tally["library"] += 1
        kind = tally["kinds"].setdefault(s["kind"], [0, 0])
        kind[0] += 1
        if best is None or overlap(best) == 0:
            misses.append((s, None, "not found"))
            continue
        at = max(s["clean"], best["start_frame"])
        k = at - s["start"]
        want = s["film"].first + s["begin"] + np.floor((k - k % 3 if s["kind"] == "threes" else k) * s["step"] + 1e-9)
        got = there(best, at)
        if pathlib.Path(best["path"]).name != s["film"].name:
            misses.append((s, best, "wrong film"))
        elif abs(got - want) > 1.01:
            same = s["film"].frames[int(np.clip(round(got) - s["film"].first, 0, len(s["film"].frames) - 1))].astype(np.int16) - s["film"].frames[int(want) - s["film"].first]
            alike = bool(np.abs(same).mean() < 1)
            tally["alike"] += alike
            tally["equal"] += bool(not same.any())
            first = best["source_start_frame"]
            begins = want - got + first
            tally["said"] += bool(best.get("source_earliest_frame", first) - 1 <= begins <= best.get("source_latest_frame", first) + 1
                                  or any(abs(begins - n) <= 1.01 for n in best.get("source_also_frames", [])))
            misses.append((s, best, f"{got - want:+.1f} frames" + (", the same picture" if alike else "") + (", equal" if not same.any() else "")))
        else:
            tally["right"] += 1
            kind[1] += 1
            tally["edge"] += abs(best["start_frame"] - s["clean"]) <= 1
            tally["flipped"] += best.get("mirrored", False) == s["flip"]


def main():
    top = pathlib.Path(__file__).resolve().parent.parent
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--amvlib", default=top / "bin" / "amvlib", type=pathlib.Path)
    p.add_argument("--shared", default=top.parent / "shared", type=pathlib.Path)
    p.add_argument("--work", default=top / ".cache" / "trace", type=pathlib.Path)
    p.add_argument("--half", default="report", choices=list(HALVES))
    p.add_argument("--seeds", default="")
    p.add_argument("--shots", default=90, type=int)
    p.add_argument("--kinds", default="hard,plain")
    o = p.parse_args()
    if not (o.shared / "footage" / "video").is_dir():
        sys.exit(f"bench-trace: no footage in {o.shared}: there is nothing to measure on")
    o.work.mkdir(parents=True, exist_ok=True)
    spec = importlib.util.spec_from_file_location("splice", o.shared / "eval" / "splice.py")
    splice = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(splice)
    at = library(o, o.half)
    films = [Film(splice, o.shared / "footage" / "video" / name, first, count, o.work)
             for part in HALVES[o.half].values() for name, (first, count) in part.items()]
    seeds = [int(s) for s in (o.seeds or {"tune": "11,12", "report": "101,102,103"}[o.half]).split(",")]
    print("| edit | library shots | right to 1 frame, % | of the misses, the same picture; equal to the last bit; within what is told | begins within 1 frame | foreign shots | claimed, % | CPU seconds |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |", flush=True)
    bad = False
    for kind in o.kinds.split(","):
        total = dict(library=0, right=0, alike=0, equal=0, said=0, edge=0, flipped=0, foreign=0, claimed=0, kinds={})
        misses, cpu = [], 0
        for seed in seeds:
            to = o.work / f"{o.half}-{kind}-{seed}"
            truth = made({"hard": hard, "plain": plain}[kind], splice, films, to, seed, o.shots)
            r = subprocess.run(["bash", "-c", 'TIMEFORMAT="%U %S"; time "$@"', "-", o.amvlib, "--library", at, "trace", "--json", f"{to}.mp4"],
                               capture_output=True, text=True)
            if r.returncode:
                sys.exit(r.stderr)
            cpu += sum(map(float, r.stderr.splitlines()[-1].split()))
            rows = [json.loads(line) for line in r.stdout.splitlines()]
            (o.work / f"{to.name}.json").write_text(r.stdout)
            score(rows, truth, o.half, total, misses)
        share = 100 * total["right"] / max(1, total["library"])
        claimed = 100 * total["claimed"] / max(1, total["foreign"])
        bad |= share < 95 or claimed > 1
        print(f"| {kind} | {total['library']} | {share:.1f} | {total['alike']}; {total['equal']}; {total['said']} of {total['library'] - total['right']} | {total['edge']} | {total['foreign']} | {claimed:.1f} | {cpu:.0f} |", flush=True)
        for k, (n, right) in sorted(total["kinds"].items()):
            print(f"    {k}: {right} of {n}", file=sys.stderr)
        for s, row, why in misses:
            print(f"    frames {s['clean']}-{s['end']} {s['kind']}, {s['film'].name} {s['film'].first + s['begin']} x{s['step']:g}: {why}"
                  + (f" [{row['start_frame']}-{row['end_frame']} {pathlib.Path(row['path']).name} {row['source_start_frame']} x{row['speed']} seen {row.get('seen')}]" if row else ""), file=sys.stderr)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
