"""What stands beside everything that is given away: versions, licence, citation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from learningcity.atlas import data_version, host_name, is_doubtful_host, package_version
from learningcity.core import Text, or_none

if TYPE_CHECKING:
    from learningcity.atlas import Atlas

#: The year of this version.
CITATION_YEAR = 2026
#: When the tables of this version were put together; a day of building would change the bytes of a package.
CREATED = "2026-11-22T00:00:00Z"

LICENCE = Text(
    "Our texts: CC BY 4.0, The learningcity maintainers. Facts and figures belong to nobody as such: name the "
    "source of each one that you use; the terms of that source hold.",
    "我们撰写的文字采用知识共享署名4.0许可，署名The learningcity maintainers。事实与数据本身不属于任何人：引用时请注明每项的来源，并适用该来源的条款。",
)
EMPTY = Text(
    "An empty cell means: not seen in the pages that were read. It is never zero and never says that there is none.",
    "空白表示未见公开资料，既不等于零，也不表示不存在。",
)
CODED = Text(
    "Practices were coded in two machine-assisted passes; no human expert has coded them yet.",
    "实践举措由机器辅助编码两遍，尚无人类专家编码。",
)
INDEPENDENT = Text(
    "An independent work. UNESCO has neither made nor checked it.",
    "本图谱为独立成果，未经联合国教科文组织编制或审核。",
)

NOTES = (EMPTY, CODED, INDEPENDENT)


def citation(language: str = "en") -> str:
    """How the atlas is cited, in one line: in Chinese as a data set after GB/T 7714-2015.

    Examples
    --------
    >>> citation("zh").startswith("The learningcity maintainers. learningcity：联合国教科文组织学习型城市奖溯源图谱[DS]. ")
    True
    """
    if language == "zh":
        return (
            "The learningcity maintainers. learningcity：联合国教科文组织学习型城市奖溯源图谱[DS]. "
            f"{package_version()}版. {CITATION_YEAR}."
        )
    return (
        "The learningcity maintainers. learningcity: the sourced atlas of the UNESCO Learning City Award. "
        f"Version {package_version()}, {CITATION_YEAR}."
    )


def citations(language: str) -> tuple[str, ...]:
    """How the atlas is cited in a language, and in English beside it: its title is an English one.

    Examples
    --------
    >>> len(citations("en")), len(citations("zh"))
    (1, 2)
    """
    return tuple(dict.fromkeys((citation(language), citation("en"))))


def provenance(atlas: Atlas, language: str) -> dict[str, Any]:
    """Give what stands at the head of everything that is given away, as plain values.

    Examples
    --------
    >>> import learningcity as lc
    >>> sorted(provenance(lc.load_atlas(), "en"))
    ['citation', 'citations', 'licence', 'notes', 'own_tables', 'versions']
    """
    return {
        "versions": {"learningcity": package_version(), "data": data_version(atlas)},
        "licence": LICENCE.in_(language),
        "citation": citation(language),
        "citations": list(citations(language)),
        "notes": [text.in_(language) for text in NOTES],
        "own_tables": sorted(name for name, keys in atlas.own.items() if keys),
    }


def source_links(atlas: Atlas) -> dict[str, str]:
    """Give the address of every source that may be linked, by its id.

    Doubtful sources, and those on hosts that are graded doubtful, are printed and never linked;
    what is no plain web address cannot be.
    """
    return dict(atlas.derived("source_links", lambda: _links(atlas)))


def _links(atlas: Atlas) -> dict[str, str]:
    found = {}
    for source_id, address, tier in atlas.sources[["source_id", "url", "tier"]].itertuples(index=False):
        if tier != "doubtful" and _linkable(or_none(address)):
            found[source_id] = address
    for source_id, address in atlas.statistical_sources[["source_id", "url_or_repo"]].itertuples(index=False):
        repository = re.match(r"github:([\w.-]+/[\w.-]+)", or_none(address) or "")
        place = f"https://github.com/{repository[1]}" if repository else or_none(address)
        if _linkable(place):
            found[source_id] = place
    return found


def _linkable(address: str | None) -> bool:
    plain = bool(address) and not re.search(r"\s", address or "")
    return plain and host_name(address or "") is not None and not is_doubtful_host(address or "")
