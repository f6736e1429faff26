"""What happens inside a shot and is no boundary.

Every effect is a function (shot, low, high, rng, other): it changes frames [low, high) of the clip shot in place; other is a clip of
another film for what lays a second picture over the first.
"""
import numpy as np

from hard_pictures import HEIGHT, WIDTH, cloud, mix, reflect, screen, shift, small, streak, zoom


def flash_train(shot, low, high, rng, other):
    """Many flashes one after the other, white or coloured, each gone after a frame or three."""
    colour = rng.choice([255, 0, 255], 3) if rng.random() < 0.4 else np.full(3, 255)
    every = int(rng.integers(2, 5))
    for k in range(low, high):
        strength = (0.95, 0.5, 0.2, 0.0)[(k - low) % every]
        shot[k] = mix(shot[k], colour, strength)


def posterise(shot, low, high, rng, other):
    """One to three frames in a few hard tones, as drawn for a blow."""
    ink, paper = rng.integers(0, 256, 3), rng.integers(0, 256, 3)
    for k in range(low, min(high, low + int(rng.integers(1, 4)))):
        grey = shot[k].mean(2)
        tones = np.digitize(grey, np.quantile(grey, [0.4, 0.75]))[..., None] / 2
        shot[k] = mix(np.broadcast_to(ink, shot[k].shape), paper, tones)


def rgb_split(shot, low, high, rng, other):
    """The colours drift apart and come together again."""
    reach = int(rng.integers(8, 26))
    for k in range(low, high):
        by = int(reach * np.sin(np.pi * (k - low + 1) / (high - low + 1)) * rng.uniform(0.6, 1))
        shot[k] = np.stack([shift(shot[k], by)[..., 0], shot[k][..., 1], shift(shot[k], -by)[..., 2]], -1)


def tear(picture, rng):
    """One glitched picture: bands displaced, blocks copied, one band in wrong colours."""
    torn = picture.copy()
    for _ in range(int(rng.integers(4, 12))):
        y = int(rng.integers(0, HEIGHT - 10))
        h = int(rng.integers(4, 50))
        torn[y:y + h] = np.roll(torn[y:y + h], int(rng.integers(-160, 161)), 1)
    for _ in range(int(rng.integers(2, 8))):
        y, x = int(rng.integers(0, HEIGHT - 40)), int(rng.integers(0, WIDTH - 120))
        v, u = int(rng.integers(0, HEIGHT - 40)), int(rng.integers(0, WIDTH - 120))
        torn[y:y + 32, x:x + 112] = picture[v:v + 32, u:u + 112][..., ::-1]
    return torn


def glitch(shot, low, high, rng, other):
    """Torn frames, some of them, with whole ones in between."""
    for k in range(low, min(high, low + 12)):
        if rng.random() < 0.6:
            shot[k] = tear(shot[k], rng)


def light_leak(shot, low, high, rng, other):
    """Warm light that wanders over the picture and goes."""
    colour = np.array([255, rng.integers(90, 200), rng.integers(20, 90)], np.float32)
    noise, x = cloud(rng, 3), np.linspace(0, 1, WIDTH, dtype=np.float32)[None, :, None]
    start, speed = rng.uniform(-0.3, 0.3), rng.uniform(0.5, 1.4)
    for k in range(low, high):
        t = (k - low + 1) / (high - low + 1)
        shape = np.exp(-((x - start - speed * t) / 0.28) ** 2) * (0.5 + noise)
        shot[k] = screen(shot[k], colour * shape * np.sin(np.pi * t) * 0.9)


def film_burn(shot, low, high, rng, other):
    """Fire eats in from an edge, over two thirds of the picture at most, and goes back."""
    noise, most = cloud(rng), rng.uniform(0.4, 0.65)
    for k in range(low, high):
        shot[k] = burnt(shot[k], most * np.sin(np.pi * (k - low + 1) / (high - low + 1)), noise)


def burnt(picture, reach, noise):
    """A picture burnt from its left edge as far as reach: 0 is not at all, 1.5 is wholly."""
    x = np.linspace(0, 1, WIDTH, dtype=np.float32)[None, :, None]
    heat = np.clip((reach * 1.25 - x - 0.25 * noise) * 6, 0, 1) if reach > 0 else np.zeros_like(noise)
    colour = np.concatenate([np.full_like(heat, 255), 120 + 120 * heat, 225 * heat ** 3], 2)
    return mix(picture, colour, heat)


def mirrored_tiles(shot, low, high, rng, other):
    """The picture as two by two or three by three mirrored tiles, for some frames."""
    tiles = int(rng.integers(2, 4))
    xs = reflect(np.arange(WIDTH) * tiles, WIDTH)
    ys = reflect(np.arange(HEIGHT) * tiles, HEIGHT)
    for k in range(low, high):
        shot[k] = shot[k][ys][:, xs]


def inset(shot, low, high, rng, other):
    """A second film in a corner, framed, which may itself be cut to another place midway."""
    w, h = 224, 126
    x = int(rng.choice([20, WIDTH - w - 20]))
    y = int(rng.choice([20, HEIGHT - h - 20]))
    jump = int(rng.integers(low, high))
    for k in range(low, high):
        at = (k - low + (len(other) // 2 if k >= jump else 0)) % len(other)
        shot[k][y - 4:y + h + 4, x - 4:x + w + 4] = 240
        shot[k][y:y + h, x:x + w] = other[at][(np.arange(h) * HEIGHT // h)][:, np.arange(w) * WIDTH // w]


def ghost(shot, low, high, rng, other):
    """A second film at up to half transparency over the first, which goes on beneath."""
    most, ramp = rng.uniform(0.3, 0.5), int(rng.integers(3, 9))
    for k in range(low, high):
        share = most * min(1, (k - low + 1) / ramp, (high - k) / ramp)
        shot[k] = mix(shot[k], other[(k - low) % len(other)], share)


def bars(shot, low, high, rng, other):
    """Black bars slide in from above and below, and out again."""
    most, ramp = int(rng.integers(30, 70)), int(rng.integers(3, 9))
    for k in range(low, high):
        h = int(most * min(1, (k - low + 1) / ramp, (high - k) / ramp))
        shot[k][:h] = 0
        shot[k][HEIGHT - h:] = 0


def beat_zoom(shot, low, high, rng, other):
    """The picture jumps larger on every beat and settles, with a streak at the jump."""
    every, by = int(rng.integers(6, 12)), rng.uniform(1.15, 1.4)
    for k in range(low, high):
        age = (k - low) % every
        size = 1 + (by - 1) * 0.6 ** age
        shot[k] = streak(zoom(shot[k], size), 1.08) if age == 0 else zoom(shot[k], size)


def jolt(shot, low, high, rng, other):
    """The camera is thrown about, a little less every frame."""
    for k in range(low, high):
        reach = 45 * 0.88 ** (k - low)
        shot[k] = shift(shot[k], *rng.integers(-reach - 1, reach + 2, 2))


EFFECTS = {
    "flash train": flash_train, "posterised impact": posterise, "rgb split": rgb_split, "glitch": glitch, "light leak": light_leak,
    "film burn": film_burn, "mirrored tiles": mirrored_tiles, "picture in picture": inset, "translucent overlay": ghost,
    "letterbox": bars, "beat zoom": beat_zoom, "jolt": jolt,
}


def ramp(length, rng):
    """Which frames a shot shows that is fast first and slow then, or the other way round: indexes from 0, never falling."""
    speed = np.where(np.arange(length) < length * rng.uniform(0.3, 0.7), rng.uniform(2, 4), rng.uniform(0.2, 0.5))
    speed = speed if rng.random() < 0.5 else speed[::-1]
    return (np.cumsum(speed) - speed[0]).astype(int)


def freeze(length, rng):
    """Which frames a shot shows that stops in its midst and goes on from where it stopped."""
    stop, held = int(length * rng.uniform(0.2, 0.5)), int(rng.integers(5, 20))
    at = np.arange(length)
    return np.where(at < stop, at, np.maximum(stop, at - held))


def on_steps(length, rng):
    """Which frames a shot shows that is held for two, three or four frames at a time."""
    step = int(rng.integers(2, 5))
    return np.arange(length) // step * step


TIMINGS = {"speed ramp": ramp, "freeze": freeze, "held frames": on_steps}


def still(clip):
    """Whether hardly anything moves in a clip, so that a change of timing would not be seen."""
    return np.abs(small(clip[0]) - small(clip[-1])).mean() < 2
