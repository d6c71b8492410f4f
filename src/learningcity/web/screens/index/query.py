"""Which index an address asks for: the reading, what is changed in its recipe, what is drawn, what is shown."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, ClassVar

from django.http import QueryDict

import learningcity as lc
from learningcity.web import content
from learningcity.web.queries import Query
from learningcity.web.screens.index.own import FEW_UNITS, MANY_DRAWS, OWN, OwnReading, own_reading

READINGS = ("visible", "figures", "context")
#: What the menu of a step offers, and what it puts into the recipe; "" leaves the reading's own.
NORMALISE: dict[str, Any] = {
    "none": None,
    "minmax": "minmax",
    "minmax-1": ("minmax", {"lower": 1.0}),
    "zscore": "zscore",
    "rank": "rank",
    "percentile_rank": "percentile_rank",
}
AGGREGATE: dict[str, Any] = {one: one for one in ("arithmetic", "geometric", "harmonic", "minimum")}
TREAT: dict[str, Any] = {"none": None, "winsorise": "winsorise", "log": "log", "boxcox": "boxcox"}
NOISES = ("0.1", "0.25", "0.5")
#: Which step varies beside the weights unless another is asked for.
VARIED = {"visible": "none", "figures": "normalise", "context": "normalise", OWN: "normalise"}
VARIES = ("none", "normalise", "aggregate", "both")
DRAWS = ("200", "1000", "5000", "20000", "100000")
#: More than that is done in the background, and of the readings of the atlas alone.
QUICK = 5000
SORTS = ("name", "region", "rank")
GROUPS = ("region", "all")
#: Weights in an address: w.policy=2. More than this nobody means.
WEIGHT, MOST_WEIGHT = "w.", 100.0
#: Indicators of an own table of which less is better, where no structure says so: less.noise=yes.
LESS = "less."
MOST_SEED = 2**31


#: Fields that an address holds one by one.
_MANY = ("weights", "less")


@dataclass(frozen=True, slots=True)
class IndexQuery(Query):
    """An index and what is shown of it; every default leaves the reading as it is."""

    PATH: ClassVar[str] = "index"
    ORDER: ClassVar[tuple[str, ...]] = ("sort", "city", "group")

    reading: str = "visible"
    normalise: str = ""
    aggregate: str = ""
    treat: str = ""
    noise: str = "0.25"
    vary: str = ""
    draws: str = "1000"
    seed: str = "0"
    sort: str = "name"
    city: str = ""
    group: str = "region"
    #: Pairs of code and weight as written, where they differ from the reading.
    weights: tuple[tuple[str, str], ...] = ()
    #: Which of the visitor's own tables; the latest when empty.
    own: str = ""
    #: Codes of which less is better, in an own table without structure.
    less: tuple[str, ...] = ()

    @classmethod
    def allowed(cls) -> Mapping[str, tuple[str, Iterable[str]]]:
        """What each closed field may be."""
        return {
            "reading": ("reading", (*READINGS, OWN)),
            "normalise": ("method", NORMALISE),
            "aggregate": ("method", AGGREGATE),
            "treat": ("method", TREAT),
            "noise": ("option", NOISES),
            "vary": ("option", VARIES),
            "draws": ("option", DRAWS),
            "sort": ("option", SORTS),
            "group": ("option", GROUPS),
        }

    @property
    def chosen(self) -> dict[str, str]:
        """The choices that were made; weights as ``w.code``."""
        made = {
            f.name: getattr(self, f.name)
            for f in fields(self)
            if f.name not in _MANY and getattr(self, f.name) != f.default
        }
        less = {f"{LESS}{code}": "yes" for code in self.less}
        return {**made, **less, **{f"{WEIGHT}{code}": weight for code, weight in self.weights}}

    @property
    def varies(self) -> str:
        """Which steps vary beside the weights: as asked for, else what suits the reading."""
        return self.vary or VARIED[self.reading]

    @property
    def changed(self) -> bool:
        """Whether the recipe is another than the reading's own."""
        return bool(self.normalise or self.aggregate or self.treat or self.weights)


def reading_of(query: IndexQuery) -> lc.AtlasReading | OwnReading:
    """What an address reads: the atlas in one of its readings, or a table of the visitor.

    Raises
    ------
    GoneError
        An own table that is not, or no longer, his.
    """
    return own_reading(query.own) if query.reading == OWN else reading(query.reading)


@cache
def reading(name: str) -> lc.AtlasReading:
    """A reading of the atlas, made once."""
    return lc.atlas_reading(name, content.atlas())


def read(given: QueryDict) -> tuple[IndexQuery, bool]:
    """Read an address, and whether it is the one address of its choices.

    A form sends every field; what is as the reading has it is left out of the address.

    Raises
    ------
    InputError
        A value that cannot be read; the nearest names are told.
    """
    one_by_one = (WEIGHT, LESS)
    plain = IndexQuery.read(
        {k: v for k, v in given.items() if not k.startswith(one_by_one) and k not in _MANY}
    )
    if plain.reading != OWN:
        plain = plain.without("own")
    asked = reading_of(plain)
    less: tuple[str, ...] = ()
    if isinstance(asked, OwnReading):
        less = _less(given, asked)
        if int(plain.draws) > QUICK:
            raise lc.InputError(
                lc.Text(
                    f"Of a table of your own {QUICK:,} draws are made here at most; the command line takes any number.",
                    f"自有数据表在此最多抽样{QUICK:,}次，命令行不受此限。",
                )
            )
        if plain.draws == MANY_DRAWS and len(asked.values) > FEW_UNITS:
            raise lc.InputError(
                lc.Text(
                    f"{int(MANY_DRAWS):,} draws are for tables of up to {FEW_UNITS} units; choose 1,000.",
                    f"抽样{MANY_DRAWS}次仅限{FEW_UNITS}个单位以内的表，请选择1000次。",
                )
            )
    weights = tuple(
        (code, weight)
        for code, weight in _weights(given, asked.spec.structure).items()
        if float(weight) != asked.spec.structure.weights[code]
    )
    if plain.city and plain.city not in asked.values.index:
        plain = plain.with_(city=_unit(plain.city, asked))
    if plain.vary == VARIED[plain.reading]:
        plain = plain.without("vary")
    found = plain.with_(seed=_seed(plain.seed), weights=weights, less=less)
    known = {*(f.name for f in fields(IndexQuery)), "chart", "table"}
    rest = {k: v for k, v in given.items() if k in known or k.startswith(one_by_one)}
    asked_for = {k: v for k, v in rest.items() if k not in ("chart", "table")}
    return found, asked_for == found.chosen


def _less(given: QueryDict, asked: OwnReading) -> tuple[str, ...]:
    """The indicators of which less is better, in the order of the table; a given structure says that itself."""
    codes = asked.spec.structure.indicators
    found = {
        key.removeprefix(LESS) for key, value in given.items() if key.startswith(LESS) and value == "yes"
    }
    for code in sorted(found):
        if code not in codes:
            raise lc.UnknownNameError("code", code[:100], codes)
    return tuple(code for code in codes if code in found) if asked.table.flat else ()


def _unit(name: str, asked: lc.AtlasReading | OwnReading) -> str:
    """The unit of the reading that is meant; a city without a score is told as such."""
    if asked.kind == OWN:
        raise lc.UnknownNameError("unit", name, [str(u) for u in asked.values.index])
    if asked.kind != "context":
        city = content.atlas().require_city(name)
        if city in asked.values.index:
            return str(city)
        raise lc.InputError(
            lc.Text(
                f"{name} has no score in this reading: too little was seen.",
                f"{name}在此读法中没有得分：所见资料不足。",
            )
        )
    raise lc.UnknownNameError("country", name, [str(u) for u in asked.values.index])


def _seed(text: str) -> str:
    if text.isascii() and text.isdigit() and int(text) < MOST_SEED:
        return str(int(text))
    raise lc.InputError(
        lc.Text(
            f"{text!r} is no seed: give a whole number from 0 to {MOST_SEED - 1}.",
            f"“{text}”不是随机种子，请给出0至{MOST_SEED - 1}的整数。",
        )
    )


def _weights(given: QueryDict, structure: lc.Structure) -> dict[str, str]:
    """The weights of an address by code, in the order of the structure."""
    there = [code for code in structure.codes if code != structure.top]
    found = {}
    for key, text in given.items():
        if key.startswith(WEIGHT) and text.strip():
            code = key.removeprefix(WEIGHT)
            if code not in there:
                raise lc.UnknownNameError("code", code[:100], there)
            found[code] = _weight(code, text.strip(), structure)
    return {code: found[code] for code in there if code in found}


def _weight(code: str, text: str, structure: lc.Structure) -> str:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if 0 <= value <= MOST_WEIGHT:
        return f"{value:g}"
    name = structure.by_code[code].name
    raise lc.InputError(
        lc.Text(
            f"Weight of {name.en}: {text[:20]!r} is no number from 0 to {MOST_WEIGHT:g}.",
            f"{name.zh}的权重：“{text[:20]}”不是0至{MOST_WEIGHT:g}之间的数字。",
        )
    )
