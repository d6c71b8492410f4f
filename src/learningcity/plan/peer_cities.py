"""Which awarded cities a city can be compared with: alike in background, not in score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from learningcity.atlas import Atlas, AtlasResult
from learningcity.core import InputError, Text, UnknownNameError, join_texts, or_none, plain, whole_number
from learningcity.plan.distance import Apart, apart, pair_differences, spreads, staying
from learningcity.plan.figures import Figure, FigureTable, atlas_figures, own_row, read_figures
from learningcity.plan.own import OwnCity

if TYPE_CHECKING:
    import pandas as pd

#: Up to this difference two cities are called alike on a figure, from the other on they differ.
ALIKE, DIFFERENT = 0.15, 0.5
#: How far weights are varied, and how often a figure is left out, in the draws.
NOISE, LEAVE_OUT = 0.5, 0.2


@dataclass(frozen=True)
class PeersResult(AtlasResult):
    """Comparable cities.

    Parameters
    ----------
    city
        Id of the city, or None for one that is not in the atlas.
    name
        What it is called.
    ranking
        One row a city that could be compared, nearest first: rank, city_id, name_en, name_zh, country_iso3,
        first_award, distance, city_distance (figures of the cities), context_distance (figures of the countries, and
        the region), coverage, city_coverage (share of the weight that could be compared), stays (share of the draws in
        which the city was among the ``n`` nearest).
    differences
        Index city_id, one column a figure: 0 to 1, empty where one side has none.
    target
        Figures of the city itself.
    not_compared
        Cities that share too few figures: city_id, name_en, name_zh, coverage, city_coverage.
    n
        How many peers were asked for.
    figures
        What was compared, with weights.
    scale
        The difference that counts as 1 on each figure (of the logarithm, where ratios are compared).
    unused
        Figures on which the cities of the atlas cannot be told apart.
    choices
        As asked.
    """

    city: str | None
    name: Text
    ranking: pd.DataFrame
    differences: pd.DataFrame = field(repr=False)
    target: Mapping[str, Any] = field(repr=False)
    not_compared: pd.DataFrame
    n: int
    figures: tuple[Figure, ...] = field(repr=False, default=())
    scale: Mapping[str, float] = field(repr=False, default_factory=dict)
    unused: tuple[str, ...] = ()
    choices: Mapping[str, Any] = field(repr=False, default_factory=dict)

    @property
    def peers(self) -> tuple[str, ...]:
        """Ids of the peers, nearest first."""
        return tuple(self.ranking["city_id"].head(self.n))

    @property
    def similarity(self) -> dict[str, float]:
        """1 minus the distance, of every city that could be compared."""
        return {
            str(c): 1 - float(d)
            for c, d in zip(self.ranking["city_id"], self.ranking["distance"], strict=True)
        }

    def table(self) -> pd.DataFrame:
        """The peers, one row each, with why they are alike in both languages (why_en, why_zh)."""
        frame = self.ranking.head(self.n).reset_index(drop=True)
        why = [self.why(city) for city in frame["city_id"]]
        return frame.assign(why_en=[w.en for w in why], why_zh=[w.zh for w in why])

    @property
    def compared(self) -> pd.DataFrame:
        """The peers figure by figure, see :meth:`compare`."""
        import pandas as pd

        return pd.concat([self.compare(city) for city in self.peers], ignore_index=True)

    def compare(self, city: str) -> pd.DataFrame:
        """Set a city that could be compared beside this one, one row a figure.

        Returns
        -------
        frame
            city_id, figure, kind (city or context), label_en, label_zh, here_en, here_zh, there_en, there_zh (the
            figures in words; empty where none was seen), here_year, there_year, difference (0 to 1; empty where one
            side has none), weight, disagree (whether sources contradict each other on either side).

        Raises
        ------
        UnknownNameError
            The city was not compared.
        """
        import pandas as pd

        frame = pd.DataFrame(self._beside(city))
        return frame.assign(**{c: frame[c].astype("Int64") for c in ("here_year", "there_year")})

    def _beside(self, city: str) -> list[dict[str, Any]]:
        if city not in self.differences.index:
            raise UnknownNameError("city", city, self.differences.index)
        return _compared(self, city)

    def sides(self, city: str) -> dict[str, list[dict[str, Any]]]:
        """Figures on which a city is alike, differs, lies between, or could not be compared ("not_seen")."""
        found: dict[str, list[dict[str, Any]]] = {"alike": [], "between": [], "differs": [], "not_seen": []}
        for row in sorted(self._beside(city), key=lambda r: -r["weight"]):
            gap = row["difference"]
            side = (
                "not_seen" if gap != gap else "alike" if gap <= ALIKE else "differs" if gap >= DIFFERENT else "between"
            )  # fmt: skip
            found[side].append(row)
        return found

    def why(self, city: str) -> Text:
        """Why a city is comparable, and where it differs, in words.

        Raises
        ------
        UnknownNameError
            The city was not compared.
        """
        from learningcity.plan.peer_words import why_alike

        return why_alike(self.sides(city))

    def summary(self, language: str = "en") -> str:
        """Name the peers with their distance, coverage and how often they stay; say what the distance is."""
        frame = self.ranking.head(self.n)
        named = join_texts(
            [
                Text(
                    f"{r['name_en']} ({r['distance']:.2f}; {100 * r['coverage']:.0f}% compared; stays in {100 * r['stays']:.0f}% of draws)",
                    f"{r['name_zh']}（{r['distance']:.2f}；可比部分{100 * r['coverage']:.0f}%；在{100 * r['stays']:.0f}%的抽样中保留）",
                )
                for r in frame.to_dict("records")
            ],
            ", ",
            "、",
        )
        said = [
            Text(
                f"Comparable awarded cities of {self.name.en}, nearest first: {named.en}.",
                f"与{self.name.zh}背景可比的获奖城市（由近及远）：{named.zh}。",
            ),
            Text(
                "The distance is the weighted mean difference over the figures that both cities have, 0 to 1; figures of "
                "the country are context. Peers are alike in background, not in merit.",
                "距离为双方均有数据的各项差异的加权平均，取值0至1；国家数值仅作背景。可比指背景相近，并非水平相当。",
            ),
        ]
        if len(self.not_compared):
            k = len(self.not_compared)
            said.append(
                Text(
                    f"{k} {'city shares' if k == 1 else 'cities share'} too few figures and could not be compared.",
                    f"另有{k}个城市因共有数据过少而无法比较。",
                )
            )
        return join_texts(said, " ", "").in_(language)

    def to_dict(self) -> dict[str, Any]:
        """Peers, ranking, figure by figure, weights and choices as plain values."""
        return {
            "city": self.city,
            "name": plain(self.name),
            "peers": list(self.peers),
            "ranking": plain(self.ranking),
            "compared": plain(self.compared),
            "not_compared": plain(self.not_compared),
            "weights": {one.name: one.weight for one in self.figures},
            "scale": dict(self.scale),
            "unused": list(self.unused),
            "choices": plain(dict(self.choices)),
            **super().to_dict(),
        }


def peers(
    atlas: Atlas,
    city: str | OwnCity,
    n: int = 5,
    *,
    among: Literal["awarded", "all"] = "awarded",
    abroad: bool = False,
    weights: Mapping[str, float] | None = None,
    min_coverage: float = 0.4,
    draws: int = 1000,
    seed: int = 0,
) -> PeersResult:
    """Find the awarded cities whose background is most like that of a city.

    Parameters
    ----------
    atlas
        The atlas.
    city
        A city of the atlas by id or name, or one from :func:`learningcity.own_city`.
    n
        How many peers.
    among
        "awarded": awarded cities alone; "all": every city of the atlas.
    abroad
        Leave out cities of the same country.
    weights
        Figure -> weight, where it shall differ from ``plan.default_weights()``; 0 leaves a figure out. Figures of
        the country have names that begin with ``country_``.
    min_coverage
        Share of the whole weight that two cities must have in common to be compared; at least one figure must be of
        the cities themselves.
    draws, seed
        Of the uncertainty analysis; 0 draws leave it out.

    Returns
    -------
    PeersResult
        Distances are weighted means over the figures that both have: differences (of logarithms for population,
        density and income) over the spread between the 10th and the 90th percentile of the cities of the atlas, at
        most 1; the region is 0 or 1. Missing figures are skipped pair by pair and the coverage is told. ``stays`` says
        how often a city remains a peer when weights vary by half, each figure is left out one time in five, and
        differences that could not be seen are drawn from those seen between other cities.

    Raises
    ------
    InputError
        Too few figures of the city; no city can be compared; a choice is out of bounds.
    UnknownNameError
        The city or a figure is not there.

    References
    ----------
    Gower (1971), doi 10.2307/2528823.

    Examples
    --------
    >>> import learningcity as lc
    >>> found = lc.peers(lc.load_atlas(), "ningbo", 3, draws=0)
    >>> len(found.peers), bool(found.ranking["distance"].is_monotonic_increasing)
    (3, True)
    """
    import pandas as pd

    wanted = whole_number(n, "n", 1)
    draws = whole_number(draws, "draws", 0, 1_000_000)
    seed = whole_number(seed, "seed", 0)
    if among not in ("awarded", "all"):
        raise UnknownNameError("option", among, ("awarded", "all"))
    if (
        isinstance(min_coverage, bool)
        or not isinstance(min_coverage, int | float)
        or not 0 <= min_coverage <= 1
    ):
        raise InputError(
            Text(
                f"min_coverage is {min_coverage!r}; give a share from 0 to 1.",
                f"min_coverage为{min_coverage!r}，须为0至1之间的比例。",
            )
        )
    figures = read_figures(atlas, weights)
    table = atlas_figures(atlas)
    own = city if isinstance(city, OwnCity) else None
    city_id = None if own is not None else atlas.require_city(city)  # type: ignore[arg-type]
    if own is not None:
        target, name, country = own_row(atlas, own), own.told, own.country
    else:
        rows = atlas.cities.set_index("city_id")
        target, name = table.values.loc[city_id].to_dict(), city_name(atlas, str(city_id))
        country = str(rows.at[city_id, "country_iso3"])
    others = _pool(atlas, table, city_id, country if abroad else None, among)
    scale = spreads(table.values, figures)
    found = apart(target, others, figures, scale)
    coverage = found.coverage()
    city_coverage = found.coverage(found.is_city)
    enough = (coverage >= min_coverage) & (city_coverage > 0)
    if not enough.any():
        raise _too_few(name, target, figures, scale, min_coverage, coverage)
    ranking, kept = _ranked(atlas, others, found, enough)
    stays = staying(
        kept, pair_differences(table.values, figures, scale), wanted, draws=draws, seed=seed, noise=NOISE,
        leave_out=LEAVE_OUT,
    )  # fmt: skip
    ranking = ranking.assign(stays=stays)
    return PeersResult(
        city=city_id, name=name, ranking=ranking,
        differences=pd.DataFrame(
            kept.differences, index=ranking["city_id"].to_list(), columns=[one.name for one in figures]
        ),
        target=target,
        not_compared=_lost(atlas, others, found, enough), n=min(wanted, len(ranking)), figures=figures, scale=scale,
        unused=tuple(one.name for one in figures if one.name not in scale),
        choices={
            "n": wanted, "among": among, "abroad": abroad, "weights": dict(weights or {}),
            "min_coverage": min_coverage, "draws": draws, "seed": seed,
        },
        asked=atlas,
    )  # fmt: skip


def city_name(atlas: Atlas, city_id: str) -> Text:
    """The name of a city of the atlas in both languages."""
    return atlas.derived("plan names", lambda: _names(atlas))[city_id]


def _names(atlas: Atlas) -> dict[str, Text]:
    rows = atlas.cities[["city_id", "name_en", "name_zh"]].itertuples(index=False, name=None)
    return {str(c): Text(str(en), str(zh if or_none(zh) is not None else en)) for c, en, zh in rows}


def _pool(atlas: Atlas, table: FigureTable, city: str | None, not_from: str | None, among: str) -> Any:
    """Cities to compare with, in the order of their ids, so that the order of the rows changes nothing."""
    rows = atlas.cities.set_index("city_id")
    chosen = [
        c
        for c in sorted(map(str, rows.index))
        if c != city
        and (among == "all" or c in atlas.first_award)
        and (not_from is None or rows.at[c, "country_iso3"] != not_from)
    ]
    if not chosen:
        raise InputError(
            Text(
                "There is no awarded city to compare with. Load an atlas with awards, or ask among all cities.",
                "没有可供比较的获奖城市。请载入含获奖记录的图谱，或在全部城市中查找。",
            )
        )
    return table.values.loc[chosen]


def _ranked(atlas: Atlas, others: Any, found: Apart, enough: Any) -> tuple[Any, Apart]:
    import numpy as np
    import pandas as pd

    names = np.asarray(others.index, dtype=object)[enough]
    kept = Apart(found.differences[enough], found.weights, found.is_city)
    distance, coverage = kept.mean(), kept.coverage()
    order = np.lexsort((names.astype(str), -coverage, distance))
    kept = Apart(kept.differences[order], kept.weights, kept.is_city)
    chosen = [str(c) for c in names[order]]
    rows = atlas.cities.set_index("city_id")
    texts = [city_name(atlas, c) for c in chosen]
    frame = pd.DataFrame(
        {
            "rank": range(1, len(chosen) + 1),
            "city_id": chosen,
            "name_en": [t.en for t in texts],
            "name_zh": [t.zh for t in texts],
            "country_iso3": [str(rows.at[c, "country_iso3"]) for c in chosen],
            "first_award": pd.array([atlas.first_award.get(c) for c in chosen], dtype="Int64"),
            "distance": kept.mean(),
            "city_distance": kept.mean(kept.is_city),
            "context_distance": kept.mean(1 - kept.is_city),
            "coverage": kept.coverage(),
            "city_coverage": kept.coverage(kept.is_city),
        }
    )
    return frame, kept


def _compared(found: PeersResult, city: str) -> list[dict[str, Any]]:
    import pandas as pd

    table = atlas_figures(found.asked) if found.asked is not None else None
    rows = []
    for one in found.figures:
        here = found.target.get(one.name)
        there = None if table is None else table.values.at[city, one.name]
        here_words = Text("", "") if here is None or pd.isna(here) else one.words(here)
        there_words = Text("", "") if there is None or pd.isna(there) else one.words(there)
        own = None if found.city is None or table is None else found.city
        rows.append(
            {
                "city_id": city, "figure": one.name, "kind": one.kind,
                "label_en": one.label.en, "label_zh": one.label.zh,
                "here_en": here_words.en, "here_zh": here_words.zh,
                "there_en": there_words.en, "there_zh": there_words.zh,
                "here_year": float("nan") if own is None or table is None else table.years.at[own, one.name],
                "there_year": float("nan") if table is None else table.years.at[city, one.name],
                "difference": found.differences.at[city, one.name], "weight": one.weight,
                "disagree": table is not None and bool(
                    table.disagree.at[city, one.name] or (own is not None and table.disagree.at[own, one.name])
                ),
            }
        )  # fmt: skip
    return rows


def _lost(atlas: Atlas, others: Any, found: Apart, enough: Any) -> Any:
    import pandas as pd

    rows = []
    coverage, of_city = found.coverage(), found.coverage(found.is_city)
    for i, city in enumerate(others.index):
        if not enough[i]:
            name = city_name(atlas, str(city))
            rows.append(
                {"city_id": city, "name_en": name.en, "name_zh": name.zh, "coverage": coverage[i], "city_coverage": of_city[i]}
            )  # fmt: skip
    return pd.DataFrame(rows, columns=["city_id", "name_en", "name_zh", "coverage", "city_coverage"])


def _too_few(
    name: Text, target: Mapping[str, Any], figures: Any, scale: Any, least: float, coverage: Any
) -> InputError:
    import pandas as pd

    lacking = [
        one.label
        for one in sorted(figures, key=lambda f: (f.kind != "city", -f.weight))
        if one.name in scale and (target.get(one.name) is None or pd.isna(target[one.name]))
    ]
    best = 100 * float(coverage.max()) if len(coverage) else 0.0
    wanted = join_texts(lacking[:4], ", ", "、")
    return InputError(
        Text(
            f"Too little is known of {name.en} to compare it: {best:.0f}% of the weight is shared with the best covered "
            f"city, {100 * least:.0f}% are wanted, one figure of the city itself among them."
            + (f" Give, for instance: {wanted.en}; or lower min_coverage." if lacking else ""),
            f"{name.zh}的已知数据过少，无法比较：与可比数据最多的城市共有权重{best:.0f}%，至少须{100 * least:.0f}%，"
            "且其中须有城市本身的数据。"
            + (f"可补充：{wanted.zh}等，或降低min_coverage。" if lacking else ""),
        )
    )
