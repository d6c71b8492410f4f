"""``learningcity explain agreement``: how far coders agree, variable by variable, and where they do not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import learningcity as lc
from learningcity import InputError, Text
from learningcity.cli.base import argument, command, current_language, option, say
from learningcity.cli.explain_answers import give, refuse_printed, show
from learningcity.cli.explain_heads import (
    AGREEMENT_GAPS,
    AGREEMENT_HEADS,
    AGREEMENT_KINDS,
    CODING_LEVELS,
)
from learningcity.cli.explain_options import names_from
from learningcity.cli.explain_tables import (
    asks_atlas,
    atlas_choices,
    atlas_flag,
    given,
    one_language,
    timing_of_atlas,
)
from learningcity.cli.explain_words import in_words
from learningcity.cli.opening import with_overlay
from learningcity.cli.output import (
    as_json,
    out_path,
    seed_option,
    working,
)
from learningcity.cli.recipe import recipe_option
from learningcity.cli.words import NO, YES

if TYPE_CHECKING:
    import pandas as pd

LEVELS = tuple(CODING_LEVELS)
#: Columns that are taken where none is named.
UNITS = ("unit", "单元", "case", "案例")
CODERS = ("coder", "编码员")
_OF_TABLES = ("unit", "coder", "wide", "variables", "multiple", "separator", "cluster", "level")


@command(
    text=Text(
        "Agreement of coders on each variable, never only pooled: percent, Cohen's kappa, Krippendorff's alpha with an "
        "interval that draws whole clusters, confusion tables, and every disagreement with its unit. Agreement is not truth.",
        "逐个变量计算编码员之间的一致性，不只作合并：一致率、Cohen κ系数、Krippendorff α系数（区间按群组整体抽样）、"
        "混淆表，以及每处分歧所在的单元。一致不等于正确。",
    ),
    examples=(
        "learningcity explain agreement my-study/codes.csv --unit practice --cluster town --level strength=ordinal "
        "--multiple themes",
        "learningcity explain agreement my-study/codes.csv --unit practice --cluster town --multiple themes "
        "--show confusion --variable kind",
        "learningcity explain agreement --atlas --draws 50 --show disagreements --variable 'theme green'",
    ),
)
@argument(
    "data",
    required=False,
    type=click.Path(path_type=Path),
    text=Text(
        "CSV or XLSX with one row a unit and coder and one column a variable; with --wide one column a coder.",
        "每行一个单元与编码员、每列一个变量的CSV或XLSX；与--wide合用时每列一名编码员。",
    ),
)
@option(
    "--unit",
    metavar="COLUMN",
    text=Text(
        "Column of the units: unit, case, or the first.", "单元所在的列：unit（单元）、case（案例）或首列。"
    ),
)
@option(
    "--coder",
    metavar="COLUMN",
    text=Text("Column of the coders (coder).", "编码员所在的列（coder、编码员）。"),
)
@option(
    "--wide", is_flag=True, text=Text("One row a unit, one column a coder.", "每行一个单元，每列一名编码员。")
)
@option(
    "--variables",
    multiple=True,
    metavar="A,B,...",
    text=Text("Columns to compare; else all others.", "要比较的列；默认为其余各列。"),
)
@option(
    "--multiple",
    multiple=True,
    metavar="A,B,...",
    text=Text("Columns of which a cell holds several values.", "一个单元格含多个取值的列。"),
)
@option("--separator", metavar="TEXT", text=Text("Between these values (;).", "这些取值之间的分隔符（;）。"))
@option(
    "--cluster",
    metavar="COLUMN",
    text=Text(
        "What is drawn as a whole, such as the city of a practice.", "整体抽样的群组，如实践举措所属的城市。"
    ),
)
@option(
    "--level",
    multiple=True,
    metavar="LEVEL|NAME=LEVEL",
    text=Text(
        "nominal (default), ordinal or interval; of all variables, or of one. May be repeated.",
        "测量层次：nominal（定类，默认）、ordinal（定序）或interval（定距）；用于全部变量或某一变量。可重复。",
    ),
)
@atlas_flag(Text("Take the codes of the atlas.", "以图谱的编码为数据。"))
@timing_of_atlas
@with_overlay
@option(
    "--draws",
    type=click.IntRange(1),
    default=1000,
    show_default=True,
    text=Text("Of the bootstrap.", "自助抽样次数。"),
)
@seed_option
@recipe_option
@option(
    "--variable",
    metavar="NAME",
    text=Text("Of confusion and disagreements: which variable.", "混淆表或分歧所涉及的变量。"),
)
@option(
    "--coders",
    metavar="A,B",
    text=Text("Of confusion: which two, where there are more.", "混淆表所涉及的两名编码员（多于两名时）。"),
)
@show(
    "variables",
    "pairs",
    "disagreements",
    "confusion",
    text=Text(
        "Each variable, each pair of coders, each disagreement, or codes of one coder against those of another.",
        "各变量（variables）、各对编码员（pairs）、各处分歧（disagreements），或两名编码员的混淆表（confusion）。",
    ),
)
@as_json
@out_path
def agreement(
    data: Path | None, shown: str, variable: str | None, coders: str | None, as_json: bool, out: Path | None, **asked: Any
) -> None:  # fmt: skip
    """Agreement of coders."""
    refuse_printed(out)
    asked = {**asked, "data": data, "study": None, "case": None}
    if shown == "confusion" and variable is None:
        raise InputError(Text("Which variable? Give --variable NAME.", "请以--variable指明变量。"))
    if variable is not None and shown not in ("confusion", "disagreements"):
        raise InputError(
            Text(
                "--variable goes with --show confusion or --show disagreements.",
                "--variable须与--show confusion或--show disagreements合用。",
            )
        )
    between = names_from((coders,)) if coders else (None, None)
    if len(between) != 2:
        raise InputError(Text("--coders takes two names.", "--coders须为两个名称。"))
    if _asks_atlas(asked):
        chosen = atlas_choices({**asked, "coder": None, "not_seen": None})
        with working(Text("drawing cities", "正在抽取城市")) as progress:
            found: Any = lc.atlas_agreement(**chosen, **given(asked, "draws", "seed"), progress=progress)
        pairs = [part.pairs for part in found.parts.values()]
    else:
        with working(Text("drawing units", "正在抽取单元")) as progress:
            found = _computed(asked, progress)
        pairs = [found.pairs]
    tables = {
        "variables": lambda: _words(one_language(found.table().reset_index())),
        "pairs": lambda: _words(_joined(pairs)),
        "disagreements": lambda: _words(one_language(_apart(found, variable)), tuple(found.coders)),
        "confusion": lambda: _confusion(found, str(variable), between),
    }
    if variable is None:
        del tables["confusion"]  # a workbook holds what can be told without a variable
    more = {"confusion": _counts(found, variable, between)} if shown == "confusion" and variable else None
    give(found, tables, shown, as_json=as_json, out=out, more=more)


def _asks_atlas(asked: dict[str, Any]) -> bool:
    """As for the other commands; ``--coder`` names a column here."""
    if asked["atlas"]:
        return asks_atlas(asked, of_tables=_OF_TABLES)
    return asks_atlas({**asked, "coder": None})


def _computed(asked: dict[str, Any], progress: lc.Progress) -> Any:
    if asked["data"] is None:
        raise InputError(
            Text(
                "Which codes? Give a table (CSV or XLSX) or --atlas; learningcity explain template writes an example.",
                "请给出编码数据表（CSV或XLSX）或--atlas；learningcity explain template可生成示例。",
            )
        )
    notes: list[Text] = []
    columns = list(map(str, lc.read_code_table(asked["data"], notes=notes).columns))
    unit = asked["unit"] or next((c for c in UNITS if c in columns), columns[0])
    coder = None if asked["wide"] else asked["coder"] or next((c for c in CODERS if c in columns), CODERS[0])
    if asked["wide"] and asked["coder"] is not None:
        raise InputError(Text("--coder does not go with --wide.", "--coder不能与--wide合用。"))
    multiple = names_from(asked["multiple"])
    texts = [c for c in (unit, coder, asked["cluster"], *multiple) if c is not None]
    frame = lc.read_code_table(asked["data"], list(dict.fromkeys(texts)), notes=notes)
    for note in dict.fromkeys(notes):
        say(note)
    variables = names_from(asked["variables"]) or None
    keys = {unit, coder, asked["cluster"]}
    return lc.agreement(
        frame, _levels(asked["level"], variables or [c for c in columns if c not in keys]), unit=unit, coder=coder,
        variables=variables, multiple=multiple, cluster=asked["cluster"], progress=progress,
        **given(asked, "separator", "draws", "seed"),
    )  # fmt: skip


def _levels(asked: tuple[str, ...], variables: Any) -> str | dict[str, str]:
    """One level for all, or a level for each variable that has another."""
    default, own = "nominal", {}
    for one in asked:
        name, mark, level = (p.strip() for p in one.rpartition("="))
        if level not in LEVELS:
            raise lc.UnknownNameError("option", level, LEVELS)
        if mark:
            own[name] = level
        else:
            default = level
    return {**dict.fromkeys(variables, default), **own} if own else default


def _joined(frames: list[pd.DataFrame]) -> pd.DataFrame:
    import pandas as pd

    return pd.concat(frames, ignore_index=True)


def _apart(found: Any, variable: str | None) -> pd.DataFrame:
    if variable is None:
        frame = found.disagreements
    else:
        known = list(found.table().index)
        if variable not in known:
            raise lc.UnknownNameError("column", variable, known)
        frame = found.disagreements[found.disagreements["variable"] == variable]
    frame = frame.reset_index(drop=True)
    if "page" in frame:
        pages = [
            p.replace("{language}", current_language()) if isinstance(p, str) else p for p in frame["page"]
        ]
        frame = frame.assign(page=pages)
    if "cluster" in frame and (frame["cluster"] == frame["unit"]).all():
        frame = frame.drop(columns="cluster")
    return frame


def _words(frame: pd.DataFrame, own: tuple[str, ...] = ()) -> pd.DataFrame:
    """The table in words; columns of coders keep their names and codes."""
    words: dict[str, dict[Any, Text]] = {
        "level": CODING_LEVELS, "why": AGREEMENT_GAPS, "kind": AGREEMENT_KINDS, "units": AGREEMENT_KINDS,
        "doubtful": {True: YES, False: NO},
    }  # fmt: skip
    return in_words(
        frame, current_language(), words={k: v for k, v in words.items() if k not in own},
        heads={k: v for k, v in AGREEMENT_HEADS.items() if k not in own}, own=own,
    )  # fmt: skip


def _confusion(found: Any, variable: str, between: tuple[Any, ...]) -> pd.DataFrame:
    frame = found.confusion(variable, *between)
    corner = Text(
        f"{frame.index.name} (rows), {frame.columns.name} (columns)",
        f"{frame.index.name}（行）、{frame.columns.name}（列）",
    )
    return frame.rename_axis(index=corner.in_(current_language()), columns=None).reset_index()


def _counts(found: Any, variable: str, between: tuple[Any, ...]) -> dict[str, Any]:
    frame = found.confusion(variable, *between)
    return {
        "variable": variable, "rows": str(frame.index.name), "columns": str(frame.columns.name),
        "values": [str(v) for v in frame.index], "counts": frame.to_numpy().tolist(),
    }  # fmt: skip
