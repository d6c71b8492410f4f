"""An atlas with as many cities as wanted, made from the shipped one so that its shape is real."""

from __future__ import annotations

from functools import cache

import pandas as pd

import learningcity as lc

#: Table -> columns that name a city, a practice or a fact and so must differ between the copies.
RENAMED = {
    "cities": ("city_id",),
    "awards": ("city_id",),
    "facts": ("fact_id", "city_id"),
    "practices": ("practice_id", "city_id"),
    "practice-codes": ("practice_id",),
}


@cache
def generated_atlas(factor: int) -> lc.Atlas:
    """The shipped atlas with every city, fact, practice and code ``factor`` times."""
    shipped = lc.load_atlas()
    frames = dict(shipped.frames)
    for name, columns in RENAMED.items():
        copies = []
        for copy in range(factor):
            frame = shipped.frames[name].copy()
            if copy:
                for column in columns:
                    frame[column] = frame[column] + f"-{copy}"
            copies.append(frame)
        frames[name] = pd.concat(copies, ignore_index=True)
    return lc.Atlas(frames)
