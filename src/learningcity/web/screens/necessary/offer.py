"""What the screen gives away: all pairs, and of one pair the measures, the cities, and the necessary levels."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

import learningcity as lc
from learningcity.web import exports, pictures, waiting
from learningcity.web.screens.necessary import words
from learningcity.web.screens.necessary.answer import Answer, answer, asked
from learningcity.web.screens.necessary.query import read

TITLE = lc.Text("Necessary levels", "必要条件水平")
TABLES = {
    "pairs": lc.Text("Every pair", "全部配对"),
    "lines": lc.Text("Measures of the lines", "各上限线的指标"),
    "cities": lc.Text("Cities of the pair", "该配对的城市"),
    "single": lc.Text("Without one city", "逐一剔除城市"),
    "levels": lc.Text("Necessary levels", "必要条件水平"),
    "intervals": lc.Text("How far each effect hangs on single cities", "各效应量对单个城市的依赖"),
}
_HEADS = {
    "above": lc.Text("cities above the line", "上限线以上的城市"),
    "absolute_inefficiency": lc.Text("absolute inefficiency", "绝对无效率"),
    "accuracy": lc.Text("accuracy in percent", "精确度（%）"),
    "both": lc.Text("practices of both", "二者共有的实践举措"),
    "case": lc.Text("city id", "城市编号"),
    "change": lc.Text("change", "变化"),
    "complexity": lc.Text("corners of the line", "线的角点数"),
    "condition": lc.Text("condition", "条件"),
    "condition_en": lc.Text("condition in English", "条件（英文）"),
    "condition_inefficiency": lc.Text("condition inefficiency in percent", "条件无效率（%）"),
    "condition_practices": lc.Text("practices of the condition", "条件的实践举措"),
    "condition_zh": lc.Text("condition in Chinese", "条件（中文）"),
    "corner": lc.Text("corner", "角"),
    "effect_size": lc.Text("effect size", "效应量"),
    "effort_effect": lc.Text("largest effect of what was read", "阅读量的最大效应量"),
    "exceptions": lc.Text("cities far above the line", "远高于上限线的城市数"),
    "fit": lc.Text("fit in percent", "拟合度（%）"),
    "found": lc.Text("found", "发现"),
    "held": lc.Text("found again throughout", "各种情形下均再次发现"),
    "high": lc.Text("without one city, to", "剔除一个城市，上限"),
    "intercept": lc.Text("intercept", "截距"),
    "kind": lc.Text("kind", "类别"),
    "least_p": lc.Text("smallest p that these scores could have", "这些得分可能达到的最小p值"),
    "low": lc.Text("without one city, from", "剔除一个城市，下限"),
    "lower": lc.Text("interval, from", "区间下限"),
    "method": lc.Text("line", "上限线"),
    "n": lc.Text("cities", "城市数"),
    "name_en": lc.Text("city in English", "城市（英文）"),
    "name_zh": lc.Text("city in Chinese", "城市（中文）"),
    "needed": lc.Text("needed of the condition", "所需的条件水平"),
    "noise": lc.Text("cities just above the line", "略高于上限线的城市数"),
    "note": lc.Text("why no effect size", "无效应量的原因"),
    "of_condition": lc.Text("shared, of the condition", "共有部分占条件的比例"),
    "of_theme": lc.Text("shared, of the theme", "共有部分占特征的比例"),
    "on_ceiling": lc.Text("at a corner of the ceiling", "位于上限线角点"),
    "outcome_inefficiency": lc.Text("outcome inefficiency in percent", "结果无效率（%）"),
    "p_accuracy": lc.Text("± of p", "p值的误差（±）"),
    "p_value": lc.Text("p", "p值"),
    "peers": lc.Text("cities at the corners", "角点城市"),
    "permutations": lc.Text("shuffles", "置换次数"),
    "purity": lc.Text("purity", "纯度"),
    "q": lc.Text("q (false discovery rate)", "q值（错误发现率）"),
    "reason_en": lc.Text("why it could not be told (English)", "无法判断的原因（英文）"),
    "reason_zh": lc.Text("why it could not be told (Chinese)", "无法判断的原因（中文）"),
    "relative_inefficiency": lc.Text("relative inefficiency in percent", "相对无效率（%）"),
    "slope": lc.Text("slope", "斜率"),
    "support": lc.Text("cities just below the line", "略低于上限线的城市数"),
    "theme": lc.Text("theme", "特征"),
    "theme_en": lc.Text("theme in English", "特征（英文）"),
    "theme_practices": lc.Text("practices of the theme", "特征的实践举措"),
    "theme_zh": lc.Text("theme in Chinese", "特征（中文）"),
    "upper": lc.Text("interval, to", "区间上限"),
    "why_en": lc.Text("why no interval (English)", "无区间的原因（英文）"),
    "why_zh": lc.Text("why no interval (Chinese)", "无区间的原因（中文）"),
    "x": lc.Text("condition", "条件"),
    "y": lc.Text("theme", "特征"),
    "zone": lc.Text("area of the empty zone", "空白区面积"),
}
_PARTS = {"effect": lc.Text("effect", "效应量"), "p": lc.Text("p", "p值"), "held": lc.Text("held", "成立")}


def tables(query: QueryDict) -> dict[str, lc.Text]:
    """The sheets that a question has."""
    try:
        found = asked(read(query)[0], waiting.there)
    except lc.InputError:
        return {}
    return {} if found is None else _held(found)


def _held(found: Answer) -> dict[str, lc.Text]:
    held = [
        "pairs",
        *(["lines", "cities", "single"] if found.pair else []),
        *(["levels"] if found.levels else []),
    ]
    return {name: TABLES[name] for name in (*held, "intervals")}


def picture_of_pairs(found: Answer, language: str) -> pictures.Picture:
    """Every pair."""
    return pictures.Picture("matrix", found.pairs, "ceilings", language)


def picture_of_pair(found: Answer, language: str) -> pictures.Picture | None:
    """The cities, the lines, the empty zone."""
    if found.pair is None:
        return None
    names = {c: text.in_(language) for c, text in found.pairs.coded.names.items()}
    labels = {c: text.in_(language) for c, text in found.pairs.labels.items()}
    options = {"data": found.pairs.data, "others": found.pair.lines, "names": names, "labels": labels}
    return pictures.Picture("ceiling", found.pair.ceiling, "ceiling", language, options)


def offer(query: QueryDict, language: str) -> exports.Offer:
    """The tables behind the page, numbers in full."""
    found = answer(read(query)[0])
    note = lc.Text(*(" ".join(found.pairs.limits(one)) for one in ("en", "zh")))
    sheets = tuple(_sheet(found, name, title, note) for name, title in _held(found).items())
    made = picture_of_pairs(found, language).added(exports.Offer(TITLE.in_(language), sheets))
    pair = picture_of_pair(found, language)
    return made if pair is None else pair.added(made)


def _frame(found: Answer, name: str) -> Any:
    import pandas as pd

    if name == "pairs":
        return _called(found.pairs.table())
    if name == "intervals":
        return _called(found.pairs.intervals())
    if name == "levels" and found.levels is not None:
        frame = found.levels.table()
        return frame.rename(columns={str(c): str(c) for c in frame.columns})
    pair = found.pair
    if pair is None:
        raise lc.InputError(found.nothing or lc.Text("There is no ceiling.", "没有上限线。"))
    if name == "lines":
        return pd.concat([one.table() for one in (pair.ceiling, *pair.lines)], ignore_index=True).astype(
            object
        )
    names = found.pairs.coded.names
    if name == "single":
        frame = pair.interval.table()
    else:
        peers = set(pair.ceiling.peers)
        rows = [
            {"case": c, "x": row["x"], "y": row["y"], "on_ceiling": bool(peers & set(row["cities"]))}
            for row in pair.points.to_dict("records")
            for c in row["cities"]
        ]
        frame = pd.DataFrame(rows)
    return frame.assign(**{f"name_{one}": [names[c].in_(one) for c in frame["case"]] for one in ("en", "zh")})


def _called(frame: Any) -> Any:
    """With what conditions and themes are called in both languages."""
    return frame.assign(
        **{
            f"{column}_{one}": [words.label(code).in_(one) for code in frame[column]]
            for column in ("condition", "theme")
            for one in ("en", "zh")
        }
    )


def _sheet(found: Answer, name: str, title: lc.Text, note: lc.Text) -> lc.Sheet:
    frame = _frame(found, name)
    heads = {**_HEADS, **_of_repeats(found)}
    if name == "cities":
        heads |= {"x": words.label(found.question.condition), "y": words.label(found.question.theme)}
    yes_no = [str(c) for c in frame.columns if frame[c].dtype == bool or str(c).endswith("_held")]
    frame = frame.assign(**{c: [_YES_NO.get(one, "") for one in frame[c]] for c in yes_no})
    given = tuple(
        lc.Column(c, heads[c] if c in heads else words.label(c), "yes_no" if c in yes_no else "")
        for c in map(str, frame.columns)
    )
    return exports.sheet(name, title, frame, given, note)


_YES_NO = {True: "yes", False: "no"}


def _of_repeats(found: Answer) -> dict[str, lc.Text]:
    """Heads of the columns that repeat a pair."""
    told = {**words.REPEATS}
    for coder in found.pairs.coded.other_coders:
        told[f"coder_{coder}"] = lc.Text(f"pass {coder}", f"第{coder}遍编码")
    return {
        f"{name}_{part}": lc.Text(f"{what.en}, {text.en}", f"{what.zh}（{text.zh}）")
        for name, text in told.items()
        for part, what in _PARTS.items()
    }
