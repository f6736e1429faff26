"""What is measured, and which weights may say something of it.

A fold is a name of weights that were trained without a group of films; a film is measured with the weights of its own fold alone. The
halves do the same for hard edits, which are made of several films: weights `half-a` never saw a film of half a.
"""
import os
from dataclasses import dataclass

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHARED = os.path.join(os.path.dirname(ROOT), "shared")
FOOTAGE = os.path.join(SHARED, "footage", "video")
LABELS = os.path.join(SHARED, "footage", "truth", "shots")

# The mapping of labelled film to fold. A film of the shared folder that is missing here is an error, not a film left out in silence.
FOLDS = {
    "bbb_full_360p24.mp4": "bbb",
    "planetblupi_history2.mkv": "blupi",
    "planetblupi_play108.mkv": "blupi",
    "planetblupi_play118.mkv": "blupi",
    "planetblupi_win005.mkv": "blupi",
    "popeye_sindbad_T00-1.pgs.mkv": "popeye",
    "popeye_sindbad_T00-1.vobsub.mkv": "popeye",
    "popeye_sindbad_T01-2.pgs.mkv": "popeye",
    "popeye_sindbad_T01-2.vobsub.mkv": "popeye",
    "sintel_trailer_720p.mp4": "sintel",
    "wannaworktogether_cc.mp4": "wanna",
}

# Popeye is here in two encodes of the same pictures, so only the larger one counts in a pool.
NOT_POOLED = {name for name in FOLDS if name.endswith(".vobsub.mkv")}

# Drawn episodes are in no training set of their own fold: the weights that ship are measured on them.
DRAWN_FOLD = "all"

# Films of each half, and the frame from which the second generator reads: other stretches of the long one than splice.py takes.
HALVES = {
    "a": ["popeye_sindbad_T00-1.pgs.mkv", "popeye_sindbad_T01-2.pgs.mkv", "sintel_trailer_720p.mp4", "moviepy_chaplin.mp4"],
    "b": ["bbb_full_360p24.mp4", "wannaworktogether_cc.mp4", "planetblupi_history2.mkv", "planetblupi_play108.mkv",
          "planetblupi_play118.mkv", "planetblupi_win005.mkv"],
}
HARD_STARTS = {"bbb_full_360p24.mp4": (2000, 9000)}

SPLICE_SEEDS = {"a": (1, 2, 3), "b": (4, 5, 6)}
SPLICE_SHOTS = 150
HARD_SEEDS = {"a": {"x264": 11, "hevc": 12, "mpeg2": 13, "vfr": 14}, "b": {"x264": 21, "hevc": 22, "mpeg2": 23, "vfr": 24}}
DRAWN_SEED = 5  # not the seed of the demonstration, which is looked at while the detector is worked on


@dataclass(frozen=True)
class Film:
    """A film and its truth. `group` is the table that it belongs to: natural, splice, hard or drawn."""
    name: str
    path: str
    truth: str
    fold: str
    group: str
    pooled: bool = True


def have_shared():
    return os.path.isdir(LABELS) and os.path.isdir(FOOTAGE)


def natural():
    """The labelled films, in order of name."""
    films = []
    for labels in sorted(os.listdir(LABELS)):
        name = labels.removesuffix(".csv")
        if name not in FOLDS:
            raise SystemExit(f"{name} is labelled but has no fold in bench_films.py")
        films.append(Film(name, os.path.join(FOOTAGE, name), os.path.join(LABELS, labels), FOLDS[name], "natural", name not in NOT_POOLED))
    return films
