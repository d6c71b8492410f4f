"""Read the coded cities of the atlas: which practices count, which cities are cases, what they are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from learningcity.atlas import (
    Atlas,
    CodingPolicy,
    coded_practices,
    conditions_of,
    why_not_counted,
)
from learningcity.core import InputError, Text, names_of
from learningcity.explain.evidence import Practice

if TYPE_CHECKING:
    import pandas as pd


def coders_of(atlas: Atlas) -> list[str]:
    """Who coded."""
    return sorted(atlas.codes["coder"].unique())


def coded_cities(atlas: Atlas, coder: str) -> frozenset[str]:
    """Cities of which a coder coded some practice."""
    return atlas.derived(
        f"cities coded by {coder}",
        lambda: frozenset(map(str, coded_practices(atlas, coder)["city_id"].unique())),
    )


def counted_practices(atlas: Atlas, policy: CodingPolicy, coder: str) -> list[Practice]:
    """The practices of a coder that count under a policy."""
    found = atlas.derived(
        f"practices counted of {coder} under {policy!r}", lambda: _counted_practices(atlas, policy, coder)
    )
    return list(found)


def _counted_practices(atlas: Atlas, policy: CodingPolicy, coder: str) -> list[Practice]:
    columns = [
        "practice_id", "city_id", "source_id", "strength", "mechanism", "mechanism_2", "themes", "stance",
        "level", "subject", "timing",
    ]  # fmt: skip
    rows = coded_practices(atlas, coder)[columns].itertuples(index=False, name=None)
    return [
        Practice(
            str(practice), str(city), str(source), int(strength),
            frozenset(conditions_of(first, second, themes, policy.second_mechanism)),
        )
        for practice, city, source, strength, first, second, themes, *rest in rows
        if why_not_counted(policy, *rest) is None
    ]  # fmt: skip


def city_names(atlas: Atlas) -> dict[str, Text]:
    """City -> name in both languages."""
    rows = atlas.cities.set_index("city_id")
    english, chinese = rows["name_en"], rows["name_zh"].fillna(rows["name_en"])
    return {str(c): Text(str(english[c]), str(chinese[c])) for c in rows.index}


def left_out_row(city: str, names: Mapping[str, Text], why: Text) -> dict[str, str]:
    """Why a city is no case."""
    return {
        "city_id": city, "name_en": names[city].en, "name_zh": names[city].zh,
        "reason_en": why.en, "reason_zh": why.zh,
    }  # fmt: skip


def left_out_frame(rows: list[dict[str, str]]) -> pd.DataFrame:
    """All cities that are no cases."""
    import pandas as pd

    return pd.DataFrame(rows, columns=["city_id", "name_en", "name_zh", "reason_en", "reason_zh"])


def cases_of(
    atlas: Atlas, counted: list[Practice], coder: str, cities: Any, names: Mapping[str, Text]
) -> tuple[list[str], list[dict[str, str]]]:
    """Cities that are cases, and those that are not with the reason."""
    awarded = set(atlas.awards["city_id"])
    asked = None if cities is None else {atlas.require_city(c) for c in names_of(cities, "cities")}
    coded = coded_cities(atlas, coder)
    seen = {p.case for p in counted}
    kept, out = [], []
    for city in atlas.city_ids():
        why = None
        if asked is not None and city not in asked:
            why = Text("not among the cities asked for", "不在所选城市之列")
        elif asked is None and city not in awarded:
            why = Text("no award", "未获奖")
        elif city not in coded:
            why = Text(f"not coded by coder {coder}", f"编码员{coder}未编码")
        elif city not in seen:
            why = Text("no practice counts under this policy", "按此规则没有计入的实践举措")
        if why is None:
            kept.append(city)
        else:
            out.append(left_out_row(city, names, why))
    return kept, out


def refuse_empty(cases: Any) -> None:
    """Raise where no case is left."""
    if not len(cases):
        raise InputError(
            Text(
                "No city is left as a case: take another policy, coder or list of cities, or not_seen='visibility'.",
                "没有可作为案例的城市：请更换规则、编码员或城市列表，或采用not_seen='visibility'。",
            )
        )


def seen_not_counted(atlas: Atlas, policy: CodingPolicy, coder: str, scores: pd.DataFrame) -> int:
    """Cells without a score of which some practice speaks that does not count."""
    spoken = atlas.seen_not_counted(policy, coder).loc[scores.index, list(scores.columns)]
    return int(((spoken > 0) & scores.isna()).to_numpy().sum())
