"""``learningcity atlas``: bring your own tables in, look at them, take all tables out."""

from __future__ import annotations

from pathlib import Path

import click

import learningcity as lc
from learningcity import Text
from learningcity.cli.base import argument, command, current_language, option, say
from learningcity.cli.dictionary import template_workbook
from learningcity.cli.opening import open_atlas, with_overlay
from learningcity.cli.output import answer, as_json, out_path, show_json, working
from learningcity.cli.words import TITLES

to_folder = option(
    "--to",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    text=Text(
        "Folder of your own tables (default: your own overlay).",
        "存放自有数据的文件夹（默认为自有数据目录）。",
    ),
)

ON_THE_SITE = Text(
    "A site that is running on it shows it at the next visit.",
    "正在使用该数据的网站下次访问时即显示改动。",
)


@command(
    text=Text(
        "Add your own cities, facts, practices, codes, members or sources from CSV or XLSX. All files are "
        "checked together, with what you added before and the shipped tables. A bad file changes nothing and "
        "the message names file, row, column and remedy. A row whose id exists replaces that row. Of a text in two "
        "languages (name_en and name_zh) one is enough.",
        "从CSV或XLSX添加自有的城市、事实数据、实践举措、编码、成员或来源。所有文件与此前添加的数据及随附数据一并检查；"
        "文件有误时不作任何改动，并指明文件、行、列及改正办法。编号已存在的行将被替换。"
        "中英文成对的文字（如name_en与name_zh）填一种即可。",
    ),
    examples=(
        "learningcity atlas add my-city.xlsx --dry-run",
        "learningcity atlas add sources.csv facts.csv",
        "learningcity atlas add my-city.xlsx --to my-folder --json",
    ),
)
@argument(
    "file",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
    text=Text("CSV or XLSX files.", "CSV或XLSX文件。"),
)
@option("--dry-run", is_flag=True, text=Text("Check and count, write nothing.", "仅检查和计数，不写入。"))
@to_folder
@as_json
def add(file: tuple[Path, ...], dry_run: bool, to: Path | None, as_json: bool) -> None:
    """Bring your own."""
    language = current_language()
    with working(Text("Checking ...", "正在检查……")):
        report = lc.add_to_overlay(file, to, dry_run=dry_run)
    if as_json:
        show_json(report.to_dict())
        return
    answer(report.table(), "added", titles=TITLES)
    for warning in report.warnings:
        say(Text(f"Note: {warning.en}", f"提示：{warning.zh}"))
    say(report.summary(language))
    if report.written:
        say(ON_THE_SITE)


@command(
    text=Text(
        "Take the last add back; call it again for the one before.",
        "撤销上一次添加；再次运行则撤销更早的一次。",
    ),
    examples=("learningcity atlas undo",),
)
@to_folder
@as_json
def undo(to: Path | None, as_json: bool) -> None:
    """Undo."""
    report = lc.undo_overlay(to)
    if as_json:
        show_json({"folder": str(report.folder), "tables": report.table()})
        return
    answer(report.table(), "undone", titles=TITLES)
    say(report.summary(current_language()))
    say(ON_THE_SITE)


@command(
    text=Text(
        "Show what you have added: rows by table, new ones and those that replace shipped ones.",
        "查看已添加的自有数据：各表行数、新增行数和替换随附数据的行数。",
    ),
    examples=("learningcity atlas overlay",),
)
@to_folder
@as_json
@out_path
def overlay(to: Path | None, as_json: bool, out: Path | None) -> None:
    """Contents of the overlay."""
    folder = to or lc.home() / "overlay"
    frame = lc.overlay_contents(folder)
    data = {"folder": str(folder), "tables": lc.plain(frame)}
    answer(frame, "overlay", titles=TITLES, data=data, out=out, as_json=as_json)
    if not as_json:
        empty = Text(f"Nothing has been added to {folder} yet.", f"{folder}中尚无自有数据。")
        say(empty if frame.empty else Text(f"Folder: {folder}", f"文件夹：{folder}"))


@command(
    text=Text(
        "Write an empty workbook for your own data: one sheet a table, a note on every head in both languages, "
        "drop-downs where the values are fixed, and a sheet with the words of every code in both languages.",
        "生成用于填报自有数据的空白工作簿：每张数据表一个工作表，表头附中英文说明，固定取值提供下拉选项，并附全部代码的中英文对照表。",
    ),
    examples=("learningcity atlas template --out my-city.xlsx",),
)
@option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("learningcity-template.xlsx"),
    show_default=True,
    text=Text("The workbook to write.", "要写入的工作簿。"),
)
def template(out: Path) -> None:
    """Empty workbook."""
    if out.suffix.lower() != ".xlsx":
        raise lc.InputError(
            Text(f"{out.name}: the ending must be .xlsx.", f"{out.name}：文件名须以.xlsx结尾。")
        )
    lc.write_whole(out, template_workbook(current_language()))
    say(Text(f"Written: {out}", f"已写入：{out}"))


@command(
    text=Text(
        "Write all tables of the atlas and their dictionary into a folder: as CSV that Excel and WPS open rightly, "
        "as one workbook, or as a data package for programs (a ZIP that also holds the standard, the literature, "
        "licences and citation). What you change in the CSV or the workbook can be added again.",
        "将图谱全部数据表及数据字典导出到文件夹：Excel、WPS可直接打开的CSV，单个工作簿，或供程序使用的数据包"
        "（ZIP，另含标准、文献、许可与引用格式）。CSV与工作簿修改后可再次添加。",
    ),
    examples=(
        "learningcity atlas export --out exported",
        "learningcity atlas export --out exported --format xlsx --language zh",
        "learningcity atlas export --out exported --format package",
    ),
)
@option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    text=Text("The folder.", "目标文件夹。"),
)
@option(
    "--format",
    "kind",
    type=click.Choice(("csv", "xlsx", "package")),
    default="csv",
    show_default=True,
    text=Text("csv, xlsx or package.", "csv、xlsx或package（数据包）。"),
)
@with_overlay
def export(out: Path, kind: str, overlay: str | None) -> None:
    """All tables."""
    language = current_language()
    atlas = open_atlas(overlay)
    with working(Text("Writing tables ...", "正在写入数据表……")):
        if kind == "xlsx":
            lc.write_whole(out / "atlas.xlsx", lc.atlas_workbook(atlas, language))
        elif kind == "package":
            lc.write_whole(
                out / f"learningcity-data-package-{language}.zip", lc.data_package(atlas, language)
            )
        else:
            for name, frame in {**atlas.frames, "dictionary": lc.data_dictionary(language)}.items():
                lc.write_whole(out / f"{name}.csv", lc.people_csv(frame))
    held = {**(lc.standard_tables() if kind == "package" else {}), **atlas.frames}
    tables, rows = len(held), sum(map(len, held.values()))
    say(
        Text(
            f"Written: {tables} tables with {rows} rows and their dictionary to {out}",
            f"已将{tables}张数据表（共{rows}行）及数据字典写入{out}",
        )
    )
