"""Tables in Markdown, and the page they are written to."""
import os

from bench_scores import KINDS, TOLERANCES


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]) + "\n"


def share(value):
    """A number from 0 to 1 with three places, as the field writes it."""
    return f"{value:.3f}".removeprefix("0")


def row_of(result):
    """A film's or a pool's row."""
    precision, recall, _ = result.cut(0)
    exact = result.at[0]
    return [result.name, exact["cuts"], *(share(result.cut(t)[2]) for t in TOLERANCES), f"{share(precision)} / {share(recall)}",
            f"{exact['tpg']} of {exact['grads']}", kinds(result), exact["typed"], "" if exact["ends"] is None else exact["ends"], exact["fp"]]


def kinds(result):
    found = [f"{kind} {result.found[kind][0]}/{result.found[kind][1]}" for kind in KINDS if kind in result.found]
    return ", ".join(found)


HEAD = ["film", "cuts", "F1 at 0", "at 1", "at 2", "P / R at 0", "graduals found", "by type", "rightly typed", "ends off by", "false positives"]


def scores(results):
    """The table of one group of films, pools last."""
    return table(HEAD, [row_of(r) for r in results])


def beside(results):
    """The table of one pool by several detectors."""
    return table(["detector", *HEAD[1:7], "false positives"],
                 [[*row_of(r)[:7], r.at[0]["fp"]] for r in results])


def marks(mark):
    return f"<!-- {mark}: begin, written by make -->", f"<!-- {mark}: end -->"


def parts(path, mark):
    """What stands on a page before and after the lines that bear a mark."""
    begin, end = marks(mark)
    with open(path, encoding="utf-8") as f:
        page = f.read()
    before, found, rest = page.partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise SystemExit(f"{path} has no lines `{begin}` and `{end}`")
    return before, after


def write(path, mark, text):
    """Puts text between the lines that bear a mark; whatever else stands on the page stays."""
    before, after = parts(path, mark)
    begin, end = marks(mark)
    with open(path + ".part", "w", encoding="utf-8") as f:
        f.write(f"{before}{begin}\n{text.strip()}\n{end}{after}")
    os.replace(path + ".part", path)
