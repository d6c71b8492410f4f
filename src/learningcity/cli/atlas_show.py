"""``learningcity atlas show CITY``: everything about one city."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import learningcity as lc
from learningcity import Text
from learningcity.cli.base import argument, command, current_language, option, say
from learningcity.cli.opening import open_atlas, with_overlay
from learningcity.cli.output import (
    as_json,
    cell_text,
    is_empty,
    out_path,
    say_how_to_trace,
    show_json,
    show_lines,
    show_table,
)
from learningcity.cli.words import NO, NOT_SEEN, TITLES, UNDATED, YES

if TYPE_CHECKING:
    import pandas as pd

    from learningcity import Atlas

THEMES = ("inclusive", "prosperous", "green", "sustainable")
CONDITIONS = ("policy", "law", "organization", "funding", "resources", "participation", "monitoring", *THEMES)


@command(
    text=Text(
        "Show a city: names and awards, facts with year, scope and source, practices by mechanism, condition "
        "scores with the effort behind them, and with --portrait its authored portrait.",
        "查看城市：名称与奖项，事实数据及其年份、统计范围与来源，按举措类别列出的实践举措，"
        "条件得分及其资料阅读量；加--portrait显示城市画像。",
    ),
    examples=(
        "learningcity atlas show Wuhan",
        "learningcity atlas show 武汉 --language zh --portrait",
        "learningcity atlas show cork --json",
        "learningcity atlas show cork --out cork.xlsx",
    ),
)
@argument("city", text=Text("A city, by id or by any of its names.", "城市编号或任一名称。"))
@option("--portrait", is_flag=True, text=Text("With the authored portrait.", "同时显示城市画像。"))
@with_overlay
@as_json
@out_path
def show(city: str, portrait: bool, overlay: str | None, as_json: bool, out: Path | None) -> None:
    """One city."""
    language = current_language()
    atlas = open_atlas(overlay)
    city_id = atlas.require_city(city)
    tables = {
        "facts": city_facts(atlas, city_id, language),
        "practices": city_practices(atlas, city_id, language),
        "conditions": city_conditions(atlas, city_id, language),
    }
    text = _portrait_text(atlas, city_id, language, portrait)
    if out is not None or as_json:
        data = {
            **city_record(atlas, city_id),
            **city_rows(atlas, city_id),
            **({"portrait": text} if text else {}),
        }
        _give(lc.plain(data), tables, city_id, out)
        return
    show_lines(_head(atlas, city_id, language))
    headings = {
        "facts": Text("Facts", "事实数据"),
        "practices": Text("Practices", "实践举措"),
        "conditions": Text("Condition scores (coder A)", "条件得分（编码员A）"),
    }
    for name, frame in tables.items():
        click.echo()
        show_table(frame, titles=TITLES, heading=headings[name])
    if text:
        click.echo()
        show_lines(text.split("\n"))
    traceable = [s for name in ("facts", "practices") for s in tables[name]["source_id"] if not is_empty(s)]
    say_how_to_trace(traceable[0] if traceable else None)


def city_record(atlas: Atlas, city_id: str) -> dict[str, Any]:
    """Give names, place, awards and effort of a city as plain values."""
    row = atlas.cities.set_index("city_id").loc[city_id]
    return {
        "city_id": city_id,
        **{str(k): v for k, v in row.items()},
        "country_en": lc.country_name(row["country_iso3"], "en"),
        "country_zh": lc.country_name(row["country_iso3"], "zh"),
        "awards": sorted(int(y) for y in atlas.awards.loc[atlas.awards["city_id"] == city_id, "round"]),
        "effort": {k: int(v) for k, v in atlas.effort().loc[city_id].items()},
    }


def city_rows(atlas: Atlas, city_id: str) -> dict[str, Any]:
    """Give what the tables hold on a city, with codes and numbers as they are, for machines."""
    torn = _torn_facts(atlas)
    facts = atlas.facts[atlas.facts["city_id"] == city_id]
    practices = atlas.practices[atlas.practices["city_id"] == city_id]
    conflicts = atlas.conflicts()
    return {
        "facts": facts.assign(disagree=[f in torn for f in facts["fact_id"]]),
        "conflicts": conflicts[conflicts["city_id"] == city_id],
        "practices": practices.assign(timing=practices["practice_id"].map(atlas.timing())),
        "codes": atlas.codes[atlas.codes["practice_id"].isin(practices["practice_id"])],
        "conditions": atlas.conditions().loc[city_id],
    }


def _torn_facts(atlas: Atlas) -> set[str]:
    return {one for ids in atlas.conflicts()["fact_ids"] for one in str(ids).split(";")}


def city_facts(atlas: Atlas, city_id: str, language: str) -> pd.DataFrame:
    """Give the facts of a city by group and indicator, with what makes each of them sure or not."""
    catalogue = atlas.indicators.set_index("indicator_id")
    tiers = dict(zip(atlas.sources["source_id"], atlas.sources["tier"], strict=True))
    statistics = lc.label("table", "statistical-sources", language)
    torn = _torn_facts(atlas)
    facts = atlas.facts[atlas.facts["city_id"] == city_id]
    order = [list(catalogue.index).index(i) for i in facts["indicator_id"]]
    facts = facts.assign(_order=order).sort_values(["_order", "year"], na_position="last")
    frame = facts[["fact_id"]].reset_index(drop=True)
    facts = facts.reset_index(drop=True)
    frame["indicator"] = [
        _named(catalogue.at[i, f"name_{language}"], d, language)
        for i, d in zip(facts["indicator_id"], facts["definition"], strict=True)
    ]
    frame["value"] = [
        lc.label("status", str(s), language) if is_empty(v) else lc.format_value(v, u, language)
        for v, u, s in zip(facts["value"], facts["unit"], facts["status"], strict=True)
    ]
    frame["year"] = [cell_text(y) or UNDATED.in_(language) for y in facts["year"]]
    frame["scope"] = [lc.label("scope", s, language) for s in facts["scope"]]
    frame["tier"] = [
        lc.label("tier", tiers[s], language) if s in tiers else statistics for s in facts["source_id"]
    ]
    frame["disagree"] = [(YES if f in torn else NO).in_(language) for f in facts["fact_id"]]
    frame["source_id"] = facts["source_id"]
    return frame


def _named(indicator: str, definition: object, language: str) -> str:
    """Name an indicator, and what the page counts where that is not what the indicator means."""
    if is_empty(definition):
        return indicator
    shown = lc.label("definition", str(definition), language)
    return f"{indicator} ({shown})" if language == "en" else f"{indicator}（{shown}）"


def city_practices(atlas: Atlas, city_id: str, language: str) -> pd.DataFrame:
    """Give the practices of a city by coded mechanism, with before or after the award."""
    codes = atlas.codes[atlas.codes["coder"] == "A"].set_index("practice_id")
    timing = atlas.timing()
    own = atlas.practices[atlas.practices["city_id"] == city_id]
    mechanisms = [
        codes["mechanism"].get(p, m) for p, m in zip(own["practice_id"], own["mechanism"], strict=True)
    ]
    order = [list(CONDITIONS).index(m) for m in mechanisms]
    own = own.assign(mechanism=mechanisms, _order=order)
    own = own.sort_values(["_order", "practice_id"]).reset_index(drop=True)
    frame = own[["practice_id"]].copy()
    frame["mechanism"] = [lc.label("mechanism", m, language) for m in own["mechanism"]]
    frame["title"] = own[f"title_{language}"].fillna(own["title_en"])
    frame["start_year"] = own["start_year"]
    frame["timing"] = [
        lc.label("timing", str(timing.get(p, "undated")), language) for p in own["practice_id"]
    ]
    frame["strength"] = [codes["strength"].get(p) for p in own["practice_id"]]
    frame["source_id"] = own["source_id"]
    return frame


def city_conditions(atlas: Atlas, city_id: str, language: str) -> pd.DataFrame:
    """Give the condition scores of a city with the number of practices that count for each."""
    import pandas as pd

    rows = []
    for name in CONDITIONS:
        evidence = atlas.condition_evidence(city_id, name)
        kind = "theme" if name in THEMES else "mechanism"
        score = NOT_SEEN.in_(language) if is_empty(evidence.score) else f"{evidence.score:g}"
        counted = int((evidence.table()["counted"] == "yes").sum()) if len(evidence.table()) else 0
        rows.append([lc.label(kind, name, language), score, counted])
    return pd.DataFrame(rows, columns=["condition", "score", "practices"])


def _head(atlas: Atlas, city_id: str, language: str) -> list[str]:
    record = city_record(atlas, city_id)
    names = [record["name_en"], record["name_zh"], record["name_local"]]
    shown = dict.fromkeys(
        n for n in (names if language == "en" else [names[1], names[0], names[2]]) if not is_empty(n)
    )
    country = record[f"country_{language}"]
    region = lc.region_name(record["unesco_region"], language)
    rounds = ", ".join(map(str, record["awards"]))
    effort = record["effort"]
    awarded = Text(f"Awarded in {rounds}.", f"获奖届次：{rounds.replace(', ', '、')}年。")
    if not rounds:
        awarded = Text("Comparison city, without the award.", "对照城市，未获奖。")
    read = Text(
        f"Read: {effort['practices']} practices, {effort['facts']} facts, {effort['sources']} sources.",
        f"已读：实践举措{effort['practices']}项、事实数据{effort['facts']}条、来源{effort['sources']}个。",
    )
    place = f"{country}, {region}" if language == "en" else f"{country}，{region}"
    return [" · ".join(shown), place, awarded.in_(language), read.in_(language)]


def _portrait_text(atlas: Atlas, city_id: str, language: str, wanted: bool) -> str | None:
    if not wanted:
        return None
    found = atlas.portrait(city_id, language)
    if found is None:
        say(Text("There is no portrait of this city yet.", "该城市尚无画像。"))
        return None
    return found.plain_text()


def _give(data: Any, tables: dict[str, pd.DataFrame], city_id: str, out: Path | None) -> None:
    if out is None:
        show_json(data)
        return
    if out.suffix.lower() == ".json":
        lc.write_whole(out, (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode("utf-8"))
    elif out.suffix.lower() == ".xlsx":
        lc.write_whole(out, lc.people_xlsx(tables))
    else:
        folder = out.with_suffix("") if out.suffix.lower() == ".csv" else out
        for name, frame in tables.items():
            lc.write_whole(folder / f"{city_id}-{name}.csv", lc.people_csv(frame))
        out = folder
    say(Text(f"Written: {out}", f"已写入：{out}"))
