"""What each round of the award asked for: rules and criteria as frozen records."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from learningcity.core import LANGUAGES, Result, Text, UnknownNameError, plain
from learningcity.standards.shipped import standard_table
from learningcity.standards.standard import split
from learningcity.standards.vocabulary import is_missing

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of one round, as one page gives it.

    ``variant`` tells apart what two pages say of the same rule ("" where they agree); ``kind`` is
    number, date, yes/no, text or none and says how to read ``value``.
    """

    round: int
    rule_id: str
    variant: str
    text: Text
    value: str
    kind: str
    source_ids: tuple[str, ...]

    @property
    def number(self) -> int | None:
        """The value as a whole number, or None where the rule is of another kind."""
        return int(self.value) if self.kind == "number" else None

    @property
    def date(self) -> datetime.date | None:
        """The value as a date, or None where the rule is of another kind."""
        return datetime.date.fromisoformat(self.value) if self.kind == "date" else None


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of one round; ``areas`` are the Key Features areas that we see in it."""

    round: int
    code: str
    name: Text
    text: Text
    areas: tuple[str, ...]
    source_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conference:
    """An International Conference on Learning Cities, at which a round is conferred."""

    conference_id: str
    year: int
    name: Text
    place: Text
    country_iso3: str
    first_day: datetime.date
    last_day: datetime.date
    theme: Text
    awards: int
    declaration: Text | None
    source_ids: tuple[str, ...]


@dataclass(frozen=True)
class AwardRules(Result):
    """The rules and criteria of one round of the award.

    Use :func:`learningcity.award_rules` to get one. ``rules["nominations-per-natcom"]`` gives
    every variant of a rule as a tuple: where pages disagree, all are kept.
    """

    round: int
    rules: tuple[Rule, ...]
    criteria: tuple[Criterion, ...]
    conference: Conference | None

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules)

    def __len__(self) -> int:
        return len(self.rules)

    def __contains__(self, rule_id: object) -> bool:
        return any(rule.rule_id == rule_id for rule in self.rules)

    def __getitem__(self, rule_id: str) -> tuple[Rule, ...]:
        found = self.variants(rule_id)
        if not found:
            raise UnknownNameError("rule", rule_id, self.rule_ids)
        return found

    @property
    def rule_ids(self) -> tuple[str, ...]:
        """The ids of the rules seen for this round, each once."""
        return tuple(dict.fromkeys(rule.rule_id for rule in self.rules))

    def variants(self, rule_id: str) -> tuple[Rule, ...]:
        """Give all variants of a rule; none where no such rule was seen for this round."""
        return tuple(rule for rule in self.rules if rule.rule_id == rule_id)

    @property
    def disputed(self) -> tuple[str, ...]:
        """Ids of the rules on which the pages disagree."""
        return tuple(r for r in self.rule_ids if len({v.value for v in self.variants(r)}) > 1)

    def table(self) -> pd.DataFrame:
        """Give the rules as a frame with the columns of ``award-rules``."""
        frame = standard_table("award-rules")
        return frame[frame["round"].astype("int64") == self.round].reset_index(drop=True)

    def criteria_table(self) -> pd.DataFrame:
        """Give the criteria as a frame with the columns of ``award-criteria``."""
        frame = standard_table("award-criteria")
        return frame[frame["round"].astype("int64") == self.round].reset_index(drop=True)

    def summary(self, language: str = "en") -> str:
        """Count rules and criteria and name every rule on which the pages disagree."""
        sentences = [
            Text(
                f"Round of {self.round}: {len(self.rule_ids)} rules and {len(self.criteria)} "
                f"{'criterion' if len(self.criteria) == 1 else 'criteria'} were seen.",
                f"{self.round}年评选：见到{len(self.rule_ids)}条评选规则、{len(self.criteria)}项评审标准。",
            )
        ]
        for rule_id in self.disputed:
            variants = self[rule_id]
            en = "; ".join(f"{v.text.en} ({', '.join(v.source_ids)})" for v in variants)
            zh = "；".join(f"{v.text.zh}（{'、'.join(v.source_ids)}）" for v in variants)
            sentences.append(
                Text(
                    f" The pages disagree on one rule, and both are kept: {en}.",
                    f"各页面对一条规则说法不一，两种均予保留：{zh}。",
                )
            )
        return "".join(s.in_(language) for s in sentences)

    def to_dict(self) -> dict[str, Any]:
        """Give rules, criteria and conference as plain values that JSON can hold."""
        return {
            "round": self.round,
            "rules": plain(self.rules),
            "criteria": plain(self.criteria),
            "conference": plain(self.conference),
            "disputed": list(self.disputed),
            "summary": {language: self.summary(language) for language in LANGUAGES},
        }


@cache
def award_rounds() -> tuple[int, ...]:
    """Give the rounds (years) for which rules were seen.

    Examples
    --------
    >>> award_rounds()
    (2015, 2017, 2019, 2021, 2024)
    """
    return tuple(sorted({int(r) for r in standard_table("award-rules")["round"]}))


def award_rules(round: int | str) -> AwardRules:
    """Give the rules and criteria of a round of the award.

    Parameters
    ----------
    round
        The year of the round: 2015, 2017, 2019, 2021 or 2024.

    Raises
    ------
    UnknownNameError
        No rules were seen for this round; those that are known are given.

    Examples
    --------
    >>> import learningcity as lc
    >>> rules = lc.award_rules(2019)
    >>> [rule.number for rule in rules["nominations-per-natcom"]]
    [2, 3]
    """
    known = award_rounds()
    text = str(round).strip()
    if text not in {str(k) for k in known}:
        raise UnknownNameError("round", round, known, near=nearest_rounds(text))
    return _award_rules(int(text))


def nearest_rounds(text: str) -> tuple[str, ...]:
    """Give the two known rounds nearest to a year; none where it is no year."""
    if not (text.isdecimal() and len(text) == 4):
        return ()
    return tuple(str(k) for k in sorted(award_rounds(), key=lambda k: abs(k - int(text)))[:2])


@cache
def _award_rules(year: int) -> AwardRules:
    rules = standard_table("award-rules")
    criteria = standard_table("award-criteria")
    return AwardRules(
        round=year,
        rules=tuple(_rule(r) for r in rules[rules["round"].astype("int64") == year].to_dict("records")),
        criteria=tuple(
            _criterion(r) for r in criteria[criteria["round"].astype("int64") == year].to_dict("records")
        ),
        conference=next((c for c in conferences() if c.year == year), None),
    )


def _rule(row: dict[Any, Any]) -> Rule:
    return Rule(
        round=int(row["round"]),
        rule_id=row["rule_id"],
        variant="" if is_missing(row["variant"]) else row["variant"],
        text=Text(row["rule_en"], row["rule_zh"]),
        value=str(row["value"]),
        kind=row["kind"],
        source_ids=split(row["source_ids"]),
    )


def _criterion(row: dict[Any, Any]) -> Criterion:
    return Criterion(
        round=int(row["round"]),
        code=row["code"],
        name=Text(row["name_en"], row["name_zh"]),
        text=Text(row["text_en"], row["text_zh"]),
        areas=split(row["key_feature_areas"]),
        source_ids=split(row["source_ids"]),
    )


@cache
def conferences() -> tuple[Conference, ...]:
    """Give the International Conferences on Learning Cities as records, in order."""
    return tuple(_conference(row) for row in standard_table("rounds").to_dict("records"))


def _conference(row: dict[Any, Any]) -> Conference:
    first, _, last = str(row["date"]).partition("/")
    declaration = None if is_missing(row["declaration"]) else Text(row["declaration"], row["declaration_zh"])
    return Conference(
        conference_id=row["round"],
        year=int(row["year"]),
        name=Text(row["conference"], row["conference_zh"]),
        place=Text(row["place"], row["place_zh"]),
        country_iso3=row["country_iso3"],
        first_day=datetime.date.fromisoformat(first),
        last_day=datetime.date.fromisoformat(last or first),
        theme=Text(row["theme"], row["theme_zh"]),
        awards=int(row["awards_count"]),
        declaration=declaration,
        source_ids=split(row["source_ids"]),
    )


def award_criteria(language: str = "en") -> pd.DataFrame:
    """Give the criteria of all rounds side by side over the twelve areas of the Key Features.

    Parameters
    ----------
    language
        Language of the names of areas and criteria.

    Returns
    -------
    DataFrame
        Index ``area``; columns ``area_name`` and one column a round. A cell holds the names of
        the criteria that we see in the area, joined with ";" ("；" in Chinese), and is missing
        where the round asked nothing there. The mapping is ours, not UNESCO's.

    Examples
    --------
    >>> award_criteria("zh").loc["11", 2021]
    '统筹协调机制'
    """
    import pandas as pd

    from learningcity.standards.standard import load_standard

    if language not in LANGUAGES:
        raise UnknownNameError("language", language, LANGUAGES)
    areas = load_standard().areas
    between = "; " if language == "en" else "；"
    columns: dict[Any, list[str | None]] = {"area_name": [a.name.in_(language) for a in areas]}
    for year in award_rounds():
        criteria = award_rules(year).criteria
        cells = [[c.name.in_(language) for c in criteria if a.code in c.areas] for a in areas]
        columns[year] = [between.join(names) or None for names in cells]
    return pd.DataFrame(columns, index=pd.Index([a.code for a in areas], name="area"))
