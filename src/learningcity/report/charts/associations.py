"""Kind "associations": background by characteristic, a mark a pair that grows with the effect size."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from learningcity.core import InputError, Text
from learningcity.report.charts.canvas import Canvas, legend
from learningcity.report.charts.common import NARROW, listed
from learningcity.report.charts.drawing import Late, shown
from learningcity.report.charts.palette import HAIR, INK, MARK, MUTED, PAPER, TONES, WASH
from learningcity.report.charts.sketch import Place, Sketch
from learningcity.report.charts.texts import width_of, wrapped

#: Between the two columns in the name of a pair.
BETWEEN = "~"
SIGNED = ("spearman", "kendall", "rank_biserial")
_FIGURES = ("n", "estimate", "p", "q", "partial", "partial_p", "repeated", "repeated_p")
_MEASURES = {
    "spearman": Text("Spearman's rank correlation", "斯皮尔曼等级相关"),
    "kendall": Text("Kendall's tau-b", "肯德尔tau-b"),
    "rank_biserial": Text("rank-biserial correlation", "秩二列相关"),
    "epsilon_squared": Text("epsilon squared (groups)", "ε²（组间）"),
    "cramers_v": Text("Cramér's V", "克拉默V"),
}
_HEADS = {
    "background": Text("Background", "背景"),
    "characteristic": Text("Characteristic", "特征"),
    "measure": Text("Measure", "指标"),
    "n": Text("Cities", "城市数"),
    "estimate": Text("Effect size", "效应量"),
    "p": Text("p", "p值"),
    "q": Text("q", "q值"),
    "partial": Text("Effort taken out", "剔除工作量后"),
    "partial_p": Text("p, effort taken out", "p值（剔除工作量后）"),
    "repeated": Text("Without common sources", "剔除共同来源后"),
    "repeated_p": Text("p, without common sources", "p值（剔除共同来源后）"),
}


def associations(result: Any, language: str) -> Sketch:
    """Draw every pair of a background column and a characteristic.

    Parameters
    ----------
    result
        Of ``lc.atlas_background(...)``.
    language
        "en" or "zh".

    Raises
    ------
    InputError
        It is none.
    """
    import pandas as pd

    if not hasattr(result, "member_values"):
        raise InputError(
            Text(
                "This picture is drawn of lc.atlas_background(...).",
                "此图须用lc.atlas_background(...)的结果绘制。",
            )
        )
    one, labels = result.association, {c: shown(_capital(t.in_(language))) for c, t in result.labels.items()}
    cells: list[dict[str, Any]] = [
        {
            "key": f"{p.background}{BETWEEN}{p.characteristic}", "row": p.background, "column": p.characteristic,
            "background": labels[p.background], "characteristic": labels[p.characteristic],
            "measure": _MEASURES[p.measure].in_(language) if p.measure else None, "signed": p.measure in SIGNED,
            "n": p.n, "estimate": p.estimate, "p": p.p, "q": p.q_bh if one.adjust == "bh" else p.q_by,
            "found": p.found, "partial": p.partial and p.partial.estimate, "partial_p": p.partial and p.partial.p,
            "repeated": p.repeated and p.repeated.estimate, "repeated_p": p.repeated and p.repeated.p,
        }
        for p in one.pairs
    ]  # fmt: skip
    rows = list(dict.fromkeys(c["row"] for c in cells))
    columns = list(dict.fromkeys(c["column"] for c in cells))
    near = [c for c in columns if c in result.near_constant]
    table = pd.DataFrame(cells, columns=["key", *_HEADS])
    # Small p keep two digits that count, not two decimals.
    table = table.astype(dict.fromkeys(_FIGURES, "float64")).astype({"n": "int64"})
    for name in _FIGURES[1:]:
        table[name] = table[name].round(4 if name.endswith("p") or name == "q" else 3)

    def laid(width: int) -> tuple[Late, list[Place]]:
        return _laid(cells, rows, columns, near, labels, width, language)

    return Sketch(
        title=Text("Background and characteristics, pair by pair", "背景与特征逐对相关").in_(language),
        alt=_alt(cells, rows, columns, [labels[c] for c in near], one.level, language),
        table=table,
        heads={c: t.in_(language) for c, t in _HEADS.items()},
        caption=Text(
            "Rank correlations (for groups: epsilon squared, which has no direction) over the cities that have both. A large mark "
            "over few cities is easily chance. (country) is context, not the city's own figure. Association only, nothing causal.",
            "等级相关（分组变量为ε²，无方向），限于两侧均有数据的城市。城市数少时，较大的标记很可能出于偶然。"
            "“（国家）”为背景数据，并非城市自身数据。仅为相关，不表明因果。",
        ).in_(language),
        draw=lambda width: laid(width)[0],
        places=lambda width: laid(width)[1],
    )  # fmt: skip


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _alt(
    cells: Sequence[dict[str, Any]], rows: Sequence[str], columns: Sequence[str], near: Sequence[str],
    level: float, language: str,
) -> str:  # fmt: skip
    judged = [c for c in cells if c["estimate"] is not None]
    found = [c for c in judged if c["found"]]
    nearest = sorted(judged, key=lambda c: c["p"])[:3]
    said = [f"{c['background']} – {c['characteristic']} {two(c['estimate'], signed=c['signed'])}" for c in nearest]  # fmt: skip
    text = Text(
        f"{len(rows)} columns of background by {len(columns)} characteristics, {len(judged)} pairs judged, {len(found)} found "
        f"(false discovery rate at most {level:g}). Nearest to a finding: {'; '.join(said)}."
        + (f" Near-constant: {listed(near, 'en')}." if near else ""),
        f"{len(rows)}项背景与{len(columns)}项特征，判断了{len(judged)}对，发现{len(found)}对（错误发现率不超过{level:g}）。"
        f"最接近发现的是：{'；'.join(said)}。" + (f"近乎恒定：{listed(near, 'zh')}。" if near else ""),
    )
    return text.in_(language)


def two(value: float, *, signed: bool = True) -> str:
    """Two decimals with a true minus sign.

    Examples
    --------
    >>> two(0.256), two(-0.256), two(0.256, signed=False), two(-0.001)
    ('+0.26', '−0.26', '0.26', '0.00')
    """
    said = f"{value:+.2f}" if signed else f"{value:.2f}"
    return "0.00" if said in ("-0.00", "+0.00") else said.replace("-", "−")


def mark(canvas: Canvas, x: float, y: float, radius: float, sign: int) -> None:
    """Draw an effect: above 0 a full dot, below 0 an open one, without direction a square."""
    if sign > 0:
        canvas.dot(x, y, radius, TONES[3], TONES[3])
    elif sign < 0:
        canvas.dot(x, y, radius, PAPER, MARK, wide=1.8)
    else:
        canvas.dot(x, y, radius, TONES[1], INK, "square", 1)


def _laid(
    cells: Sequence[dict[str, Any]], rows: Sequence[str], columns: Sequence[str], near: Sequence[str],
    labels: dict[str, str], width: int, language: str,
) -> tuple[Late, list[Place]]:  # fmt: skip
    canvas = Canvas(width, language)
    narrow = width < NARROW
    left = 118.0 if narrow else 210.0
    broken = {r: wrapped(labels[r], 11 if narrow else 12, left - 8, 3) for r in rows}
    wide = (width - left - 4) / max(len(columns), 1)
    tall = 40.0
    heads, above = _heads([labels[c] for c in columns], wide, narrow, language)
    x = {c: left + wide * (k + 0.5) for k, c in enumerate(columns)}
    y = {r: above + tall * (k + 0.5) for k, r in enumerate(rows)}
    floor = above + tall * len(rows)
    for c in near:
        canvas.box(x[c] - wide / 2, above, x[c] + wide / 2, floor, WASH)
    for k in range(len(rows) + 1):
        canvas.line(0, above + tall * k, width - 4, above + tall * k)
    for c, (said, upright) in zip(columns, heads, strict=True):
        ink = MUTED if c in near else INK
        if upright:
            canvas.text(x[c], above - 6, said, ink, 11.5, upright=True)
        else:
            canvas.text(x[c], above - 7 - 7 * (said.count("\n") + 1), said, ink, 11.5, "center")
    for r in rows:
        canvas.text(0, y[r], broken[r], INK, 11 if narrow else 12)
    places = []
    for cell in cells:
        at, down = x[cell["column"]], y[cell["row"]]
        places.append(Place(cell["key"], at - wide / 2, down - tall / 2, wide, tall))
        value = cell["estimate"]
        if value is None:
            canvas.text(at, down, "–", MUTED, 11, "center")
            continue
        most = min(wide / 2 - 1, 11.0)
        radius = 1.6 + (most - 1.6) * min(abs(value), 1.0) ** 0.5
        sign = 0 if not cell["signed"] else 1 if value >= 0 else -1
        mark(canvas, at, down - (0 if narrow else 6), radius * (0.86 if not sign else 1), sign)
        if not narrow:
            canvas.text(at, down + 13, two(value, signed=cell["signed"]), INK, 10.5, "center")
        if cell["found"]:
            canvas.box(at - wide / 2 + 1, down - tall / 2 + 1, at + wide / 2 - 1, down + tall / 2 - 1, None, INK)  # fmt: skip
    entries = _entries(canvas, bool(near), any(c["found"] for c in cells), language)
    return canvas.spec(legend(canvas, 0, floor + 18, entries)), places


def _heads(said: list[str], wide: float, narrow: bool, language: str) -> tuple[list[tuple[str, bool]], float]:
    """How the names of columns are set: side by side, sign below sign, or upright; and how much room they take."""
    most = max((width_of(s, 11.5) for s in said), default=0)
    if most <= wide - 4:
        return [(s, False) for s in said], 28.0
    if language == "zh" and max(map(len, said)) <= 5:
        return [("\n".join(s), False) for s in said], 14.0 + 14 * max(map(len, said))
    return [(s, True) for s in said], most + 12


def _entries(canvas: Canvas, near: bool, found: bool, language: str) -> list[tuple[Any, str]]:
    entries = [
        (lambda x, at: mark(canvas, x, at, 6, 1), Text("higher together", "正相关").in_(language)),
        (lambda x, at: mark(canvas, x, at, 6, -1), Text("one higher, the other lower", "负相关").in_(language)),
        (lambda x, at: mark(canvas, x, at, 5.5, 0), Text("groups differ", "组间差异").in_(language)),
        (lambda x, at: canvas.text(x, at, "–", MUTED, 12, "center"), Text("could not be judged", "无法判断").in_(language)),
    ]  # fmt: skip
    if near:
        entries.append((lambda x, at: canvas.box(x - 7, at - 7, x + 7, at + 7, WASH, HAIR), Text("near-constant: hardly tells cities apart", "近乎恒定：难以区分城市").in_(language)))  # fmt: skip
    if found:
        entries.append((lambda x, at: canvas.box(x - 7, at - 7, x + 7, at + 7, None, INK), Text("found", "发现").in_(language)))  # fmt: skip
    return entries
