"""Kind "tiers": the sources read, by tier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from learningcity.core import Text
from learningcity.report.charts.canvas import Canvas, Scale
from learningcity.report.charts.common import listed, words
from learningcity.report.charts.drawing import Late
from learningcity.report.charts.palette import MARK, MUTED, PAPER, TONES
from learningcity.report.charts.sketch import Sketch
from learningcity.report.charts.texts import width_of

if TYPE_CHECKING:
    from learningcity.atlas import Atlas

TIERS = ("unesco", "official", "secondary", "mirror", "doubtful")


def tiers(atlas: Atlas, language: str) -> Sketch:
    """Draw how many of the pages read belong to each tier.

    Parameters
    ----------
    atlas
        Whose sources are counted.
    language
        "en" or "zh".
    """
    import pandas as pd

    counts = atlas.sources["tier"].value_counts()
    codes = [*TIERS, *sorted(set(counts.index) - set(TIERS))]
    total = int(counts.sum())
    rows = [
        {"code": c, "tier": words("tier", c, language), "sources": int(counts.get(c, 0)),
         "share": f"{counts.get(c, 0) / total:.0%}" if total else ""}
        for c in codes
    ]  # fmt: skip
    said = listed((f"{r['tier']} {r['sources']}" for r in rows), language)
    return Sketch(
        title=Text("Sources read, by tier", "所读来源的等级").in_(language),
        alt=Text(f"Bars for {total} sources: {said}.", f"{total}个来源的条形图：{said}。").in_(language),
        table=pd.DataFrame(rows),
        heads={
            "tier": Text("Tier", "等级").in_(language),
            "sources": Text("Sources", "来源").in_(language),
            "share": Text("Share", "占比").in_(language),
        },
        caption=Text(
            "Doubtful sources (open bar) are printed as text and never linked.",
            "存疑来源（空心条）只以文字列出，不设链接。",
        ).in_(language),
        draw=lambda width: _draw(rows, width, language),
    )


def _draw(rows: list[dict[str, Any]], width: int, language: str) -> Late:
    canvas = Canvas(width, language)
    left = max(width_of(r["tier"], 12) for r in rows) + 14
    across = Scale(0, max(max(r["sources"] for r in rows), 1), left, width - 80)
    for number, row in enumerate(rows):
        y = 16 + 30 * number
        canvas.text(left - 12, y, row["tier"], align="right")
        doubtful = row["code"] == "doubtful"
        if row["sources"]:
            canvas.box(
                left,
                y - 9,
                across(row["sources"]),
                y + 9,
                PAPER if doubtful else TONES[3],
                MARK if doubtful else None,
            )
        canvas.text(across(row["sources"]) + 8, y, row["sources"])
        canvas.text(across(row["sources"]) + 14 + width_of(str(row["sources"]), 12), y, row["share"], MUTED)
    canvas.line(left, 2, left, 30 * len(rows), MUTED)
    return canvas.spec(30 * len(rows) + 4)
