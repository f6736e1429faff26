"""Writes the file format that package meaning/weights describes, and rounds matrices to 4 bits."""
import json
import struct

import numpy as np

SPAN = 32


def unpack(blocks, cols):
    """The numbers of spans of 4 bits."""
    b = np.frombuffer(blocks, 'u1').reshape(-1, 18)
    scale = b[:, :2].copy().view('<f2').astype(np.float64)
    q = b[:, 2:].astype(np.float64)
    low, high = np.mod(q, 16), np.floor_divide(q, 16)
    return ((np.concatenate([low, high], 1) - 8) * scale).reshape(-1, cols)


def pack(matrix):
    """A matrix in spans of 4 bits. Of some scales around the one that reaches the largest number, each span takes the one with the least
    error; sums are made in one order, so that every machine writes the same."""
    x = np.asarray(matrix, np.float64).reshape(-1, SPAN)
    largest = x[np.arange(len(x)), np.abs(x).argmax(1)]
    best_error = np.full(len(x), np.inf)
    best_scale, best = np.zeros(len(x), '<f2'), np.zeros(x.shape)
    for reach in (-8.0, 7.5, -7.5, 8.0):
        for part in np.arange(32, 45) / 40:
            scale = (largest / reach * part).astype('<f2')
            d = scale.astype(np.float64)
            q = np.clip(np.round(x / np.where(d == 0, 1, d)[:, None]), -8, 7)
            error = np.zeros(len(x))
            for j in range(SPAN):
                error += (q[:, j] * d - x[:, j]) ** 2
            better = error < best_error
            best_error[better], best_scale[better], best[better] = error[better], scale[better], q[better]
    nibbles = (best + 8).astype('u1')
    out = np.empty((len(x), 18), 'u1')
    out[:, :2] = best_scale.view('u1').reshape(-1, 2)
    out[:, 2:] = nibbles[:, :16] | nibbles[:, 16:] << 4
    return out.tobytes()


class File:
    """A file being written: its head, and its tensors in the order in which they are added."""

    def __init__(self, name, architecture, prefix, tokenizer):
        self.head = {'name': name, 'architecture': architecture, 'prefix': prefix, 'tokenizer': tokenizer, 'tensors': {}}
        self.parts = []

    def add(self, name, kind, shape, data):
        self.parts.append((name, {'type': kind, 'shape': [int(n) for n in shape]}, bytes(data)))

    def floats(self, name, array):
        self.add(name, 'f32', array.shape, np.ascontiguousarray(array, '<f4').tobytes())

    def q4(self, name, shape, blocks):
        assert len(blocks) == shape[0] * shape[1] // SPAN * 18
        self.add(name, 'q4', shape, blocks)

    def write(self, path):
        size = 0
        while True:  # offsets are in the head, whose size moves them
            at, tensors = -(-(16 + size) // 64) * 64, {}
            for name, tensor, data in self.parts:
                tensors[name] = tensor | {'offset': at}
                at = -(-(at + len(data)) // 64) * 64
            head = json.dumps(self.head | {'tensors': tensors}, separators=(',', ':')).encode()
            if len(head) == size:
                break
            size = len(head)
        with open(path, 'wb') as f:
            f.write(b'amvtext\x01' + struct.pack('<II', size, 0) + head)
            for name, _, data in self.parts:
                f.write(b'\0' * (tensors[name]['offset'] - f.tell()))
                f.write(data)
            f.write(b'\0' * (-f.tell() % 64))
