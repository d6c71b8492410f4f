"""From coded practices to condition scores, in the open: policy, scores, evidence, timing."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from learningcity.atlas.versions import AtlasResult
from learningcity.core import (
    Emptiness,
    InputError,
    Text,
    UnknownNameError,
    join_texts,
    names_of,
    of_kind,
    or_none,
    plain,
)
from learningcity.standards import label

if TYPE_CHECKING:
    import pandas as pd

    from learningcity.atlas.model import Atlas

MECHANISMS = ("policy", "law", "organization", "funding", "resources", "participation", "monitoring")
THEMES = ("inclusive", "prosperous", "green", "sustainable")
CONDITIONS = MECHANISMS + THEMES
STANCES = ("done", "planned", "critical")
LEVELS = ("own", "higher", "external")
SUBJECTS = ("learning", "education", "other")
TIMINGS = ("all", "before")

#: (score, number of practices, of at least this strength): the first line that holds gives the score.
DEFAULT_RULE: tuple[tuple[float, int, int], ...] = ((1.0, 1, 3), (1.0, 2, 2), (0.67, 1, 2), (0.33, 1, 1))


def _is_rule(rule: Any) -> bool:
    try:
        lines = [(float(score), int(number), int(strength)) for score, number, strength in rule]
    except (TypeError, ValueError):
        return False
    return bool(lines) and all(0 < s <= 1 and n >= 1 and 1 <= w <= 3 for s, n, w in lines)


@dataclass(frozen=True)
class CodingPolicy:
    """Which coded practices count towards a condition score, and how they add up.

    Parameters
    ----------
    stances
        Codes of stance that count: "done" by default, so that plans and criticism do not.
    levels
        Whose practice it is: "own" by default.
    subjects
        What it is about: "learning" and "education" by default.
    timing
        "all", or "before": only practices with a start year before the city's first award. Undated
        practices then drop out, and cities without an award have no score.
    rule
        Lines ``(score, number, strength)``, highest score first: the score of the first line for
        which at least ``number`` practices of at least ``strength`` count. The default: 1 = one
        practice of strength 3 or two of strength 2 or more; 0.67 = one of strength 2; 0.33 = only
        strength 1; none = not seen, empty.
    second_mechanism
        Count a practice for its second mechanism, too.
    """

    stances: tuple[str, ...] = ("done",)
    levels: tuple[str, ...] = ("own",)
    subjects: tuple[str, ...] = ("learning", "education")
    timing: Literal["all", "before"] = "all"
    rule: tuple[tuple[float, int, int], ...] = DEFAULT_RULE
    second_mechanism: bool = True

    def __post_init__(self) -> None:
        for name, known in (("stances", STANCES), ("levels", LEVELS), ("subjects", SUBJECTS)):
            object.__setattr__(self, name, names_of(getattr(self, name), name, known))
        if self.timing not in TIMINGS:
            raise UnknownNameError("option", self.timing, TIMINGS)
        if not _is_rule(self.rule):
            raise InputError(
                Text(
                    "Each line of the rule is (score above 0 up to 1, number from 1, strength 1 to 3).",
                    "规则的每一行须为（得分：大于0且不超过1，数量：不小于1，强度：1至3）。",
                )
            )

    def score(self, strengths: list[int]) -> float:
        """Score of a condition from the strengths of the practices that count; NaN for none.

        Examples
        --------
        >>> CodingPolicy().score([2]), CodingPolicy().score([2, 2]), CodingPolicy().score([1, 1, 1])
        (0.67, 1.0, 0.33)
        """
        for score, number, strength in self.rule:
            if sum(s >= strength for s in strengths) >= number:
                return score
        return float("nan")


@dataclass(frozen=True)
class ConditionEvidence(AtlasResult):
    """One condition score with the practices, codes and sources behind it.

    ``practices`` has one row a practice that the coder gave this condition: practice_id, title_en,
    title_zh, strength, stance, level, subject, timing, start_year, source_id, counted (yes/no) and,
    where it does not count, ``why_not_en`` and ``why_not_zh``.
    """

    city_id: str
    condition: str
    coder: str
    score: float
    practices: pd.DataFrame
    policy: CodingPolicy
    practices_read: int
    sources_read: int
    practices_coded: int

    @property
    def seen_not_counted(self) -> int:
        """How many practices speak of the condition and do not count under the policy."""
        return int((self.practices["counted"] == "no").sum()) if len(self.practices) else 0

    def table(self) -> pd.DataFrame:
        """Give the practices behind the score."""
        return self.practices

    def summary(self, language: str = "en") -> str:
        """Say the score, what it rests on and how much was read."""
        counted = int((self.practices["counted"] == "yes").sum()) if len(self.practices) else 0
        read = Text(
            f"{self.practices_read} practices and {self.sources_read} sources were read for this city.",
            f"该城市共读取{self.practices_read}项实践举措、{self.sources_read}个来源。",
        )
        name = condition_label(self.condition)
        if self.score != self.score and counted:
            seen = Text(
                f"{name.en}: {counted} practice(s) count, too few or too weak for a score by this rule.",
                f"{name.zh}：有{counted}项实践举措计入，但按此规则不足以得分。",
            )
        elif self.score != self.score and self.seen_not_counted:
            out = self.practices[self.practices["counted"] == "no"]
            told = [
                Text(str(en), str(zh))
                for en, zh in out[["why_not_en", "why_not_zh"]].itertuples(index=False, name=None)
            ]
            why = join_texts(tuple(dict.fromkeys(told)))
            seen = Text(
                f"{name.en}: seen and not counted ({self.seen_not_counted} practice(s): {why.en}); no score.",
                f"{name.zh}：见到但未计分（{self.seen_not_counted}项实践举措，{why.zh}），无得分。",
            )
        elif self.score != self.score and self.practices_read and not self.practices_coded:
            seen = Text(
                f"{name.en}: the practices of this city are not coded yet by coder {self.coder}.",
                f"{name.zh}：编码员{self.coder}尚未对该城市的实践举措编码。",
            )
        elif self.score != self.score:
            seen = Text(
                f"{name.en}: not seen in the evidence read; this does not say that there is none.",
                f"{name.zh}：未见公开资料，不表示不存在。",
            )
        else:
            seen = Text(
                f"{name.en}: score {self.score:g} from {counted} practice(s), coder {self.coder}.",
                f"{name.zh}：得分{self.score:g}，依据{counted}项实践举措（编码员{self.coder}）。",
            )
        return f"{seen.in_(language)}{' ' if language == 'en' else ''}{read.in_(language)}"

    def to_dict(self) -> dict[str, Any]:
        """Give score, practices, policy, effort and versions as plain values."""
        return {
            "city_id": self.city_id,
            "condition": self.condition,
            "coder": self.coder,
            "score": plain(float(self.score)),
            "emptiness": Emptiness.NOT_SEEN.value
            if self.score != self.score and self.practices_coded and not len(self.practices)
            else None,
            "seen_not_counted": self.seen_not_counted,
            "practices": plain(self.practices),
            "policy": asdict(self.policy),
            "practices_read": self.practices_read,
            "practices_coded": self.practices_coded,
            "sources_read": self.sources_read,
            "versions": self.versions,
        }


def condition_label(condition: str) -> Text:
    """The word for a mechanism or visible theme in both languages."""
    vocabulary = "mechanism" if condition in MECHANISMS else "theme"
    return Text(label(vocabulary, condition, "en"), label(vocabulary, condition, "zh"))


def practice_timing(atlas: Atlas) -> pd.Series:
    """Place every practice against its city's first award.

    Returns
    -------
    pandas.Series
        Index practice_id; "before" (started in an earlier year), "after" (in the year of the award
        or later), "undated" (no start year was seen), "not applicable" (city without an award).

    Examples
    --------
    >>> import learningcity as lc
    >>> lc.load_atlas().timing()["beijing-01"]
    'before'
    """
    import pandas as pd

    first = atlas.first_award
    columns = ["practice_id", "city_id", "start_year"]
    told = {}
    for practice, city, year in atlas.practices[columns].itertuples(index=False, name=None):
        if city not in first:
            told[practice] = Emptiness.NOT_APPLICABLE.value
        elif or_none(year) is None:
            told[practice] = "undated"
        else:
            told[practice] = "before" if int(year) < first[city] else "after"
    return pd.Series(told, name="timing", dtype="str").rename_axis("practice_id")


def coded_practices(atlas: Atlas, coder: str) -> pd.DataFrame:
    """Practices of one coder, joined with city, start year, source and timing.

    Raises
    ------
    UnknownNameError
        The coder coded nothing.
    """
    coders = sorted(atlas.codes["coder"].unique())
    if coders and coder not in coders:
        raise UnknownNameError("coder", coder, coders)
    return atlas.derived(f"practices coded by {coder}", lambda: _coded_practices(atlas, coder))


def _coded_practices(atlas: Atlas, coder: str) -> pd.DataFrame:
    columns = ["practice_id", "city_id", "title_en", "title_zh", "start_year", "source_id"]
    codes = atlas.codes[atlas.codes["coder"] == coder]
    joined = codes.merge(atlas.practices[columns], on="practice_id", how="left", validate="many_to_one")
    return joined.assign(timing=joined["practice_id"].map(atlas.timing()))


def _coded_by_city(atlas: Atlas, coder: str) -> dict[str, list[dict[str, Any]]]:
    """The rows of :func:`coded_practices` by city."""
    coded = coded_practices(atlas, coder)

    def make() -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = {}
        for row in coded.to_dict("records"):
            found.setdefault(str(row["city_id"]), []).append(row)
        return found

    return atlas.derived(f"practices coded by {coder}, by city", make)


def conditions_of(mechanism: Any, second: Any, themes: Any, second_mechanism: bool = True) -> list[str]:
    """The conditions that one code speaks of: its mechanism, its second one, its visible themes."""
    found = [mechanism] + ([second] if second_mechanism else [])
    if isinstance(themes, str):
        found += themes.split(";")
    return [c for c in dict.fromkeys(found) if isinstance(c, str) and c in CONDITIONS]


def why_not_counted(policy: CodingPolicy, stance: str, level: str, subject: str, timing: str) -> Text | None:
    """Say why a coded practice does not count under a policy; None where it counts."""
    if stance not in policy.stances:
        return Text(
            f"stance: {stance}", {"planned": "仅为计划", "critical": "属批评意见"}.get(stance, stance)
        )
    if level not in policy.levels:
        return Text(
            f"level: {level}",
            {"higher": "属上级举措", "external": "属外部举措", "own": "属本市举措"}.get(level, level),
        )
    if subject not in policy.subjects:
        return Text(f"subject: {subject}", "主题不是学习或教育" if subject == "other" else f"主题：{subject}")
    if policy.timing == "before" and timing != "before":
        words = {
            "after": Text("started in the year of the award or later", "始于获奖当年或之后"),
            "undated": Text("no start year was seen", "未见起始年份"),
        }
        return words.get(timing, Text("the city has no award", "该城市未获奖"))
    return None


def condition_scores(atlas: Atlas, policy: CodingPolicy, coder: str = "A") -> pd.DataFrame:
    """Compute the condition scores of all cities.

    Parameters
    ----------
    atlas
        The atlas whose practices and codes are used.
    policy
        Which practices count and how they add up.
    coder
        One coder's codes, or "mean": the mean of the scores of all coders that saw something. A
        coder that saw nothing does not pull the mean down, since not seen is not zero; compare the
        coders apart to see where they differ.

    Returns
    -------
    pandas.DataFrame
        Index city_id (all cities), one column a mechanism and visible theme; NaN = not seen.

    Examples
    --------
    >>> import learningcity as lc
    >>> scores = lc.load_atlas().conditions()
    >>> int(scores["law"].notna().sum()), len(scores)
    (19, 64)
    """
    import pandas as pd

    of_kind(policy, CodingPolicy, "policy")
    if atlas.codes.empty:
        return _empty_scores(atlas)
    if coder == "mean":
        every = [condition_scores(atlas, policy, c) for c in sorted(set(atlas.codes["coder"]))]
        return pd.concat(every).groupby(level=0, sort=False).mean().reindex(every[0].index)
    strengths: dict[tuple[str, str], list[int]] = {}
    columns = [
        "city_id",
        "mechanism",
        "mechanism_2",
        "themes",
        "strength",
        "stance",
        "level",
        "subject",
        "timing",
    ]
    for city, first, second, themes, strength, *rest in coded_practices(atlas, coder)[columns].itertuples(
        index=False, name=None
    ):
        if why_not_counted(policy, *rest) is None:
            for condition in conditions_of(first, second, themes, policy.second_mechanism):
                strengths.setdefault((city, condition), []).append(int(strength))
    scores = _empty_scores(atlas)
    for (city, condition), found in strengths.items():
        if city in scores.index:
            scores.at[city, condition] = policy.score(found)
    return scores


def seen_not_counted(atlas: Atlas, policy: CodingPolicy, coder: str = "A") -> pd.DataFrame:
    """Count the practices that speak of a condition and do not count under a policy.

    Where a score is empty, this tells "seen, but not counted" (of another subject, planned, of a
    higher level ...) from "not seen".

    Returns
    -------
    pandas.DataFrame
        Index city_id, columns as :func:`condition_scores`; whole numbers.

    Examples
    --------
    >>> import learningcity as lc
    >>> int(lc.load_atlas().seen_not_counted().at["limerick", "law"])
    1
    """
    counts = _empty_scores(atlas).fillna(0).astype("int64")
    if atlas.codes.empty:
        return counts
    columns = ["city_id", "mechanism", "mechanism_2", "themes", "stance", "level", "subject", "timing"]
    for city, first, second, themes, *rest in coded_practices(atlas, coder)[columns].itertuples(
        index=False, name=None
    ):
        if city in counts.index and why_not_counted(policy, *rest) is not None:
            for condition in conditions_of(first, second, themes, policy.second_mechanism):
                counts.at[city, condition] += 1
    return counts


def _empty_scores(atlas: Atlas) -> pd.DataFrame:
    import pandas as pd

    index = pd.Index(atlas.city_ids(), name="city_id")
    return pd.DataFrame(float("nan"), index=index, columns=list(CONDITIONS))


def condition_evidence(
    atlas: Atlas, city: str, condition: str, policy: CodingPolicy, coder: str = "A"
) -> ConditionEvidence:
    """Open one condition score to its practices, codes and sources.

    Raises
    ------
    UnknownNameError
        The city, condition or coder is not there.

    Examples
    --------
    >>> import learningcity as lc
    >>> evidence = lc.load_atlas().condition_evidence("wuhan", "law")
    >>> evidence.score, evidence.practices["practice_id"].tolist()
    (1.0, ['wuhan-01'])
    """
    import pandas as pd

    city_id = atlas.require_city(city)
    if condition not in CONDITIONS:
        raise UnknownNameError("condition", condition, CONDITIONS)
    coded = _coded_by_city(atlas, coder).get(city_id, [])
    rows, strengths = [], []
    for row in coded:
        if condition not in conditions_of(
            row["mechanism"], row["mechanism_2"], row["themes"], policy.second_mechanism
        ):
            continue
        why = why_not_counted(policy, row["stance"], row["level"], row["subject"], row["timing"])
        if why is None:
            strengths.append(int(row["strength"]))
        rows.append(
            {
                **{c: row[c] for c in _EVIDENCE if c in row},
                "counted": "yes" if why is None else "no",
                "why_not_en": None if why is None else why.en,
                "why_not_zh": None if why is None else why.zh,
            }
        )
    frame = pd.DataFrame(rows, columns=[*_EVIDENCE, "counted", "why_not_en", "why_not_zh"])
    read = atlas.effort().loc[city_id]
    return ConditionEvidence(
        city_id=city_id,
        condition=condition,
        coder=coder,
        score=policy.score(strengths),
        practices=frame,
        policy=policy,
        practices_read=int(read["practices"]),
        sources_read=int(read["sources"]),
        practices_coded=len(coded),
        asked=atlas,
    )


_EVIDENCE = (
    "practice_id", "title_en", "title_zh", "strength", "stance", "level", "subject",
    "timing", "start_year", "source_id",
)  # fmt: skip
