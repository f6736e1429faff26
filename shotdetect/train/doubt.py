#!/usr/bin/env python3
"""What the bars of a decision and the weights of doubt are chosen by (shotdetect/detect.go and doubt.go).

usage: doubt.py DIR

DIR is what scripts/train-shots.sh has filled. Sequences that show films of one half alone are judged by the network that saw none of that half.
Three tables come out: the logistic regression of gradual boundaries, learnt from one half's generated edits and asked about the other half's
(nothing is learnt from natural films); the cut's bar by F1 over natural films and their looks, with each film left out in turn; and what a lower
bar soon after a certain cut does to each kind of sequence. Needs torch and numpy (requirements.txt).
"""
import json
import os
import sys

import numpy as np
import torch

from train import Network

HALVES = {"a": {"popeye", "sintel", "chaplin"}, "b": {"bbb", "wanna", "blupi"}}
FOLDERS = "data looks without-a without-b more-a more-b".split()
KINDS = "plain wide look natural".split()
DEVIATION, FAR, MEASURES, REACHES = 99, 134, 7, (8, 16, 32)  # of a row, see package feature
SHAPE, OUTLINE = 5, 6
APART, BRIDGED, SHORTEST, RAMP, TOP, SLACK = 3, 2, 4, .5, .9, 2  # see decide.go; ramps from TOP on are looked at


def network(path):
    weights = torch.load(path, weights_only=True)["weights"]
    net = Network(weights["scale"], weights["shift"], weights["head.weight"].shape[1])
    net.load_state_dict(weights)
    return net.eval()


def judged(folder):
    """Sequences of films of one half, with what the network that saw none of them says."""
    nets = {half: network(os.path.join(folder, "w", f"half-{half}2.pt")) for half in HALVES}
    for name in FOLDERS:
        rows, targets = (np.load(os.path.join(folder, name, f + ".npy"), mmap_mode="r") for f in ("rows", "targets"))
        with open(os.path.join(folder, name, "index.json"), encoding="utf-8") as f:
            sequences = json.load(f)
        for s in sequences:
            half = next((h for h, groups in HALVES.items() if s["groups"] and set(s["groups"]) <= groups), None)
            if half:
                span = slice(s["start"], s["start"] + s["frames"])
                with torch.no_grad():
                    out = nets[half](torch.from_numpy(np.array(rows[span]))[None])[0].T
                yield dict(s, half=half, rows=np.array(rows[span]), truth=np.array(targets[span]),
                           cut=torch.sigmoid(out[:, 0]).numpy(), kinds=torch.softmax(out[:, 1:], 1).numpy())


def peaks(cut, bar):
    taken = []
    for i in sorted(np.flatnonzero(cut >= bar), key=lambda i: -cut[i]):
        if i and all(abs(i - k) >= APART for k in taken):
            taken.append(int(i))
    return sorted(taken)


def about(s, first, last):
    return s["truth"][max(0, first - SLACK):last + SLACK + 1]


def cuts(s, soon, bar, nearby):
    """Cuts found, false and missed where a bar is lower within so many frames after a certain cut."""
    first = {int(i) for i in np.flatnonzero(s["truth"][:, 0] & (s["truth"][:, 2] > 0)) if i}
    told, certain = [], -nearby - 1
    for i in peaks(s["cut"], soon):
        if s["cut"][i] >= bar or i - certain <= nearby:
            told.append(i)
        if s["cut"][i] >= .99:
            certain = i
    right = sum(i in first for i in told)
    false = [i for i in told if not s["truth"][i, 0] and not about(s, i, i)[:, 1].any() and about(s, i, i)[:, 2].all()]
    return np.array([right, len(false), len(first) - right])


def f1(counts):
    return float(2 * counts[0] / (2 * counts[0] + counts[1] + counts[2]))


def ramps(s):
    """Runs of frames within what looks like a gradual boundary."""
    likely, runs = 1 - s["kinds"][:, 0], []
    for i in np.flatnonzero(likely > RAMP):
        if runs and i - runs[-1][1] - 1 <= BRIDGED:
            runs[-1][1] = int(i)
        else:
            runs.append([int(i), int(i)])
    inner = (r for r in runs if r[0] > 0 and r[1] < len(likely) - 1)
    return [r for r in inner if r[1] - r[0] + 1 >= SHORTEST and likely[r[0]:r[1] + 1].max() > TOP]


def right(s, first, last):
    """Whether a ramp is one of truth's: 1, 0, or None where that is not known."""
    marks = np.flatnonzero(np.diff(np.r_[0, s["truth"][:, 1] > 0, 0]))
    for a, b in zip(marks[::2], marks[1::2] - 1):
        shared, whole = min(last, b) - max(first, a) + 1, max(last, b) - min(first, a) + 1
        if shared / whole >= .3 or abs(first - a) <= 5 and abs(last - b) <= 5:
            return 1
    near = about(s, first, last)
    return None if near[:, :2].any() or not near[:, 2].all() else 0


def odds(p):
    p = np.clip(p, 2e-5, 1 - 2e-5)
    return np.log(p / (1 - p))


def evidence(s, first, last):
    """What doubt.go weighs: likeliest frame, mean, sides, share of wipe."""
    kinds = s["kinds"][first:last + 1]
    reach = next((i for i, r in enumerate(REACHES) if 2 * r >= last - first + 5), len(REACHES) - 1)
    far = s["rows"][(first + last) // 2, FAR + MEASURES * reach:][:MEASURES]
    likely = 1 - kinds[:, 0]
    return [odds(likely.max()), odds(likely.mean()), far[SHAPE] + far[OUTLINE], kinds[:, 3].sum() / likely.sum()]


def logistic(x, y, ridge=2.0):
    """Coefficients and, last, the constant, by Newton's method."""
    mean, deviation = x.mean(0), x.std(0)
    z, b = np.c_[(x - mean) / deviation, np.ones(len(x))], np.zeros(x.shape[1] + 1)
    penalty = ridge * np.diag(np.r_[np.ones(x.shape[1]), 0])
    for _ in range(50):
        p = 1 / (1 + np.exp(-z @ b))
        b += np.linalg.solve((z * (p * (1 - p))[:, None]).T @ z + penalty, z.T @ (y - p) - penalty @ b)
    return np.r_[b[:-1] / deviation, b[-1] - (b[:-1] / deviation * mean).sum()]


def doubt(sequences):
    found = [(s, evidence(s, *r), right(s, *r)) for s in sequences for r in ramps(s)]
    found = [f for f in found if f[2] is not None]
    x, y = np.array([f[1] for f in found]), np.array([f[2] for f in found])
    kind, half = np.array([f[0]["kind"] for f in found]), np.array([f[0]["half"] for f in found])
    edits, told = (kind == "plain") | (kind == "wide"), np.zeros(len(y))
    print("gradual boundaries: of the top, of the mean, of the sides, of wipes, none; by edits of both halves, then of one each")
    print(logistic(x[edits], y[edits]).round(2))
    for h in HALVES:
        weights = logistic(x[edits & (half != h)], y[edits & (half != h)])
        told[half == h] = x[half == h] @ weights[:-1] + weights[-1]
        print(weights.round(2))
    for bar in (None, 0, .5, 1, 1.5, 2):
        over = x[:, 0] > odds(.97) if bar is None else (told >= bar) & (x[:, 0] > odds(.97))
        print("likeliest frame alone" if bar is None else f"evidence from {bar}",
              {k: f"{(over & (kind == k) & (y == 1)).sum()} right, {(over & (kind == k) & (y == 0)).sum()} false" for k in KINDS})


def main():
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    torch.set_num_threads(1)
    sequences = list(judged(sys.argv[1]))
    doubt(sequences)
    filmed = [s for s in sequences if s["kind"] in ("natural", "look")]
    print("\ncuts of natural films and looks: F1 by bar")
    for out in [None, *sorted(set().union(*HALVES.values()) - {"chaplin"})]:
        print("without", out, {bar: round(f1(sum(cuts(s, bar, bar, 0) for s in filmed if out not in s["groups"])), 3)
                               for bar in (.5, .7, .8, .85, .9, .93, .95, .97, .98, .99)})
    print("\ncuts: F1 with a lower bar soon after a certain cut")
    for soon, bar, nearby in ((.7, .7, 0), (.95, .95, 0), (.7, .95, 90), (.8, .95, 90), (.85, .95, 60), (.85, .95, 90), (.85, .95, 250)):
        print((soon, bar, nearby), {k: round(f1(sum(cuts(s, soon, bar, nearby) for s in sequences if s["kind"] == k)), 4) for k in KINDS})


if __name__ == "__main__":
    main()
