"""Scores of answers: by the shared scorer where it is there, else by a plain one that will do for exact truth; and their sums."""
import csv
import importlib.util
import os
from dataclasses import dataclass, field

from bench_films import SHARED

TOLERANCES = (0, 1, 2)
KINDS = ("dissolve", "fade", "wipe", "other")
APART = 1000  # frames between two films laid end to end; more than any rule of the scorer reaches


class Scorer:
    """Scores rows of truth against predictions. `shared` says whether it is the shared one."""

    def __init__(self):
        path = os.path.join(SHARED, "eval", "score_shots.py")
        self.shared = os.path.exists(path)
        self.module = load(path) if self.shared else None

    def truth(self, path):
        """Rows (type, start, end, confidence)."""
        with open(path, encoding="utf-8", newline="") as f:
            return [(r["type"], int(r["start"]), int(r["end"]), r["confidence"]) for r in csv.DictReader(f)]

    def answer(self, path):
        """Predictions (start, end, type)."""
        return self.module.preds(path) if self.shared else plain_answer(path)

    def score(self, rows, answer, tolerance):
        return self.module.score(rows, answer, tolerance) if self.shared else plain_score(rows, answer, tolerance)

    def graduals(self, rows):
        """Windows and kinds of the graduals that are asked for."""
        _, graduals, _, kinds = self.module.events(rows) if self.shared else plain_events(rows)
        return list(zip(graduals, kinds))


def load(path):
    """The module in a file, unchanged and where it lies."""
    spec = importlib.util.spec_from_file_location(os.path.splitext(os.path.basename(path))[0], path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def plain_answer(path):
    with open(path, encoding="utf-8", newline="") as f:
        return sorted({(int(r["start"]), int(r["end"]), r["type"]) for r in csv.DictReader(f)})


def plain_events(rows):
    cuts = [end for kind, _, end, _ in rows if kind == "cut"]
    graduals = [((start, end), kind) for kind, start, end, _ in rows if kind != "cut"]
    return cuts, [g for g, _ in graduals], [], [k for _, k in graduals]


def covers(answer, start, end):
    """Whether a prediction is about a gradual, by the shared scorer's rule."""
    if answer[1] - answer[0] <= 1:
        return start - 2 <= answer[1] and answer[0] <= end + 2
    both, either = min(answer[1], end) - max(answer[0], start), max(answer[1], end) - min(answer[0], start)
    return both / either >= 0.3 or abs(answer[0] - start) <= 5 and abs(answer[1] - end) <= 5


def plain_score(rows, answer, tolerance):
    """The shared scorer's rules for truth without doubt, in which every fade is one row."""
    cuts, graduals, _, kinds = plain_events(rows)
    used, found, ends = {}, {}, []
    pairs = sorted((abs(p[1] - c), j, k) for j, p in enumerate(answer) for k, c in enumerate(cuts)
                   if abs(p[1] - c) <= tolerance and p[1] - p[0] <= 1 + tolerance)
    for _, j, k in pairs:
        if j not in used and k not in used.values():
            used[j] = k
    wrong = []
    for j, p in enumerate(answer):
        hit = next((k for k, g in enumerate(graduals) if covers(p, *g)), None) if j not in used else None
        if hit is not None:
            found[hit] = found.get(hit, False) or p[2] == kinds[hit]
            ends += [abs(p[0] - graduals[hit][0]), abs(p[1] - graduals[hit][1])] if p[1] - p[0] > 1 else []
        elif j not in used:
            wrong.append(p)
    return {"cuts": len(cuts), "tpc": len(used), "grads": len(graduals), "tpg": len(found), "fp": len(wrong), "typed": sum(found.values()),
            "ends": sorted(ends)[len(ends) // 2] if ends else None, "fps": wrong,
            "miss_cuts": [c for k, c in enumerate(cuts) if k not in used.values()],
            "miss_grads": [g for k, g in enumerate(graduals) if k not in found]}


@dataclass
class Result:
    """A film's or a pool's score at each tolerance, and its graduals by type."""
    name: str
    at: dict                                   # tolerance to the scorer's answer
    found: dict = field(default_factory=dict)  # kind to (found, of how many)

    def cut(self, tolerance):
        """Precision, recall and F1 of cuts."""
        s = self.at[tolerance]
        return prf(s["tpc"], s["fp"], s["cuts"])


def prf(right, wrong, wanted):
    """Precision, recall, F1; nothing asked for and nothing said is 1."""
    precision = right / (right + wrong) if right + wrong else float(wanted == 0)
    recall = right / wanted if wanted else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def by_kind(graduals, missed):
    """How many graduals of each kind were found, of how many."""
    found = {}
    for window, kind in graduals:
        right, all_of_it = found.get(kind, (0, 0))
        found[kind] = (right + (window not in missed), all_of_it + 1)
    return found


def judge(scorer, name, rows, answer):
    """The result of one film."""
    at = {t: scorer.score(rows, answer, t) for t in TOLERANCES}
    return Result(name, at, by_kind(scorer.graduals(rows), at[0]["miss_grads"]))


def pool(scorer, name, films):
    """The result of several films, each (rows, answer), as if they were one: laid end to end with a cut between that is known and found.

    The scorer gives medians, which cannot be added up; so it is asked once about everything. The cuts in between keep its rules from
    joining the end of one film with the beginning of the next, and are taken off again.
    """
    rows, answer, begin = [], [], 0
    for film_rows, film_answer in films:
        rows += [("cut", begin, begin + 1, "sure")]
        answer += [(begin, begin + 1, "cut")]
        base = begin + APART
        rows += [(kind, start + base, end + base, sure) for kind, start, end, sure in film_rows]
        answer += [(start + base, end + base, kind) for start, end, kind in film_answer]
        begin = max([r[2] for r in rows] + [a[1] for a in answer]) + APART
    result = judge(scorer, name, rows, answer)
    for score in result.at.values():
        score["cuts"] -= len(films)
        score["tpc"] -= len(films)
    return result
