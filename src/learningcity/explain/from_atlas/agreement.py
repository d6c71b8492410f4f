"""Where the coders of the atlas agree and differ: each code, condition and theme, down to the practices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from learningcity.atlas import (
    TENTATIVE_ALPHA,
    Atlas,
    AtlasResult,
    CodingPolicy,
    coded_variables,
    variable_label,
)
from learningcity.core import InputError, Progress, Steps, Text, UnknownNameError, join_texts, of_kind, plain
from learningcity.explain.agreement import agreement
from learningcity.explain.agreement_result import CodingAgreement
from learningcity.explain.evidence import Practice
from learningcity.explain.from_atlas.reading import city_names, coders_of, counted_practices

if TYPE_CHECKING:
    import pandas as pd

#: How the time is shared out, a variable: to read the codes, to measure, to lead the differences to practices.
READ, MEASURE, LEAD = 2, 7, 1
#: Kinds of variables of which the units are cities.
OF_CITY = ("seen", "score")


@dataclass(frozen=True)
class AtlasAgreement(AtlasResult):
    """Agreement of the coders, variable by variable; never pooled.

    Parameters
    ----------
    frame
        Index variable: label_en, label_zh, kind (code, mechanism, theme, area, group; seen = whether a condition is
        seen in a city at all; score = its score where both see it), units ("practices" or "cities"), then what
        ``lc.agreement`` says of it.
    parts
        "practices" and "cities" -> the ``lc.agreement`` of it.
    disagreements
        One row a variable, unit and practice: variable, label_en, label_zh, unit (practice or city), city_id,
        name_en, name_zh, the code of each coder, practice_id, title_en, title_zh, page (address on the site, with
        {language} in it), source_id, source_title, source_url, doubtful (then the address is a text and no link).
        Of a city, those practices that a coder counts for the condition and another does not, or with another
        strength; one row without a practice where there is none.
    coders, policy, draws, seed
        The choices.
    """

    frame: pd.DataFrame
    parts: Mapping[str, CodingAgreement] = field(repr=False)
    disagreements: pd.DataFrame = field(repr=False)
    coders: tuple[str, ...]
    policy: CodingPolicy
    draws: int
    seed: int

    @property
    def near_constant(self) -> tuple[str, ...]:
        """Variables of which nearly all ratings are the same, by the one limit of all methods (``NEAR_CONSTANT``).

        Kappa and alpha hang on few units there, and may be high all the same; those that are low although nearly all
        codes agree are ``low_though_alike`` of ``atlas.agreement()``.
        """
        return tuple(v for part in self.parts.values() for v in part.near_constant)

    @property
    def weak(self) -> tuple[str, ...]:
        """Variables with an alpha too low to build on, near-constant ones included."""
        return tuple(str(v) for v in self.frame.index[self.frame["alpha"] < TENTATIVE_ALPHA])

    def table(self) -> pd.DataFrame:
        """One row a variable: see ``frame``."""
        return self.frame

    def of(self, variable: str) -> pd.DataFrame:
        """Where the coders differ on one variable: its rows of ``disagreements``.

        Raises
        ------
        UnknownNameError
            No such variable.
        """
        self._part(variable)
        return self.disagreements[self.disagreements["variable"] == variable].reset_index(drop=True)

    def confusion(self, variable: str, first: str | None = None, second: str | None = None) -> pd.DataFrame:
        """Codes of one coder against those of another; see ``CodingAgreement.confusion``."""
        return self._part(variable).confusion(variable, first, second)

    def _part(self, variable: str) -> CodingAgreement:
        if variable not in self.frame.index:
            raise UnknownNameError("column", variable, self.frame.index)
        return self.parts[str(self.frame.at[variable, "units"])]

    def limits(self, language: str = "en") -> tuple[str, ...]:
        """Say in sentences what agreement does not say; they belong beside every figure."""
        said = [
            Text(
                "The passes are machine-assisted readings by one protocol: that they agree says that the protocol is "
                "clear, not that it is right. No human expert has coded yet.",
                "各次编码均为按同一规程进行的机器辅助阅读：一致只说明规程清楚，并不说明编码正确。目前尚无专家人工编码。",
            ),
            Text(
                "Both passes read the same practices as they were written down; what was left out at that stage neither "
                "could see.",
                "各次编码所读的是同一批已整理的实践举措；整理时未收录的内容，任何一次编码都无从见到。",
            ),
            Text(
                "Each variable stands for itself, and nothing is pooled. Intervals draw whole cities.",
                "各变量分别报告，不作合并；区间按城市整体抽取得出。",
            ),
        ]
        if self.near_constant:
            names = _by_kind([variable_label(v) for v in self.near_constant])
            said.append(
                Text(
                    f"Near-constant, so that kappa and alpha hang on few units: {names.en}.",
                    f"近乎恒定，κ系数与α系数取决于少数单元：{names.zh}。",
                )
            )
        return tuple(t.in_(language) for t in said)

    def summary(self, language: str = "en") -> str:
        """Say the range of alpha for each kind, what is too weak, how many disagreements there are, and the limits."""
        said = []
        for kind, rows in self.frame.groupby("kind", sort=False):
            alpha = rows["alpha"].dropna()
            if alpha.empty:
                continue
            word, low = _KINDS[str(kind)], variable_label(str(alpha.idxmin()))
            said.append(
                Text(
                    f"{word.en}: alpha {alpha.min():.2f} ({low.en}) to {alpha.max():.2f} over {len(alpha)} variables.",
                    f"{word.zh}：{len(alpha)}个变量的α系数为{alpha.min():.2f}（{low.zh}）至{alpha.max():.2f}。",
                )
            )
        if self.weak:
            names = join_texts([variable_label(v) for v in self.weak], ", ", "、")
            said.append(
                Text(
                    f"Below {TENTATIVE_ALPHA}, too low to build on: {names.en}.",
                    f"低于{TENTATIVE_ALPHA}、可靠性不足：{names.zh}。",
                )
            )
        number = len(self.disagreements[["variable", "unit"]].drop_duplicates())
        said.append(
            Text(
                f"Coders {', '.join(self.coders)} differ in {number:,} places, each listed with its practices and sources.",
                f"编码员{'、'.join(self.coders)}共有{number:,}处分歧，均列出所涉实践举措及来源。",
            )
        )
        return (" " if language == "en" else "").join(
            (*(t.in_(language) for t in said), *self.limits(language))
        )

    def to_dict(self) -> dict[str, Any]:
        """Give variables, disagreements, choices and limits as plain values."""
        return {
            **super().to_dict(),
            "choices": {
                "coders": list(self.coders), "policy": plain(self.policy), "draws": self.draws, "seed": self.seed,
            },
            "near_constant": list(self.near_constant),
            "weak": list(self.weak),
            "disagreements": plain(self.disagreements),
            "limits": {k: list(self.limits(k)) for k in ("en", "zh")},
        }  # fmt: skip


_KINDS = {
    "code": Text("Codes of a practice", "实践举措的编码"),
    "mechanism": Text("Mechanisms of a practice", "实践举措的类别"),
    "theme": Text("Themes of a practice", "实践举措呈现的特征"),
    "area": Text("Areas of a practice", "实践举措的领域"),
    "group": Text("Groups of a practice", "实践举措的人群"),
    "seen": Text("Whether a condition is seen in a city", "城市是否见到某一条件"),
    "score": Text("Score of a condition in a city", "城市某一条件的得分"),
}


def _by_kind(labels: list[Text]) -> Text:
    """Names of variables, each kind said once: "level; mechanism: law, funding"."""
    said = {"en": "", "zh": ""}
    for language, mark, comma, stop in (("en", ": ", ", ", "; "), ("zh", "：", "、", "；")):
        kinds: dict[str, list[str]] = {}
        for label in labels:
            kind, _, name = label.in_(language).rpartition(mark)
            kinds.setdefault(kind, []).append(name)
        said[language] = stop.join(
            f"{kind}{mark}{comma.join(names)}" if kind else comma.join(names) for kind, names in kinds.items()
        )
    return Text(said["en"], said["zh"])


def atlas_agreement(
    atlas: Atlas,
    policy: CodingPolicy | None = None,
    *,
    draws: int = 1000,
    seed: int = 0,
    progress: Progress | None = None,
) -> AtlasAgreement:
    """Measure how far the coders agree on each code, condition and theme, and lead each difference to its practices.

    Parameters
    ----------
    atlas
        The atlas, with the user's own codes where there are any.
    policy
        Which practices count for the scores of the cities; None = the default of ``lc.CodingPolicy``.
    draws, seed
        Bootstrap over cities for the interval of alpha.
    progress
        Called with the work done and the whole of it; may raise :class:`~learningcity.core.Stopped`, see
        :class:`~learningcity.core.Progress`. It changes no bit.

    Returns
    -------
    AtlasAgreement
        One row a variable: percent, Cohen's kappa, Krippendorff's alpha with its interval, and every disagreement.

    Raises
    ------
    InputError
        Fewer than two coders.
    Stopped
        If ``progress`` raises it.

    References
    ----------
    Krippendorff (2004), doi 10.1111/j.1468-2958.2004.tb00738.x. Cohen (1960), doi 10.1177/001316446002000104.

    Examples
    --------
    >>> import learningcity as lc
    >>> found = atlas_agreement(lc.load_atlas(), draws=20)
    >>> found.frame.at["theme green", "kind"], found.of("theme green")["page"].iloc[0][:22]
    ('theme', '/{language}/practices/')
    """
    import pandas as pd

    of_kind(atlas, Atlas, "atlas")
    policy = CodingPolicy() if policy is None else of_kind(policy, CodingPolicy, "policy")
    coders = tuple(coders_of(atlas))
    if len(coders) < 2:
        raise InputError(
            Text(
                f"{len(coders)} coder(s) coded this atlas; agreement needs two.",
                f"此图谱仅有{len(coders)}名编码员；一致性分析需要两名。",
            )
        )
    variables = coded_variables(atlas, coders, policy)
    steps = Steps(progress, (READ + MEASURE + LEAD) * len(variables))
    steps(READ * len(variables))
    parts, frames = {}, []
    for units, wanted in (("practices", False), ("cities", True)):
        some = [v for v in variables if (v[1] in OF_CITY) == wanted]
        with steps.part(MEASURE * len(some)) as seen:
            parts[units] = _part(some, coders, draws, seed, seen)
        frame = parts[units].frame.copy()
        names = [variable_label(v) for v in frame.index]
        frame.insert(0, "label_en", [n.en for n in names])
        frame.insert(1, "label_zh", [n.zh for n in names])
        frame.insert(2, "kind", [v[1] for v in some])
        frame.insert(3, "units", units)
        frames.append(frame)
    with steps.part(LEAD * len(variables)):
        led = _led(atlas, parts, coders, policy)
    return AtlasAgreement(
        frame=pd.concat(frames), parts=parts, disagreements=led, coders=coders, policy=policy,
        draws=parts["cities"].draws, seed=parts["cities"].seed, asked=atlas,
    )  # fmt: skip


def _part(
    variables: list[tuple[str, str, str, Any]],
    coders: tuple[str, ...],
    draws: int,
    seed: int,
    progress: Progress | None,
) -> CodingAgreement:
    """Agreement over variables of the same units."""
    import pandas as pd

    city = variables[0][3]["city"]
    rows = [
        pd.DataFrame({name: ratings[coder] for name, _, _, ratings in variables}, dtype=object).assign(
            unit=city.index, coder=coder, city=city
        )
        for coder in coders
    ]
    levels = {name: level for name, _, level, _ in variables}
    return agreement(
        pd.concat(rows, ignore_index=True), levels, cluster="city", draws=draws, seed=seed, progress=progress
    )


def _led(
    atlas: Atlas, parts: Mapping[str, CodingAgreement], coders: tuple[str, ...], policy: CodingPolicy
) -> pd.DataFrame:
    """Every disagreement with its practices and their addresses."""
    import pandas as pd

    names = city_names(atlas)
    practices = atlas.practices.set_index("practice_id")
    counted = {c: {p.practice: p for p in counted_practices(atlas, policy, c)} for c in coders}
    columns = [
        "variable", "label_en", "label_zh", "unit", "city_id", "name_en", "name_zh", *coders, "practice_id", "title_en",
        "title_zh", "page", "source_id", "source_title", "source_url", "doubtful",
    ]  # fmt: skip
    rows = []
    for units, part in parts.items():
        for told in part.disagreements.to_dict("records"):
            label, city = variable_label(told["variable"]), told["cluster"]
            row = {
                "variable": told["variable"], "label_en": label.en, "label_zh": label.zh, "unit": told["unit"],
                "city_id": city, "name_en": names[city].en, "name_zh": names[city].zh,
                **{c: told[c] for c in coders},
            }  # fmt: skip
            if units == "practices":
                led: list[str] = [told["unit"]]
            else:
                led = differing(counted, city, told["variable"].split(" ", 1)[1])
            rows += [{**row, **_address(atlas, practices, one)} for one in led] or [row]
    return pd.DataFrame(rows, columns=columns)


def differing(counted: Mapping[str, Mapping[str, Practice]], city: str, condition: str) -> list[str]:
    """Practices of a city that coders count differently for a condition: one does not, or with another strength.

    Examples
    --------
    >>> one = Practice("p", "x", "s", 3, frozenset({"law"}))
    >>> differing({"A": {"p": one}, "B": {}}, "x", "law"), differing({"A": {"p": one}, "B": {"p": one}}, "x", "law")
    (['p'], [])
    """
    seen: dict[str, list[int]] = {}
    for practices in counted.values():
        for one in practices.values():
            if one.case == city and condition in one.codes:
                seen.setdefault(one.practice, []).append(one.strength)
    return sorted(
        p for p, strengths in seen.items() if len(strengths) < len(counted) or len(set(strengths)) > 1
    )


def _address(atlas: Atlas, practices: pd.DataFrame, practice: str) -> dict[str, Any]:
    row = practices.loc[practice]
    source = atlas.source(str(row["source_id"]))
    return {
        "practice_id": practice, "title_en": row["title_en"], "title_zh": row["title_zh"],
        "page": f"/{{language}}/practices/{practice}", "source_id": source["source_id"],
        "source_title": source["source_title"], "source_url": source["source_url"],
        "doubtful": source["tier"] == "doubtful",
    }  # fmt: skip
