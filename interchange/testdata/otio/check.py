#!/usr/bin/env python3
"""Read timelines with OpenTimelineIO and its adapters, and print what they understood.

usage: check.py RATE FILE [RATE FILE]...        RATE as 24000/1001, for edit lists, which do not say it

Prints a JSON array with an object a file: {file, start, markers, tracks: [{kind, name, items}]}, or {file, error} for one that
cannot be read. An item has a type. A clip has name, url, black (a source of black, not a file), record_start and record_end from
the track's start (edit lists: with the timeline's start), record_rate, source_start and source_end at source_rate, available (start
and end, or null) and markers. A transition has in and out, frames before and after the cut. All positions are in frames.
"""
import json
import sys
from fractions import Fraction

import opentimelineio as otio


def read(path, rate):
    options = {"rate": float(rate)} if path.endswith(".edl") else {}
    return otio.adapters.read_from_file(path, **options)


def frames(time):
    return None if time is None else time.value


def marker(m):
    return {"name": m.name, "at": m.marked_range.start_time.value, "length": m.marked_range.duration.value, "color": m.color}


def clip(c, shift):
    record = c.range_in_parent()
    start = record.start_time - shift if shift else record.start_time
    source = c.trimmed_range()
    rate = source.start_time.rate
    media = c.media_reference
    available = getattr(media, "available_range", None)
    return {
        "type": "clip",
        "name": c.name,
        "url": getattr(media, "target_url", None),
        "black": isinstance(media, otio.schema.GeneratorReference),
        "record_start": start.value,
        "record_end": (start + record.duration).value,
        "record_rate": record.duration.rate,
        "source_start": source.start_time.value,
        "source_end": source.end_time_exclusive().rescaled_to(rate).value,
        "source_rate": rate,
        "available": available and [available.start_time.value, available.end_time_exclusive().value],
        "markers": [marker(m) for m in c.markers],
    }


def item(i, shift):
    if isinstance(i, otio.schema.Clip):
        return clip(i, shift)
    if isinstance(i, otio.schema.Transition):
        return {"type": "transition", "in": i.in_offset.value, "out": i.out_offset.value}
    return {"type": "gap", "length": i.duration().value}


def track(t):
    shift = t.source_range.start_time if t.source_range else None
    return {"kind": t.kind, "name": t.name, "items": [item(i, shift) for i in t]}


def timeline(path, rate):
    try:
        edit = read(path, rate)
        return {
            "file": path,
            "start": frames(edit.global_start_time),
            "markers": [marker(m) for m in edit.tracks.markers],
            "tracks": [track(t) for t in edit.tracks],
        }
    except Exception as problem:  # whatever an adapter trips over is the finding
        return {"file": path, "error": f"{type(problem).__name__}: {problem}"}


if __name__ == "__main__":
    pairs = zip(sys.argv[1::2], sys.argv[2::2])
    json.dump([timeline(path, Fraction(rate)) for rate, path in pairs], sys.stdout, indent=1)
