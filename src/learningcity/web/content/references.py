"""Sources as pages print and link them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import learningcity as lc
from learningcity.web.content import base
from learningcity.web.content.base import Row

_AFTER_REPOST = lc.Text("original not seen, after a repost", "原文未见，据转载")


@dataclass(frozen=True, slots=True)
class Source:
    """One page or data set that was read."""

    source_id: str
    title: str | None
    address: str | None
    tier: str
    statistical: bool = False
    publisher: str | None = None
    licence: str | None = None
    version: str | None = None
    to_confirm: str | None = None
    short: lc.Text | None = None

    @property
    def doubtful(self) -> bool:
        """Whether the address must not be linked: graded doubtful itself, or on a host that is."""
        return self.tier == "doubtful" or _on_doubtful_host(self.address or "")

    @property
    def link(self) -> str | None:
        """The address as a link, or None where it is doubtful or no plain web address."""
        return None if self.doubtful or _host(self.address or "") is None else self.address

    @property
    def host(self) -> str:
        """Who published it, in short: the host name, or the id where there is none."""
        if self.statistical:
            # The address is that of a copy; the id says whose figures they are.
            return self.source_id
        return (_host(self.address or "") if self.link else None) or self.source_id

    def name(self, language: str) -> str:
        """What a page calls it beside a figure: the short name of a statistic, else the host."""
        if self.short is not None:
            return self.short.in_(language)
        return self.source_id if self.doubtful else self.host

    def tier_label(self, language: str) -> str:
        """The tier in words; for doubtful ones the fixed phrase."""
        if self.doubtful:
            return _AFTER_REPOST.in_(language)
        if self.statistical:
            return lc.Text("statistics", "统计数据").in_(language)
        return lc.label("tier", self.tier, language)

    def reference(self, language: str) -> Row:
        """What a page prints beside a figure: host, tier and the link to the source's own page."""
        return {
            "id": self.source_id,
            "href": f"/{language}/sources/{self.source_id}",
            "host": self.name(language),
            "ours": self.short is not None,
            "tier": self.tier_label(language),
            "doubtful": self.doubtful,
            "title": self.title,
            "address": self.address,
            "own": base.is_own("sources", self.source_id),
        }


@cache
def _host(address: str) -> str | None:
    # Programs cut at blanks: what they would open is not what is printed.
    return None if re.search(r"\s", address) else lc.host_name(address)


@cache
def _on_doubtful_host(address: str) -> bool:
    return lc.is_doubtful_host(address)


@cache
def sources() -> dict[str, Source]:
    """All sources by id, those of the statistics included."""
    found = {
        r["source_id"]: Source(r["source_id"], r["title"], r["url"], r["tier"])
        for r in base.rows(base.atlas().sources)
    }
    for r in base.rows(base.atlas().statistical_sources):
        address = str(r["url_or_repo"] or "")
        repo = re.match(r"github:([\w.-]+/[\w.-]+)", address)
        found[r["source_id"]] = Source(
            source_id=r["source_id"],
            title=r["title"],
            address=f"https://github.com/{repo[1]}" if repo else address,
            tier="official",
            statistical=True,
            publisher=r["publisher"],
            licence=r["licence"],
            version=r["commit_or_version"],
            to_confirm=r["producer_terms_to_confirm"],
            short=lc.Text(r["name_en"], r["name_zh"]) if r.get("name_en") and r.get("name_zh") else None,
        )
    return found


def references(joined: str | None, language: str) -> list[Row]:
    """References to the sources of a cell, the doubtful ones last."""
    found = [sources()[i] for i in base.ids(joined) if i in sources()]
    found.sort(key=lambda s: s.doubtful)
    return [s.reference(language) for s in found]
