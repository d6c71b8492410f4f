"""``learningcity index trend``: how units moved between two years."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import learningcity as lc
from learningcity import InputError, Text
from learningcity.cli.base import argument, command, current_language, option, say
from learningcity.cli.index_choices import named_files
from learningcity.cli.index_files import (
    UNIT_NAME,
    meta_file,
    read_values,
    recipe,
    say_notes,
    spec_file,
    whole,
    with_names,
)
from learningcity.cli.output import answer, as_json, is_empty, out_path, working
from learningcity.cli.words import NO, TITLES, YES

if TYPE_CHECKING:
    import pandas as pd

HEADS = {
    "base": Text("base year", "基准年"),
    "change": Text("change", "变动"),
    "change_percent": Text("change, percent", "变动百分比"),
    "covered": Text("way covered", "已完成比例"),
    "distance": Text("to the target", "距目标"),
    "growth": Text("growth a year, percent", "年均增长率（%）"),
    "last": Text("last year", "末年"),
    "name": UNIT_NAME,
    "needed": Text("needed a year", "今后每年所需变动"),
    "note": Text("note", "说明"),
    "on_track": Text("on track", "进度是否足够"),
    "progress": Text("progress", "进步幅度"),
    "rank_base": Text("rank, base year", "基准年名次"),
    "rank_change": Text("places up", "名次上升"),
    "rank_last": Text("rank, last year", "末年名次"),
    "rank_progress": Text("rank of progress", "进步名次"),
    "reached": Text("reached", "是否达到"),
    "slope": Text("slope a year", "年均趋势"),
    "target": Text("target", "目标"),
}
NOTES = {
    "no base": Text("no value in the base year", "基准年无数据"),
    "no last": Text("no value in the last year", "末年无数据"),
    "not positive": Text("no growth rate: a value is not above zero", "含非正值，不计算增长率"),
    "zero base": Text("no rates: the base is zero, or next to it", "基准值为零或近于零，不计算变化率"),
}
LIMITS = Text(
    "Nothing is filled in between years. A unit without one of the two values has no change and no rank; "
    "places up is among the units with both.",
    "年份之间不作插补。首末年之一无数据的单位没有变动与名次；名次上升仅在两年均有数据的单位之间计算。",
)
POOLED = Text(
    "The index is built over all units of all years at once, so that one scale holds for all years.",
    "指数按所有年份的全部单位合并编制，各年采用同一尺度。",
)


@command(
    text=Text(
        "Follow units over the years: change since a base year, compound growth, distance to a target, ranks of "
        "progress.\n"
        "FILES: one table with uCode and a column a year; or, with --spec or --meta, values of an index: "
        "YEAR=FILE for each year, or one table with the column Time.",
        "跟踪各单位历年变化：较基准年的变动、年均复合增长、与目标的距离、进步名次。\n"
        "FILES为一张含uCode列且每年一列的表；或在给出--spec或--meta时为指数的数据：各年的“年份=文件”，或一张含Time列的表。",
    ),
    examples=(
        "learningcity index trend my-index/years.csv --target 20 --target-year 2030",
        "learningcity index trend 2020=my-index/data.csv 2024=my-index/data.csv --spec my-index/index.toml",
    ),
)
@argument(
    "files",
    nargs=-1,
    required=True,
    text=Text("A table, or YEAR=FILE for each year.", "一张表，或各年的“年份=文件”。"),
)
@meta_file
@spec_file
@option(
    "--code", metavar="CODE", text=Text("Which scores; else the top.", "跟踪哪个代码的得分；默认为顶层。")
)
@option("--base", type=int, metavar="YEAR", text=Text("Base year; else the first.", "基准年；默认为首年。"))
@option("--last", type=int, metavar="YEAR", text=Text("Last year; else the last.", "末年；默认为最后一年。"))
@option("--target", type=float, metavar="NUMBER", text=Text("What is to be reached.", "目标值。"))
@option(
    "--target-year", type=int, metavar="YEAR", text=Text("By when it is to be reached.", "达到目标的年份。")
)
@option("--less-is-better", is_flag=True, text=Text("Falling is progress.", "数值下降为进步。"))
@as_json
@out_path
def trend(
    files: tuple[str, ...],
    meta: Path | None,
    spec: Path | None,
    code: str | None,
    base: int | None,
    last: int | None,
    target: float | None,
    target_year: int | None,
    less_is_better: bool,
    as_json: bool,
    out: Path | None,
) -> None:
    """Years side by side."""
    language = current_language()
    with working(Text("following the years", "正在计算历年变化")):
        values, names = _years(files, meta, spec, code)
        _check_years(values, base, last, target, target_year)
        result = lc.trend(
            values,
            base=base,
            last=last,
            target=target,
            target_year=target_year,
            direction=-1 if less_is_better else 1,
        )
    frame = result.table().reset_index()
    for column in ("reached", "on_track"):
        if column in frame:
            words = ["" if is_empty(v) else (YES if v else NO).in_(language) for v in frame[column]]
            frame[column] = words
    frame["note"] = [NOTES[note].in_(language) if note else "" for note in frame["note"]]
    frame = with_names(frame, names)
    data = whole(result, names, as_json, out)
    answer(frame, "trend", titles=TITLES | HEADS, data=data, out=out, as_json=as_json)
    if not as_json:
        say(result.summary(language))
        say(LIMITS)
        if meta is not None or spec is not None:
            say(POOLED)


def _check_years(
    values: pd.DataFrame, base: int | None, last: int | None, target: float | None, target_year: int | None
) -> None:
    there = [str(year) for year in values.columns]
    for option_name, year in (("--base", base), ("--last", last)):
        if year is not None and str(year) not in there:
            raise InputError(
                Text(
                    f"{option_name} {year}: the table has no such year, only {', '.join(there)}.",
                    f"{option_name} {year}：数据表中没有该年份，仅有{'、'.join(there)}。",
                )
            )
    if target_year is not None and target is None:
        raise InputError(
            Text(
                "--target-year says by when; give --target, too.",
                "--target-year为达标年份，须同时给出--target。",
            )
        )


def _years(
    files: tuple[str, ...], meta: Path | None, spec: Path | None, code: str | None
) -> tuple[pd.DataFrame, dict[str, str]]:
    """Units x years, and the names of the units."""
    of_index = meta is not None or spec is not None
    by_year = all("=" in one and not Path(one).exists() for one in files)
    if not of_index:
        if by_year or len(files) > 1:
            raise InputError(
                Text(
                    "Values of an index need its recipe: give --spec or --meta. Without it, give one table "
                    "with uCode and a column a year.",
                    "跟踪指数须给出其方案：--spec或--meta。否则请给出一张含uCode列且每年一列的表。",
                )
            )
        if code is not None:
            raise InputError(
                Text(
                    "--code chooses among the scores of an index; give --spec or --meta with it.",
                    "--code用于选择指数的得分，须同时给出--spec或--meta。",
                )
            )
        return read_values(Path(files[0]), None)
    chosen = recipe(meta, spec)
    notes: list[Text] = []
    names: dict[str, str] = {}
    tables: dict[Any, Any] = {}
    if by_year:
        for year, file in named_files(files, "FILES"):
            tables[year] = lc.read_index_values(file, chosen.structure, notes=notes)
            names |= lc.read_unit_names(file, notes=notes)
    elif len(files) == 1:
        tables = dict(lc.read_index_panel(files[0], chosen.structure, notes=notes))
        names = lc.read_unit_names(files[0], notes=notes)
    else:
        raise InputError(
            Text(
                "Several tables of an index need their years: write 2020=one.csv 2024=two.csv.",
                "多张数据表须标明年份，例如2020=one.csv 2024=two.csv。",
            )
        )
    say_notes(notes)
    return lc.build_panel(tables, chosen, code), names
