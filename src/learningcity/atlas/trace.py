"""Follow a figure, practice, score or source back to where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from learningcity.atlas.conditions import CodingPolicy, condition_evidence
from learningcity.atlas.facts import KIND_LABELS, FactPolicy
from learningcity.core import InputError, Result, Text, UnknownNameError, or_none
from learningcity.standards import label

if TYPE_CHECKING:
    import pandas as pd

    from learningcity.atlas.model import Atlas

COLUMNS = (
    "step", "id", "city_id", "what_en", "what_zh", "detail",
    "source_id", "source_title", "source_url", "tier",
)  # fmt: skip


@dataclass(frozen=True)
class Trace(Result):
    """The way from a number or claim to its sources, one row a step.

    ``steps`` has the columns step (fact, practice, code, cell, score, source, use; "alternative" = another figure of the
    same scope and year, "not chosen" = of another scope or year), id, city_id,
    what_en, what_zh, detail (as published, or the code itself), source_id, source_title, source_url
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
        return Trace(what, _frame(_by_id(atlas, what)))
    if city is not None and (indicator is None) != (condition is None):
        city_id = atlas.require_city(city)
        if indicator is not None:
            chosen = policy if isinstance(policy, FactPolicy) else FactPolicy()
            return Trace(f"{city_id} / {indicator}", _frame(_cell(atlas, city_id, indicator, chosen)))
        coding = policy if isinstance(policy, CodingPolicy) else CodingPolicy()
        rows = _score(atlas, city_id, str(condition), coding, coder)
        return Trace(f"{city_id} / {condition} / {coder}", _frame(rows))
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
        publisher = or_none(row["publisher"])
        records[row["source_id"]] = {
            "source_id": row["source_id"],
            "source_title": ". ".join(p for p in (publisher, or_none(row["title"])) if p),
            "source_url": or_none(row["url_or_repo"]),
            "tier": "official",
        }
    return records


def _step(
    atlas: Atlas, step: str, id_: str, city: Any, what: Text, detail: Any, source: Any
) -> dict[str, Any]:
    record = _records(atlas).get(source) if isinstance(source, str) else None
    return {
        "step": step, "id": id_, "city_id": or_none(city), "what_en": what.en, "what_zh": what.zh,
        "detail": detail, **(record or {"source_id": or_none(source)}),
    }  # fmt: skip


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
            Text(str(row["title_en"]), str(row["title_zh"])), row["summary_en"], row["source_id"],
        )
    ]  # fmt: skip
    for code in atlas.codes[atlas.codes["practice_id"] == practice_id].to_dict("records"):
        told = "; ".join(
            f"{k}={code[k]}"
            for k in code
            if k not in ("practice_id", "coder") and or_none(code[k]) is not None
        )
        label = Text(f"code of pass {code['coder']}", f"编码员{code['coder']}的编码")
        steps.append(
            _step(atlas, "code", f"{practice_id}/{code['coder']}", row["city_id"], label, told, None)
        )
    return steps


def _uses(atlas: Atlas, source_id: str) -> list[dict[str, Any]]:
    rows = [
        _step(atlas, "source", source_id, None, Text("source", "来源"), None, source_id),
    ]
    facts = atlas.facts.loc[atlas.facts["source_id"] == source_id, "fact_id"].tolist()
    rows += _facts(atlas, facts, "use")
    practices = atlas.practices[atlas.practices["source_id"] == source_id]
    for row in practices.to_dict("records"):
        what = Text(str(row["title_en"]), str(row["title_zh"]))
        rows.append(
            _step(atlas, "use", row["practice_id"], row["city_id"], what, row["summary_en"], source_id)
        )
    return rows


def _cell(atlas: Atlas, city: str, indicator: str, policy: FactPolicy) -> list[dict[str, Any]]:
    table = atlas.table([indicator], policy)
    cell = table.origin.at[city, indicator]
    if cell.kind == "empty":
        label = cell.emptiness.label
        note = cell.note.en if cell.note else cell.emptiness.meaning.en
        return [_step(atlas, "cell", indicator, city, label, note, None)]
    what = cell.formula or Text(
        f"{KIND_LABELS[cell.kind].en}, {cell.year or 'undated'}",
        f"{KIND_LABELS[cell.kind].zh}，{f'{cell.year}年' if cell.year else '未注年份'}",
    )
    value = f"{table.values.at[city, indicator]:,.15g} {cell.unit}"
    first = [_step(atlas, "cell", indicator, city, what, value, cell.sources[0] if not cell.facts else None)]
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
        counted = "counts" if row["counted"] == "yes" else f"does not count: {row['why_not_en']}"
        detail = f"strength {row['strength']}, {counted}"
        rows.append(_step(atlas, "practice", row["practice_id"], city, title, detail, row["source_id"]))
    return rows
