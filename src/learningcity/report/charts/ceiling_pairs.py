"""Kind "ceilings": every condition with every theme, how empty the corner is, and whether chance does as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from learningcity.core import InputError, Text
from learningcity.report.charts.canvas import Canvas, legend
from learningcity.report.charts.ceiling import CORNERS
from learningcity.report.charts.common import NARROW
from learningcity.report.charts.drawing import Late, shown
from learningcity.report.charts.palette import COLOURS, HAIR, MARK, MUTED, PAPER, STEPS
from learningcity.report.charts.sketch import Place, Sketch
from learningcity.report.charts.texts import wrapped

if TYPE_CHECKING:
    from learningcity.explain import AtlasCeilings

Row = dict[str, Any]

#: Effects from which a cell has the next tone: what Dul (2016) calls medium, large, very large; below 0.1 small.
EFFECTS = (0.0, 0.1, 0.3, 0.5)
#: What became of a pair, the strongest word first.
VERDICTS = {
    "held": Text("found, and found again throughout", "发现，且各种情形下均再次发现"),
    "found": Text("found, but not found again throughout", "发现，但并非各种情形下均再次发现"),
    "chance": Text("not told from chance", "无法与偶然区分"),
    "full": Text("no empty zone", "没有空白区"),
    "degenerate": Text("could not have been told from chance", "在任何情况下都无法与偶然区分"),
    "effort": Text("for comparison, not judged", "仅供对照，不作判断"),
    "untested": Text("not tested", "未作检验"),
}


def verdict(row: Row) -> str:
    """Say what became of a pair of ``AtlasCeilings.table()``: a key of ``VERDICTS``.

    Examples
    --------
    >>> verdict({"kind": "condition", "reason_en": "", "found": False, "held": False, "effect_size": 0.4, "q": 0.3})
    'chance'
    """
    if row["kind"] == "effort":
        return "effort"
    if row["reason_en"]:
        return "degenerate"
    if row["found"]:
        return "held" if row["held"] else "found"
    if row["effect_size"] == 0:
        return "full"
    return "chance" if row["q"] == row["q"] else "untested"


def ceilings(result: AtlasCeilings, language: str) -> Sketch:
    """Draw the pairs of ``lc.atlas_ceilings`` as a table of effect sizes.

    Parameters
    ----------
    result
        Of ``lc.atlas_ceilings``.
    language
        "en" or "zh".
    """
    import pandas as pd

    if not hasattr(result, "coded") or not hasattr(result, "bottleneck"):
        raise InputError(
            Text(
                "This matrix is drawn of lc.atlas_ceilings().", "该矩阵图须用lc.atlas_ceilings()的结果绘制。"
            )
        )
    rows = [_row(row, result, language) for row in result.table().to_dict("records")]
    table = pd.DataFrame(rows)
    kept = [
        "key",
        "pair",
        "condition",
        "theme",
        "kind",
        "n",
        "effect_size",
        "p_value",
        "q",
        "verdict",
        "what",
        "near_constant",
    ]
    table = table[kept].astype({"effect_size": float, "p_value": float, "q": float})
    table[["effect_size", "p_value", "q"]] = table[["effect_size", "p_value", "q"]].round(4)
    corner = CORNERS[result.corner]
    return Sketch(
        title=Text("Necessary levels: every pair", "必要条件水平：全部配对").in_(language),
        alt=_alt(rows, language),
        table=table,
        heads={
            "pair": Text("Condition and theme", "条件与特征").in_(language),
            "n": Text("Cities", "城市数").in_(language),
            "effect_size": Text("Effect size", "效应量").in_(language),
            "p_value": Text("p", "p值").in_(language),
            "q": Text("q", "q值").in_(language),
            "what": Text("Result", "结论").in_(language),
        },
        caption=Text(
            f"Number: effect size, the share of the range that is empty ({result.method}, {corner.en}). q: "
            f"false discovery rate over the pairs; p: {result.permutations:,} shuffles, seed {result.seed}. A dash: no "
            "arrangement of these scores could be told from chance. * near-constant.",
            f"数字为效应量，即空白区占取值范围的比例（{result.method}，{corner.zh}角）。q为全部配对的错误发现率；p值基于"
            f"{result.permutations:,}次置换，随机种子{result.seed}。横线表示这些得分的任何排列都无法与偶然区分。*为近乎恒定。",
        ).in_(language),
        draw=lambda width: _draw(rows, width, language),
        places=lambda width: [
            Place(row["key"], *box) for row, box in zip(rows, _boxes(rows, width), strict=True)
        ],
    )


def _row(row: Row, result: AtlasCeilings, language: str) -> Row:
    labels, constant = result.labels, result.near_constant
    what = verdict(row)
    x, y = labels[row["condition"]], labels[row["theme"]]
    return {
        **{k: row[k] for k in ("n", "effect_size", "p_value", "q", "kind", "reason_en")},
        "key": f"{row['condition']}~{row['theme']}",
        "pair": shown(Text(f"{_capital(x.en)} – {y.en}", f"{x.zh}—{y.zh}").in_(language)),
        "condition": shown(_capital(x.in_(language))),
        "theme": shown(_capital(y.in_(language))),
        "verdict": what,
        "what": VERDICTS[what].in_(language),
        "near_constant": row["condition"] in constant,
        "constant_theme": row["theme"] in constant,
    }


def _alt(rows: list[Row], language: str) -> str:
    asked = [r for r in rows if r["kind"] != "effort"]
    count = {k: sum(r["verdict"] == k for r in asked) for k in VERDICTS}
    return Text(
        f"{len(asked)} pairs of a condition and a theme: {count['held']} found and found again throughout, {count['found']} "
        f"found only at first, {count['chance'] + count['untested']} with an empty zone that is not told from chance, "
        f"{count['full']} without an empty zone, {count['degenerate']} that could not have been told from chance.",
        f"{len(asked)}对条件与特征：发现且各种情形下均再次发现{count['held']}对，仅初次发现{count['found']}对，有空白区但无法与偶然区分"
        f"{count['chance'] + count['untested']}对，没有空白区{count['full']}对，在任何情况下都无法与偶然区分"
        f"{count['degenerate']}对。",
    ).in_(language)


# --- drawing --------------------------------------------------------------------------------------


def _names(rows: list[Row]) -> tuple[list[str], list[str]]:
    return list(dict.fromkeys(r["condition"] for r in rows)), list(dict.fromkeys(r["theme"] for r in rows))


def _boxes(rows: list[Row], width: int) -> list[tuple[float, float, float, float]]:
    """Left, top, width and height of each cell."""
    conditions, themes = _names(rows)
    left = 104.0 if width < NARROW else 170.0
    wide, tall = (width - left - 4) / max(len(themes), 1), 44.0
    effort = {r["condition"] for r in rows if r["kind"] == "effort"}
    found = []
    for row in rows:
        gap = 26.0 if row["condition"] in effort else 0.0
        down = 30 + conditions.index(row["condition"]) * tall + gap
        found.append((left + themes.index(row["theme"]) * wide + 2, down + 2, wide - 4, tall - 4))
    return found


def _draw(rows: list[Row], width: int, language: str) -> Late:
    canvas = Canvas(width, language)
    narrow = width < NARROW
    boxes = _boxes(rows, width)
    told: set[str] = set()
    # Looks become layers in the order of their first use: all grounds lie under all words.
    for row, box in zip(rows, boxes, strict=True):
        _ground(canvas, row, box)
    for row, (x, y, wide, tall) in zip(rows, boxes, strict=True):
        if row["theme"] not in told:
            # One word with its star: a theme is not cut short for it.
            mark, size = "*" if row["constant_theme"] else "", 11 if narrow else 12
            canvas.text(
                x + wide / 2, 16, wrapped(row["theme"] + mark, size, wide + 6, 1), size=size, align="center"
            )
        if row["condition"] not in told:
            mark = " *" if row["near_constant"] else ""
            canvas.text(0, y + tall / 2, wrapped(row["condition"] + mark, 12, x - 8, 2))
        told |= {row["theme"], row["condition"]}
        _words(canvas, row, (x, y, wide, tall), narrow)
    efforts = [box for row, box in zip(rows, boxes, strict=True) if row["kind"] == "effort"]
    if efforts:
        canvas.text(
            0,
            efforts[0][1] - 14,
            Text("For comparison: how much was read", "对照：阅读量").in_(language),
            MUTED,
            11,
        )
    bottom = max(y + tall for _, y, _, tall in boxes)
    lows = (*(f"{low:g}" for low in EFFECTS[1:]), "")
    entries: list[tuple[Any, str]] = []
    for k, (tone, _ink) in enumerate(STEPS):
        low = Text("above 0", "大于0").in_(language) if not EFFECTS[k] else f"{EFFECTS[k]:g}"
        words = f"{low}–{lows[k]}" if lows[k] and EFFECTS[k] else Text(f"below {lows[k]}", f"低于{lows[k]}").in_(language) if lows[k] else Text(f"{low} and more", f"{low}及以上").in_(language)  # fmt: skip
        entries.append((lambda a, b, f=COLOURS[tone]: canvas.dot(a, b, 6, f, f, "square"), words))
    entries.append(
        (lambda a, b: canvas.dot(a, b, 6, PAPER, MARK, "square", 2.5), Text("found", "发现").in_(language))
    )
    return canvas.spec(legend(canvas, 0, bottom + 18, entries))


def _tone(row: Row) -> tuple[str, str]:
    """The part of the ground of a cell with an empty zone, and that of the words on it."""
    return STEPS[sum(row["effect_size"] >= low for low in EFFECTS) - 1]


def _void(row: Row) -> bool:
    return row["verdict"] == "degenerate" or row["effect_size"] != row["effect_size"]


def _ground(canvas: Canvas, row: Row, box: tuple[float, float, float, float]) -> None:
    x, y, wide, tall = box
    if _void(row):
        canvas.box(x, y, x + wide, y + tall, None, HAIR, (3, 3))
    elif row["effect_size"] > 0:
        canvas.box(x, y, x + wide, y + tall, COLOURS[_tone(row)[0]])
    else:
        canvas.box(x, y, x + wide, y + tall, None, HAIR)
    if row["verdict"] in ("held", "found"):
        for a, b in ((y, y), (y + tall, y + tall)):
            canvas.line(x, a, x + wide, b, MARK, 2.5)
        for a, b in ((x, x), (x + wide, x + wide)):
            canvas.line(a, y, b, y + tall, MARK, 2.5)


def _words(canvas: Canvas, row: Row, box: tuple[float, float, float, float], narrow: bool) -> None:
    x, y, wide, tall = box
    effect, middle = row["effect_size"], x + wide / 2
    if _void(row):
        canvas.text(middle, y + tall / 2, "–", MUTED, align="center")
        return
    ink = COLOURS[_tone(row)[1]] if effect > 0 else MUTED
    more = effect > 0 and row["p_value"] == row["p_value"]
    canvas.text(middle, y + (tall / 2 - 7 if more else tall / 2), f"{effect:.2f}", ink, 13, "center")
    if more:
        p, q = f"p {_p(row['p_value'])}", f"q {_p(row['q'])}" if row["q"] == row["q"] else ""
        said = (q or p) if narrow else f"{p} · {q}" if q else p
        canvas.text(middle, y + tall / 2 + 9, said, ink, 10.5, "center")


def _p(value: float) -> str:
    return f"{value:.3f}" if value < 0.095 else f"{value:.2f}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
