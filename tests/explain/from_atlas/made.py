"""The shipped atlas with made-up codes: same cities, practices and sources, but what was seen is known."""

from dataclasses import replace

import pandas as pd

import learningcity as lc


def awarded(atlas):
    return sorted(set(atlas.awards["city_id"]))


def recoded(atlas, say, coders=("A", "B"), strength=3):
    """Code every practice anew.

    ``say`` takes city and number of the practice in its city (from 0) and gives mechanism, themes ("" = none), or None:
    not counted.
    """
    rows = []
    for city, practices in atlas.practices.groupby("city_id", sort=False):
        for place, practice in enumerate(practices["practice_id"]):
            said = say(city, place)
            mechanism, themes = said if said else ("policy", "")
            for coder in coders:
                rows.append(
                    {
                        "practice_id": practice, "coder": coder, "mechanism": mechanism, "mechanism_2": None,
                        "subject": "learning", "level": "own", "stance": "done" if said else "planned",
                        "strength": strength, "themes": themes or None, "areas": "1", "problem": "none", "groups": None,
                    }
                )  # fmt: skip
    codes = pd.DataFrame(rows).astype(atlas.codes.dtypes.to_dict())
    return replace(atlas, frames={**atlas.frames, "practice-codes": codes[list(atlas.codes.columns)]})


def with_codes(atlas, codes):
    """The atlas with other codes."""
    return replace(atlas, frames={**atlas.frames, "practice-codes": codes})


def of_some(atlas, coder, cities):
    """The codes of A once more under another name, for the practices of some cities alone."""
    names = set(atlas.practices.loc[atlas.practices["city_id"].isin(cities), "practice_id"])
    mine = atlas.codes[(atlas.codes["coder"] == "A") & atlas.codes["practice_id"].isin(names)]
    return with_codes(atlas, pd.concat([atlas.codes, mine.assign(coder=coder)], ignore_index=True))


def has_han(text):
    return any("\u4e00" <= c <= "\u9fff" for c in text)


def shipped():
    return lc.load_atlas()
