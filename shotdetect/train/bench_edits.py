"""Films that are made for measuring: hard edits by the shared splice.py and by hard.py, and episodes that package fixtures draws.

All are kept below .cache/shots and made once; a seed and the footage give the same pictures again.
"""
import os
import subprocess
import sys

from bench_films import (DRAWN_FOLD, DRAWN_SEED, FOOTAGE, HALVES, HARD_SEEDS, HARD_STARTS, LABELS, ROOT, SHARED, SPLICE_SEEDS,
                         SPLICE_SHOTS, Film)
from hard import ENCODINGS


def pair(name, folder, start=None):
    """FILM=LABELS.csv as both generators take it. A film without labels is one shot, which is said by a file without rows."""
    labels = os.path.join(LABELS, name + ".csv")
    if not os.path.exists(labels):
        labels = os.path.join(folder, "none.csv")
        with open(labels, "w", encoding="utf-8") as f:
            f.write("type,start,end,confidence,note\n")
    return f"{os.path.join(FOOTAGE, name)}={labels}" + (f"@{start}" if start else "")


def make(command, films):
    """Runs a generator; a film that could not be made ends the run, for a pool without it would be another pool."""
    print("making", os.path.basename(films), flush=True)
    if subprocess.run([sys.executable, *command], stdout=subprocess.DEVNULL).returncode:
        raise SystemExit(f"{films} could not be made")


def spliced(folder):
    """Hard edits by the shared generator."""
    films = []
    for half, seeds in SPLICE_SEEDS.items():
        for seed in seeds:
            name = f"splice-{half}-{seed}"
            stem = os.path.join(folder, name)
            if not os.path.exists(stem + ".csv"):
                pairs = [pair(film, folder) for film in HALVES[half]]
                make([os.path.join(SHARED, "eval", "splice.py"), "--out", stem, "--seed", str(seed), "--shots", str(SPLICE_SHOTS), *pairs], stem)
            films.append(Film(name, stem + ".mp4", stem + ".csv", "half-" + half, "splice"))
    return films


def hard(folder):
    """Hard edits by the second generator, that nothing is ever trained on."""
    films = []
    for half, seeds in HARD_SEEDS.items():
        pairs = [pair(film, folder, start) for film in HALVES[half] for start in HARD_STARTS.get(film, (None,))]
        for encoding, seed in seeds.items():
            name = f"hard-{half}-{encoding}"
            stem, path = os.path.join(folder, name), os.path.join(folder, name + ENCODINGS[encoding][0])
            if not os.path.exists(path):
                script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "hard.py")
                make([script, "--out", stem, "--seed", str(seed), "--encoding", encoding, *pairs], stem)
            films.append(Film(name, path, stem + ".csv", "half-" + half, "hard"))
    return films


def drawn(folder):
    """The project's own episodes, which its test suite draws into a folder, each with its truth beside it."""
    if not os.path.exists(os.path.join(folder, "done")):
        os.makedirs(folder, exist_ok=True)
        print("drawing episodes", flush=True)
        wanted = dict(os.environ, AMVLIB_DRAWN=folder, AMVLIB_DRAWN_SEED=str(DRAWN_SEED))
        subprocess.run(["go", "test", "-timeout", "2h", "-count", "1", "-run", "^TestDrawForMeasuring$", "./fixtures"], cwd=ROOT, env=wanted, check=True,
                       stdout=subprocess.DEVNULL)
        with open(os.path.join(folder, "done"), "w", encoding="utf-8") as f:
            f.write(f"seed {DRAWN_SEED}\n")
    films = []
    for below, _, names in sorted(os.walk(folder)):
        for name in sorted(n for n in names if n.endswith(".truth.csv")):
            film = name.removesuffix(".truth.csv")
            films.append(Film(film, os.path.join(below, film), os.path.join(below, name), DRAWN_FOLD, "drawn"))
    return films
