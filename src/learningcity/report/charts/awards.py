"""Kind "awards": one dot an award, by round and UNESCO region."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from learningcity.core import Text
from learningcity.report.charts.canvas import Canvas, legend
from learningcity.report.charts.common import NARROW, listed, words
from learningcity.report.charts.drawing import Late
from learningcity.report.charts.palette import HAIR, INK, MUTED, PAPER, TONES
from learningcity.report.charts.sketch import Sketch
from learningcity.report.charts.texts import width_of, wrapped

if TYPE_CHECKING:
    from learningcity.atlas import Atlas

REGIONS = ("AFR", "ARB", "APA", "ENA", "LAC")


def awards(atlas: Atlas, language: str) -> Sketch:
    """Draw the awards of each round, one dot each, by the UNESCO region of the city.

    Parameters
    ----------
    atlas
        Whose awards are drawn.
    language
        "en" or "zh".
    """
    import pandas as pd

    region = atlas.cities.set_index("city_id")["unesco_region"]
    found = atlas.awards[["round", "city_id"]].assign(region=lambda f: f["city_id"].map(region))
    found["again"] = found["round"].astype(int) > found["city_id"].map(atlas.first_award)
    rounds = sorted({int(r) for r in found["round"]})
    codes = [*REGIONS, *sorted(set(found["region"].dropna()) - set(REGIONS))]
    counts = {
        (code, year): (int((~at["again"]).sum()), int(at["again"].sum()))
        for (code, year), at in found.groupby(["region", found["round"].astype(int)])
    }
    names: dict[str, str] = {code: words("unesco_region", code, language) for code in codes}
    total = Text("Total", "合计").in_(language)
    rows: list[dict[str, Any]] = [
        {"region": names[c], **{str(y): sum(counts.get((c, y), (0, 0))) for y in rounds}} for c in codes
    ]
    rows.append({"region": total, **{str(y): sum(int(r[str(y)]) for r in rows) for y in rounds}})
    table = pd.DataFrame(rows, columns=["region", *map(str, rounds)])
    table["total"] = table[[str(y) for y in rounds]].sum(axis=1).astype("int64")
    again = int(found["again"].sum())
    return Sketch(
        title=Text("Awards by round and UNESCO region", "各届获奖城市的地区分布").in_(language),
        alt=_alt(table, rounds, again, language),
        table=table,
        heads={
            "region": Text("UNESCO region", "教科文组织地区").in_(language),
            **{str(y): str(y) for y in rounds},
            "total": total,
        },
        caption=Text(
            "One dot is one award. How many cities a country or region may send differs by round, so a row says "
            "nothing on how well a region does.",
            "一个圆点代表一次获奖。各届对国家和地区名额的规定不同，点数多少不说明该地区水平高低。",
        ).in_(language),
        draw=lambda width: _draw(names, rounds, counts, again, width, language),
    )


def _alt(table: Any, rounds: list[int], again: int, language: str) -> str:
    regions = [f"{r['region']} {r['total']}" for r in table.to_dict("records")[:-1]]
    years = [f"{y}: {table.iloc[-1][str(y)]}" for y in rounds]
    text = Text(
        f"{table.iloc[-1]['total']} awards in {len(rounds)} rounds ({listed(years, 'en')}), by region: "
        f"{listed(regions, 'en')}. {again} of them went to a city that had been awarded before.",
        f"{len(rounds)}届共{table.iloc[-1]['total']}次获奖（{listed(years, 'zh')}），按地区：{listed(regions, 'zh')}。"
        f"其中{again}次由此前已获奖的城市再次获得。",
    )
    return text.in_(language)


def _draw(
    names: dict[str, str], rounds: list[int], counts: Any, again: int, width: int, language: str
) -> Late:
    canvas = Canvas(width, language)
    narrow = width < NARROW
    labels = {code: wrapped(name, 12, 84 if narrow else 190) for code, name in names.items()}
    left = max((width_of(p, 12) for t in labels.values() for p in t.split("\n")), default=60) + 12
    step = (width - left - (24 if narrow else 34)) / max(len(rounds), 1)
    per_line = max(1, int((step - 8) // 13))
    y: float = 26
    for number, year in enumerate(rounds):
        canvas.text(left + number * step, 10, year, MUTED)
    for code, label in labels.items():
        most = max((sum(counts.get((code, year), (0, 0))) for year in rounds), default=0)
        tall = max(34.0, 14 + 14 * -(-most // per_line))
        canvas.line(0, y, width, y)
        canvas.text(0, y + tall / 2, label)
        for number, year in enumerate(rounds):
            first, second = counts.get((code, year), (0, 0))
            lines = -(-(first + second) // per_line)
            for n in range(first + second):
                row, column = divmod(n, per_line)
                x = left + number * step + 6 + 13 * column
                at = y + tall / 2 + 14 * (row - (lines - 1) / 2)
                canvas.dot(
                    x, at, 5, TONES[3] if n < first else PAPER, TONES[3] if n < first else INK, wide=1.6
                )
        canvas.text(
            width,
            y + tall / 2,
            sum(sum(counts.get((code, year), (0, 0))) for year in rounds),
            MUTED,
            align="right",
        )
        y += tall
    canvas.line(0, y, width, y, HAIR)
    entries = [
        (
            lambda x, at: canvas.dot(x, at, 5, TONES[3], TONES[3], wide=1.6),
            Text("first award", "首次获奖").in_(language),
        )
    ]
    if again:
        entries.append(
            (
                lambda x, at: canvas.dot(x, at, 5, PAPER, INK, wide=1.6),
                Text("awarded again", "再次获奖").in_(language),
            )
        )
    return canvas.spec(legend(canvas, left, y + 18, entries))
