"""Which pieces of the multilingual vocabulary are kept: those of the nine languages that amvlib knows, and single signs.

A piece's language is told by its vector in the model, since nothing else here says it: words of languages.txt and letters that only one
language has are the examples, a linear map fitted to them tells the rest, and takes what it is sure of for further examples."""
import unicodedata

import numpy as np

LETTERS = {
    'LATIN': 'abcdefghijklmnopqrstuvwxyząćęłńóśźżäöüßàâæçéèêëîïôœùûüÿáíúñªºãõìò',
    'CYRILLIC': 'абвгдеёжзийклмнопрстуфхцчшщъыьэюя',
}
OWN = {'pl': 'ąęłńśźż', 'tr': 'ığş', 'hu': 'őű', 'cs': 'řěů', 'ro': 'ăţțș', 'vi': 'ơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ',
       'lv': 'āēīūļņķģ', 'lt': 'ėųį', 'es': 'ñ¿¡', 'de': 'ß'}
CYRILLIC = ['ru', 'uk', 'be', 'bg', 'sr', 'mk', 'kk', 'ky', 'mn']
HAN = ['ja', 'zh']
RARITY = 0.15  # what a piece's score, the logarithm of how often it comes, counts beside its language
RUSSIAN = 0.5  # Cyrillic has one language to keep, which would lose all borderline pieces to the many that look like it


def letters(piece):
    return piece.replace('▁', '')


def script(piece):
    """Of L(atin), C(yrillic), H(an), J (kana) and O(ther) those whose letters a piece has."""
    kinds = {'HIRAGANA': 'J', 'KATAKANA': 'J', 'KATAKANA-HIRAGANA': 'J', 'CJK': 'H', 'LATIN': 'L', 'CYRILLIC': 'C'}
    return ''.join(sorted({kinds.get(unicodedata.name(c, '?').split()[0], 'O') for c in letters(piece) if unicodedata.category(c)[0] in 'LM'}))


def euc(text):
    try:
        return bool(text.encode('euc_jp'))
    except UnicodeError:
        return False


def spelt(piece, kind):
    """Whether the languages to keep have all letters of a piece."""
    known = {'L': LETTERS['LATIN'], 'C': LETTERS['CYRILLIC']}.get(kind)
    if known is None:
        return kind == 'H' and euc(letters(piece))
    return all(c in known or c.lower() in known or not c.isalpha() for c in letters(piece))


def always(piece, kind):
    text = letters(piece)
    if kind == '':
        return len(text) <= 1 and all(ord(c) < 0x250 or unicodedata.category(c)[0] in 'PNSZ' for c in text)
    if kind in ('L', 'C'):
        return len(text) <= 2 and all(c in LETTERS['LATIN' if kind == 'L' else 'CYRILLIC'] or c.lower() in LETTERS['LATIN' if kind == 'L' else 'CYRILLIC'] for c in text)
    return kind in ('J', 'HJ') or kind == 'H' and len(text) == 1 and euc(text)


def read_languages(path):
    words, wanted = {}, []
    for line in open(path, encoding='utf8'):
        if line.startswith('#'):
            continue
        name, *rest = line.split()
        if name[0] == '+':
            wanted.append(name[1:])
        words[name.removeprefix('+')] = rest
    return words, wanted


def examples(group, languages, which, pieces, ids, words):
    """For each example its languages."""
    found = {}
    for language in languages:
        for word in words[language]:
            for piece in ('▁' + word,) if group != 'H' else (word, '▁' + word):
                if piece in ids:
                    found.setdefault(ids[piece], set()).add(language)
    for i in which:
        if group == 'L':
            for language, own in OWN.items():
                if any(c in own for c in pieces[i].lower()):
                    found.setdefault(i, set()).add(language)
        elif group == 'H' and 'J' in script(pieces[i]):
            found.setdefault(i, set()).add('ja')
    return found


def margins(group, languages, which, found, vectors, wanted):
    """For each piece by how much more it looks like a language to keep than like any other."""
    place = {i: n for n, i in enumerate(which)}
    a = np.c_[vectors[which], np.ones(len(which))]
    first = [i for i in found if i in place]
    rows = np.array([place[i] for i in first])
    y = np.array([[(language in found[i]) / len(found[i]) for language in languages] for i in first])
    for again in range(4):
        w = (y / np.maximum(y.sum(0), 1)).sum(1)
        w = np.sqrt(w / w.mean())[:, None]
        fit = np.linalg.solve((a[rows] * w).T @ a[rows] / len(rows) + 3e-4 * np.eye(a.shape[1]), (a[rows] * w).T @ y / len(rows))
        z = a @ fit
        if again == 3:
            break
        top = np.sort(z, 1)[:, -2:]
        sure = np.setdiff1d(np.nonzero(top[:, 1] - top[:, 0] > .15)[0], rows[:len(first)])
        rows = np.concatenate([rows[:len(first)], sure])
        y = np.concatenate([y[:len(first)], np.eye(len(languages))[z[sure].argmax(1)]])
    keep = [n for n, language in enumerate(languages) if language in wanted]
    lose = [n for n, language in enumerate(languages) if language not in wanted]
    return z[:, keep].max(1) - z[:, lose].max(1)


def choose(pieces, scores, matrix, path, count):
    """The ids of count pieces to keep, without the special ones at the front of the vocabulary."""
    words, wanted = read_languages(path)
    vectors = matrix[:len(pieces)] - matrix[:len(pieces)].mean(0)
    vectors = vectors / (np.sqrt((vectors * vectors).sum(1, keepdims=True)) + 1e-9)
    kinds, ids = [script(p) for p in pieces], {p: i for i, p in enumerate(pieces)}
    normal = [i > 3 and pieces[i] != '' and ids[pieces[i]] == i and '▁' not in pieces[i][1:] and unicodedata.is_normalized('NFKC', pieces[i])
              for i in range(len(pieces))]  # others are never met
    groups = {'L': [x for x in words if x not in CYRILLIC + HAN], 'C': CYRILLIC, 'H': HAN}
    kept = {i for i, p in enumerate(pieces) if normal[i] and always(p, kinds[i])}
    rank = {i: RARITY * float(scores[i]) for i, p in enumerate(pieces) if normal[i] and kinds[i] == '' and i not in kept
            and all(ord(c) < 0x250 or unicodedata.category(c)[0] in 'PNSZ' for c in letters(p))}
    for group, languages in groups.items():
        which = [i for i, k in enumerate(kinds) if k == group or group == 'H' and k in ('HJ', 'J')]
        which = [i for i in which if group != 'H' or len(letters(pieces[i])) > 1]
        m = margins(group, languages, which, examples(group, languages, which, pieces, ids, words), vectors, wanted)
        for i, margin in zip(which, m):
            if normal[i] and i not in kept and spelt(pieces[i], kinds[i]):
                rank[i] = float(margin) + RARITY * float(scores[i]) + (RUSSIAN if group == 'C' else 0)
    return sorted(kept | set(sorted(rank, key=lambda i: (-rank[i], i))[:count - len(kept)]))
