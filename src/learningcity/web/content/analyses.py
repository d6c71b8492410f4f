"""The screens of analysis, and the words that all of them share: what is answered, what may not be read from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import learningcity as lc

Row = dict[str, Any]


@dataclass(frozen=True)
class Analysis:
    """A screen of analysis: its address after the language, its title, and what it answers in one sentence."""

    name: str
    title: lc.Text
    answers: lc.Text


#: The screens that are built, in the order of the page that leads to them.
ANALYSES: tuple[Analysis, ...] = (
    Analysis(
        "index",
        lc.Text("Index, what if", "指数假设分析"),
        lc.Text(
            "Which cities stand before which, whatever weights and methods one chooses, and where the order hangs on "
            "the choice.",
            "无论选择何种权重与方法，哪些城市的先后稳健成立，哪些先后取决于选择。",
        ),
    ),
    Analysis(
        "paths",
        lc.Text("Paths to an outcome", "通向结果的路径"),
        lc.Text(
            "Which combinations of conditions go together with an outcome, in which cities, and which cities do not fit.",
            "哪些条件组合与某一结果相伴出现，见于哪些城市，又有哪些城市与之不符。",
        ),
    ),
    Analysis(
        "necessary",
        lc.Text("Necessary levels", "必要条件水平"),
        lc.Text(
            "Which level of a condition was there in every city that reached a level of a theme, and whether chance "
            "does as well.",
            "凡达到某一特征水平的城市，某一条件至少达到何种水平，以及偶然是否也会如此。",
        ),
    ),
    Analysis(
        "styles",
        lc.Text("Styles of learning cities", "学习型城市的类型"),
        lc.Text(
            "Whether learning cities fall into styles by what they did, around which cities, and which cities lie between.",
            "就各自的做法而言，学习型城市是否形成若干类型，各以哪些城市为代表，哪些城市介于类型之间。",
        ),
    ),
    Analysis(
        "background",
        lc.Text("Background and characteristics", "背景与特征"),
        lc.Text(
            "What of the background of cities goes with which mechanisms and visible themes, and what of it is no more than "
            "chance.",
            "城市的哪些背景与哪些举措类别、呈现的特征相伴，其中哪些无法与偶然区分。",
        ),
    ),
    Analysis(
        "coders",
        lc.Text("Agreement of the coders", "编码员一致性"),
        lc.Text(
            "On which codes the coding passes agree, on which they do not, and where each difference lies.",
            "各遍编码在哪些编码上一致，在哪些编码上不一致，每处分歧在哪里。",
        ),
    ),
)

#: What holds for every analysis of the atlas, whatever the method says of itself.
EVERYWHERE = (
    lc.Text(
        "Nearly all coded cities were awarded: nothing here tells awarded cities from others.",
        "几乎所有已编码的城市都曾获奖，此处结果不能说明获奖城市与其他城市有何不同。",
    ),
    lc.Text(
        "Not seen is not absent: a city of which little was read shows little.",
        "未见到不等于不存在：阅读资料少的城市，能看到的也少。",
    ),
    lc.Text("Nothing here is causal.", "此处任何结果都不表示因果关系。"),
)
_WORDS = {
    "kicker": lc.Text("Analysis", "分析"),
    "limits": lc.Text("What may not be read from it", "不能由此得出的结论"),
    "computed": lc.Text("How this was computed", "计算方式"),
    "command": lc.Text(
        "The same numbers on the command line, with these files in one folder:",
        "在命令行中得到相同结果（上述文件置于同一文件夹）：",
    ),
    "command_alone": lc.Text("The same numbers on the command line:", "在命令行中得到相同结果："),
    "files": lc.Text("Files", "文件"),
    "answer": lc.Text("The answer", "结果"),
    "cannot": lc.Text("This cannot be asked of these cities", "此问题无法以这些城市回答"),
    "own": lc.Text(
        "Your own tables are laid over the atlas here: the command gives these numbers where they are, too.",
        "此处叠加了用户自有表格：在装有同样表格的环境中运行命令，方得相同结果。",
    ),
}


def named(text: str, labels: Mapping[str, lc.Text], language: str) -> str:
    """Put the names that people know for codes in a sentence or an expression of the library.

    Examples
    --------
    >>> named("law*~green", {"law": lc.Text("law", "法规"), "green": lc.Text("green", "绿色")}, "zh")
    '法规*~绿色'
    >>> named("只有law一列", {"law": lc.Text("law", "法规")}, "zh"), named("law", {}, "zh")
    ('只有法规一列', 'law')
    """
    if not labels:
        return text
    codes = "|".join(re.escape(code) for code in sorted(labels, key=len, reverse=True))
    return re.sub(
        rf"(?<![A-Za-z0-9_])(?:{codes})(?![A-Za-z0-9_])", lambda hit: labels[hit[0]].in_(language), text
    )


def frame(
    name: str,
    language: str,
    *,
    limits: Iterable[str] = (),
    computed: Iterable[tuple[lc.Text, str]] = (),
    commands: Iterable[str] = (),
    files: Iterable[tuple[str, str]] = (),
    everywhere: bool = True,
) -> Row:
    """What ``parts/analysis_head.html`` and ``parts/analysis_foot.html`` show, under the name ``frame``.

    Parameters
    ----------
    name
        Of one of ``ANALYSES``.
    language
        "en" or "zh".
    limits
        What may not be read from the result, in the words of the result.
    computed
        Pairs of what and how: the seed, the number of draws, the method. Versions are added.
    commands
        The lines that give the same numbers on the command line.
    files
        Pairs of file name and address: the recipe that the command reads.
    everywhere
        Whether to add what holds for every analysis of the atlas.
    """
    found = next(one for one in ANALYSES if one.name == name)
    said = [*limits, *(one.in_(language) for one in EVERYWHERE if everywhere)]
    from learningcity.web.content.base import atlas, overlaid

    versions = lc.provenance(atlas(), language)["versions"]
    version = lc.Text("Version", "版本")
    told = lc.Text(
        f"package {versions['learningcity']}, data {versions['data']}",
        f"软件包{versions['learningcity']}，数据{versions['data']}",
    )
    words = {key: word.in_(language) for key, word in _WORDS.items()}
    given = [{"name": file, "href": href} for file, href in files]
    if not given:
        words["command"] = words["command_alone"]
    return {
        "name": name,
        "title": found.title.in_(language),
        "answers": found.answers.in_(language),
        "limits": list(dict.fromkeys(said)),
        "computed": [
            {"what": what.in_(language), "how": how}
            for what, how in (*computed, (version, told.in_(language)))
        ],
        "commands": list(commands),
        "files": given,
        "own": overlaid(),
        "words": words,
    }
