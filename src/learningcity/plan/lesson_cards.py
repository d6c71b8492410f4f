"""What a country or a city can learn from awarded cities: gaps and bottlenecks joined to practices, as cards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from learningcity.atlas import Atlas, CodingPolicy
from learningcity.core import InputError, Text, UnknownNameError, or_none, whole_number
from learningcity.plan.bottlenecks import answering, bottlenecks_of
from learningcity.plan.card_words import bottleneck_card, gap_card
from learningcity.plan.gap_profile import GapsResult, gaps
from learningcity.plan.lessons_result import LessonCard, LessonsResult
from learningcity.plan.own import OwnCity
from learningcity.plan.peer_cities import city_name
from learningcity.plan.seen import read_codes
from learningcity.standards import country_name

if TYPE_CHECKING:
    import pandas as pd

#: Kinds of codes that a gap card is made of; areas and groups stay in the profile.
OF_CARDS = ("mechanism", "theme", "problem")


def lessons(
    atlas: Atlas,
    target: str | OwnCity = "CHN",
    n: int = 5,
    *,
    cards: int = 16,
    per_card: int = 3,
    problems: Iterable[str] | None = None,
    coder: str = "A",
    policy: CodingPolicy | None = None,
    draws: int = 200,
    seed: int = 0,
    **choices: Any,
) -> LessonsResult:
    """Give lessons for a country or a city.

    Parameters
    ----------
    atlas
        The atlas.
    target
        A country (ISO 3166-1 alpha-3), a city of the atlas, or one from :func:`learningcity.own_city`.
    n
        Peers a city.
    cards
        At most so many cards: bottlenecks of the national framework first, then gaps.
    per_card
        Practices a card names.
    problems
        Problems to answer, see :func:`learningcity.gaps`.
    coder, policy, draws, seed, **choices
        As :func:`learningcity.gaps` and :func:`learningcity.peers` take them.

    Returns
    -------
    LessonsResult
        A practice answers a bottleneck where it carries one code of every list that the table ``bottlenecks`` gives:
        our mapping. A body or an instrument stands on a card only where the statement or a practice names it.

    Raises
    ------
    InputError
        Nothing is coded, or no city of the target can be compared.
    UnknownNameError
        Neither a country with cities in the atlas nor a city.

    Examples
    --------
    >>> import learningcity as lc
    >>> found = lc.lessons(lc.load_atlas(), "ningbo", draws=0)
    >>> found.kind, found.country, len(found.cards) > 5
    ('city', 'CHN', True)
    """
    most, per = whole_number(cards, "cards", 1), whole_number(per_card, "per_card", 1)
    kind, name, country, asked = target_of(atlas, target)
    wanted = None if problems is None else tuple([problems] if isinstance(problems, str) else problems)
    found: dict[str, GapsResult] = {}
    left_out: dict[str, Text] = {}
    refused: InputError | None = None
    for key, one in asked.items():
        try:
            found[key] = gaps(
                atlas, one, n, problems=wanted, coder=coder, policy=policy, draws=draws, seed=seed, **choices
            )
        except UnknownNameError:
            raise
        except InputError as error:
            if kind != "country":
                raise
            refused, left_out[key] = error, error.text
    if not found:
        raise refused or InputError(Text("Nothing to compare.", "没有可比较的内容。"))
    home = {c for c in found if c}
    read = read_codes(atlas, policy or CodingPolicy())
    profile = _profile(atlas, found, home, coder, read)
    practices = _practices(found, country)
    rows = bottlenecks_of(atlas, country)
    answered = answering(atlas, rows, read, coder, practices)
    result = LessonsResult(
        kind=kind, name=name, country=country, gaps=found, left_out=left_out, profile=profile, practices=practices,
        bottlenecks=_counted(rows, answered, len(read)), answers=answered, cards=(), coder=coder,
        choices={"n": n, "cards": most, "per_card": per, "problems": wanted, "coder": coder, "draws": draws, "seed": seed, **choices},
        asked=atlas,
    )  # fmt: skip
    from dataclasses import replace

    return replace(result, cards=_cards(atlas, result, most, per))


def target_of(atlas: Atlas, target: Any) -> tuple[Any, Text, str | None, dict[str, Any]]:
    """Give kind, name and country of whom lessons are for, and its cities by id.

    Raises
    ------
    InputError
        A country of which the atlas holds no city.
    UnknownNameError
        No such city; the nearest are named.
    """
    if isinstance(target, OwnCity):
        return "own", target.told, target.country, {"": target}
    code = str(target).strip()
    rows = atlas.cities
    if len(code) == 3 and code.isalpha() and code.upper() == code:
        cities = rows.loc[rows["country_iso3"] == code, "city_id"].map(str).tolist()
        if cities:
            name = Text(country_name(code, "en"), country_name(code, "zh"))
            return "country", name, code, {c: c for c in sorted(cities)}
        if country_name(code, "en") != code:
            raise InputError(
                Text(
                    f"The atlas holds no city of {country_name(code, 'en')}. Name a city of the atlas, or describe one by lc.own_city.",
                    f"图谱中没有{country_name(code, 'zh')}的城市。请指定图谱中的城市，或用lc.own_city描述一个城市。",
                )
            )
    city = atlas.require_city(code)
    country = str(rows.set_index("city_id").at[city, "country_iso3"])
    return "city", city_name(atlas, city), country, {city: city}


def _profile(
    atlas: Atlas, found: Mapping[str, GapsResult], home: set[str], coder: str, read: Mapping[str, Any]
) -> pd.DataFrame:
    """Gaps of all cities of the target in one row a code."""
    from learningcity.core import NEAR_CONSTANT
    from learningcity.plan.gap_profile import OPEN
    from learningcity.plan.seen import cities_with

    first = next(iter(found.values())).profile
    frame = first[["kind", "code", "label_en", "label_zh"]].copy()
    every = [one.profile for one in found.values()]
    frame["open"] = sum(p["status"].isin(OPEN).astype(int) for p in every)
    frame["of"] = sum((p["status"] != "not asked").astype(int) for p in every)
    frame["peers"] = sum(p[f"peers_{coder}"] for p in every)
    frame["peers_of"] = sum(p["peers_of"] for p in every)
    coded = {r.city for r in read[coder]}
    awarded = [c for c in atlas.city_ids() if c in atlas.first_award and c not in home and c in coded]
    there = cities_with(read[coder], awarded)
    frame["awarded"] = [len(there.get((k, c), ())) for k, c in zip(frame["kind"], frame["code"], strict=True)]
    frame["awarded_of"] = len(awarded)
    frame["near_constant"] = frame["awarded"] >= NEAR_CONSTANT * max(len(awarded), 1)
    frame["gap_in"] = sum(p["gap"].astype(int) for p in every)
    frame["notable"] = sum(p["notable"].astype(int) for p in every)
    return frame


def _practices(found: Mapping[str, GapsResult], country: str | None) -> pd.DataFrame:
    """Practices over all cities of the target: means of what hangs on the city, the rest as it is."""
    import pandas as pd

    frames = [one.practices.assign(_fills=one.practices["part_gap"] > 0) for one in found.values()]
    frames = [one for one in frames if len(one)]
    if not frames:
        return next(iter(found.values())).practices.assign(fills_in=0, home=False, to=0)
    whole = pd.concat(frames, ignore_index=True)
    groups = whole.groupby("practice_id", sort=True)
    first = groups.first()
    means = groups[["score", "fit", "similarity", "stays"]].mean()
    frame = first.drop(columns=[*means.columns, "rank", "_fills", "peer", "fills", "problem"]).join(means)
    frame["fills_in"] = groups["_fills"].sum().astype("int64")
    frame["fills"] = groups["fills"].agg(
        lambda cells: ";".join(sorted({p for c in cells for p in c.split(";") if p}))
    )
    frame["peer_of"] = groups["peer"].agg(lambda cells: int((cells > 0).sum()))
    frame["to"] = groups.size()
    frame["home"] = frame["country_iso3"] == country
    frame = frame.reset_index().assign(_last=lambda f: f["tier"] == "doubtful")
    frame = frame.sort_values(["_last", "score", "practice_id"], ascending=[True, False, True], kind="stable")
    return frame.drop(columns="_last").reset_index(drop=True).assign(rank=range(1, len(frame) + 1))


def _counted(rows: list[dict[str, Any]], answered: pd.DataFrame, coders: int) -> pd.DataFrame:
    import pandas as pd

    told = []
    for row in rows:
        mine = answered[answered["bottleneck_id"] == row["bottleneck_id"]]
        told.append(
            {
                **row, "practices": len(mine), "cities": mine["city_id"].nunique(),
                "agreed": int((mine["by"] == coders).sum()),
            }
        )  # fmt: skip
    return pd.DataFrame(told)


def _cards(atlas: Atlas, found: LessonsResult, most: int, per: int) -> tuple[LessonCard, ...]:
    named = []
    for row in found.bottlenecks.to_dict("records"):
        mine = found.answers[found.answers["bottleneck_id"] == row["bottleneck_id"]]
        if len(mine):
            named.append(({key: or_none(cell) for key, cell in row.items()}, mine))
    unseen = []
    fills = found.practices["fills"].str.split(";")
    for row in _gap_rows(found).to_dict("records"):
        mine = found.practices[fills.map(lambda cells, p=f"{row['kind']}:{row['code']}": p in cells)]
        if len(mine):
            unseen.append((row, mine))
    # Of both kinds, where there are both: a quarter of the room is kept for gaps.
    room = max(most - len(unseen), most - max(most // 4, 1)) if unseen else most
    first = [bottleneck_card(atlas, found, row, _spread(mine, per)) for row, mine in named[:room]]
    second = [gap_card(atlas, found, row, _spread(mine, per)) for row, mine in unseen[: most - len(first)]]
    return (*first, *second)


def _gap_rows(found: LessonsResult) -> pd.DataFrame:
    """Gaps that cards are made of: mechanisms and themes before problems, what most peers show first."""
    rows = found.profile[(found.profile["gap_in"] > 0) & found.profile["kind"].isin(OF_CARDS)]
    rows = rows[~rows["near_constant"]]
    share = rows["peers"] / rows["peers_of"].where(rows["peers_of"] > 0)
    rows = rows.assign(
        _kind=(rows["kind"] == "problem").astype(int), _weight=-(share * rows["open"]), _wide=-rows["awarded"]
    )
    return rows.sort_values(["_kind", "_weight", "_wide"], kind="stable")


def _spread(rows: pd.DataFrame, n: int) -> list[dict[str, Any]]:
    """The first practices, one a city, and one from another country than the target's where there is any."""
    one_each = rows[~rows["city_id"].duplicated()]
    first = one_each.head(n)
    if len(first) and first["home"].all() and not one_each["home"].all():
        abroad = one_each[~one_each["home"]].head(1)
        import pandas as pd

        first = pd.concat([first.head(max(n - 1, 1)), abroad]) if n > 1 else first
    return list(first.to_dict("records"))
