#!/usr/bin/env python3
"""Measures `amvlib dups` on films that are there in several encodes, among others that are not.

usage: bench-dups.py [--amvlib FILE] [--footage DIR] [--library DIR]

All films of the footage make one library. Of each two encodes of one film, whose times are the same, the shots count that lie in what both
have: a shot is paired where a group has it with a shot of the other that is shown at the same time, and wrong where a group has it with
one of the other that is not, nor hangs together with it by shots that are. A group with two different films in it is wrong too.
Black, white and blank shots have no looks and are left out, by their flags.
"""
import argparse, itertools, json, pathlib, subprocess, sys

FILMS = [
    ["bbb_full_360p24.mp4", "bbb_full_160x120_4fps.mp4", "bbb_first30s_1080p.mp4", "moviepy_big_buck_bunny_0_30.webm"],
    ["popeye_sindbad_T00-1.pgs.mkv", "popeye_sindbad_T00-1.vobsub.mkv"],
    ["popeye_sindbad_T01-2.pgs.mkv", "popeye_sindbad_T01-2.vobsub.mkv"],
    ["sintel_trailer_720p.mp4", "sintel_trailer_threejs.mp4"],
    ["tmk_chair-orig-22-sd-bar.mp4", "tmk_chair-22-sd-grey-bar.mp4", "tmk_chair-22-with-large-logo-bar.mp4", "tmk_chair-20-sd-bar.mp4"],
]


def rows(*args):
    return map(json.loads, subprocess.run(args, check=True, capture_output=True).stdout.decode().splitlines())


def together(a, b):
    """Whether two shots of the same clock are shown at once, for more than the difference of two cuts."""
    return min(a["end"], b["end"]) - max(a["start"], b["start"]) > 0.1


def chain(group):
    """Sets of the group's shots that hang together in time."""
    sets = []
    for shot in group:
        touching = [s for s in sets if any(together(shot, o) for o in s)]
        sets = [s for s in sets if s not in touching] + [[shot] + [o for s in touching for o in s]]
    return sets


def main():
    top = pathlib.Path(__file__).resolve().parent.parent
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--amvlib", default=top / "bin" / "amvlib", type=pathlib.Path)
    p.add_argument("--footage", default=top.parent / "shared" / "footage" / "video", type=pathlib.Path)
    p.add_argument("--library", default=top / ".cache" / "dups.library", type=pathlib.Path)
    o = p.parse_args()
    if not o.footage.is_dir():
        sys.exit(f"bench-dups: no footage in {o.footage}: there is nothing to measure on")
    ask = [o.amvlib, "--library", o.library]
    if not o.library.exists():
        o.library.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run([*ask, "ingest", o.footage], check=True, stdout=subprocess.DEVNULL)
    name = lambda row: pathlib.Path(row["path"]).name
    groups = [r["shots"] for r in rows(*ask, "dups", "--json") if "group" in r]
    film = {name: i for i, encodes in enumerate(FILMS) for name in encodes}
    shots, length = {}, {}
    for e in rows(*ask, "list", "--json"):
        length[name(e)] = e["duration"]
        shots[name(e)] = [s for s in rows(*ask, "search", "--json", "--copies", "--n", "10000", "--episode", name(e), "--no-flag", "black", "--no-flag", "white")
                          if name(s) == name(e)]
    print("| films | shots | paired | % | wrong |\n| --- | --- | --- | --- | --- |")
    missed = False
    for a, b in (pair for encodes in FILMS for pair in itertools.combinations(encodes, 2)):
        if length[a] > length[b]:
            a, b = b, a
        paired, wrong = set(), set()
        for group in groups:
            for s in (s for s in group if name(s) == a):
                if any(name(t) == b and together(s, t) for t in group):
                    paired.add(s["id"])
                elif any(name(t) == b for t in group) and not any(s in c and any(name(t) == b for t in c) for c in chain(group)):
                    wrong.add(s["id"])
        ids = {s["id"] for s in shots[a]}
        share = 100 * len(paired & ids) / max(1, len(ids))
        missed |= share < 98 or len(wrong) > 0.005 * len(ids)
        print(f"| {a} in {b} | {len(ids)} | {len(paired & ids)} | {share:.1f} | {len(wrong)} |")
    mixed = [g for g in groups if len({film.get(name(s), name(s)) for s in g}) > 1]
    print(f"\n{len(groups)} groups, {len(mixed)} of them of different films")
    for g in mixed:
        print("  " + ", ".join(f"{name(s)} {s['start']}" for s in g))
    sys.exit(1 if missed or mixed else 0)


if __name__ == "__main__":
    main()
