"""The atlas behind the pages: loaded once a process, with the look-ups that screens share."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings

import learningcity as lc

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]

MECHANISMS = ("policy", "law", "organization", "funding", "resources", "participation", "monitoring")
THEMES = ("inclusive", "prosperous", "green", "sustainable")
TIERS = ("unesco", "official", "secondary", "mirror", "doubtful")

_AFTER_REPOST = lc.Text("original not seen, after a repost", "原文未见，据转载")


@cache
def atlas() -> lc.Atlas:
    """Give the atlas: the shipped one, or with the user's own tables over it."""
    return lc.load_atlas(settings.OVERLAY)


def overlaid() -> bool:
    """Whether the user's own tables lie over the shipped ones."""
    return settings.OVERLAY is not None


def is_own(table: str, *key: Any) -> bool:
    """Whether the user added or replaced a row, given by its key."""
    return tuple(str(part) for part in key) in getattr(atlas(), "own", {}).get(table, ())


def rows(frame: pd.DataFrame) -> list[Row]:
    """Turn a frame into rows; an empty cell is None, never NaN."""
    names = [str(name) for name in frame.columns]
    columns = [
        [
            None if absent else value
            for value, absent in zip(column.astype(object), column.isna(), strict=True)
        ]
        for _, column in frame.items()
    ]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


@cache
def standard_rows(name: str) -> tuple[Row, ...]:
    """Rows of a table of the standards."""
    return tuple(rows(lc.standard_tables()[name]))


def ids(joined: str | None) -> list[str]:
    """Split ids that stand in one cell."""
    return [part for part in (joined or "").split(";") if part]


def near_years(value: str, names: list[str]) -> list[str] | None:
    """The nearest years for a year; for anything else the spelling decides."""
    years = [name for name in names if len(name) == 4 and name.isdigit()]
    if not years or not value.isdigit():
        return None
    return sorted(years, key=lambda year: abs(int(year) - int(value)))[:3]


# --- sources ---------------------------------------------------------------------------------------


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
            "own": is_own("sources", self.source_id),
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
        r["source_id"]: Source(r["source_id"], r["title"], r["url"], r["tier"]) for r in rows(atlas().sources)
    }
    for r in rows(atlas().statistical_sources):
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
    found = [sources()[i] for i in ids(joined) if i in sources()]
    found.sort(key=lambda s: s.doubtful)
    return [s.reference(language) for s in found]


# --- originals -------------------------------------------------------------------------------------

_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("zh-Hans", re.compile(r"[\u4e00-\u9fff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("am", re.compile(r"[\u1200-\u137f]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
)


def language_of(text: str | None, country: str | None = None) -> str:
    """Tell the language of an original by its script, for ``lang``; "" = not known.

    Examples
    --------
    >>> language_of("武汉市"), language_of("수원시"), language_of("Medellín")
    ('zh-Hans', 'ko', '')
    """
    if country == "JPN" and re.search(r"[\u4e00-\u9fff]", text or ""):
        return "ja"
    for language, script in _SCRIPTS:
        if script.search(text or ""):
            return language
    return ""


def foreign(text: str | None, language: str) -> str | None:
    """Give the ``lang`` of a text that is not in the language of the page, None where it is.

    Examples
    --------
    >>> foreign("武汉市", "en"), foreign("武汉市", "zh"), foreign("Wuhan", "zh")
    ('zh-Hans', None, '')
    """
    found = language_of(text)
    if language == "zh":
        return None if found == "zh-Hans" or not re.search(r"[^\W\d_]", text or "") else found
    return found or None


def sort_key(name: str, language: str) -> Any:
    """Order names as the language does: accents folded, or by pinyin.

    The common Chinese characters stand in the order of their pinyin in GB 18030, so its bytes sort
    names without a dictionary; rare characters come after them.

    Examples
    --------
    >>> sorted(["武汉", "北京", "常州"], key=lambda n: sort_key(n, "zh"))
    ['北京', '常州', '武汉']
    """
    if language == "zh":
        return name.encode("gb18030")
    folded = unicodedata.normalize("NFKD", name)
    return "".join(c for c in folded if not unicodedata.combining(c)).casefold()


# --- cities ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class City:
    """What every screen says of a city."""

    city_id: str
    names: lc.Text
    local: str | None
    country: str
    region: str
    latitude: float | None
    longitude: float | None
    profile_source_id: str | None
    rounds: tuple[int, ...]

    @property
    def first_award(self) -> int | None:
        """Year of the first award, None without one."""
        return self.rounds[0] if self.rounds else None

    def name(self, language: str) -> str:
        """The name in a language."""
        return self.names.in_(language)


@cache
def cities() -> dict[str, City]:
    """All cities by id."""
    won: dict[str, list[int]] = defaultdict(list)
    for row in rows(atlas().awards):
        won[row["city_id"]].append(int(row["round"]))
    return {
        r["city_id"]: City(
            city_id=r["city_id"],
            names=lc.Text(r["name_en"], r["name_zh"]),
            local=r["name_local"],
            country=r["country_iso3"],
            region=r["unesco_region"],
            latitude=r["latitude"],
            longitude=r["longitude"],
            profile_source_id=r["profile_source_id"],
            rounds=tuple(sorted(won[r["city_id"]])),
        )
        for r in rows(atlas().cities)
    }


@cache
def award_years() -> tuple[int, ...]:
    """All years of awards, oldest first; a user's own may be of a round whose rules nobody has seen."""
    return tuple(sorted({int(y) for y in atlas().awards["round"]}))


@cache
def rounds() -> tuple[int, ...]:
    """The award rounds whose rules are known, oldest first."""
    return tuple(year for year in award_years() if year in lc.award_rounds())


def country(code: str, language: str) -> str:
    """The name of a country; the code itself where nobody knows a name for it."""
    try:
        return lc.country_name(code, language)
    except lc.UnknownNameError:
        return code


@cache
def indicators() -> dict[str, Row]:
    """The catalogue of indicators by id."""
    return {r["indicator_id"]: r for r in rows(atlas().indicators)}


def _by(frame: pd.DataFrame, column: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows(frame):
        found[row[column]].append(row)
    return dict(found)


@cache
def awards_by_city() -> dict[str, list[Row]]:
    """Awards by city."""
    return _by(atlas().awards, "city_id")


@cache
def facts_by_city() -> dict[str, list[Row]]:
    """Facts by city."""
    return _by(atlas().facts, "city_id")


@cache
def practices_by_city() -> dict[str, list[Row]]:
    """Practices by city."""
    return _by(atlas().practices, "city_id")


@cache
def codes_by_practice() -> dict[str, list[Row]]:
    """Codes of all coders by practice."""
    return _by(atlas().codes, "practice_id")


@cache
def context_by_country() -> dict[str, list[Row]]:
    """Country figures by country."""
    return _by(atlas().context, "country_iso3")


@cache
def conflicts_by_city() -> dict[str, list[Row]]:
    """Contradicting facts by city."""
    return _by(atlas().conflicts(), "city_id")


@cache
def timing() -> dict[str, str]:
    """Before, after or undated against the first award, by practice."""
    return {str(k): str(v) for k, v in atlas().timing().items()}


@cache
def effort() -> dict[str, Row]:
    """Practices, sources and facts read, by city."""
    return {str(r["city_id"]): r for r in rows(atlas().effort().reset_index())}


@cache
def coverage() -> dict[str, Row]:
    """How much was seen of each city."""
    return {str(r["city_id"]): r for r in rows(atlas().coverage().reset_index())}


@cache
def coders() -> tuple[str, ...]:
    """All coders, in order."""
    return tuple(sorted({str(c) for c in atlas().codes["coder"]}))


@cache
def condition_scores() -> dict[str, dict[str, float | None]]:
    """Condition scores of pass A with the default policy, by city; None = not seen."""
    scores = atlas().conditions()
    plain = scores.astype(object).where(scores.notna(), None)
    return {str(k): v for k, v in plain.to_dict("index").items()}


@cache
def seen_not_counted() -> dict[str, dict[str, int]]:
    """How many practices of pass A speak of a condition and do not count, by city."""
    counts = atlas().seen_not_counted(coder="A")
    return {str(k): {str(c): int(n) for c, n in v.items()} for k, v in counts.to_dict("index").items()}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One condition of a city by one coder: its score and the practices behind it."""

    score: float | None = None
    practices: tuple[Row, ...] = ()

    @property
    def seen_not_counted(self) -> int:
        """How many practices speak of the condition and do not count."""
        return sum(row["counted"] == "no" for row in self.practices)


@cache
def _evidence(coder: str) -> dict[tuple[str, str], Evidence]:
    """What ``condition_evidence`` says of every city and condition, from one walk over the codes."""
    policy = lc.CodingPolicy()
    practices = {p["practice_id"]: p for of_city in practices_by_city().values() for p in of_city}
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for code in rows(atlas().codes):
        practice = practices.get(code["practice_id"])
        if code["coder"] != coder or practice is None:
            continue
        when = timing().get(code["practice_id"], "undated")
        why = lc.why_not_counted(policy, code["stance"], code["level"], code["subject"], when)
        row = {
            **{name: practice[name] for name in ("practice_id", "title_en", "title_zh")},
            "strength": int(code["strength"]),
            "counted": "yes" if why is None else "no",
            "why_not_en": why and why.en,
            "why_not_zh": why and why.zh,
        }
        second = policy.second_mechanism
        for name in lc.conditions_of(code["mechanism"], code["mechanism_2"], code["themes"], second):
            found[practice["city_id"], name].append(row)
    told = {}
    for key, lines in found.items():
        score = policy.score([line["strength"] for line in lines if line["counted"] == "yes"])
        told[key] = Evidence(None if score != score else float(score), tuple(lines))
    return told


def evidence(city_id: str, condition: str, coder: str) -> Evidence:
    """The evidence of a condition by the codes of one coder, with the default policy."""
    return _evidence(coder).get((city_id, condition), Evidence())


@cache
def population() -> dict[str, Row]:
    """The population that the default policy takes, by city, with where it comes from."""
    table = atlas().table(["population"], lc.FactPolicy(scopes=("city", "metro")))
    found = {}
    for city_id, value in table.values["population"].items():
        origin = table.origin.at[city_id, "population"]
        found[str(city_id)] = {
            "value": None if value != value else float(value),
            "kind": str(origin.kind),
            "year": origin.year,
            "facts": origin.facts,
            "disagree": bool(origin.disagree),
        }
    return found


def warm_up() -> None:
    """Load the atlas and build what the first visitor would otherwise wait for."""
    for build in (sources, cities, indicators, facts_by_city, practices_by_city, codes_by_practice):
        build()
    for late in (
        context_by_country,
        conflicts_by_city,
        timing,
        effort,
        coverage,
        condition_scores,
        seen_not_counted,
        population,
    ):
        late()
    from learningcity.web import squares

    for coder in coders():
        _evidence(coder)
    for city_id in cities():
        for language in ("en", "zh"):
            squares.of_city(city_id, language)
    with suppress(lc.UnknownNameError):
        # One odd row must not stop the server; the search page will name it.
        atlas().search("learning")
