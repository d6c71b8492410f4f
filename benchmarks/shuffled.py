"""How often a study of shuffled codes says strong: by rights in at most five of a hundred.

``python -m benchmarks.shuffled [FIRST] [LAST]`` prints one line a study and the sum; a hundred take about
half an hour on one core. It stands apart from the timed sections, since it measures no speed.
"""

import importlib.util
import sys
from pathlib import Path

import learningcity as lc
from learningcity.study.desk import Desk
from learningcity.study.trials import background, ceilings, level, paths, strong_styles, styles


def _generator():
    """The tests' own way of shuffling."""
    place = Path(__file__).parent.parent / "tests" / "study" / "conftest.py"
    spec = importlib.util.spec_from_file_location("study_conftest", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module._shuffled


def counted(seed: int) -> dict[str, tuple[int, int]]:
    """Beyond chance and strong, by kind, of one study of shuffled codes."""
    desk = Desk(lc.Study(seed=seed), _generator()(seed), ("en",))
    at = level(desk)
    of_background, of_paths, of_levels, of_styles = (
        background(desk),
        paths(desk),
        ceilings(desk),
        styles(desk),
    )
    return {
        "background": (0, 0)
        if of_background is None
        else (len(of_background.found), len(of_background.held)),
        "paths": (
            sum(one.q is not None and one.q <= at for one in of_paths),
            sum(one.strong(at) for one in of_paths),
        ),
        "levels": (0, 0) if of_levels is None else (len(of_levels.found), len(of_levels.held)),
        "styles": (0, 0) if of_styles is None else (int(of_styles.found), int(strong_styles(of_styles))),
    }


def main(first: int, last: int) -> None:
    strong = beyond = 0
    for seed in range(first, last):
        found = counted(seed)
        beyond += any(n for n, _ in found.values())
        strong += any(n for _, n in found.values())
        print(seed, found, flush=True)
    print(
        f"{last - first} studies of shuffled codes: {strong} say strong, {beyond} find something beyond chance"
    )


if __name__ == "__main__":
    main(*(int(one) for one in (sys.argv[1:3] or ("0", "100"))))
