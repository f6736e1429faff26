"""The plan of a hard edit: which shots, how they join, what disturbs them, and so what the truth is, before a picture is made.

Shots overlap where they blend: a shot has `length` frames, of which the first `enter` are shared with the shot before and the last
`leave` with the one after. For fades and cuts nothing is shared.
"""
from dataclasses import dataclass, field

import numpy as np

from hard_inside import EFFECTS, TIMINGS, still
from hard_joins import BLENDS, COLOURS, DRESSINGS
from hard_pictures import small

SHORTEST, LONGEST = 5, 80
MARGIN = 2  # pure frames between a join and what happens inside a shot
JOINS = {"cut": 0.44, "dressed cut": 0.22, "dissolve": 0.11, "wipe": 0.11, "fade": 0.09, "burn": 0.03}
UNLIKE = 8.0  # least mean difference of the pictures at a join: where there is less, eyes see no boundary either


@dataclass
class Stretch:
    """Frames of one film that lie within one shot."""
    film: int
    frames: np.ndarray


@dataclass
class Join:
    """How a shot comes in; kind is what the scorer is told."""
    kind: str
    name: str
    out: int = 0    # frames of the old shot that are changed by it
    hold: int = 0   # flat frames in between
    into: int = 0   # frames of the new shot that are changed by it
    colour: tuple = (0, 0, 0)


@dataclass
class Shot:
    stretch: Stretch
    other: Stretch                       # for effects that need a second picture
    picks: np.ndarray                    # frames of the stretch, in the order they are shown
    join: Join
    effects: list = field(default_factory=list)  # (name, low, high)
    timing: str = ""
    leave: int = 0                       # frames at the end that the next join changes
    at: int = 0                          # where its first frame stands in the edit

    @property
    def length(self):
        return len(self.picks)

    @property
    def shared(self):
        """Frames at its start that it has in common with the shot before."""
        return self.join.into if self.join.name in BLENDS else 0


def choose_join(rng):
    name = str(rng.choice(list(JOINS), p=list(JOINS.values())))
    if name == "cut":
        return Join("cut", "cut")
    if name == "dressed cut":
        return Join("cut", str(rng.choice(list(DRESSINGS))))
    if name == "fade":
        colour = str(rng.choice(list(COLOURS), p=[0.4, 0.3, 0.15, 0.15]))
        return Join("fade", colour, *(int(n) for n in (rng.integers(3, 16), rng.integers(0, 10), rng.integers(3, 16))), COLOURS[colour])
    if name == "burn":
        return Join("fade", "burn", int(rng.integers(4, 10)), int(rng.integers(1, 4)), int(rng.integers(4, 10)), (255, 240, 225))
    name = "dissolve" if name == "dissolve" else str(rng.choice([b for b in BLENDS if b != "dissolve"]))
    _, kind, span = BLENDS[name]
    frames = int(rng.integers(*span))
    return Join(kind, name, frames, 0, frames)


def plan(stretches, count, rng):
    """The shots of an edit, in order, placed."""
    joins = [Join("none", "none")] + [choose_join(rng) for _ in range(count - 1)] + [Join("none", "none")]
    shots = []
    for before, after in zip(joins, joins[1:]):
        shot = choose_shot(stretches, shots[-1] if shots else None, before, after, rng)
        disturb(shot, rng)
        shots.append(shot)
    place(shots)
    return shots


def choose_shot(stretches, last, join, after, rng):
    """A shot, long enough for the joins at both ends, that does not look like the one before it."""
    for _ in range(1000):
        stretch, other = (stretches[int(i)] for i in rng.integers(len(stretches), size=2))
        core = int(np.clip(rng.lognormal(2.9, 0.7), SHORTEST, LONGEST))
        timing = str(rng.choice(["", *TIMINGS], p=[0.7, 0.12, 0.06, 0.12]))
        length = core + join.into + after.out
        picks = TIMINGS[timing](length, rng) if timing else np.arange(length)
        room = len(stretch.frames) - picks[-1]
        if room <= 0 or last and stretch is last.stretch:
            continue
        picks = picks + int(rng.integers(room))
        if timing and still(stretch.frames[picks]) or last and not unlike(last, stretch.frames[picks[0]]):
            continue
        return Shot(stretch, other, picks, join, timing=timing, leave=after.out)
    raise SystemExit("no shot can follow: give more footage")


def unlike(last, picture):
    return np.abs(small(picture) - small(last.stretch.frames[last.picks[-1]])).mean() > UNLIKE


def disturb(shot, rng):
    """Chooses what happens inside a shot: away from its joins by some frames, so that the truth about these stays exact."""
    low, high = shot.join.into + MARGIN, shot.length - shot.leave - MARGIN
    if high - low < 3 or rng.random() < 0.45:
        return
    name = str(rng.choice(list(EFFECTS)))
    first = int(rng.integers(low, high - 2))
    last = int(min(high, first + rng.integers(3, 40)))
    shot.effects.append((name, first, last))


def place(shots):
    """Says where in the edit each shot begins: the flat frames of a fade lie between two shots."""
    at = 0
    for shot in shots:
        shot.at = at + shot.join.hold - shot.shared
        at = shot.at + shot.length


def truth(shots):
    """The boundaries: type, last frame purely old, first purely new, and what is about it."""
    for old, new in zip(shots, shots[1:]):
        end = old.at + old.length
        about = "; ".join(filter(None, [new.join.name, new.timing, *(name for name, _, _ in new.effects)]))
        yield new.join.kind, end - new.join.out - 1, new.at + new.join.into, about
