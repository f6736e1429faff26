#!/usr/bin/env python3
"""Train the shot network on what `train dump` wrote.

usage: train.py --data DIR,DIR --out FILE.bin [--leave-out GROUP,GROUP] [--begin FILE.pt] [--keep FILE.pt] [--steps N] [--seed N]

A DIR holds rows.npy (float [frames, inputs]), targets.npy (uint8 [frames, 3]: first frame of a new shot, kind of the gradual it lies in,
weight) and index.json (the sequences that the frames make up). A sequence in which footage of a left-out group occurs is not looked
at, so that what the network says of that group's films is said of films it never saw.

Weights may begin as those that another training kept, if that one saw nothing of what is left out here; it is refused otherwise.

The steps, not the minutes, are counted and one thread works, so the same data and seed give the same weights on the same machine.
Needs torch and numpy (requirements.txt).
"""
import argparse
import json
import os
import struct

import numpy as np
import torch
from torch import nn
from torch.nn import functional

MAGIC = b"amvnet\x00\x01"
KINDS = 4  # none, dissolve, fade, wipe
SPACINGS = (1, 1, 2, 4, 8, 1)


class Network(nn.Module):
    """What package network runs: scaled inputs, convolutions over three frames at growing distances, a linear layer."""

    def __init__(self, scale, shift, channels, spacings=SPACINGS, dropout=0.1):
        super().__init__()
        self.register_buffer("scale", torch.as_tensor(scale))
        self.register_buffer("shift", torch.as_tensor(shift))
        widths = [len(scale)] + [channels] * len(spacings)
        self.convolutions = nn.ModuleList(
            nn.Conv1d(a, b, 3, padding=s, dilation=s, bias=False) for a, b, s in zip(widths, widths[1:], spacings))
        self.norms = nn.ModuleList(nn.BatchNorm1d(channels) for _ in spacings)
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Conv1d(channels, 1 + KINDS, 1)

    def forward(self, rows):
        """rows [batch, frames, inputs] to logits [batch, 1 + KINDS, frames]."""
        x = (rows * self.scale + self.shift).transpose(1, 2)
        for i, (convolution, norm) in enumerate(zip(self.convolutions, self.norms)):
            y = functional.relu(norm(convolution(self.dropout(x) if i else x)))
            x = x + y if i else y
        return self.head(x)

    def layers(self):
        """Weights [3, in, out] and bias [out] of each convolution, its norm folded in."""
        for convolution, norm in zip(self.convolutions, self.norms):
            gain = norm.weight / torch.sqrt(norm.running_var + norm.eps)
            yield (convolution.weight * gain[:, None, None]).permute(2, 1, 0), norm.bias - norm.running_mean * gain

    def write(self, path):
        """The file that package network reads."""
        channels = self.head.in_channels
        spacings = [c.dilation[0] for c in self.convolutions]
        with open(path, "wb") as f:
            f.write(MAGIC + struct.pack(f"<{4 + len(spacings)}I", len(self.scale), channels, 1 + KINDS, len(spacings), *spacings))
            parts = [self.scale, self.shift, *(part for layer in self.layers() for part in layer),
                     self.head.weight[:, :, 0].T, self.head.bias]
            for part in parts:
                f.write(part.detach().contiguous().numpy().astype("<f4").tobytes())


class Sequences:
    """The sequences of some folders that may be looked at, and how often each is."""

    # natural films are few and are what counts, so their frames come up more often than generated ones
    SHARE = {"natural": 3.0}

    def __init__(self, folders, without):
        self.all, self.groups = [], set()
        for folder in folders:
            rows, targets = (np.load(os.path.join(folder, name), mmap_mode="r") for name in ("rows.npy", "targets.npy"))
            with open(os.path.join(folder, "index.json"), encoding="utf-8") as f:
                for s in json.load(f):
                    if s["frames"] > 0 and not without & set(s["groups"]):
                        at = slice(s["start"], s["start"] + s["frames"])
                        self.all.append((s["kind"], rows[at], targets[at]))
                        self.groups |= set(s["groups"])
        odds = np.array([len(rows) * self.SHARE.get(kind, 1.0) for kind, rows, _ in self.all])
        self.odds = odds / odds.sum()

    def frames(self):
        return sum(len(rows) for _, rows, _ in self.all)

    def scaling(self, rng, samples=20000):
        """Scale and shift that give each input a mean of 0 and a deviation of 1."""
        rows = np.concatenate([self.all[i][1][rng.integers(len(self.all[i][1]), size=8)]
                               for i in rng.choice(len(self.all), samples // 8, p=self.odds)]).astype(np.float32)
        scale = 1 / np.maximum(rows.std(0), 1e-3)
        return scale.astype(np.float32), (-rows.mean(0) * scale).astype(np.float32)

    def batch(self, rng, size, length):
        """Stretches of sequences: rows, targets and weights; beyond a sequence's end its last frame weighs nothing."""
        rows, targets, weights = [], [], []
        for i in rng.choice(len(self.all), size, p=self.odds):
            _, of, wanted = self.all[i]
            begin = int(rng.integers(max(1, len(of) - length + 1)))
            at = np.arange(begin, begin + length)
            inside = at < len(of)
            at = np.minimum(at, len(of) - 1)
            rows.append(of[at])
            targets.append(wanted[at])
            weights.append(targets[-1][:, 2] * inside)
        return (torch.from_numpy(np.stack(rows).astype(np.float32)), torch.from_numpy(np.stack(targets)).long(),
                torch.from_numpy(np.stack(weights)).float())


def loss_of(logits, targets, weights):
    """Cuts are one frame in thirty and graduals rarer still, so they weigh more."""
    cut = functional.binary_cross_entropy_with_logits(logits[:, 0], targets[:, :, 0].float(), reduction="none",
                                                      pos_weight=torch.tensor(4.0))
    kind = functional.cross_entropy(logits[:, 1:], targets[:, :, 1], reduction="none", weight=torch.tensor([1.0, 1.5, 1.5, 2.5]))
    return ((3 * cut + kind) * weights).sum() / weights.sum().clamp(min=1)


def rate_at(step, steps, peak):
    """A short rise, then half a cosine down."""
    return peak * min(1, (step + 1) / 100) * (0.5 + 0.5 * np.cos(np.pi * step / steps)) + 1e-5


def beginning(sequences, options, rng):
    """A network to train: a new one, or one that another training kept."""
    if not options.begin:
        return Network(*sequences.scaling(rng), options.channels), set()
    kept = torch.load(options.begin, weights_only=True)
    seen = set(kept["groups"])
    if seen & left_out(options):
        raise SystemExit(f"{options.begin} has seen {', '.join(sorted(seen & left_out(options)))}")
    network = Network(kept["weights"]["scale"], kept["weights"]["shift"], kept["weights"]["head.weight"].shape[1])
    network.load_state_dict(kept["weights"])
    return network, seen


def train(sequences, options):
    rng = np.random.default_rng(options.seed)
    torch.manual_seed(options.seed)
    network, seen = beginning(sequences, options, rng)
    optimizer = torch.optim.AdamW(network.parameters(), weight_decay=1e-2)
    running = 0.0
    for step in range(options.steps):
        for group in optimizer.param_groups:
            group["lr"] = rate_at(step, options.steps, options.rate)
        rows, targets, weights = sequences.batch(rng, options.batch, options.length)
        noise = torch.randn_like(rows) * options.noise / network.scale
        loss = loss_of(network(rows + noise), targets, weights)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 2.0)
        optimizer.step()
        running = 0.98 * running + 0.02 * loss.item() if step else loss.item()
        if (step + 1) % 200 == 0:
            print(f"step {step + 1} of {options.steps}: loss {running:.4f}", flush=True)
    if options.keep:
        torch.save({"groups": sorted(seen | sequences.groups), "weights": network.state_dict()}, options.keep)
    return network


def left_out(options):
    return set(filter(None, options.leave_out.split(",")))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, help="folders, separated by commas")
    parser.add_argument("--out", required=True)
    parser.add_argument("--leave-out", default="", help="groups, separated by commas")
    parser.add_argument("--begin", metavar="FILE.pt", help="what another training kept")
    parser.add_argument("--keep", metavar="FILE.pt", help="for --begin")
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--rate", type=float, default=3e-3, help="at its peak")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--channels", type=int, default=64)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--length", type=int, default=128)
    parser.add_argument("--noise", type=float, default=0.03, help="added to the inputs, in their deviations")
    options = parser.parse_args()
    torch.set_num_threads(1)
    sequences = Sequences(options.data.split(","), left_out(options))
    print(f"{len(sequences.all)} sequences, {sequences.frames()} frames", flush=True)
    network = train(sequences, options)
    network.eval()
    network.write(options.out)


if __name__ == "__main__":
    main()
