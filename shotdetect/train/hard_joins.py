"""How one shot becomes the next.

A blend shows both shots at once, over frames of both: (old, new, t, rng) to a picture, 0 < t < 1, so that no frame of a blend is
purely of either. A dressing changes frames on either side of a cut, each of which is of one shot alone. A fade ends on one flat picture.
"""
import numpy as np

from hard_inside import burnt, tear
from hard_pictures import HEIGHT, WIDTH, cloud, mix, shift, smear, streak, zoom


def dissolve(old, new, t, rng):
    return mix(old, new, t)


def push(old, new, t, rng):
    """The new picture pushes the old one out to the left."""
    x = int(round(WIDTH * t))
    return np.concatenate([old[:, x:], new[:, :x]], 1)


def slide(old, new, t, rng):
    """The new picture slides down over the old one."""
    y = int(round(HEIGHT * t))
    return np.concatenate([new[HEIGHT - y:], old[y:]], 0)


def clock(old, new, t, rng):
    """A hand goes round and uncovers the new picture."""
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    angle = np.mod(np.arctan2(x - WIDTH / 2, HEIGHT / 2 - y), 2 * np.pi) / (2 * np.pi)
    return np.where((angle < t)[..., None], new, old)


def iris(old, new, t, rng):
    """A round hole opens on the new picture."""
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    return np.where((np.hypot(x - WIDTH / 2, y - HEIGHT / 2) < t * np.hypot(WIDTH, HEIGHT) / 2)[..., None], new, old)


def blinds(old, new, t, rng):
    """Slats turn over."""
    return np.where((np.arange(HEIGHT) % 45 < 45 * t)[:, None, None], new, old)


BLENDS = {"dissolve": (dissolve, "dissolve", (3, 41)), "push": (push, "wipe", (5, 16)), "slide": (slide, "wipe", (5, 16)),
          "clock": (clock, "wipe", (8, 25)), "iris": (iris, "wipe", (8, 25)), "blinds": (blinds, "wipe", (6, 20))}


def zoom_through(old, new, rng):
    """The old shot rushes towards us and the new one comes to rest; both have the blur of it."""
    for k in range(min(4, len(old))):
        old[-1 - k] = streak(zoom(old[-1 - k], 1 + 0.9 * 0.45 ** k), 1 + 0.4 * 0.5 ** k)
    for k in range(min(4, len(new))):
        new[k] = streak(zoom(new[k], 1 / (1 + 0.9 * 0.45 ** k)), 1 + 0.4 * 0.5 ** k)


def whip(old, new, rng):
    """The camera is thrown to the side in the old shot and caught in the new one."""
    way = rng.choice([-1, 1])
    for k in range(min(4, len(old))):
        old[-1 - k] = smear(shift(old[-1 - k], int(way * 260 * 0.45 ** k)), 180 * 0.5 ** k)
    for k in range(min(4, len(new))):
        new[k] = smear(shift(new[k], int(-way * 260 * 0.45 ** k)), 180 * 0.5 ** k)


def glitch_cut(old, new, rng):
    """Both sides of the cut are torn."""
    for k in range(min(3, len(old))):
        old[-1 - k] = tear(old[-1 - k], rng)
    for k in range(min(3, len(new))):
        new[k] = tear(new[k], rng)


def flash_cut(old, new, rng):
    """The new shot comes out of a flash that leaves it just visible."""
    for k in range(min(6, len(new))):
        new[k] = mix(new[k], 255, 0.85 * 0.62 ** k)


def split_cut(old, new, rng):
    """The colours are apart at the cut."""
    for k in range(min(3, len(old), len(new))):
        by = 24 - 8 * k
        for picture in (old[-1 - k], new[k]):
            picture[..., 0] = shift(picture, by)[..., 0]
            picture[..., 2] = shift(picture, -by)[..., 2]


DRESSINGS = {"zoom": zoom_through, "whip": whip, "glitch": glitch_cut, "flash": flash_cut, "rgb split": split_cut}

COLOURS = {"black": (0, 0, 0), "white": (255, 255, 255), "red": (170, 10, 20), "blue": (10, 20, 90)}


def fade_out(clip, colour):
    """The clip's frames go to the colour; the last is nothing else."""
    for k in range(len(clip)):
        clip[k] = mix(clip[k], colour, (k + 1) / len(clip))


def fade_in(clip, colour):
    """The clip's frames come out of the colour; the first has something of itself."""
    for k in range(len(clip)):
        clip[k] = mix(clip[k], colour, 1 - (k + 1) / (len(clip) + 1))


def burn_out(clip, rng):
    """The clip burns until nothing is left of it but light."""
    noise = cloud(rng)
    for k in range(len(clip)):
        clip[k] = burnt(clip[k], 1.3 * (k + 1) / len(clip), noise)


def burn_in(clip, rng):
    """The clip comes out of the light it burnt to."""
    noise = cloud(rng)
    for k in range(len(clip)):
        clip[k] = burnt(clip[k], 1.3 * (1 - (k + 1) / (len(clip) + 1)), noise)
