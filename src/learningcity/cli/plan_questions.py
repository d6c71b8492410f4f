"""``learningcity plan peers|gaps|lessons|template``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import learningcity as lc
from learningcity import InputError, Text
from learningcity.cli.base import argument, command, current_language, option, say
from learningcity.cli.explain_answers import give, show
from learningcity.cli.opening import open_atlas, with_overlay
from learningcity.cli.output import as_json, out_path, seed_option, working

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

#: Columns for people, in this order, with their heads.
PEER_HEADS = {
    "rank": Text("rank", "序"),
    "city_id": Text("city id", "城市编号"),
    "name": Text("city", "城市"),
    "country_iso3": Text("country", "国家"),
    "first_award": Text("first award", "首次获奖"),
    "distance": Text("distance", "距离"),
    "city_distance": Text("of the city's figures", "城市数据的距离"),
    "context_distance": Text("of the country's (context)", "国家背景的距离"),
    "coverage": Text("share compared", "可比部分"),
    "stays": Text("stays a peer", "保留率"),
    "why": Text("why", "理由"),
}
FIGURE_HEADS = {
    "city_id": Text("city id", "城市编号"),
    "label": Text("figure", "指标"),
    "kind": Text("of", "层级"),
    "here": Text("here", "此处"),
    "there": Text("there", "对方"),
    "difference": Text("difference", "差异"),
    "weight": Text("weight", "权重"),
}
GAP_HEADS = {
    "kind": Text("kind", "类别"),
    "label": Text("what", "项目"),
    "status": Text("here", "此处"),
    "peers": Text("peers that show it", "已见的可比城市"),
    "peers_of": Text("of", "可比城市数"),
    "awarded": Text("awarded cities that show it", "已见的获奖城市"),
    "awarded_of": Text("of all", "获奖城市数"),
    "near_constant": Text("near-constant", "近乎恒定"),
    "chance": Text("chance of seeing none", "偶然未见的概率"),
}
PRACTICE_HEADS = {
    "rank": Text("rank", "序"),
    "practice_id": Text("practice id", "举措编号"),
    "title": Text("practice", "实践举措"),
    "name": Text("city", "城市"),
    "start_year": Text("since", "起始年份"),
    "score": Text("score", "得分"),
    "fit": Text("fit", "契合度"),
    "evidence": Text("evidence", "证据"),
    "stays": Text("stays among the first ten", "保留率"),
    "source_id": Text("source", "来源"),
    "why": Text("why", "理由"),
}
_YES = {True: Text("yes", "是"), False: Text("no", "否")}

_TARGET = argument(
    "target",
    text=Text(
        "A city of the atlas by id or name, or a file (.toml, .csv) that describes another one.",
        "图谱中城市的编号或名称，或描述其他城市的文件（.toml、.csv）。",
    ),
)
_NUMBER = option(
    "--n",
    "n",
    type=click.IntRange(1),
    default=5,
    show_default=True,
    text=Text("Number of peers.", "可比城市数。"),
)
_DRAWS = option(
    "--draws", type=click.IntRange(0), default=200, show_default=True,
    text=Text("Draws with varied weights and figures.", "变动权重与指标的抽样次数。"),
)  # fmt: skip
_ABROAD = option(
    "--abroad", is_flag=True, text=Text("Leave out cities of the same country.", "不含同一国家的城市。")
)
_CODER = option(
    "--coder",
    default="A",
    show_default=True,
    text=Text("Whose codes come first.", "以哪名编码员的编码为主。"),
)


def target_of(given: str) -> Any:
    """A city of the atlas by name, or the one that a file describes."""
    return lc.read_own_city(given) if given.lower().endswith((".toml", ".csv")) else given


def _in_language(frame: pd.DataFrame, heads: dict[str, Text]) -> pd.DataFrame:
    """The columns of ``heads`` with texts in the language of the command, and their heads."""
    language = current_language()
    columns = {}
    for name, words in heads.items():
        source = name if name in frame.columns else f"{name}_{language}"
        column = frame[source]
        if column.dtype == bool:
            column = column.map(lambda v: _YES[bool(v)].in_(language))
        elif str(column.dtype) == "float64":
            column = column.round(3)
        columns[words.in_(language)] = column
    import pandas as pd

    return pd.DataFrame(columns)


@command(
    text=Text(
        "Awarded cities whose background is most like that of a city: distances over what both have, the share that "
        "could be compared, why they are alike, and how often a peer stays one when weights and figures vary. Figures of "
        "the country are context.",
        "背景与某城市最相近的获奖城市：在双方均有数据的项目上计算距离，给出可比部分、相近的理由，以及权重与指标变动时保留为可比城市的比例。"
        "国家数值仅作背景。",
    ),
    examples=(
        "learningcity plan peers ningbo",
        "learningcity plan peers riverton.toml --n 3 --abroad",
        "learningcity plan peers cork --show figures --out figures.csv",
    ),
)
@_TARGET
@_NUMBER
@_ABROAD
@option(
    "--min-coverage", type=click.FloatRange(0, 1), default=0.4, show_default=True,
    text=Text("Least share of the weight that two cities must share.", "两城市至少须共有的权重比例。"),
)  # fmt: skip
@_DRAWS
@seed_option
@show(
    "peers",
    "all",
    "figures",
    text=Text("The peers, every city, or figure by figure.", "可比城市、全部城市或逐项指标。"),
)
@with_overlay
@as_json
@out_path
def peers(
    target: str, overlay: str | None, shown: str, as_json: bool, out: Path | None, **asked: Any
) -> None:
    """Comparable awarded cities."""
    atlas = open_atlas(overlay)
    with working(Text("comparing backgrounds", "正在比较背景")):
        found = lc.peers(atlas, target_of(target), **asked)
    tables: dict[str, Callable[[], pd.DataFrame]] = {
        "peers": lambda: _in_language(found.table(), PEER_HEADS),
        "all": lambda: _in_language(found.ranking, {k: v for k, v in PEER_HEADS.items() if k != "why"}),
        "figures": lambda: _in_language(found.compared, FIGURE_HEADS),
    }
    give(found, tables, shown, as_json=as_json, out=out)


@command(
    text=Text(
        "What is seen in comparable and awarded cities and was not seen in a city, code by code, with how far chance "
        "explains it; and practices that are worth learning from, ranked by fit and evidence.",
        "可比城市与获奖城市已见而某城市未见的内容，逐项列出，并说明偶然未见的概率；同时按契合度与证据列出值得借鉴的实践举措。",
    ),
    examples=(
        "learningcity plan gaps taiyuan",
        "learningcity plan gaps riverton.toml --show practices --problem ageing",
        "learningcity plan gaps cork --out gaps.xlsx",
    ),
)
@_TARGET
@_NUMBER
@_ABROAD
@option(
    "--problem", "problems", multiple=True,
    text=Text("A problem to answer, such as ageing; may be repeated.", "希望回应的问题（如ageing），可重复。"),
)  # fmt: skip
@_CODER
@_DRAWS
@seed_option
@show(
    "gaps",
    "profile",
    "practices",
    text=Text("The gaps, every code, or practices to learn from.", "差距、全部编码或可借鉴的举措。"),
)
@with_overlay
@as_json
@out_path
def gaps(
    target: str,
    problems: tuple[str, ...],
    overlay: str | None,
    shown: str,
    as_json: bool,
    out: Path | None,
    **asked: Any,
) -> None:
    """Gaps on public evidence."""
    atlas = open_atlas(overlay)
    with working(Text("comparing what was seen", "正在比较所见内容")):
        found = lc.gaps(atlas, target_of(target), problems=problems or None, **asked)
    tables: dict[str, Callable[[], pd.DataFrame]] = {
        "gaps": lambda: _profile(found.gaps, found.coder),
        "profile": lambda: _profile(found.profile, found.coder),
        "practices": lambda: _in_language(found.learn(25), PRACTICE_HEADS),
    }
    give(found, tables, shown, as_json=as_json, out=out)


def _profile(frame: pd.DataFrame, coder: str) -> pd.DataFrame:
    language = current_language()
    words = lc.gap_words()
    told = frame.assign(
        kind=[words["kind"][k].in_(language) for k in frame["kind"]],
        status=[words["status"][s].in_(language) for s in frame["status"]],
        peers=frame[f"peers_{coder}"],
        awarded=frame[f"awarded_{coder}"],
    )
    return _in_language(told, GAP_HEADS)


@command(
    text=Text(
        "Lessons for a country (ISO 3166-1 alpha-3), a city of the atlas, or one that a file describes: bottlenecks that "
        "the national framework names and gaps, joined to practices; finding, evidence, conditions of transfer, body "
        "responsible, instrument, constraint and risk of each.",
        "面向国家（ISO 3166-1三字母代码）、图谱中的城市或文件所述城市的借鉴：将国家政策框架所指的瓶颈和所见差距与实践举措相对应，"
        "逐条给出发现、证据、移植条件、责任主体、政策工具、制约与风险。",
    ),
    examples=(
        "learningcity plan lessons CHN --cards 6",
        "learningcity plan lessons riverton.toml --show bottlenecks",
        "learningcity plan lessons IRL --out lessons.xlsx",
        "learningcity plan lessons wuhan --format docx --format pdf --out wuhan-lessons",
    ),
)
@argument(
    "target",
    text=Text(
        "A country, a city of the atlas, or a file (.toml, .csv) that describes another city.",
        "国家、图谱中的城市，或描述其他城市的文件（.toml、.csv）。",
    ),
)
@_NUMBER
@option(
    "--cards",
    type=click.IntRange(1),
    default=16,
    show_default=True,
    text=Text("At most so many cards.", "卡片数上限。"),
)
@_CODER
@_DRAWS
@seed_option
@show(
    "cards", "bottlenecks", "practices",
    text=Text("Cards, bottlenecks of the framework, or practices.", "卡片、框架所指的瓶颈或实践举措。"),
)  # fmt: skip
@option(
    "--format", "formats", multiple=True, metavar="NAME",
    text=Text(
        "Write the lessons as a document into the folder of --out: docx, pdf, html, xlsx, zip. May be repeated.",
        "以文档形式写入--out所指的文件夹：docx、pdf、html、xlsx、zip。可重复。",
    ),
)  # fmt: skip
@with_overlay
@as_json
@out_path
def lessons(
    target: str,
    overlay: str | None,
    shown: str,
    formats: tuple[str, ...],
    as_json: bool,
    out: Path | None,
    **asked: Any,
) -> None:
    """Lesson cards."""
    _check_formats(formats, out)
    atlas, of = open_atlas(overlay), target_of(target)
    with working(Text("drawing lessons", "正在归纳启示")):
        found = lc.lessons(atlas, of, **asked)
    if formats and out is not None:
        _write_documents(found, of, formats, out)
        if not as_json:
            return
        out = None
    tables: dict[str, Callable[[], pd.DataFrame]] = {
        "cards": lambda: _cards(found),
        "practices": lambda: _in_language(
            found.practices.head(40), {k: v for k, v in PRACTICE_HEADS.items() if k != "why"}
        ),
    }
    if shown == "bottlenecks" or len(found.bottlenecks):
        tables["bottlenecks"] = lambda: _bottlenecks(found)
    give(found, tables, shown, as_json=as_json, out=out)


def _check_formats(formats: tuple[str, ...], out: Path | None) -> None:
    for one in formats:
        if one not in lc.document_formats():
            raise lc.UnknownNameError("format", one, lc.document_formats())
    if formats and out is None:
        raise InputError(
            Text("A document is written into a folder: name it with --out.", "写出文档须用--out指明文件夹。")
        )
    if formats and out is not None and out.exists() and not out.is_dir():
        raise InputError(
            Text(f"{out} is a file; --format writes into a folder.", f"{out}是文件；--format须写入文件夹。")
        )


def _write_documents(found: Any, target: Any, formats: tuple[str, ...], out: Path) -> None:
    """Write the lessons as documents."""
    language = current_language()
    own = target if isinstance(target, lc.OwnCity) else None
    with working(Text("writing the documents", "正在写出文档")):
        made = lc.lessons_document(found, language, target=own)
        bodies = [lc.render(made, one) for one in dict.fromkeys(formats)]
    out.mkdir(parents=True, exist_ok=True)
    for name, _, body in bodies:
        lc.write_whole(out / name, body)
        say(Text(f"Written: {out / name}", f"已写入：{out / name}"))


def _cards(found: Any) -> pd.DataFrame:
    """One row a part of a card, so that a terminal can show it."""
    import pandas as pd

    language = current_language()
    heads = [Text("lesson", "借鉴"), Text("part", "部分"), Text("words", "内容")]
    rows = [
        (card.title.in_(language), part, words) for card in found.cards for part, words in card.in_(language)
    ]
    return pd.DataFrame(rows, columns=[h.in_(language) for h in heads])


def _bottlenecks(found: Any) -> pd.DataFrame:
    if found.bottlenecks.empty:
        raise InputError(
            Text(
                "The atlas holds no bottlenecks of a national framework for this target. --show cards gives what there is.",
                "图谱中未收录该对象的国家政策框架瓶颈。可用--show cards查看现有内容。",
            )
        )
    heads = {
        "bottleneck_id": Text("id", "编号"), "name": Text("bottleneck", "发展瓶颈"), "practices": Text("practices", "举措数"),
        "cities": Text("cities", "城市数"), "agreed": Text("all coders agree", "编码员一致"),
        "remedy": Text("remedy that the statement names", "原陈述提出的对策"), "source_id": Text("source", "来源"),
    }  # fmt: skip
    return _in_language(found.bottlenecks, heads)


@command(
    text=Text(
        "Write a file that describes a city: about ten numbers with their bounds, what it has already, and the problems "
        "it wants to answer. Every line may be left out; the numbers in it are invented.",
        "生成描述城市的文件：约十个数字及其取值范围、已具备的内容和希望回应的问题。各行均可省略，其中数字纯属示例。",
    ),
    examples=("learningcity plan template --out riverton.toml",),
)
@option(
    "--out", required=True, type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    text=Text("The file to write: .toml or .csv.", "要写出的文件：.toml或.csv。"),
)  # fmt: skip
def template(out: Path) -> None:
    """A file to start from."""
    ending = out.suffix.lower().removeprefix(".")
    if ending not in ("toml", "csv"):
        raise InputError(
            Text(f"{out.name}: the ending must be .toml or .csv.", f"{out.name}：文件名须以.toml或.csv结尾。")
        )
    if out.exists():
        raise InputError(Text(f"{out} is there already; name another file.", f"{out}已存在，请另取文件名。"))
    body = lc.own_city_template(ending).encode("utf-8")
    lc.write_whole(out, body if ending == "toml" else b"\xef\xbb\xbf" + body)
    say(Text(f"Written: {out}", f"已写入：{out}"))
