"""``learningcity warm-up``: pay at set-up what the first use would cost."""

from __future__ import annotations

import compileall
from contextlib import suppress
from pathlib import Path
from time import perf_counter

import learningcity as lc
from learningcity import SetupError, Text
from learningcity.cli.base import command, current_language
from learningcity.cli.output import answer, as_json, say, working
from learningcity.cli.words import TITLES


@command(
    "warm-up",
    text=Text(
        "Do now what the first use would otherwise wait for: compile, load the atlas, build the search index, draw a chart, compute a small index.",
        "预先完成首次使用时的准备：编译、加载图谱、建立检索索引、试绘图表、试算指数。",
    ),
    examples=("learningcity warm-up",),
)
@as_json
def warm_up(as_json: bool) -> None:
    """Pay the first-use costs now."""
    import pandas as pd

    done = []
    with working(Text("Warming up ...", "正在准备……")):
        for step in (_compile, _load, _index, _draw, _compute, _minimise, _shuffle, _group):
            start = perf_counter()
            what, count = step()
            done.append(
                {
                    "step": what.in_(current_language()),
                    "n": count,
                    "seconds": round(perf_counter() - start, 2),
                }
            )
    titles = {**TITLES, "seconds": Text("seconds", "秒")}
    answer(pd.DataFrame(done), "warm-up", titles=titles, as_json=as_json)


def _compile() -> tuple[Text, int]:
    package = Path(lc.__file__).parent
    # A package that its user may not write to works as well, only slower to start.
    compileall.compile_dir(package, quiet=2)
    return Text("modules compiled", "已编译模块"), len(list(package.rglob("*.py")))


def _load() -> tuple[Text, int]:
    return Text("rows loaded", "已加载行数"), sum(len(f) for f in lc.load_atlas().frames.values())


def _index() -> tuple[Text, int]:
    return Text("texts found by a first search", "首次检索结果"), len(
        lc.load_atlas().search("lifelong learning 终身学习")
    )


def _draw() -> tuple[Text, int]:
    """Draw one picture a language; a font that is missing is told, and hinders nothing else."""
    lc.keep_charts(lc.home() / "charts")
    for text in lc.check_fonts():
        say(text)
    drawn = 0
    for language in ("en", "zh"):
        with suppress(SetupError):
            lc.chart(lc.load_atlas(), "awards", language)
            drawn += 1
    return Text("languages that charts can be drawn in", "可绘制图表的语言数"), drawn


def _compute() -> tuple[Text, int]:
    """Build a small index: what is compiled for it is kept on disk."""
    import pandas as pd

    frame = pd.DataFrame({"a": [1.0, 2.0, 4.0], "b": [3.0, 1.0, 2.0]}, index=["x", "y", "z"])
    spec = lc.IndexSpec(lc.Structure.of({"index": {"p": ["a"], "q": ["b"]}}))
    built = lc.build_index(frame, spec.replace(aggregate="copeland"))
    choices = {
        "weights": {"noise": 0.25},
        "aggregate": ["arithmetic", "geometric"],
        "normalise": {2: [None, "zscore"]},
    }
    lc.uncertainty(frame, spec, choices, draws=10, seed=0)
    lc.sensitivity(frame, spec, choices, draws=10, seed=0)
    return Text("units of a small index computed", "已试算指数的单位数"), len(built.scores)


def _minimise() -> tuple[Text, int]:
    """Minimise a small truth table both ways: the searches are compiled and kept on disk."""
    import pandas as pd

    frame = pd.DataFrame(
        {"A": [1, 1, 0, 0, 1], "B": [1, 0, 1, 0, 0], "C": [0, 1, 1, 0, 0], "Y": [1, 1, 0, 0, 0]},
        index=list("vwxyz"),
    )
    table = lc.truth_table(frame, "Y", ["A", "B", "C"])
    found = [lc.minimise(table, "intermediate", covers=covers) for covers in ("fewest", "irredundant")]
    return Text("models of a small truth table found", "已求得小型真值表的模型数"), sum(
        len(one.models) for one in found
    )


def _shuffle() -> tuple[Text, int]:
    """Test ceilings over a few cases: the effect sizes of shuffles are compiled and kept on disk."""
    import pandas as pd

    frame = pd.DataFrame({"x": [0.0, 1.0, 2.0, 3.0, 4.0], "y": [0.0, 2.0, 1.0, 4.0, 3.0]})
    found = [lc.ceiling(frame, "x", "y", method, permutations=10) for method in ("ce_fdh", "cr_fdh")]
    return Text("ceilings of a few cases tested", "已试作检验的上限线数"), len(found)


def _group() -> tuple[Text, int]:
    """Look for styles in a small table: distances and the search for medoids are compiled and kept on disk."""
    import pandas as pd

    frame = pd.DataFrame({"a": [1, 2, 3, 7, 8, 9], "b": list("xxxyyy")}, index=list("uvwxyz"))
    found = lc.typology(frame, draws=2, shuffles=2)
    return Text("cases of a small table grouped", "已试作分类的案例数"), len(found.cases)
