"""What the index shows: intervals and safe order of all units, the menus, and what is to blame."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import learningcity as lc
from learningcity.web import content
from learningcity.web.content import analyses
from learningcity.web.screens.index import files, one, work
from learningcity.web.screens.index import words as said
from learningcity.web.screens.index.own import FEW_UNITS, MANY_DRAWS, OWN, OwnReading
from learningcity.web.screens.index.query import (
    AGGREGATE,
    DRAWS,
    GROUPS,
    LESS,
    NOISES,
    NORMALISE,
    READINGS,
    SORTS,
    TREAT,
    VARIES,
    WEIGHT,
    IndexQuery,
    reading,
    reading_of,
)
from learningcity.web.waiting import Visit

Row = dict[str, Any]
#: Share of the draws in which the order of two units must hold.
SAFE = 0.95


def build(query: IndexQuery, language: str, visit: Visit | None = None) -> Row:
    """The whole page; where the recipe cannot be computed, the form with the reason.

    A visit waits for many draws, and sees those of fewer draws meanwhile; nobody else does.
    """
    shown = _around(query, language)
    try:
        work.spec(query)
        shown["frame"] = _frame(query, language, computed=True)
        # Until many draws are made the page shows those that are made at once.
        many = work.many_draws(query)
        fewer = visit is not None and many is not None and visit.found(many) is None
        seen = query.without("draws") if fewer else query
        rows = units(query, language, seen)
        blamed = work.blamed(query)
    except lc.InputError as error:
        return {**shown, "problem": error.in_(language), "mended": _mended(query, language)}
    return {
        **shown,
        "summary": _sure(seen, language),
        "waiting": None if visit is None else visit.shown(language),
        "units": rows,
        "last": len(rows),
        "one": one.build(seen, language) if query.city else None,
        "blamed": _bars(blamed, language),
        "blame_summary": _blame(blamed, language),
    }


def _around(query: IndexQuery, language: str) -> Row:
    asked = reading_of(query)
    return {
        "query": query,
        # The sliders; without a script the boxes beside them do.
        "scripted": True,
        "w": said.words(language),
        "unit_head": said.WORDS[{"context": "unit_country", OWN: "unit_own"}.get(asked.kind, "unit_city")].in_(language),
        "own": _own(query, asked, language),
        "frame": _frame(query, language, computed=False),
        "readings": [
            {"href": IndexQuery(reading=name).address(language), "title": said.READINGS[name].in_(language), "current": name == query.reading}
            for name in READINGS
        ]
        + [{"href": IndexQuery(reading=OWN, own=query.own).address(language) if query.reading == OWN else f"/{language}/index/own", "title": said.READINGS[OWN].in_(language), "current": query.reading == OWN}],
        "title": asked.title.in_(language),
        "can": [text.in_(language) for text in asked.can],
        "rule": asked.rule.text.in_(language),
        "left_out": [
            {"name": row[f"name_{language}"], "reason": row[f"reason_{language}"]}
            for row in asked.left_out.to_dict("records")
        ],
        "seed_label": said.STEPS["seed"].in_(language),
        "menus": _menus(query, language),
        "weights": _weights(query, language),
        "weights_open": bool(query.weights or query.less),
        "cities": _choices(query, language),
        "reset": IndexQuery(reading=query.reading, own=query.own).address(language) if query.chosen else "",
        "problem": "",
    }  # fmt: skip


def _own(query: IndexQuery, asked: Any, language: str) -> Row | None:
    """Of an own table: where to look at it, and the boxes for what is better when it is less."""
    if not isinstance(asked, OwnReading):
        return None
    name = asked.held.name
    return {
        "name": name,
        "flat": asked.table.flat,
        "see": f"/{language}/index/own?own={name}#seen",
        "boxes": [
            {"name": f"{LESS}{code}", "label": asked.spec.structure.by_code[code].name.in_(language), "chosen": code in query.less}
            for code in asked.spec.structure.indicators
        ]
        if asked.table.flat
        else [],
    }  # fmt: skip


def _frame(query: IndexQuery, language: str, *, computed: bool) -> Row:
    """What all screens of analysis say; a recipe that cannot be read gives no files."""
    asked = reading_of(query)
    frame = analyses.frame(
        "index",
        language,
        limits=limits(query, language),
        computed=_computed(query, language) if computed else (),
        commands=files.commands(query) if computed else (),
        files=files.links(query, language) if computed else (),
        everywhere=False,
    )
    return {**frame, "answers": asked.can[0].in_(language)} if asked.kind == OWN else frame


def limits(query: IndexQuery, language: str) -> list[str]:
    """What may not be read from the index; what holds for coded cities says nothing of countries or own tables."""
    asked = reading_of(query)
    everywhere = {"context": analyses.EVERYWHERE[-1:], OWN: ()}.get(asked.kind, analyses.EVERYWHERE)
    return list(dict.fromkeys(text.in_(language) for text in (*asked.may_not, *everywhere)))


def _computed(query: IndexQuery, language: str) -> list[tuple[lc.Text, str]]:
    told = work.spec(query).to_dict()
    names = {**said.NORMALISE, **said.AGGREGATE}
    gap = lc.Text("; ", "；").in_(language)
    varied = [said.FACTORS[name].in_(language) for name in work.choices(query)]
    normalise = query.normalise or ("none" if told["normalise"] is None else "minmax")
    return [
        (said.STEPS["normalise"], names[normalise].in_(language)),
        (said.STEPS["aggregate"], names[query.aggregate or "arithmetic"].in_(language)),
        (said.STEPS["treat"], said.TREAT[query.treat or "none"].in_(language)),
        (lc.Text("Varied", "变动因素"), gap.join(varied)),
        (said.STEPS["draws"], lc.format_number(int(query.draws), language)),
        (lc.Text("Base sample of the sensitivity", "敏感性分析的基础样本"), str(work.BASE)),
        (said.STEPS["seed"], query.seed),
    ]


# --- the form -------------------------------------------------------------------------------------


def _menus(query: IndexQuery, language: str) -> list[Row]:
    visible, context = query.reading == "visible", query.reading in ("context", OWN)
    asked = reading_of(query)
    draws = [
        d
        for d in DRAWS
        if query.reading != OWN
        or int(d) < int(MANY_DRAWS)
        or (d == MANY_DRAWS and len(asked.values) <= FEW_UNITS)
    ]
    groups = {g: said.GROUP[g] for g in GROUPS if not context}
    if isinstance(asked, OwnReading) and asked.table.groups:
        groups = {"region": lc.Text(asked.table.groups[0], asked.table.groups[0]), "all": said.GROUP["all"]}
    varies = [v for v in VARIES if not visible or v in ("none", "aggregate")]
    menus = [
        ("normalise", {} if visible else {k: said.NORMALISE[k] for k in NORMALISE}, True),
        ("aggregate", {k: said.AGGREGATE[k] for k in AGGREGATE}, True),
        ("treat", {k: said.TREAT[k] for k in TREAT}, True),
        ("noise", {n: lc.Text(f"±{float(n):.0%}", f"±{float(n):.0%}") for n in NOISES}, False),
        ("vary", {v: said.VARY[v] for v in varies}, False),
        ("draws", {d: lc.Text(f"{int(d):,}", f"{int(d):,}") for d in draws}, False),
        ("sort", {s: said.SORT[s] for s in SORTS if not context or s != "region"}, False),
        ("group", groups, False),
    ]
    return [
        {
            "name": name,
            "label": said.STEPS[name].in_(language),
            "own": own,
            "options": [
                {"value": v, "label": text.in_(language), "chosen": v == _chosen(query, name)}
                for v, text in options.items()
            ],
        }
        for name, options, own in menus
        if options
    ]


def _chosen(query: IndexQuery, name: str) -> str:
    return query.varies if name == "vary" else str(getattr(query, name))


def _weights(query: IndexQuery, language: str) -> list[Row]:
    """A box a weight, the parts first, then the indicators of each part."""
    structure = reading_of(query).spec.structure
    given = dict(query.weights)

    def boxes(parent: str) -> list[Row]:
        return [
            {
                "name": f"{WEIGHT}{code}",
                "label": structure.by_code[code].name.in_(language),
                "value": given.get(code, ""),
                "own": f"{structure.weights[code]:g}",
                **_slider(structure.weights[code], given.get(code, "")),
            }
            for code in structure.children(parent)
        ]

    parts = [c for c in reversed(structure.aggregates) if len(structure.children(c)) > 1]
    between = said.WORDS["between"].in_(language)
    return [
        {
            "title": between if part == structure.top else structure.by_code[part].name.in_(language),
            "boxes": boxes(part),
        }
        for part in parts
    ]


def _slider(own: float, given: str) -> Row:
    """A range from 0 to four times the weight as it is, in twentieths of it; wider where more is given."""
    now, step = float(given or own), (own or 1.0) / 20
    most = max(80 * step, now)
    return {"most": f"{most:.12g}", "step": f"{step:.12g}", "now": f"{now:.12g}"}


def _choices(query: IndexQuery, language: str) -> list[Row]:
    asked = reading_of(query)
    names = {u: asked.names[u].in_(language) for u in asked.values.index}
    return [
        {"value": u, "label": names[u], "chosen": u == query.city}
        for u in sorted(names, key=lambda u: content.sort_key(names[u], language))
    ]


def _mended(query: IndexQuery, language: str) -> str:
    """The address that begins the scale at 1, where that can help."""
    means = query.aggregate in ("geometric", "harmonic")
    if means and query.reading != "visible" and query.normalise != "minmax-1":
        return query.with_(normalise="minmax-1").address(language)
    return ""


# --- the units ------------------------------------------------------------------------------------


def units(query: IndexQuery, language: str, seen: IndexQuery | None = None) -> list[Row]:
    """A row a unit in the order that was asked for: never by rank unless it was; the draws may be others."""
    asked, result, drawn = reading_of(query), work.built(query), work.drawn(seen or query)
    last, order = len(drawn.ranks), drawn.order(SAFE)
    scores = result.scores[result.structure.top].to_dict()
    before, after = order["better"].value_counts().to_dict(), order["worse"].value_counts().to_dict()
    thirds, placed = _thirds(drawn), set(asked.values.index)
    efforts = _own_efforts(asked, language) if query.reading == OWN else _efforts(query.reading, language)
    # Plain lists: looking into a frame cell by cell would take longer than the draws.
    ranks = {k: drawn.ranks[k].tolist() for k in ("nominal", "lower", "median", "upper")}
    rows = []
    for number, unit in enumerate(drawn.ranks.index):
        name, own = str(unit), {k: column[number] for k, column in ranks.items()}
        rows.append(
            {
                "id": name,
                "name": asked.names[name].in_(language),
                "region": "" if asked.kind in ("context", OWN) else content.cities()[name].region,
                "href": query.with_(city=name).address(language, "#one") if unit in placed else "",
                "score": _number(scores.get(unit), language),
                "value": _plain(scores.get(unit)),
                **{k: _plain(rank) for k, rank in own.items()},
                **_strip(own, last),
                "thirds": [f"{share:.0%}" for share in thirds[name]],
                "third_shares": thirds[name],
                "thirds_drawn": _stacked(thirds[name]),
                "before": int(before.get(unit, 0)),
                "after": int(after.get(unit, 0)),
                "effort": efforts.get(name, ""),
                "chosen": name == query.city,
            }
        )  # fmt: skip
    return _sorted(rows, query, language)


def _sorted(rows: list[Row], query: IndexQuery, language: str) -> list[Row]:
    rows = sorted(rows, key=lambda r: content.sort_key(r["name"], language))
    if query.sort == "rank":
        return sorted(rows, key=lambda r: (r["nominal"] is None, r["nominal"]))
    if query.sort == "region" and query.reading not in ("context", OWN):
        places = {region: n for n, region in enumerate(content.REGIONS)}
        rows = sorted(rows, key=lambda r: places.get(r["region"], len(places)))
        last = None
        for row in rows:
            if row["region"] != last:
                last = row["region"]
                row["head"] = lc.label("unesco_region", last, language)
    return rows


def _thirds(drawn: lc.UncertaintyResult) -> dict[str, tuple[float, float, float]]:
    """Share of the draws in which the rank fell into the first, middle and last third of all places."""
    shares = drawn.acceptability().to_numpy()
    number = shares.shape[1]
    one_third, two_thirds = round(number / 3), round(2 * number / 3)
    found = {}
    for unit, row in zip(drawn.ranks.index, shares, strict=True):
        parts = (row[:one_third].sum(), row[one_third:two_thirds].sum(), row[two_thirds:].sum())
        found[str(unit)] = tuple(0.0 if p != p else float(p) for p in parts)
    return found  # type: ignore[return-value]


def _stacked(shares: tuple[float, float, float]) -> list[Row]:
    at, found = 0.0, []
    for number, share in enumerate(shares, 1):
        found.append({"x": f"{100 * at:.1f}", "width": f"{100 * share:.1f}", "part": number})
        at += share
    return found


def _strip(ranks: Any, last: int) -> Row:
    """Where the bar and the mark of a unit stand, in hundredths of the width."""

    def at(rank: float) -> float:
        return 100 * (rank - 1) / max(last - 1, 1)

    if ranks["lower"] != ranks["lower"]:
        return {"bar": None}
    low, high = at(ranks["lower"]), at(ranks["upper"])
    nominal = ranks["nominal"]
    return {
        "bar": {"x": f"{min(low, 98.5):.1f}", "width": f"{max(high - low, 1.5):.1f}"},
        "mark": "" if nominal != nominal else f"{min(max(at(nominal) - 0.6, 0), 98.8):.1f}",
        "text": f"{_place(ranks['lower'])}–{_place(ranks['upper'])}",
    }


def _place(rank: float) -> str:
    """A quantile of ranks may fall between two places."""
    return f"{rank:.1f}".removesuffix(".0")


def _plain(value: Any) -> float | None:
    return None if value is None or value != value else float(value)


def _number(value: Any, language: str) -> str:
    return "" if value is None or value != value else lc.format_number(float(f"{value:.3g}"), language)


def _own_efforts(asked: Any, language: str) -> dict[str, str]:
    """How many values each unit of an own table has."""
    there, number = asked.values.notna().sum(axis=1), asked.values.shape[1]
    return {
        str(unit): lc.Text(f"{n} of {number} values", f"{number}项中{n}项有值").in_(language)
        for unit, n in there.items()
    }


@lru_cache(maxsize=16)
def _efforts(name: str, language: str) -> dict[str, str]:
    """What was read of each unit of a reading, in words."""
    asked, found = reading(name), {}
    for unit, row in zip(asked.effort.index, asked.effort.to_dict("records"), strict=True):
        if asked.kind == "context":
            years = f"{row['oldest']}–{row['latest']}"
            said = lc.Text(f"{row['figures']} figures, {years}", f"{row['figures']}项数据，{years}")
        else:
            said = lc.Text(
                f"{row['practices']} practices, {row['sources']} sources",
                f"{row['practices']}项举措、{row['sources']}个来源",
            )
        found[str(unit)] = said.in_(language)
    return found


def _sure(query: IndexQuery, language: str) -> str:
    """How far ranks move and how many pairs are safe, without naming anybody first."""
    drawn = work.drawn(query)
    width = (drawn.ranks["upper"] - drawn.ranks["lower"]).dropna()
    number = len(drawn.ranks)
    pairs, safe, good = number * (number - 1) // 2, len(drawn.order(SAFE)), drawn.draws - drawn.failed
    text = lc.Text(
        f"Over {good:,} draws the rank of one in the middle moves by {_place(width.median())} of {number} places, that of the "
        f"least sure by {_place(width.max())}. Of {pairs:,} pairs {safe:,} have a safe order ({safe / max(pairs, 1):.0%}).",
        f"在{good:,}次抽样中，{number}个名次里居中者变动{_place(width.median())}位，最不确定者变动{_place(width.max())}位。"
        f"{pairs:,}对中有{safe:,}对先后稳健（{safe / max(pairs, 1):.0%}）。",
    ).in_(language)
    for reason, count in drawn.failures.items():
        more = lc.Text(f" {count:,} draws failed: {reason.en}", f"{count:,}次抽样失败：{reason.zh}")
        text += more.in_(language)
    return text


# --- what is to blame -----------------------------------------------------------------------------


def factor(name: Any) -> lc.Text:
    """What a choice is called; one by level keeps its number."""
    head, _, rest = str(name).partition(" ")
    known = said.FACTORS.get(head, lc.Text(head, head))
    return lc.Text(f"{known.en} {rest}".strip(), f"{known.zh}{rest}")


def _bars(blamed: lc.SensitivityResult | None, language: str) -> list[Row]:
    if blamed is None or not blamed.overall["applicable"].all():
        return []
    table = blamed.table()
    between = lc.Text("{} to {}", "{}至{}").in_(language)
    most = max(1.0, *(float(table[c].max()) for c in ("first_upper", "total_upper")))
    rows = []
    for name, row in table.iterrows():
        rows.append(
            {
                "name": factor(name).in_(language),
                "bars": [
                    {
                        "kind": kind,
                        "value": f"{row[kind]:.2f}".replace("-", "−"),
                        "text": between.format(
                            f"{row[f'{kind}_lower']:.2f}", f"{row[f'{kind}_upper']:.2f}"
                        ).replace("-", "−"),
                        "width": f"{100 * max(row[kind], 0) / most:.1f}",
                        "low": f"{100 * max(row[f'{kind}_lower'], 0) / most:.1f}",
                        "span": f"{100 * (max(row[f'{kind}_upper'], 0) - max(row[f'{kind}_lower'], 0)) / most:.1f}",
                    }
                    for kind in ("first", "total")
                ],
            }
        )
    return rows


def _blame(blamed: lc.SensitivityResult | None, language: str) -> str:
    if blamed is None:
        return said.WORDS["one_alone"].in_(language)
    if not blamed.overall["applicable"].all():
        return blamed.summary(language)
    table = blamed.table()
    most = factor(table.index[0]).in_(language)
    row = table.iloc[0]
    return lc.Text(
        f"Out of {blamed.runs:,} indices: the ranks depend most on “{most}” (total index {row['total']:.2f}, "
        f"{row['total_lower']:.2f} to {row['total_upper']:.2f}).",
        f"共编制{blamed.runs:,}次：名次受“{most}”影响最大（总效应指数{row['total']:.2f}，"
        f"区间{row['total_lower']:.2f}至{row['total_upper']:.2f}）。",
    ).in_(language)
