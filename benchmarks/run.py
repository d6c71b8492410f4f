"""Measure start-up, loading, questions, pages and growth; print the table, or write it with --write.

python -m benchmarks.run [--write] [SECTION ...]

Sections: start-up, questions, index, qca, nca, association, styles, pages, what-if, study, growth; all of them unless some are named. With --write the
other sections of the page stay as they are. Progress is told on the standard error.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import learningcity as lc
from benchmarks.explain_assoc import association_rows
from benchmarks.explain_styles import style_rows
from benchmarks.generated import generated_atlas
from benchmarks.index import index_rows
from benchmarks.measure import Row, machine, process, timed
from benchmarks.nca import nca_rows
from benchmarks.pages import page_rows
from benchmarks.qca import qca_rows
from benchmarks.study import study_rows
from benchmarks.what_if import what_if_rows
from learningcity.atlas.conflicts import find_conflicts
from learningcity.atlas.load import shipped_atlas
from learningcity.atlas.search import build_search_index

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
HEADER = ["work", "median", "range", "bar", "", "note"]


def start_up() -> list[Row]:
    return [
        process("`import learningcity`", ["-c", "import learningcity"], bar=0.1),
        process("`learningcity --help`", ["-m", "learningcity", "--help"], bar=0.3),
        process("`load_atlas()` in a new process", ["-c", "import learningcity as lc; lc.load_atlas()"]),
    ]


def read_anew() -> object:
    shipped_atlas.cache_clear()
    return lc.load_atlas()


def questions() -> list[Row]:
    atlas = lc.load_atlas()
    indicators = atlas.indicators["indicator_id"].tolist()
    return [
        timed("`load_atlas()` again, all tables read anew", read_anew),
        timed(
            f"`atlas.table(...)`, {len(indicators)} indicators x 64 cities", lambda: atlas.table(indicators)
        ),
        timed("`atlas.conditions()`", atlas.conditions),
        timed("`atlas.conflicts()`, not kept", lambda: find_conflicts(atlas)),
        timed("`atlas.agreement()`, 1,000 draws", atlas.agreement),
        timed("search index", lambda: build_search_index(atlas)),
        timed("`atlas.search('终身学习')`", lambda: atlas.search("终身学习")),
    ]


def growth() -> list[Row]:
    rows = []
    for factor in (1, 10, 100):
        atlas = generated_atlas(factor)
        cities = f"{len(atlas.cities):,} cities"
        runs = 5 if factor < 100 else 3
        indicators = atlas.indicators["indicator_id"].tolist()
        atlas.search("x")
        rows += [
            timed(f"conditions, {cities}", atlas.conditions, runs),
            timed(f"conflicts, {cities}", lambda a=atlas: find_conflicts(a), runs),
            timed(
                f"table of {len(indicators)} indicators, {cities}",
                lambda a=atlas, i=indicators: a.table(i),
                runs,
            ),
            timed(f"search index, {cities}", lambda a=atlas: build_search_index(a), min(runs, 3)),
            timed(f"search 终身学习, {cities}", lambda a=atlas: a.search("终身学习"), runs),
        ]
    return rows


def table(rows: list[Row]) -> str:
    lines = [" | ".join(HEADER), " | ".join("---" for _ in HEADER)]
    return "\n".join(f"| {line} |" for line in [*lines, *(" | ".join(r.cells()) for r in rows)])


#: Name on the command line -> title on the page, and what measures it.
SECTIONS: dict[str, tuple[str, Callable[[], list[Row]]]] = {
    "start-up": ("Start-up", start_up),
    "questions": ("Questions", questions),
    "index": ("Index", index_rows),
    "qca": ("Qualitative comparative analysis", qca_rows),
    "nca": ("Necessary condition analysis", nca_rows),
    "association": ("Association", association_rows),
    "styles": ("Styles", style_rows),
    "pages": ("Pages", page_rows),
    "what-if": ("What if", what_if_rows),
    "study": ("Study", study_rows),
    "growth": ("Growth with the cities", growth),
}


def sections_of(page: str) -> dict[str, str]:
    """The sections of a page as written, by title; the machine stands under ""."""
    head, *rest = page.split("\n## ")
    return {"": head, **{part.split("\n", 1)[0]: part.split("\n", 1)[1].strip() for part in rest}}


def page_of(found: dict[str, str], measured: dict[str, str]) -> str:
    """The page with what was measured in the place of what stood there."""
    head = [
        "# Benchmarks",
        "",
        "Written by `make bench`. Medians of several runs after a warm-up; no test depends on them.",
        "",
        *(f"- {k}: {v}" for k, v in machine().items()),
    ]
    kept = {**found, **measured}
    titles = [title for title, _ in SECTIONS.values() if title in kept]
    return "\n".join([*head, *(f"\n## {title}\n\n{kept[title]}" for title in titles)]) + "\n"


def main() -> int:
    names = [one for one in sys.argv[1:] if one != "--write"]
    unknown = [one for one in names if one not in SECTIONS]
    if unknown:
        sys.stderr.write(f"No such section: {', '.join(unknown)}. Sections: {', '.join(SECTIONS)}.\n")
        return 2
    write = "--write" in sys.argv[1:]
    measured = {}
    for name in names or SECTIONS:
        title, measure = SECTIONS[name]
        sys.stderr.write(f"{title} ...\n")
        measured[title] = table(measure())
    page = page_of(sections_of(PAGE.read_text(encoding="utf-8")) if write and names else {}, measured)
    sys.stdout.write(page)
    if write:
        PAGE.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
