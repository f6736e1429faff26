"""Pictures for the second generator of hard edits: reading footage, and what is done to one picture at a time.

A picture is uint8 [HEIGHT, WIDTH, 3], RGB; a clip is uint8 [frames, HEIGHT, WIDTH, 3].
"""
import csv
import subprocess

import numpy as np

WIDTH, HEIGHT = 640, 360
MARGIN = 3  # frames left out beside a labelled boundary, since labels may be off by two


def read(path, first, count):
    """Frames [first, first + count) of a film, by frame number: seeking by time would not be exact in every container."""
    fill = f"scale={WIDTH}:{HEIGHT}:force_original_aspect_ratio=increase:flags=area,crop={WIDTH}:{HEIGHT}"
    raw = subprocess.run(
        ["ffmpeg", "-v", "error", "-nostdin", "-i", path, "-map", "0:v:0", "-fps_mode", "passthrough",
         "-vf", f"select=gte(n\\,{first}),{fill}", "-frames:v", str(count), "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"],
        check=True, capture_output=True).stdout
    return np.frombuffer(raw, np.uint8).reshape(-1, HEIGHT, WIDTH, 3)


def stretches(frames, first, labels, least=16):
    """Pairs [low, high) of frames that lie within one shot, counted from the first one read; arguable labels end a shot too."""
    with open(labels, encoding="utf-8", newline="") as f:
        rows = sorted((int(r["start"]) - first, int(r["end"]) - first) for r in csv.DictReader(f))
    at = 0
    for start, end in rows + [(len(frames) - 1 + MARGIN, len(frames))]:
        if end > 0 and at < len(frames):
            high = min(start + 1 - MARGIN, len(frames))
            if high - at >= least:
                yield at, high
            at = max(at, end + MARGIN)


def small(picture):
    """A picture cheap to compare."""
    return picture[::8, ::8].astype(np.int16)


def mix(a, b, share):
    """Both pictures, b by its share: a number, or [HEIGHT, WIDTH, 1]."""
    return np.clip(a * (1.0 - share) + np.asarray(b) * share, 0, 255).astype(np.uint8)


def screen(picture, light):
    """Light laid over a picture, as from a projector; light is float [HEIGHT, WIDTH, 3] in 0 to 255."""
    return (255 - (255 - picture.astype(np.float32)) * (1 - np.clip(light, 0, 255) / 255)).astype(np.uint8)


def shift(picture, dx, dy=0):
    """The picture moved, its edges repeated as editing programs do with mirrored edges."""
    xs = reflect(np.arange(WIDTH) - dx, WIDTH)
    ys = reflect(np.arange(HEIGHT) - dy, HEIGHT)
    return picture[ys][:, xs]


def reflect(index, size):
    """Indexes folded back at both edges."""
    index = np.mod(index, 2 * size)
    return np.where(index < size, index, 2 * size - 1 - index)


def zoom(picture, by):
    """The picture enlarged about its middle; below 1 it is made smaller and mirrored around."""
    xs = reflect(np.floor((np.arange(WIDTH) - WIDTH / 2) / by + WIDTH / 2).astype(int), WIDTH)
    ys = reflect(np.floor((np.arange(HEIGHT) - HEIGHT / 2) / by + HEIGHT / 2).astype(int), HEIGHT)
    return picture[ys][:, xs]


def smear(picture, length, axis=1):
    """Motion blur over a length in pixels."""
    if length < 2:
        return picture
    steps = np.linspace(-length / 2, length / 2, 9).astype(int)
    total = sum(shift(picture, *((s, 0) if axis == 1 else (0, s))).astype(np.uint16) for s in steps)
    return (total // len(steps)).astype(np.uint8)


def streak(picture, by):
    """Zoom blur: the picture at several sizes up to by, one over the other."""
    sizes = np.linspace(1, by, 7)
    return (sum(zoom(picture, s).astype(np.uint16) for s in sizes) // len(sizes)).astype(np.uint8)


def cloud(rng, cells=6):
    """Smooth noise in 0 to 1, float32 [HEIGHT, WIDTH, 1], for edges of fire and of light."""
    coarse = rng.random((cells + 1, 2 * cells + 1)).astype(np.float32)
    y = np.linspace(0, cells - 1e-3, HEIGHT)
    x = np.linspace(0, 2 * cells - 1e-3, WIDTH)
    j, i = y.astype(int), x.astype(int)
    v, u = (y - j)[:, None], (x - i)[None]
    top = coarse[j][:, i] * (1 - u) + coarse[j][:, i + 1] * u
    bottom = coarse[j + 1][:, i] * (1 - u) + coarse[j + 1][:, i + 1] * u
    return (top * (1 - v) + bottom * v)[..., None].astype(np.float32)


def lettering(rng, letters, size):
    """A line of made-up letters: two masks [height, width], of the strokes and of strokes with their outline."""
    glyphs = []
    for _ in range(letters):
        half = rng.random((7, 3)) < 0.55
        glyph = np.concatenate([half, half[:, 1::-1]], 1)  # mirrored, so that it looks like writing
        glyphs.append(np.pad(glyph, ((1, 1), (1, 0))) if rng.random() < 0.85 else np.zeros((9, 4), bool))
    line = np.pad(np.concatenate(glyphs, 1), ((0, 0), (1, 2)))
    strokes = np.kron(line, np.ones((size, size), bool))
    outline = strokes.copy()
    for dy in (-2, 0, 2):
        for dx in (-2, 0, 2):
            outline |= np.roll(np.roll(strokes, dy, 0), dx, 1)
    return strokes, outline
