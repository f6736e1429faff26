"""The encoders in numpy and double precision, and their tokenisers by the library `tokenizers`: what the Go side is held to."""
import math

import numpy as np
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

MOST = 128  # tokens a text may have


def unigram(pieces, scores):
    """ids of a text without the special ones; special are the first four."""
    vocabulary = [(f'\0{i}', 0.0) for i in range(4)] + [(p, float(s)) for p, s in zip(pieces, scores)]
    t = Tokenizer(models.Unigram(vocabulary, 3))
    t.normalizer = normalizers.Sequence([
        normalizers.Replace(Regex(r'[\p{White_Space}▁]'), ' '), normalizers.Replace(Regex(r'[\p{Cc}\p{Cf}\x{fffd}]'), ''),
        normalizers.NFKC(), normalizers.Replace(Regex(' {2,}'), ' '), normalizers.Strip()])
    t.pre_tokenizer = pre_tokenizers.Metaspace()
    return lambda text: t.encode(text).ids if text.strip() else []


def wordpiece(pieces):
    t = Tokenizer(models.WordPiece({p: i for i, p in enumerate(['[UNK]', '\0', '\1'] + pieces)}, unk_token='[UNK]', max_input_chars_per_word=100))
    t.normalizer, t.pre_tokenizer = normalizers.BertNormalizer(), pre_tokenizers.BertPreTokenizer()
    return lambda text: t.encode(text).ids


def frame(start, ids, end):
    return [start] + ids[:MOST - 2] + [end]


_erf = np.frompyfunc(math.erf, 1, 1)


def gelu(x):
    return x * .5 * (1 + _erf(x * math.sqrt(.5)).astype(np.float64))


class Network:
    """w: arrays by the names of the file, matrices as [outputs, inputs]."""

    def __init__(self, w, layers, heads):
        self.w, self.layers, self.heads = w, layers, heads

    def linear(self, x, name):
        return x @ self.w[name + '.weight'].T + self.w[name + '.bias']

    def norm(self, x, name):
        x = x - x.mean(-1, keepdims=True)
        return x / np.sqrt((x * x).mean(-1, keepdims=True) + 1e-12) * self.w[name + '.weight'] + self.w[name + '.bias']

    def embed(self, ids):
        """A text's vector, of length one."""
        n, width = len(ids), self.w['word.weight'].shape[1]
        x = self.norm(self.w['word.weight'][ids] + self.w['position.weight'][:n], 'norm')
        split = lambda t: t.reshape(n, self.heads, -1).transpose(1, 0, 2)
        for l in range(self.layers):
            p = f'layer.{l}.'
            q, k, v = (split(self.linear(x, p + name)) for name in ('query', 'key', 'value'))
            a = q @ k.transpose(0, 2, 1) / math.sqrt(width / self.heads)
            a = np.exp(a - a.max(-1, keepdims=True))
            a = (a / a.sum(-1, keepdims=True)) @ v
            x = self.norm(x + self.linear(a.transpose(1, 0, 2).reshape(n, width), p + 'attention'), p + 'attention.norm')
            x = self.norm(x + self.linear(gelu(self.linear(x, p + 'up')), p + 'down'), p + 'norm')
        e = x.mean(0)
        return e / np.sqrt((e * e).sum())
