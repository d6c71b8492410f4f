"""Bottlenecks that a national framework names, joined to the practices that answer them by our mapping."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from learningcity.atlas import Atlas
from learningcity.core import or_none
from learningcity.plan.seen import Read

if TYPE_CHECKING:
    import pandas as pd

#: Columns of the table that say what answers, and the kind of code that each holds.
JOINS = {"mechanisms": "mechanism", "problems": "problem", "areas": "area", "groups": "group"}
_WORDS = ("name", "remedy", "body", "instrument")


def bottlenecks_of(atlas: Atlas, country: str | None) -> list[dict[str, Any]]:
    """The bottlenecks that the framework of a country names, each with the statement it comes from.

    Returns
    -------
    list
        One dictionary a bottleneck: the row of the table ``bottlenecks`` (empty cells None), and of the statement
        ``text_en``, ``text_zh``, ``topic``, ``disputed``, ``document_no``, ``source_id``. Empty where the atlas holds
        no framework of the country.

    Examples
    --------
    >>> import learningcity as lc
    >>> found = bottlenecks_of(lc.load_atlas(), "CHN")
    >>> len(found) > 10, bottlenecks_of(lc.load_atlas(), "IRL")
    (True, [])
    """
    if country is None or "bottlenecks" not in atlas.frames or "national-framework" not in atlas.frames:
        return []
    framework = atlas.national_framework
    statements = framework[framework["country_iso3"] == country].set_index("item_id").to_dict("index")
    found = []
    for row in atlas.frame("bottlenecks").to_dict("records"):
        statement = statements.get(row["item_id"])
        if statement is not None:
            cells = {k: or_none(v) for k, v in row.items()}
            told = ("text_en", "text_zh", "topic", "disputed", "document_no", "source_id")
            found.append({**cells, **{k: or_none(statement[k]) for k in told}})
    return found


def answers(row: Mapping[str, Any], read: Read, text: str) -> bool:
    """Whether a practice as one coder read it answers a bottleneck: one code of every list that is not empty.

    Parameters
    ----------
    row
        A bottleneck; lists are joined with ``;``.
    read
        The practice.
    text
        Title and summary of the practice in all languages, lower case.
    """
    if not read.counted:
        return False
    asked = 0
    for column, kind in JOINS.items():
        wanted = _listed(row.get(column))
        if wanted:
            asked += 1
            if not any((kind, code) in read.codes for code in wanted):
                return False
    words = _listed(row.get("words"))
    if words:
        asked += 1
        if not any(word.lower() in text for word in words):
            return False
    return asked > 0


def _listed(cell: Any) -> list[str]:
    return (
        [part.strip() for part in str(cell).split(";") if part.strip()] if or_none(cell) is not None else []
    )


def answering(
    atlas: Atlas,
    rows: list[dict[str, Any]],
    read: Mapping[str, tuple[Read, ...]],
    coder: str,
    ranked: pd.DataFrame,
) -> pd.DataFrame:
    """Which ranked practices answer which bottleneck.

    Parameters
    ----------
    rows
        Bottlenecks as :func:`bottlenecks_of` gives them.
    read, coder
        Practices by coder, and whose codes decide; those of the others are counted beside.
    ranked
        Practices with ``practice_id``, ``similarity`` (0 to 1) and ``evidence``, one row each.

    Returns
    -------
    frame
        The rows of ``ranked`` that answer, with ``bottleneck_id``, ``answer`` (place within the bottleneck, by
        evidence times similarity, doubtful sources last) and ``by`` (how many coders see it so).
    """
    import pandas as pd

    wording = atlas.practices.set_index("practice_id").to_dict("index")
    columns = ("title_en", "title_zh", "summary_en", "summary_zh")
    texts = {p: " ".join(str(row[c] or "") for c in columns).lower() for p, row in wording.items()}
    by: dict[str, dict[str, Read]] = {}
    for one, practices in read.items():
        for r in practices:
            by.setdefault(r.practice, {})[one] = r
    parts = []
    for row in rows:
        votes = {
            p: sum(answers(row, r, texts[p]) for r in by[p].values())
            for p in ranked["practice_id"]
            if answers(row, by[p][coder], texts[p])
        }
        chosen = ranked[ranked["practice_id"].isin(votes)]
        chosen = chosen.assign(
            bottleneck_id=row["bottleneck_id"],
            by=chosen["practice_id"].map(votes).astype("int64"),
            _last=chosen["tier"] == "doubtful",
            _order=-(chosen["evidence"] * chosen["similarity"]),
        )
        chosen = chosen.sort_values(["_last", "_order", "practice_id"], kind="stable")
        chosen = chosen.drop(columns=["_last", "_order"])
        parts.append(chosen.assign(answer=range(1, len(chosen) + 1)))
    if not parts:
        return ranked.iloc[:0].assign(bottleneck_id="", by=0, answer=0)
    return pd.concat(parts, ignore_index=True)
