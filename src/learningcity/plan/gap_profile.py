"""What is seen in comparable and awarded cities and was not seen in a city: on public evidence alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from learningcity.atlas import Atlas, AtlasResult, CodingPolicy
from learningcity.core import (
    NEAR_CONSTANT,
    InputError,
    Text,
    UnknownNameError,
    join_texts,
    plain,
    whole_number,
)
from learningcity.plan.learn import rank_practices, with_why
from learningcity.plan.own import PROBLEMS, OwnCity
from learningcity.plan.peer_cities import PeersResult, peers
from learningcity.plan.seen import (
    KIND_WORDS,
    KINDS,
    Read,
    chance_of_none,
    cities_with,
    codes_frame,
    read_codes,
)

if TYPE_CHECKING:
    import pandas as pd

#: How a code stands in a city.
STATUSES: dict[str, Text] = {
    "seen": Text("seen", "已见"),
    "one coder": Text("seen by some coders only", "仅部分编码员判为已见"),
    "not counted": Text("seen, not counted (planned, higher level or other subject)", "见到但未计入（属计划、上级举措或其他主题）"),
    "not seen": Text("not seen", "未见"),
    "told": Text("there, as the city says", "本市称已具备"),
    "not told": Text("not named by the city", "本市未提及"),
    "not asked": Text("not asked of the city", "未询问"),
}  # fmt: skip
#: How many codes of a kind a summary names.
_TOLD = 4
OPEN = ("not seen", "not counted", "not told")


@dataclass(frozen=True)
class GapsResult(AtlasResult):
    """What is seen elsewhere and was not seen in a city, and practices that are worth learning from.

    Parameters
    ----------
    city
        Id of the city, or None for one that is not in the atlas.
    name
        What it is called.
    profile
        One row a code: kind, code, label_en, label_zh, status (a key of ``plan.STATUSES``), ``here_<coder>``
        (practices that count; empty where the coder coded none of the city), ``peers_<coder>``, peers_of,
        ``awarded_<coder>``, awarded_of (cities with the code, of how many coded), near_constant, chance (that as many
        practices as were read here, drawn from those of awarded cities, would show the code in none), gap (open here
        and seen in at least one peer), notable (a gap that so few practices would rarely leave by chance).
    practices
        One row a practice of a comparable awarded city, best first; see ``plan.rank_practices``.
    peers
        The comparable cities.
    problems
        Problems that the city answers or names itself.
    coder
        Whose codes come first.
    effort
        practices_counted, practices_read, sources_read here; median_counted, median_read, median_sources of the
        awarded cities.
    choices
        As asked.
    """

    city: str | None
    name: Text
    profile: pd.DataFrame
    practices: pd.DataFrame
    peers: PeersResult
    problems: tuple[str, ...]
    coder: str
    effort: Mapping[str, float]
    choices: Mapping[str, Any] = field(repr=False, default_factory=dict)

    @property
    def gaps(self) -> pd.DataFrame:
        """The rows of the profile that are gaps, what most peers show first, near-constant codes last."""
        rows = self.profile[self.profile["gap"]]
        share = rows[f"peers_{self.coder}"] / rows["peers_of"]
        wide = rows[f"awarded_{self.coder}"] / rows["awarded_of"]
        ordered = rows.assign(_near=rows["near_constant"], _share=-share, _wide=-wide)
        ordered = ordered.sort_values(["_near", "_share", "_wide"], kind="stable")
        return ordered.drop(columns=["_near", "_share", "_wide"]).reset_index(drop=True)

    def learn(self, n: int = 10, per_city: int = 2) -> pd.DataFrame:
        """The first ``n`` practices, at most ``per_city`` of one city, with why in words (why_en, why_zh)."""
        rows = self.practices[self.practices.groupby("city_id").cumcount() < per_city]
        return with_why(rows.head(n).reset_index(drop=True))

    def table(self) -> pd.DataFrame:
        """The profile."""
        return self.profile.copy()

    def summary(self, language: str = "en") -> str:
        """Say what is seen in peers and not here, with counts, and what that can and cannot mean."""
        said = [self._said_of(kind) for kind in ("mechanism", "theme", "problem", "group")]
        near = [Text(r["label_en"], r["label_zh"]) for r in self.profile[self.profile["near_constant"]].to_dict("records") if r["kind"] in ("mechanism", "theme")]  # fmt: skip
        said = [one for one in said if one.en]
        if not said:
            said = [
                Text(
                    f"Nothing that was seen in the peers of {self.name.en} was not seen there.",
                    f"与{self.name.zh}可比的城市所见的各项，在该市均已见到。",
                )
            ]
        if near:
            names = join_texts(near, ", ", "、")
            said.append(
                Text(
                    f"Seen in nearly all awarded cities, so that it hardly tells cities apart: {names.en}.",
                    f"在获奖城市中几乎都能见到、难以区分城市的有：{names.zh}。",
                )
            )
        if self.city is not None:
            rare = [Text(r["label_en"], r["label_zh"]) for r in self.gaps.to_dict("records") if r["notable"]]
            k = len(self.gaps)
            if rare:
                names = join_texts(rare, ", ", "、")
                said.append(
                    Text(
                        f"Of {k} gaps, chance would rarely (in less than 10% of draws) leave {len(rare)} open with so few practices read: {names.en}.",
                        f"{k}项未见之中，以所读实践举措的数量而言，偶然未见的概率低于10%的有{len(rare)}项：{names.zh}。",
                    )
                )
            elif k:
                said.append(
                    Text(
                        f"Each of the {k} gaps could well stay open by chance alone with so few practices read.",
                        f"以所读实践举措的数量而言，这{k}项未见均可能出于偶然。",
                    )
                )
            e = self.effort
            said.append(
                Text(
                    f"{e['practices_counted']:.0f} practices count here, {e['median_counted']:.0f} in the median awarded city; "
                    "not seen means that no public evidence was read, not that there is none.",
                    f"该市计入{e['practices_counted']:.0f}项实践举措，获奖城市中位数为{e['median_counted']:.0f}项；"
                    "“未见”指未读到公开资料，并不表示不存在。",
                )
            )
        return join_texts(said, " ", "").in_(language)

    def _said_of(self, kind: str) -> Text:
        rows = self.gaps
        rows = rows[rows["kind"] == kind]
        if rows.empty:
            return Text("", "")
        rest = len(rows) - _TOLD
        told = join_texts(
            [
                Text(
                    f"{r['label_en']} ({r[f'peers_{self.coder}']} of {r['peers_of']} peers, {r[f'awarded_{self.coder}']} of {r['awarded_of']} awarded cities)",
                    f"{r['label_zh']}（可比城市{r['peers_of']}个中{r[f'peers_{self.coder}']}个，获奖城市{r['awarded_of']}个中{r[f'awarded_{self.coder}']}个）",
                )
                for r in rows.head(_TOLD).to_dict("records")
            ],
            ", ",
            "、",
        )
        if rest > 0:
            told = Text(f"{told.en} and {rest} more", f"{told.zh}等，另有{rest}项")
        word = KIND_WORDS[kind]
        own = self.city is None
        return Text(
            f"{word.en.capitalize()}, seen in peers and {'not named by' if own else 'not seen in'} {self.name.en}: {told.en}.",
            f"{word.zh}方面，可比城市已见而{self.name.zh}{'未提及' if own else '未见'}的：{told.zh}。",
        )

    def to_dict(self) -> dict[str, Any]:
        """Profile, practices, peers, effort and choices as plain values."""
        return {
            "city": self.city,
            "name": plain(self.name),
            "profile": plain(self.profile),
            "practices": plain(self.practices),
            "peers": list(self.peers.peers),
            "problems": list(self.problems),
            "coder": self.coder,
            "effort": plain(dict(self.effort)),
            "choices": plain(dict(self.choices)),
            **super().to_dict(),
        }


def gaps(
    atlas: Atlas,
    city: str | OwnCity | PeersResult,
    n: int = 5,
    *,
    problems: Iterable[str] | None = None,
    coder: str = "A",
    policy: CodingPolicy | None = None,
    draws: int = 1000,
    seed: int = 0,
    **choices: Any,
) -> GapsResult:
    """Compare what was seen in a city with what was seen in its peers and in all awarded cities.

    Parameters
    ----------
    atlas
        The atlas.
    city
        A city of the atlas by id or name, one from :func:`learningcity.own_city`, or peers that were found already.
    n
        How many peers.
    problems
        Problems that the city wants to answer; None = those that its own practices answer, or those an own city names.
    coder
        Whose codes come first; those of all coders are given.
    policy
        Which practices count.
    draws, seed
        For how often peers and practices stay when weights are varied.
    **choices
        As :func:`learningcity.peers` takes them.

    Returns
    -------
    GapsResult
        "Not seen" is a statement on the evidence read: how far chance explains it stands beside it.

    Raises
    ------
    InputError
        Nothing is coded; as :func:`learningcity.peers`.
    UnknownNameError
        A coder, problem or city that is not there.

    Examples
    --------
    >>> import learningcity as lc
    >>> found = lc.gaps(lc.load_atlas(), "ningbo", draws=0)
    >>> sorted(set(found.profile["kind"]))
    ['area', 'group', 'mechanism', 'problem', 'theme']
    >>> found.profile.set_index("code").at["law", "status"]
    'seen'
    """
    chosen = policy or CodingPolicy()
    read = read_codes(atlas, chosen)
    if not read:
        raise InputError(
            Text(
                "The atlas holds no codes. Add the table practice-codes, or load the shipped one.",
                "图谱中没有编码。请补充practice-codes表，或载入随附数据。",
            )
        )
    if coder not in read:
        raise UnknownNameError("coder", coder, read)
    whole_number(draws, "draws", 0, 1_000_000)
    found = (
        city if isinstance(city, PeersResult) else peers(atlas, city, n, draws=draws, seed=seed, **choices)
    )
    own = city if isinstance(city, OwnCity) else None
    wanted = _problems(problems, own, found.city, read[coder])
    profile = _profile(atlas, found, own, read, coder)
    open_codes = {
        (k, c) for k, c in profile.loc[profile["status"].isin(OPEN), ["kind", "code"]].itertuples(index=False)
    }
    return GapsResult(
        city=found.city, name=found.name, profile=profile,
        practices=rank_practices(
            atlas, found.similarity, found.peers, open_codes, wanted, read, coder, draws=draws, seed=seed
        ),
        peers=found, problems=wanted, coder=coder, effort=_effort(atlas, found.city, read[coder]),
        choices={"problems": wanted, "coder": coder, "policy": plain(chosen), **found.choices}, asked=atlas,
    )  # fmt: skip


def _problems(
    given: Iterable[str] | None, own: OwnCity | None, city: str | None, read: Iterable[Read]
) -> tuple[str, ...]:
    if given is None:
        if own is not None:
            return own.problems
        seen = {code for one in read if one.city == city for kind, code in one.codes if kind == "problem"}
        return tuple(p for p in PROBLEMS if p in seen)
    found = tuple(dict.fromkeys([given] if isinstance(given, str) else given))
    for one in found:
        if one not in PROBLEMS:
            raise UnknownNameError("problem", one, PROBLEMS)
    return found


def _profile(
    atlas: Atlas, found: PeersResult, own: OwnCity | None, read: Mapping[str, tuple[Read, ...]], coder: str
) -> pd.DataFrame:
    import pandas as pd

    awarded = [c for c in atlas.city_ids() if c in atlas.first_award and c != found.city]
    frame = codes_frame()
    pairs = list(frame[["kind", "code"]].itertuples(index=False, name=None))
    for one, rows in read.items():
        counts, coded = _here(rows, found.city)
        frame[f"here_{one}"] = pd.array([counts.get(p, 0) if coded else None for p in pairs], dtype="Int64")
    for side, cities in (("peers", found.peers), ("awarded", awarded)):
        for one, rows in read.items():
            there = cities_with(rows, cities)
            frame[f"{side}_{one}"] = [len(there.get(p, ())) for p in pairs]
        coded_there = {r.city for r in read[coder]} & set(cities)
        frame[f"{side}_of"] = len(coded_there)
    frame.insert(4, "status", [_status(p, own, found.city, read) for p in pairs])
    share = frame[f"awarded_{coder}"] / frame["awarded_of"].where(frame["awarded_of"] > 0)
    frame["near_constant"] = share >= NEAR_CONSTANT
    pool = [r for r in read[coder] if r.counted and r.city in set(awarded)]
    counted = sum(r.counted and r.city == found.city for r in read[coder])
    carrying = {p: sum(p in r.codes for r in pool) for p in pairs}
    frame["chance"] = [
        float("nan") if found.city is None else chance_of_none(len(pool), carrying[p], counted) for p in pairs
    ]
    frame["gap"] = frame["status"].isin(OPEN) & (frame[f"peers_{coder}"] > 0)
    frame["notable"] = frame["gap"] & (frame["chance"] < 0.1)
    return frame


def _here(rows: Iterable[Read], city: str | None) -> tuple[dict[tuple[str, str], int], bool]:
    counts: dict[tuple[str, str], int] = {}
    coded = False
    for one in rows:
        if one.city == city:
            coded = True
            if one.counted:
                for code in one.codes:
                    counts[code] = counts.get(code, 0) + 1
    return counts, coded


def _status(
    pair: tuple[str, str], own: OwnCity | None, city: str | None, read: Mapping[str, tuple[Read, ...]]
) -> str:
    if city is None:
        if own is None or own.has is None or pair[0] not in ("mechanism", "theme"):
            return "not asked"
        return "told" if pair[1] in own.has else "not told"
    votes = []
    spoken = False
    for rows in read.values():
        of = [r for r in rows if r.city == city]
        if of:
            votes.append(any(r.counted and pair in r.codes for r in of))
            spoken = spoken or any(pair in r.codes for r in of)
    if votes and all(votes):
        return "seen"
    if any(votes):
        return "one coder"
    return "not counted" if spoken else "not seen"


def _effort(atlas: Atlas, city: str | None, read: Iterable[Read]) -> dict[str, float]:
    import numpy as np

    rows = list(read)
    awarded = [c for c in atlas.city_ids() if c in atlas.first_award]
    effort = atlas.effort()
    counted = {c: sum(r.counted and r.city == c for r in rows) for c in [*awarded, *([city] if city else [])]}
    there = effort.loc[[c for c in awarded if c in effort.index]]
    found = {
        "median_counted": float(np.median([counted[c] for c in awarded])) if awarded else float("nan"),
        "median_read": float(there["practices"].median()),
        "median_sources": float(there["sources"].median()),
    }
    if city is not None:
        found |= {
            "practices_counted": float(counted[city]),
            "practices_read": float(effort.at[city, "practices"]),
            "sources_read": float(effort.at[city, "sources"]),
        }
    return found


#: Kinds in the order of reading; for those who lay out a profile.
PROFILE_KINDS = tuple(KINDS)


def gap_words() -> dict[str, dict[str, Text]]:
    """Words for the codes of a gap profile: those of its column ``kind``, those of ``status``.

    Examples
    --------
    >>> gap_words()["status"]["not seen"].zh
    '未见'
    """
    return {"kind": dict(KIND_WORDS), "status": dict(STATUSES)}
