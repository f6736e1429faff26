#!/usr/bin/env python3
"""Measure shot detection, beside peers, and write the tables of docs/shots.md.

usage: bench.py [--weights DIR] [--groups natural,splice,hard,drawn] [--write docs/shots.md]
       bench.py --cost [--write docs/shots.md]

Four groups of films: the labelled ones of ../shared, hard edits made of them by the shared splice.py, hard edits by hard.py, and episodes
that the project draws. Without ../shared only the last are measured. Without --weights the program is asked as users have it; with
it every film is measured with weights that never saw it: DIR/FOLD.bin, the folds being those of bench_films.py.

Figures are of the working tree: build first. --cost wants a machine that does nothing else.
"""
import argparse
import os
import sys

import bench_cost
import bench_edits
import bench_films
import bench_report
from bench_answers import PEERS, Detector, Peers, build
from bench_scores import Scorer, judge, pool

CACHE = os.path.join(bench_films.ROOT, ".cache", "shots")
OURS = "amvlib"

TITLES = {"natural": "Natural films", "splice": "Hard edits by splice.py", "hard": "Hard edits by the second generator",
          "drawn": "Drawn episodes"}


def films_of(group):
    """The films of a group, made where they are not there yet."""
    folder = os.path.join(CACHE, "edits")
    os.makedirs(folder, exist_ok=True)
    return {"natural": bench_films.natural, "splice": lambda: bench_edits.spliced(folder), "hard": lambda: bench_edits.hard(folder),
            "drawn": lambda: bench_edits.drawn(os.path.join(CACHE, "drawn"))}[group]()


def pools_of(group, films):
    """What is added up: names of pools to their films."""
    counted = [f for f in films if f.pooled]
    pools = {"all": counted}
    if group == "natural":
        pools = {"all, Popeye once": counted, "all without BBB": [f for f in counted if f.fold != "bbb"]}
    if group in ("splice", "hard"):
        pools |= {f"half {half}": [f for f in counted if f.fold == "half-" + half] for half in bench_films.HALVES}
    return pools


def own_tables(scorer, group, films, detector):
    """Scores of the detector, per film and pooled; and its answers by film."""
    answers = {film: detector.answer(film) for film in films}
    judged = {film: (scorer.truth(film.truth), scorer.answer(path)) for film, path in answers.items() if path}
    results = [judge(scorer, film.name, *judged[film]) for film in judged]
    pools = {name: [judged[f] for f in of if f in judged] for name, of in pools_of(group, films).items()}
    whole = [pool(scorer, f"**{name}**", pools[name]) for name, of in pools_of(group, films).items() if of and len(pools[name]) == len(of)]
    return results + whole, pools


def peer_tables(scorer, group, films, peers, pools):
    """Every pool by the detector and by each peer that has answered about all of its films."""
    peers.ask(films)
    for name, of in pools_of(group, films).items():
        # where weights were missing, a figure of ours would be of fewer films than the peers'
        results = [pool(scorer, OURS, pools[name])] if len(pools[name]) == len(of) else []
        for peer in peers.answered(of):
            judged = [(scorer.truth(f.truth), scorer.answer(peers.file(peer, f))) for f in of]
            results.append(pool(scorer, PEERS[peer], judged))
        if results:
            yield f"### {TITLES[group]}, beside peers: {name}\n\n{bench_report.beside(results)}"


def measure(options):
    """The text of all tables."""
    scorer = Scorer()
    detector = Detector(*command(options), os.path.join(CACHE, "answers"))
    peers = Peers(options.peers_python, os.path.join(CACHE, "peers")) if options.peers and scorer.shared else None
    parts = [measured_with(options)]
    for group in options.groups:
        films = films_of(group)
        results, pools = own_tables(scorer, group, films, detector)
        texts = [f"### {TITLES[group]}\n\n{bench_report.scores(results)}"] if results else []
        texts += peer_tables(scorer, group, films, peers, pools) if peers else []
        print("\n" + "\n".join(texts), flush=True)
        parts += texts
    return "\n".join(parts)


def measured_with(options):
    """What the reader must know to judge the figures."""
    if options.detector:
        return f"By `{options.detector}`" + (", each film with weights that never saw it.\n" if options.weights else ".\n")
    if options.weights:
        return "Each film and each hard edit by weights that never saw it, and drawn episodes by the weights that ship.\n"
    return "By the program as it is, which may have been tuned or trained on these very films: **no forecast for other films**.\n"


def command(options):
    """The detector's command, and where its weights are."""
    if options.detector:
        return options.detector, options.weights
    if options.weights:
        return build("./shotdetect/train", ".cache/shots/train") + " shots --weights WEIGHTS FILE", options.weights
    return build("./cmd/amvlib", ".cache/shots/amvlib") + " shots --format csv FILE", None


def groups(text):
    """A list of groups; those that need ../shared are left out, with a word, where it is missing."""
    wanted = text.split(",")
    if unknown := set(wanted) - set(TITLES):
        raise argparse.ArgumentTypeError(f"no such group: {', '.join(sorted(unknown))}")
    if bench_films.have_shared():
        return wanted
    print("there is no ../shared: only the drawn episodes are measured", flush=True)
    return [g for g in wanted if g == "drawn"]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", metavar="DIR", help="weights of every fold, trained without its films")
    parser.add_argument("--detector", metavar="COMMAND", help="another detector; FILE and WEIGHTS in it are filled in")
    parser.add_argument("--groups", type=groups, default=",".join(TITLES), help="natural,splice,hard,drawn")
    parser.add_argument("--no-peers", dest="peers", action="store_false", help="ask and show no peers")
    parser.add_argument("--peers-python", default=sys.executable, metavar="FILE", help="the Python that has the peers' packages")
    parser.add_argument("--write", metavar="PAGE", help="put the tables on this page, between its marks")
    parser.add_argument("--cost", action="store_true", help="measure time instead of scores")
    parser.add_argument("--cost-film", metavar="FILE", help="instead of the shared 1080p clip")
    parser.add_argument("--rounds", type=int, default=5, help="of --cost; medians are given")
    return parser.parse_args()


def main():
    options = arguments()
    mark = "cost" if options.cost else "scores"
    if options.write:
        bench_report.parts(options.write, mark)  # a page that cannot be written is told of before the hour, not after
    text = bench_cost.measure(options, os.path.join(CACHE, "cost")) if options.cost else measure(options)
    if options.write:
        bench_report.write(options.write, mark, text)


if __name__ == "__main__":
    main()
