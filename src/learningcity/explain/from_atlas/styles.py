"""Styles of the coded cities over mechanisms and themes, and whether they follow effort or region instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from learningcity.atlas import MECHANISMS, THEMES, Atlas, AtlasResult, CodingPolicy
from learningcity.core import (
    InputError,
    Progress,
    Steps,
    Text,
    UnknownNameError,
    join_texts,
    plain,
    whole_number,
)
from learningcity.explain.evidence import Practice
from learningcity.explain.from_atlas.background_columns import read_background
from learningcity.explain.from_atlas.coded import Coded, chosen, read_coded
from learningcity.explain.typology import TypologyResult, typology
from learningcity.explain.typology.styles import name_of

if TYPE_CHECKING:
    import pandas as pd

#: Columns beside the styles, and what they are called.
BESIDE = {
    "practices": Text("practices read", "阅读的实践举措数"),
    "sources": Text("sources read", "阅读的来源数"),
    "region": Text("region of UNESCO", "教科文组织地区"),
    "first_award": Text("year of the first award", "首次获奖年份"),
    "population": Text("population", "人口"),
    "country_gdp_per_capita_ppp": Text("GDP per head (country)", "人均国内生产总值（国家）"),
}
#: What one table counts as, so that the draws of each are told in hundredths.
TABLE = 100
#: How the styles are repeated.
REPEATS = {
    "mechanisms": Text("over mechanisms alone", "仅用各类举措"),
    "themes": Text("over themes alone", "仅用呈现的特征"),
    "themes_keep": Text(
        "practices that speak of a theme count for themes alone", "涉及特征的实践举措仅计入特征"
    ),
}
_REPEAT_COLUMNS = (
    "name", "title_en", "title_zh", "cases", "k", "silhouette", "p", "found", "rand", "reason_en", "reason_zh",
)  # fmt: skip


@dataclass(frozen=True)
class AtlasStyles(AtlasResult):
    """Styles of the coded cities, or the finding that there are none.

    Parameters
    ----------
    coded
        The cases and what must be said of them.
    typology
        The styles, see ``lc.typology``.
    division
        The same, or, where there are no styles, the best division that was looked at: no styles, and not named; only
        to tell what it follows and to set the repetitions beside it.
    repeats
        One row a repetition (mechanisms alone, themes alone, practices of a theme for themes alone, every other
        coder): name, title_en, title_zh, cases, k (styles found; 1 = none), silhouette, p, found, rand (adjusted Rand
        index with ``division``, divided into as many; NaN where it cannot be divided), reason_en, reason_zh (why there is no repetition).
        No row where no repetition was asked for: see ``repeated``.
    choices
        As ``typology`` was asked.
    """

    coded: Coded
    typology: TypologyResult = field(repr=False)
    division: TypologyResult = field(repr=False)
    repeats: pd.DataFrame = field(repr=False)
    choices: Mapping[str, Any] = field(repr=False, default_factory=dict)

    @property
    def found(self) -> bool:
        """Whether there is structure."""
        return self.typology.found

    @property
    def near_constant(self) -> tuple[str, ...]:
        """Mechanisms and themes that hardly tell the cases apart."""
        return self.coded.near_constant

    @property
    def follows(self) -> tuple[str, ...]:
        """What the styles, or the best division, follow although it did not make them: effort, region and the like."""
        return self.division.follows

    @property
    def beside_labels(self) -> dict[str, Text]:
        """What the columns beside the styles are called."""
        return {c: BESIDE[c] for c in self.division.beside["column"]}

    def name_of(self, style: int) -> Text:
        """What sets a style apart, in the words of both languages.

        Raises
        ------
        InputError
            There is no such style, or nothing was divided.
        """
        number = whole_number(style, "style", 1, self.typology.k)
        if self.typology.k == 1:
            return self.typology.styles[0].name
        profile = self.typology.profile
        return name_of(profile[profile["style"] == number], self.coded.labels)

    def repeated(self, progress: Progress | None = None) -> AtlasStyles:
        """The same with its repetitions."""
        if len(self.repeats):
            return self
        tables, given = _tables(self.coded), dict(self.choices)
        steps = Steps(progress, TABLE * len(tables))
        return replace(self, repeats=_repeats(tables, self.division, self.typology.spec["k"], given, steps))

    def table(self) -> pd.DataFrame:
        """One row a case: city_id, name_en, name_zh, what ``lc.typology`` says of it, the scores, the effort."""
        frame = self.typology.cases.join(self.coded.data).join(self.coded.effort)
        frame.insert(0, "name_en", [self.coded.names[c].en for c in frame.index])
        frame.insert(1, "name_zh", [self.coded.names[c].zh for c in frame.index])
        return frame.rename_axis("city_id").reset_index()

    def limits(self, language: str = "en") -> tuple[str, ...]:
        """Say in sentences what these styles cannot tell; they belong beside every finding."""
        kept = self.typology.spec["incomparable"] == "leave_out" and self.typology.left_out_cases
        said = [
            Text(
                "A style is what was seen in the evidence read, not what a city is; a city is no better for its style.",
                "类型只是所读资料中见到的情况，并不等于城市本身；类型之间没有优劣之分。",
            ),
            Text(
                "Mechanisms and themes are read off the same practices, so that they go together partly for that reason.",
                "各类举措与特征由同一批实践举措读出，其相伴出现部分即源于此。",
            ),
        ]
        if kept:
            names = join_texts([self.coded.names[c] for c in self.typology.left_out_cases], ", ", "、")
            said.append(
                Text(
                    f"Left out, since nothing can be compared with some other city: {names.en}.",
                    f"因与某些城市没有可比单元格而未纳入：{names.zh}。",
                )
            )
        return tuple(t.in_(language) for t in (*said, *self.coded.limits()))

    def summary(self, language: str = "en") -> str:
        """Say whether there are styles, around which cities, whether they follow effort or region, and the limits."""
        said = [
            self._said_of_structure(),
            *self._said_of_styles(),
            *self._said_of_beside(),
            *self._said_of_repeats(),
        ]
        return (" " if language == "en" else "").join(
            (*(t.in_(language) for t in said), *self.limits(language))
        )

    def _said_of_structure(self) -> Text:
        one = self.typology
        n = len(one.cases)
        figures = Text(
            f"mean silhouette {one.silhouette:.2f}"
            + ("" if one.p_value != one.p_value else f", p = {one.p_value:.3g} against shuffled columns"),
            f"平均轮廓系数{one.silhouette:.2f}"
            + ("" if one.p_value != one.p_value else f"，与随机打乱各列的数据表相比，p = {one.p_value:.3g}"),
        )
        if one.found:
            return Text(
                f"{n} cities, {one.k} styles: {figures.en}.", f"{n}个城市，{one.k}种类型：{figures.zh}。"
            )
        why = join_texts(one.reasons, "; ", "；")
        if one.k == 1:
            return Text(
                f"{n} cities: no styles found, the cities are not divided ({figures.en}; {why.en}).",
                f"{n}个城市：未发现类型，不作划分（{figures.zh}；{why.zh}）。",
            )
        return Text(
            f"{n} cities: {one.k} styles as asked, but no structure found ({figures.en}; {why.en}).",
            f"{n}个城市：按要求划分为{one.k}种类型，但未发现结构（{figures.zh}；{why.zh}）。",
        )

    def _said_of_styles(self) -> list[Text]:
        if self.typology.k == 1:
            return []
        names = self.coded.names
        said = []
        for style in self.typology.styles:
            said.append(
                Text(
                    f"Style {style.number}, {style.size} cities around {names[style.medoid].en}: {self.name_of(style.number).en}.",
                    f"类型{style.number}，{style.size}个城市，代表城市{names[style.medoid].zh}：{self.name_of(style.number).zh}。",
                )
            )
        if self.typology.between:
            listed = join_texts([names[c] for c in self.typology.between], ", ", "、")
            said.append(Text(f"Between two styles: {listed.en}.", f"介于两种类型之间：{listed.zh}。"))
        return said

    def _said_of_beside(self) -> list[Text]:
        rows = self.division.beside
        if self.typology.k == 1:
            names = join_texts([BESIDE[c] for c in self.follows], ", ", "、")
            return [
                Text(
                    f"The best division into {self.division.k} follows "
                    + (
                        f"{names.en}."
                        if self.follows
                        else "neither effort nor region, year, size or income as far as seen."
                    ),
                    f"最好的{self.division.k}类划分"
                    + (
                        f"随{names.zh}而变。"
                        if self.follows
                        else "未见随资料收集力度、地区、年份、规模或收入而变。"
                    ),
                )
            ]
        yes = join_texts([BESIDE[c] for c in rows.loc[rows["follows"], "column"]], ", ", "、")
        no = join_texts([BESIDE[c] for c in rows.loc[~rows["follows"], "column"]], ", ", "、")
        said = []
        if yes.en:
            said.append(
                Text(
                    f"Note: the styles follow {yes.en}; they may say more about that than about the cities' ways.",
                    f"注意：类型随{yes.zh}而变，可能更多反映这些因素，而非城市的做法。",
                )
            )
        if no.en:
            said.append(
                Text(
                    f"Not seen to follow {no.en}; with few cities that proves little.",
                    f"未见类型随{no.zh}而变；城市较少时不足以排除。",
                )
            )
        return said

    def _said_of_repeats(self) -> list[Text]:
        if not len(self.repeats):
            return []
        told = []
        for row in self.repeats.to_dict("records"):
            title = Text(row["title_en"], row["title_zh"])
            if row["reason_en"]:
                told.append(
                    Text(
                        f"{title.en}: not possible ({row['reason_en']})",
                        f"{title.zh}：无法进行（{row['reason_zh']}）",
                    )
                )
                continue
            number = Text(
                f"{row['k']} styles" if row["found"] else "no styles",
                f"{row['k']}种类型" if row["found"] else "无类型",
            )
            rand = "" if row["rand"] != row["rand"] else f"{row['rand']:.2f}"
            told.append(
                Text(
                    f"{title.en}: {number.en}" + (f", adjusted Rand index with these {rand}" if rand else ""),
                    f"{title.zh}：{number.zh}" + (f"，与此处划分的调整兰德指数{rand}" if rand else ""),
                )
            )
        listed = join_texts(told, "; ", "；")
        return [Text(f"Repeated: {listed.en}.", f"重复分析：{listed.zh}。")]

    def to_dict(self) -> dict[str, Any]:
        """Give cases, styles, repetitions, choices and limits as plain values."""
        return {
            **super().to_dict(),
            "choices": self.coded.choices(),
            "typology": self.typology.to_dict(),
            "follows": list(self.follows),
            "beside": plain(self.division.beside),
            "repeats": plain(self.repeats),
            "limits": {k: list(self.limits(k)) for k in ("en", "zh")},
        }


def atlas_styles(
    atlas: Atlas,
    columns: Sequence[str] | None = None,
    k: int | Literal["auto"] = "auto",
    coder: str = "A",
    policy: CodingPolicy | None = None,
    *,
    not_seen: str = "visibility",
    cities: Sequence[str] | None = None,
    draws: int = 100,
    shuffles: int = 199,
    permutations: int = 999,
    seed: int = 0,
    repeat: bool = True,
    progress: Progress | None = None,
    **choices: Any,
) -> AtlasStyles:
    """Group the coded cities into styles over mechanisms and themes, if there is structure.

    Parameters
    ----------
    atlas
        The atlas, with the user's own tables where there are any.
    columns
        Mechanisms and themes; None = all. Their scores are compared as numbers from 0 to 1.
    k, draws, shuffles, permutations, seed, **choices
        As ``lc.typology`` takes them.
    coder
        Whose codes; the styles are repeated on those of the others.
    policy
        Which practices count and how they add up; None = the default of ``lc.CodingPolicy``.
    not_seen
        What an empty score becomes: "visibility" = 0; "leave_out" = two cities are compared on what was seen in
        both, and cities that share nothing with another are left out.
    cities
        Other cases than all awarded cities.
    repeat
        False leaves out the repetitions, which take most of the time; ``repeated`` gives them later.
    progress
        Called with the work done and the whole of it; may raise :class:`~learningcity.core.Stopped`, see
        :class:`~learningcity.core.Progress`. It changes no bit.

    Returns
    -------
    AtlasStyles
        The styles; whether they follow practices or sources read, region, year of the first award, size, income of
        the country; the same over mechanisms alone, over themes alone, without common practices, by other coders.

    Raises
    ------
    InputError
        Too few cities or columns that vary; what ``lc.typology`` refuses.
    UnknownNameError
        A column, coder, city or rule that is not there.
    Stopped
        If ``progress`` raises it.

    References
    ----------
    As ``lc.typology``; Hubert & Arabie (1985), doi 10.1007/BF01908075.

    Examples
    --------
    >>> import learningcity as lc
    >>> found = atlas_styles(lc.load_atlas(), k=2, draws=5, shuffles=9, permutations=99)
    >>> len(found.typology.medoids), sorted(set(found.table()["style"]))
    (2, [1, 2])
    """
    names = chosen(columns, "columns", (*MECHANISMS, *THEMES))
    coded = read_coded(atlas, names, coder, policy, not_seen, cities)
    given = {"incomparable": "leave_out", "seed": seed, "draws": draws, "shuffles": shuffles, **choices}
    beside = _beside(atlas, coded)
    tables = _tables(coded) if repeat else {}
    steps = Steps(progress, TABLE * (1 + len(tables)))
    with steps.part(TABLE) as seen:
        one = typology(coded.data, k, beside=beside, permutations=permutations, **given, progress=seen)
    division = one
    if one.k == 1:
        # Whether the best division follows effort or region is worth knowing, too, where it is no structure.
        looked_at = int(one.choices.loc[one.choices["chosen"], "k"].iloc[0])
        light = {**given, "draws": 0, "shuffles": 0}
        division = typology(coded.data, looked_at, beside=beside, permutations=permutations, **light)
    repeats = _repeats(tables, division, k, given, steps)
    return AtlasStyles(
        coded=coded, typology=one, division=division, repeats=repeats, choices=given, asked=atlas
    )


def _beside(atlas: Atlas, coded: Coded) -> pd.DataFrame:
    read = read_background(atlas, list(coded.data.index), ["population"], ["gdp_per_capita_ppp"], 3)
    frame = coded.effort[["practices", "sources"]].join(read.frame)
    return frame[[c for c in BESIDE if c in frame.columns]]


def _tables(coded: Coded) -> dict[str, tuple[Text, Any]]:
    """What the styles are looked for in once more."""
    sides = {
        "mechanisms": [c for c in coded.columns if c in MECHANISMS],
        "themes": [c for c in coded.columns if c in THEMES],
    }
    # A side that is all there is would be the same question again.
    tables = {
        name: (REPEATS[name], coded.data[names])
        for name, names in sides.items()
        if 0 < len(names) < len(coded.columns)
    }
    if all(sides.values()):
        tables["themes_keep"] = (
            REPEATS["themes_keep"],
            coded.scored([_themes_keep(p) for p in coded.practices]),
        )
    for coder, frame in coded.by_coder().items():
        if coder != coded.coder:
            tables[f"coder_{coder}"] = Text(f"coder {coder}", f"编码员{coder}"), frame
    return tables


def _repeats(
    tables: Mapping[str, tuple[Text, Any]],
    division: TypologyResult,
    k: Any,
    given: dict[str, Any],
    steps: Steps,
) -> pd.DataFrame:
    looked_at = division.k
    rows: list[dict[str, Any]] = []
    for name, (title, frame) in tables.items():
        row: dict[str, Any] = {
            "name": name, "title_en": title.en, "title_zh": title.zh, "cases": 0, "k": 0, "silhouette": float("nan"),
            "p": float("nan"), "found": False, "rand": float("nan"), "reason_en": "", "reason_zh": "",
        }  # fmt: skip
        rows.append(row)
        try:
            with steps.part(TABLE) as seen:
                other = typology(frame, k, **given, progress=seen)
            row |= {
                "cases": len(other.cases), "k": other.k, "silhouette": other.silhouette, "p": other.p_value,
                "found": other.found,
            }  # fmt: skip
            row["rand"] = division.rand(typology(frame, looked_at, **{**given, "draws": 0, "shuffles": 0}))
        except UnknownNameError:
            raise
        except InputError as error:
            if not row["cases"]:
                row["reason_en"], row["reason_zh"] = error.text.en, error.text.zh
    return _repeated(rows)


def _repeated(rows: list[dict[str, Any]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(rows, columns=list(_REPEAT_COLUMNS))


def _themes_keep(one: Practice) -> Practice:
    """A practice that speaks of a theme, for themes alone."""
    themes = one.codes & frozenset(THEMES)
    return Practice(one.practice, one.case, one.source, one.strength, themes or one.codes)
