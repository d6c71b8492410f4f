"""Follow a figure, practice, score or source back to where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from learningcity.atlas.conditions import CodingPolicy, condition_evidence
from learningcity.atlas.facts import KIND_LABELS, FactPolicy
from learningcity.atlas.versions import AtlasResult
from learningcity.core import (
    LANGUAGES,
    InputError,
    Text,
    UnknownNameError,
    join_texts,
    of_kind,
    or_none,
)
from learningcity.standards import format_value, label

if TYPE_CHECKING:
    import pandas as pd

    from learningcity.atlas.model import Atlas

COLUMNS = (
    "step", "id", "city_id", "what_en", "what_zh", "detail", "detail_zh",
    "source_id", "source_title", "source_url", "tier",
)  # fmt: skip


@dataclass(frozen=True)
class Trace(AtlasResult):
    """The way from a number or claim to its sources, one row a step.

    ``steps`` has the columns step (fact, practice, code, cell, score, source, use; "alternative" = another figure of the
    same scope and year, "not chosen" = of another scope or year), id, city_id,
    what_en, what_zh, detail and detail_zh (as published, or the code in words), source_id, source_title, source_url
    and tier. The address of a doubtful source is there as text and must not be linked.
    """

    subject: str
    steps: pd.DataFrame

    def table(self) -> pd.DataFrame:
        """Give the steps."""
        return self.steps

    def summary(self, language: str = "en") -> str:
        """Say how many steps and sources there are, and whether a source is doubtful."""
        sources = int(self.steps["source_id"].nunique())
        doubtful = int(self.steps.loc[self.steps["tier"] == "doubtful", "source_id"].nunique())
        text = Text(
            f"{self.subject}: {len(self.steps)} steps, {sources} sources"
            + (f", {doubtful} of them doubtful (original not seen, after a repost)." if doubtful else "."),
            f"{self.subject}：{len(self.steps)}步，{sources}个来源"
            + (f"，其中{doubtful}个存疑（原文未见，据转载）。" if doubtful else "。"),
        )
        return text.in_(language)


def trace(
    atlas: Atlas,
    what: str | None = None,
    *,
    city: str | None = None,
    indicator: str | None = None,
    condition: str | None = None,
    coder: str = "A",
    policy: FactPolicy | CodingPolicy | None = None,
) -> Trace:
    """Follow a number or claim back to its sources.

    Parameters
    ----------
    what
        The id of a fact, a practice or a source.
    city, indicator
        Instead: the cell of a city and an indicator under a ``FactPolicy``.
    city, condition, coder
        Instead: a condition score under a ``CodingPolicy``.

    Raises
    ------
    UnknownNameError
        The id is not there.
    InputError
        Neither an id nor a city with an indicator or a condition was given.

    Examples
    --------
    >>> import learningcity as lc
    >>> lc.load_atlas().trace("f0001").table()["source_id"].tolist()
    ['s0068']
    """
    if what is not None:
        of_kind(what, str, "what")
        if (city, indicator, condition, policy) != (None, None, None, None):
            raise InputError(
                Text(
                    "Give either an id or a city with an indicator or a condition, not both.",
                    "编号与“城市＋指标或条件”只能给出其中一种。",
                )
            )
        return Trace(what, _frame(_by_id(atlas, what)), asked=atlas)
    wanted = FactPolicy if indicator is not None else CodingPolicy
    if policy is not None and not isinstance(policy, wanted):
        raise InputError(
            Text(
                f"This question takes a {wanted.__name__}, not a {type(policy).__name__}.",
                f"此查询须使用{wanted.__name__}，而不是{type(policy).__name__}。",
            )
        )
    if city is not None and (indicator is None) != (condition is None):
        city_id = atlas.require_city(city)
        if indicator is not None:
            chosen = policy if isinstance(policy, FactPolicy) else FactPolicy()
            steps = _frame(_cell(atlas, city_id, indicator, chosen))
            return Trace(f"{city_id} / {indicator}", steps, asked=atlas)
        coding = policy if isinstance(policy, CodingPolicy) else CodingPolicy()
        rows = _score(atlas, city_id, str(condition), coding, coder)
        return Trace(f"{city_id} / {condition} / {coder}", _frame(rows), asked=atlas)
    raise InputError(
        Text(
            "Give the id of a fact, practice or source, or a city with an indicator or a condition.",
            "请给出事实数据、实践举措或来源的编号，或给出城市并指定一项指标或一个条件。",
        )
    )


def source_record(atlas: Atlas, source_id: str) -> dict[str, Any]:
    """Title, address and tier of a page or statistical source; an empty title is None.

    Raises
    ------
    UnknownNameError
        No source has this id.
    """
    record = _records(atlas).get(source_id)
    if record is None:
        raise UnknownNameError("source", source_id, _records(atlas))
    return record


def _records(atlas: Atlas) -> dict[str, dict[str, Any]]:
    return atlas.derived("source records", lambda: _read_records(atlas))


def _read_records(atlas: Atlas) -> dict[str, dict[str, Any]]:
    records = {
        row["source_id"]: {
            "source_id": row["source_id"],
            "source_title": or_none(row["title"]),
            "source_url": or_none(row["url"]),
            "tier": or_none(row["tier"]),
        }
        for row in atlas.sources.to_dict("records")
    }
    for row in atlas.statistical_sources.to_dict("records"):
        records[row["source_id"]] = {
            "source_id": row["source_id"],
            "source_title": or_none(row["name_en"]),
            "source_url": or_none(row["url_or_repo"]),
            "tier": "official",
        }
    return records


def _step(
    atlas: Atlas, step: str, id_: str, city: Any, what: Text, detail: Text | Any, source: Any
) -> dict[str, Any]:
    record = _records(atlas).get(source) if isinstance(source, str) else None
    both = detail if isinstance(detail, Text) else None
    return {
        "step": step,
        "id": id_,
        "city_id": or_none(city),
        "what_en": what.en,
        "what_zh": what.zh,
        "detail": both.en if both else detail,
        "detail_zh": both.zh if both else detail,
        **(record or {"source_id": or_none(source)}),
    }


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(rows, columns=list(COLUMNS)).astype("str").where(lambda f: f.notna() & (f != "None"))


def _by_id(atlas: Atlas, what: str) -> list[dict[str, Any]]:
    facts = atlas.facts[atlas.facts["fact_id"] == what]
    if len(facts):
        return _facts(atlas, [what])
    if (atlas.practices["practice_id"] == what).any():
        return _practice(atlas, what)
    record = _records(atlas).get(what)
    if record is None:
        known = [*atlas.facts["fact_id"], *atlas.practices["practice_id"], *_records(atlas)]
        raise UnknownNameError("name", what, known)
    return _uses(atlas, what)


def _facts(atlas: Atlas, ids: list[str], step: str = "fact") -> list[dict[str, Any]]:
    names = atlas.indicators.set_index("indicator_id")
    rows = []
    table = atlas.facts.set_index("fact_id")
    for fact_id in ids:
        fact = table.loc[fact_id]
        year = or_none(fact["year"])
        name = names.loc[fact["indicator_id"]]
        rows.append(
            _step(
                atlas, step, fact_id, fact["city_id"],
                Text(
                    f"{name['name_en']}, {year or 'undated'}, {label('scope', fact['scope'], 'en')}",
                    f"{name['name_zh']}，{f'{year}年' if year else '未注年份'}，{label('scope', fact['scope'], 'zh')}",
                ),
                fact["as_published"], fact["source_id"],
            )
        )  # fmt: skip
    return rows


def _practice(atlas: Atlas, practice_id: str) -> list[dict[str, Any]]:
    row = atlas.practices.set_index("practice_id").loc[practice_id]
    steps = [
        _step(
            atlas, "practice", practice_id, row["city_id"],
            Text(str(row["title_en"]), str(row["title_zh"])),
            Text(str(row["summary_en"]), str(row["summary_zh"])), row["source_id"],
        )
    ]  # fmt: skip
    for code in atlas.codes[atlas.codes["practice_id"] == practice_id].to_dict("records"):
        what = Text(f"code of pass {code['coder']}", f"编码员{code['coder']}的编码")
        id_ = f"{practice_id}/{code['coder']}"
        steps.append(_step(atlas, "code", id_, row["city_id"], what, _code_in_words(code), None))
    return steps


def _code_in_words(code: dict[str, Any]) -> Text:
    """One row of codes in both languages: the title of each column and the label of each value."""
    from learningcity.atlas.load import atlas_schemas

    told = []
    for one in atlas_schemas()["practice-codes"].fields:
        value = or_none(code.get(one.name))
        if one.name in ("practice_id", "coder") or value is None:
            continue
        words = {}
        for language in LANGUAGES:
            parts = str(value).split(";")
            words[language] = [label(one.vocabulary, p, language) for p in parts] if one.vocabulary else parts
        told.append(
            Text(
                f"{one.title.en.lower()}: {', '.join(words['en'])}",
                f"{one.title.zh}：{'、'.join(words['zh'])}",
            )
        )
    return join_texts(told)


def _uses(atlas: Atlas, source_id: str) -> list[dict[str, Any]]:
    rows = [
        _step(atlas, "source", source_id, None, Text("source", "来源"), None, source_id),
    ]
    facts = atlas.facts.loc[atlas.facts["source_id"] == source_id, "fact_id"].tolist()
    rows += _facts(atlas, facts, "use")
    practices = atlas.practices[atlas.practices["source_id"] == source_id]
    for row in practices.to_dict("records"):
        what = Text(str(row["title_en"]), str(row["title_zh"]))
        summary = Text(str(row["summary_en"]), str(row["summary_zh"]))
        rows.append(_step(atlas, "use", row["practice_id"], row["city_id"], what, summary, source_id))
    return rows


def _cell(atlas: Atlas, city: str, indicator: str, policy: FactPolicy) -> list[dict[str, Any]]:
    table = atlas.table([indicator], policy)
    cell = table.origin.at[city, indicator]
    if cell.kind == "empty":
        why = cell.note or cell.emptiness.meaning
        first = [_step(atlas, "cell", indicator, city, cell.emptiness.label, why, None)]
    else:
        kind = KIND_LABELS[cell.kind]
        dated = Text(str(cell.year), f"{cell.year}年") if cell.year else Text("undated", "未注年份")
        what = cell.formula or Text(f"{kind.en}, {dated.en}", f"{kind.zh}，{dated.zh}")
        number = table.values.at[city, indicator]
        value = Text(format_value(number, cell.unit, "en"), format_value(number, cell.unit, "zh"))
        source = cell.sources[0] if not cell.facts else None
        first = [_step(atlas, "cell", indicator, city, what, value, source)]
    others = [a for a, _ in cell.alternatives if a not in cell.facts]
    used = {*cell.facts, *others}
    same = (atlas.facts["city_id"] == city) & (atlas.facts["indicator_id"] == indicator)
    rest = [f for f in atlas.facts.loc[same, "fact_id"] if f not in used]
    return (
        first
        + _facts(atlas, list(cell.facts))
        + _facts(atlas, others, "alternative")
        + _facts(atlas, rest, "not chosen")
    )


def _score(atlas: Atlas, city: str, condition: str, policy: CodingPolicy, coder: str) -> list[dict[str, Any]]:
    evidence = condition_evidence(atlas, city, condition, policy, coder)
    what = Text(evidence.summary("en"), evidence.summary("zh"))
    score = None if evidence.score != evidence.score else f"{evidence.score:g}"
    rows = [_step(atlas, "score", condition, city, what, score, None)]
    for row in evidence.practices.to_dict("records"):
        title = Text(str(row["title_en"]), str(row["title_zh"]))
        counts = row["counted"] == "yes"
        detail = Text(
            f"strength {row['strength']}, {'counts' if counts else 'does not count: ' + row['why_not_en']}",
            f"证据强度{row['strength']}，{'计分' if counts else '不计分：' + row['why_not_zh']}",
        )
        rows.append(_step(atlas, "practice", row["practice_id"], city, title, detail, row["source_id"]))
    return rows
