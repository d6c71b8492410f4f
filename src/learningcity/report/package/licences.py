"""Under what terms texts, facts and statistics may be used, by kind of source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from learningcity.core import or_none

if TYPE_CHECKING:
    from learningcity.atlas import Atlas

CC_BY = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
#: The file of a package that says what holds for facts, figures and statistics.
FILE = "LICENSE-DATA.md"
BY_SOURCE = {"title": "Facts and figures: the terms of the source that each row names", "path": FILE}
BY_PRODUCER = {
    "title": "Statistics: the licence as found and the producer's terms to be confirmed",
    "path": FILE,
}

#: Tables that hold figures of others, and those whose texts are ours beside what they name.
_FIGURES = ("awards", "facts", "members", "memberships", "sources", "cities", "rounds")
_STATISTICS = ("city-population", "country-context", "exchange-rates", "statistical-sources")


def of_table(name: str) -> list[dict[str, str]]:
    """Give the licences that hold for a table, as a data package names them.

    Examples
    --------
    >>> [one["title"] for one in of_table("practices")][0]
    'Creative Commons Attribution 4.0'
    """
    if name in _STATISTICS:
        return [BY_PRODUCER]
    return [BY_SOURCE] if name in _FIGURES else [CC_BY, BY_SOURCE]


def of_statistics(atlas: Atlas, used: set[str]) -> list[dict[str, Any]]:
    """Give the statistical sources that a table names, each with its licence as found."""
    found = []
    for row in atlas.statistical_sources.itertuples():
        if row.source_id not in used:
            continue
        told = {
            "title": row.title,
            "path": row.url_or_repo,
            "version": row.commit_or_version,
            "publisher": row.publisher,
            "licenceAsFound": row.licence,
            "producerTermsToConfirm": row.producer_terms_to_confirm,
        }
        found.append({key: str(value) for key, value in told.items() if or_none(value) is not None})
    return found


def data_licences(atlas: Atlas, mark: str = "", sources_at: str = "data/atlas/sources.csv") -> str:
    """Give the licences of texts, facts and statistical sources as one page in Markdown, in both languages.

    Parameters
    ----------
    atlas
        Whose statistical sources are listed.
    mark
        A line below the title, such as how the page was made.
    sources_at
        Where the reader finds the table of the pages read.

    Examples
    --------
    >>> import learningcity as lc
    >>> data_licences(lc.load_atlas()).splitlines()[0]
    '# Licences of texts and data · 文字与数据的许可'
    """
    sources = atlas.statistical_sources.fillna("")
    rows = [
        f"| {_cell(r.title)} | {_cell(r.publisher)} | {_cell(r.licence)} | {_cell(r.producer_terms_to_confirm)} "
        f"| {_cell(r.url_or_repo)} |"
        for r in sources.itertuples()
    ]
    return "\n".join(
        [
            "# Licences of texts and data · 文字与数据的许可\n",
            *([mark] if mark else []),
            "- **Our texts** (summaries of practices, definitions, labels, portraits, translations, documentation): "
            "[Creative Commons Attribution 4.0](https://creativecommons.org/licenses/by/4.0/), "
            '"The learningcity maintainers".',
            "- **Facts and figures** belong to nobody as such; each row names its source, and the terms of that "
            "source hold. Cite the source with the figure.",
            f"- **Pages read** are named by title and address in `{sources_at}`. No page is reproduced; "
            "`as_published` quotes a figure as the page printed it.",
            "- **Statistical sources** came through public mirrors. The table gives the licence as it was found "
            "there and the terms of the producer that are still to be confirmed before the figures are passed on.\n",
            "- **我们撰写的文字**（实践举措概述、定义、标签、城市画像、译文与文档）：知识共享署名4.0，"
            "署名“The learningcity maintainers”。",
            "- **事实与数据**本身不属于任何人；每行注明来源，并适用该来源的条款。引用数据时请同时注明来源。",
            "- **统计来源**经公开镜像取得。下表列出所见许可，以及在转交数据之前仍须向生产者确认的条款。\n",
            "| figures | publisher | licence as found | producer's terms, to be confirmed | where |",
            "| --- | --- | --- | --- | --- |",
            *rows,
            "",
            f"{len(sources)} statistical sources. An empty cell means that nothing was seen, not that there are no terms.\n",
        ]
    )


def _cell(text: str) -> str:
    return str(text).replace("|", "\\|").replace("\n", " ")
