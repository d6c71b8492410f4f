"""What the analyses of an index share: which data, which recipe, and what varies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import learningcity as lc
from learningcity import InputError, Text, UnknownNameError
from learningcity.cli.base import option
from learningcity.cli.index_files import read_values, recipe, say_notes
from learningcity.cli.output import seed_option

if TYPE_CHECKING:
    from learningcity import IndexSpec

STEPS = ("impute", "treat", "normalise", "weights", "aggregate", "drop")

_OPTIONS = (
    option(
        "--choices",
        "choices_file",
        type=click.Path(path_type=Path),
        metavar="FILE",
        text=Text(
            "What varies, .toml, .json or .yaml: every step, by level or code, with probabilities; "
            "learningcity index template writes an example.",
            "变动因素文件（.toml、.json或.yaml）：可含各步骤、各层级或代码及概率；learningcity index template可生成示例。",
        ),
    ),
    option(
        "--vary",
        multiple=True,
        metavar="STEP=METHOD",
        text=Text(
            "An alternative of a step, equally likely among those of the step; drop=CODE leaves a code out, "
            "STEP=none takes no step. May be repeated.",
            "某一步骤的备选方法，同一步骤各备选等可能；drop=代码表示剔除该代码，步骤=none表示不作处理。可重复。",
        ),
    ),
    option(
        "--noise",
        type=click.FloatRange(0, 1, max_open=True),
        text=Text("Weights vary by this share, such as 0.25.", "权重按此比例上下浮动，如0.25。"),
    ),
    option(
        "--dirichlet",
        type=click.FloatRange(0, min_open=True),
        metavar="NUMBER",
        text=Text(
            "Weights are drawn from a Dirichlet distribution around those of the recipe; "
            "the larger the number, the closer.",
            "权重以编制方案中的权重为中心，从狄利克雷分布中抽取；数值越大越接近。",
        ),
    ),
    option(
        "--coder",
        "coders",
        multiple=True,
        metavar="NAME=FILE",
        text=Text(
            "The table of values of one coder; each draw takes one of them whole. Two or more; DATA stays what "
            "the index itself is built from.",
            "某一编码员的数据表；每次抽样整体采用其中一个。须给出两个或以上；指数本身仍由DATA编制。",
        ),
    ),
    option(
        "--sources",
        type=click.Path(path_type=Path),
        metavar="FILE",
        text=Text(
            "Long table uCode, iCode, value, source: where sources disagree on a cell, each draw takes the "
            "value of one of them, each equally likely; DATA holds the value that the index itself takes.",
            "长表（uCode、iCode、value、source）：某单元格各来源不一时，每次抽样等可能地取其中一个来源的数值；"
            "指数本身所用数值见DATA。",
        ),
    ),
    option(
        "--code", metavar="CODE", text=Text("Whose ranks; else the top.", "考察哪个代码的排名；默认为顶层。")
    ),
    seed_option,
)


def with_choices(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say what varies."""
    for one in reversed(_OPTIONS):
        function = one(function)
    return function


@dataclass(frozen=True)
class Question:
    """What is asked of an analysis, read and ready.

    Parameters
    ----------
    values, spec, choices
        As ``lc.uncertainty`` and ``lc.sensitivity`` take them.
    names
        Names of the units, where the data carry them.
    """

    values: Any
    spec: IndexSpec
    choices: dict[str, Any]
    names: dict[str, str]


def read_question(
    data: Path,
    meta: Path | None,
    spec: Path | None,
    *,
    choices_file: Path | None,
    vary: tuple[str, ...],
    noise: float | None,
    dirichlet: float | None,
    coders: tuple[str, ...],
    sources: Path | None,
) -> Question:
    """Read data, recipe and choices; an option goes before the same key of the file of choices."""
    chosen = recipe(meta, spec)
    notes: list[Text] = []
    values, names = read_values(data, chosen.structure)
    choices = {} if choices_file is None else lc.read_index_choices(choices_file, chosen, notes=notes)
    choices |= choices_of(vary, noise, dirichlet)
    if coders:
        choices["coders"] = {
            name: lc.read_index_values(file, chosen.structure, notes=notes)
            for name, file in named_files(coders, "--coder")
        }
    if sources is not None:
        choices["sources"] = lc.read_index_sources(sources, chosen.structure, notes=notes)
    say_notes(notes)
    if not choices:
        raise InputError(
            Text(
                "Nothing varies. Give --choices FILE, --noise 0.25, or --vary step=method for each alternative.",
                "没有变动因素。请给出--choices 文件、--noise 0.25，或逐项给出--vary 步骤=方法。",
            )
        )
    if len(choices.get("coders", "..")) < 2:
        raise InputError(
            Text(
                "One coder cannot disagree; give --coder NAME=FILE for each.",
                "仅一名编码员无从比较，请为每名编码员给出--coder 名称=文件。",
            )
        )
    if "sources" in choices:
        values = choices["sources"].over(values)
    return Question(values, chosen, choices, names)


def choices_of(vary: tuple[str, ...], noise: float | None, dirichlet: float | None = None) -> dict[str, Any]:
    """Read ``step=method`` pairs; the alternatives of one step are equally likely."""
    found: dict[str, Any] = {}
    for pair in vary:
        step, _, name = pair.partition("=")
        if step not in STEPS:
            raise UnknownNameError("step", step, STEPS)
        if not name:
            raise InputError(
                Text(
                    f"--vary {pair}: the method is missing; write --vary {step}=method.",
                    f"--vary {pair}：缺少方法，请写作--vary {step}=方法。",
                )
            )
        alternative = None if name == "none" else name
        if alternative in found.setdefault(step, []):
            raise InputError(
                Text(f"--vary {pair} is given twice; give it once.", f"--vary {pair}重复给出，请只保留一次。")
            )
        found[step].append(alternative)
    if noise is not None and dirichlet is not None:
        raise InputError(Text("Give --noise or --dirichlet, not both.", "--noise与--dirichlet只能给出其一。"))
    if dirichlet is not None:
        if "weights" in found:
            raise InputError(
                Text(
                    "--dirichlet draws around the weights of the recipe; leave out --vary weights=...",
                    "--dirichlet以编制方案的权重为中心，请勿同时给出--vary weights=...。",
                )
            )
        found["weights"] = {"dirichlet": dirichlet}
    if noise is not None:
        weights = {"of": found["weights"]} if "weights" in found else {}
        found["weights"] = {"noise": noise, **weights}
    return found


def named_files(pairs: tuple[str, ...], what: str) -> list[tuple[str, Path]]:
    """Read ``NAME=FILE`` pairs, each name once."""
    found: dict[str, Path] = {}
    for pair in pairs:
        name, mark, file = pair.partition("=")
        if not (name and mark and file):
            raise InputError(
                Text(f"{what} {pair}: write it as NAME=FILE.", f"{what} {pair}：请写作 名称=文件。")
            )
        if name in found:
            raise InputError(Text(f"{what}: {name} is given twice.", f"{what}：{name}重复给出。"))
        found[name] = Path(file)
    return list(found.items())
