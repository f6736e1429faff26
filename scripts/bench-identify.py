#!/usr/bin/env python3
"""Measures `amvlib identify` on frames of films that were changed by ffmpeg, and on frames of films that the library lacks.

usage: bench-identify.py [--amvlib FILE] [--footage DIR] [--work DIR] [--frames 500] [--half tune|report|both] [--ways plain,flip]

The films are dealt into two halves, a library each. What is tuned is tuned on the first; the second is for reporting. Of each half
frames are drawn by a fixed seed over the whole length of its films, flat ones (black, white, fades) left out, each is changed in every
way below, and the library of that half is asked. Frames of the other half, plain, are those of films that it lacks. Needs python3
and ffmpeg, nothing else. Times are the container's; a frame is right where the first answer is of its film and at most half a second off.
Misses are told apart: held are those where the film shows the very same picture all the while between the answer and the truth. Right among
equals are those of which the first answer is right, or another that is told to fit as well. Twice are frames that the film shows again,
equal to the last bit as they are decoded, more than half a second away: which of them was asked for nothing can tell.
"""
import argparse, json, pathlib, random, subprocess, sys

HALVES = {
    "tune": ["bbb_full_360p24.mp4", "opencv_tree.avi", "planetblupi_history2.mkv", "planetblupi_play108.mkv", "mdn_rabbit.mp4",
             "tmk_chair-orig-22-sd-bar.mp4", "tupi_example.avi"],
    "report": ["popeye_sindbad_T00-1.pgs.mkv", "popeye_sindbad_T01-2.pgs.mkv", "sintel_trailer_720p.mp4", "wannaworktogether_cc.mp4",
               "moviepy_chaplin.mp4", "mdn_crystal.mp4", "planetblupi_play118.mkv", "planetblupi_win005.mkv", "tmk_doorknob-hd-no-bar.mp4"],
}
WIDE = "gt(iw/ih,1.5)"
WAYS = {  # name: (filter, JPEG quantiser)
    "plain": ("scale=640:-2", 12),
    "160x120": ("scale=160:120,setsar=1", 7),
    "flip": ("hflip", 5),
    "crop": (f"crop='if({WIDE},ih*4/3,iw)':'if({WIDE},ih,min(ih,iw*9/16))'", 5),
    "letterbox": (f"pad='if({WIDE},iw,ih*16/9)':'if({WIDE},iw*3/4,ih)':-1:-1", 5),
    "grade": ("eq=contrast=1.25:brightness=0.06:gamma=0.85:saturation=1.4,colorbalance=rs=.15:bs=-.15", 5),
    "logo": ("drawbox=x=iw*0.80:y=ih*0.05:w=iw*0.15:h=ih*0.12:color=white@0.9:t=fill,"
             "drawbox=x=iw*0.83:y=ih*0.07:w=iw*0.05:h=ih*0.08:color=red:t=fill", 5),
    "subtitles": ("drawtext=text='When the wind is in the reeds':fontsize=h/13:fontcolor=white:borderw=3:x=(w-tw)/2:y=h*0.80,"
                  "drawtext=text='nobody hears you come home':fontsize=h/13:fontcolor=white:borderw=3:x=(w-tw)/2:y=h*0.89", 5),
    "brightness": ("eq=brightness=0.2", 5),
    "zoom": ("crop=iw/1.1:ih/1.1", 5),
}
BARS = {"plain": 99, "160x120": 99, **{way: 92 for way in ("flip", "crop", "letterbox", "grade", "logo", "subtitles")}}


def run(args, **more):
    return subprocess.run(args, check=True, capture_output=True, **more).stdout


def library(amvlib, films, footage, at):
    if not at.exists():
        with_films = at.with_suffix(".films")
        with_films.mkdir(parents=True, exist_ok=True)
        for film in films:
            link = with_films / film
            if not link.exists():
                link.symlink_to((footage / film).resolve())
        subprocess.run([amvlib, "--library", at, "ingest", with_films], check=True, stdout=subprocess.DEVNULL)
    rows = run([amvlib, "--library", at, "list", "--json"]).decode().splitlines()
    return {pathlib.Path(e["path"]).name: e for e in map(json.loads, rows)}


def draw(episodes, count, seed):
    """(first, every) of the frames of each film, spread over the length of all."""
    rng, step = random.Random(seed), sum(e["duration"] for e in episodes.values()) / count
    every = {name: max(1, round(e["frames"] * step / e["duration"])) for name, e in sorted(episodes.items())}
    return {name: (rng.randrange(n), n) for name, n in every.items()}


def change(film, numbers, ways, to):
    """Writes WAY/MILLISECONDS.jpg of each frame, in one pass, but for flat ones."""
    if (to / "done").exists():
        return
    chosen = "select='eq(mod(n,%d),%d)',scale='iw*sar':ih,setsar=1" % (numbers[1], numbers[0])
    outputs = [f"[p{i}]{filters},format=yuvj420p[o{i}]" for i, (filters, _) in enumerate(WAYS[w] for w in ways)]
    graph = chosen + f",split={len(ways) + 1}" + "".join(f"[p{i}]" for i in range(len(ways))) + "[gray];" + ";".join(outputs)
    args = ["ffmpeg", "-v", "error", "-y", "-copyts", "-i", film, "-filter_complex", graph + ";[gray]scale=64:36:flags=area,format=gray[g]"]
    for i, way in enumerate(ways):
        (to / way).mkdir(parents=True, exist_ok=True)
        args += ["-map", f"[o{i}]", "-fps_mode", "passthrough", "-enc_time_base", "1:1000", "-frame_pts", "1", "-q:v", str(WAYS[way][1]),
                 to / way / "%d.jpg"]
    raw = run(args + ["-map", "[g]", "-fps_mode", "passthrough", "-f", "rawvideo", "pipe:1"])
    names = sorted((to / ways[0]).iterdir(), key=lambda p: int(p.stem))
    for i, name in enumerate(names):
        levels = raw[i * 64 * 36:(i + 1) * 64 * 36]
        mean = sum(levels) / len(levels)
        if sum((v - mean) ** 2 for v in levels) / len(levels) < 30:
            for way in ways:
                (to / way / name.name).unlink()
    (to / "done").touch()


def ask(amvlib, at, pictures):
    out, batch = {}, 200
    for i in range(0, len(pictures), batch):
        rows = run([amvlib, "--library", at, "identify", "--n", "12", "--json", *pictures[i:i + batch]]).decode().splitlines()
        for row in map(json.loads, rows):
            out.setdefault(row["file"], []).append(row)  # the first is the likeliest
    return out


def twice(film):
    """The milliseconds of frames that are shown again, more than half a second away."""
    rows = run(["ffmpeg", "-v", "error", "-copyts", "-i", film, "-map", "0:v:0", "-fps_mode", "passthrough", "-enc_time_base", "1:1000", "-f", "framemd5", "-"])
    by = {}
    for row in rows.decode().splitlines():
        if not row.startswith("#"):
            fields = [f.strip() for f in row.split(",")]
            by.setdefault(fields[-1], []).append(int(fields[2]))
    return {ms for times in by.values() for ms in times if max(times) - ms > 500 or ms - min(times) > 500}


def right(answer, film, time):
    return bool(answer.get("episode_id")) and pathlib.Path(answer["path"]).name == film and abs(answer["time"] - time) <= 0.5


def judge(answer, film, time):
    """What an answer is. A miss is `held` where the film shows the very same picture at the answer's time and at the right one."""
    if not answer or not answer.get("episode_id"):
        return "silent"
    if pathlib.Path(answer["path"]).name != film:
        return "film"
    if right(answer, film, time):
        return "right"
    return "held" if answer.get("held_start", 1) - 0.02 <= time <= answer.get("held_end", 0) + 0.02 else "moment"


def measure(half, o):
    here, other = HALVES[half], HALVES["report" if half == "tune" else "tune"]
    at = o.work / f"{half}.library"
    episodes = library(o.amvlib, here, o.footage, at)
    others = library(o.amvlib, other, o.footage, o.work / f"{'report' if half == 'tune' else 'tune'}.library")
    print(f"{half}: {', '.join(here)}", flush=True)
    scores = {way: {"n": 0, "right": 0, "held": 0, "moment": 0, "film": 0, "silent": 0, "among": 0, "twice": 0} for way in o.ways}
    for name, numbers in draw(episodes, o.frames, 7).items():
        to = o.work / half / name
        change(o.footage / name, numbers, list(WAYS), to)
        # All ways of a frame are asked together, so that its film is decoded there once.
        pictures = sorted(((int(p.stem), p) for way in o.ways for p in (to / way).iterdir()), key=lambda x: (x[0], str(x[1])))
        answers = ask(o.amvlib, at, [str(p) for _, p in pictures])
        again = twice(o.footage / name)
        for ms, p in pictures:
            score, rows = scores[p.parent.name], answers.get(str(p), [{}])
            score["n"] += 1
            score[judge(rows[0], name, ms / 1000)] += 1
            score["twice"] += ms in again
            score["among"] += right(rows[0], name, ms / 1000) or any(right(r, name, ms / 1000) for r in rows if r.get("equal"))
    print("| way | frames | right | in a held picture | another moment | another film | nothing said | right, % | bar | among equals, % | twice, % |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    missed = False
    for way, s in scores.items():
        share = 100 * s["right"] / max(1, s["n"])
        missed |= share < BARS.get(way, 0)
        print(f"| {way} | {s['n']} | {s['right']} | {s['held']} | {s['moment']} | {s['film']} | {s['silent']} | {share:.1f} | {BARS.get(way, '')} "
              f"| {100 * s['among'] / max(1, s['n']):.1f} | {100 * s['twice'] / max(1, s['n']):.1f} |", flush=True)
    claimed = asked = 0
    for name, numbers in draw(others, 2 * o.frames, 11).items():
        to = o.work / f"not-in-{half}" / name
        change(o.footage / name, numbers, ["plain"], to)
        pictures = sorted(map(str, (to / "plain").iterdir()))
        answers = ask(o.amvlib, at, pictures)
        asked += len(pictures)
        for p in pictures:
            first = answers.get(p, [{}])[0]
            if first.get("episode_id"):
                claimed += 1
                print(f"claimed: {p} {first['path']} at {first['time']}, {first['confidence']}", file=sys.stderr)
    print(f"\n{asked} frames of films that are not in the library: {claimed} claimed, {100 * claimed / max(1, asked):.2f} % (bar 0.5 %)\n", flush=True)
    return missed or claimed > 0.005 * asked


def main():
    top = pathlib.Path(__file__).resolve().parent.parent
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--amvlib", default=top / "bin" / "amvlib", type=pathlib.Path)
    p.add_argument("--footage", default=top.parent / "shared" / "footage" / "video", type=pathlib.Path)
    p.add_argument("--work", default=top / ".cache" / "identify", type=pathlib.Path)
    p.add_argument("--frames", default=500, type=int)
    p.add_argument("--half", default="report", choices=["tune", "report", "both"])
    p.add_argument("--ways", default=",".join(WAYS), type=lambda v: v.split(","))
    o = p.parse_args()
    if not o.footage.is_dir():
        sys.exit(f"bench-identify: no footage in {o.footage}: there is nothing to measure on")
    o.work.mkdir(parents=True, exist_ok=True)
    missed = [measure(h, o) for h in (["tune", "report"] if o.half == "both" else [o.half])]
    sys.exit(1 if any(missed) else 0)


if __name__ == "__main__":
    main()
