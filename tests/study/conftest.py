"""Atlases with a structure that was planted, or with none; and the study of the shipped data, computed once."""

import ast
import warnings

import numpy as np
import pandas as pd
import pytest

import learningcity as lc
from learningcity.atlas import Atlas
from learningcity.study.desk import Desk
from learningcity.study.run import build_chapter
from learningcity.study.spec import Methods

#: What of a code goes with what: each block is moved as one.
CARRIED = ["mechanism", "mechanism_2", "level", "stance", "subject", "strength"]
SPOKEN_OF = ["themes", "areas", "problem", "groups"]


def _shuffled(seed):
    """The shipped atlas with its codes given to practices at random: nothing goes with anything.

    Both passes keep what they agree on: what one coder says of a practice moves with what the other says.
    """
    atlas, rng = lc.load_atlas(), np.random.default_rng(seed)
    codes = atlas.codes.sort_values(["coder", "practice_id"]).reset_index(drop=True)
    practices = codes.loc[codes["coder"] == "A", "practice_id"].tolist()
    for block in (CARRIED, SPOKEN_OF):
        order = rng.permutation(len(practices))
        for coder in ("A", "B"):
            rows = codes.index[codes["coder"] == coder]
            assert codes.loc[rows, "practice_id"].tolist() == practices
            codes.loc[rows, block] = codes.loc[rows[order], block].to_numpy()
    return Atlas({**atlas.frames, "practice-codes": codes.astype(atlas.codes.dtypes)}, atlas.own)


def _planted():
    """The shipped atlas, but green is seen just where law and funding are, in practices and sources of their own."""
    atlas = lc.load_atlas()
    codes = atlas.codes.copy()
    codes["themes"] = [
        ";".join(t for t in str(cell).split(";") if t and t != "green") or None
        if isinstance(cell, str)
        else cell
        for cell in codes["themes"]
    ]
    bare = Atlas({**atlas.frames, "practice-codes": codes}, atlas.own)
    scores = bare.conditions()
    cities = [c for c in scores.index if scores.at[c, "law"] > 0.5 and scores.at[c, "funding"] > 0.5]
    practice, code, source = (
        atlas.frames[n].iloc[0].to_dict() for n in ("practices", "practice-codes", "sources")
    )
    more = {"practices": [], "practice-codes": [], "sources": []}
    for number, city in enumerate(cities):
        name, where = f"{city}-planted", f"s9{number:03d}"
        more["sources"].append({**source, "source_id": where})
        more["practices"].append({**practice, "practice_id": name, "city_id": city, "source_id": where})
        for coder in ("A", "B"):
            more["practice-codes"].append({
                **code, "practice_id": name, "coder": coder, "mechanism": "participation", "mechanism_2": None, "strength": 3,
                "level": "own", "stance": "done", "subject": "learning", "themes": "green", "areas": None,
            })  # fmt: skip
    frames = dict(bare.frames)
    for table, rows in more.items():
        added = pd.DataFrame(rows, columns=frames[table].columns).astype(frames[table].dtypes)
        frames[table] = pd.concat([frames[table], added], ignore_index=True)
    return Atlas(frames, atlas.own), cities


@pytest.fixture(scope="session")
def shuffled():
    """Makes an atlas of shuffled codes from a seed."""
    return _shuffled


@pytest.fixture(scope="session")
def planted():
    """The atlas with planted structure, and the cities it was planted in."""
    return _planted()


@pytest.fixture(scope="session")
def desk():
    """The desk of a study of the shipped data, with little work: what is tried is tried once."""
    study = lc.Study(methods=Methods(permutations=99, draws=100))
    return Desk(study, lc.load_atlas(), study.languages)


@pytest.fixture(scope="session")
def chapter_of(desk):
    """Gives a chapter of that study, built at first use."""
    return lambda name: desk.once(f"chapter {name}", lambda: build_chapter(desk, name))


@pytest.fixture(scope="session")
def given():
    """Runs lines as a reader would, and gives what the last one says; lines that begin alike share their beginning."""
    begun = {}

    def run(code):
        tree = ast.parse(code)
        last = tree.body.pop()
        assert isinstance(last, ast.Expr), code
        names, before = {}, ""
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            for line in tree.body:
                before += ast.unparse(line) + "\n"
                if before not in begun:
                    exec(compile(ast.unparse(line), "lines", "exec"), names)  # noqa: S102 - our own lines, which is what is tested
                    begun[before] = dict(names)
                names = dict(begun[before])
            return eval(compile(ast.Expression(last.value), "last", "eval"), names)  # noqa: S307 - likewise

    return run
