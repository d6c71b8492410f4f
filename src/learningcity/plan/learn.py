"""Practices worth learning from, ranked by how they fit a city and by their evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from learningcity.atlas import Atlas
from learningcity.core import Text, join_texts, or_none
from learningcity.plan.seen import Read, code_label
from learningcity.standards import label

if TYPE_CHECKING:
    import pandas as pd

#: Parts of the fit and of the evidence, with their weights.
FIT = {"similarity": 0.4, "gap": 0.4, "problem": 0.2}
EVIDENCE = {"strength": 0.4, "tier": 0.2, "timing": 0.2, "agree": 0.2}
TIER = {"unesco": 1.0, "official": 1.0, "secondary": 0.6, "mirror": 0.3, "doubtful": 0.0}
TIMING = {"before": 1.0, "after": 0.5, "undated": 0.0}
#: How far the weights are varied.
NOISE = 0.5
PARTS = (*FIT, *EVIDENCE)
COLUMNS = (
    "rank", "practice_id", "city_id", "name_en", "name_zh", "country_iso3", "mechanism", "peer", "similarity", "title_en", "title_zh", "score", "fit", "evidence",
    *(f"part_{one}" for one in PARTS), "fills", "problem", "strength", "coders", "coders_of", "tier", "timing",
    "start_year", "source_id", "stays",
)  # fmt: skip


def rank_practices(
    atlas: Atlas,
    similarity: Mapping[str, float],
    peers: Sequence[str],
    open_codes: set[tuple[str, str]],
    problems: Sequence[str],
    read: Mapping[str, tuple[Read, ...]],
    coder: str,
    *,
    top: int = 10,
    draws: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Rank the practices of comparable awarded cities by fit and evidence.

    Parameters
    ----------
    atlas
        The atlas.
    similarity
        City -> 1 minus its distance; practices of other cities do not take part.
    peers
        The peers among them, nearest first.
    open_codes
        (kind, code) pairs that were not seen in the city.
    problems
        Problems that it wants to answer; none leaves that part out.
    read, coder
        Practices by coder, and whose codes come first.
    top, draws, seed
        How often a practice is among the first ``top`` when the weights vary by half.

    Returns
    -------
    frame
        Best first, those from doubtful sources last. ``score`` is the geometric mean of fit and evidence, so that neither makes up for the lack of the
        other. ``fit``: similarity of the city (1 for the nearest of the comparable cities, 0 for the farthest); gap (1 for a mechanism or theme that was not seen, 0.5 for an area,
        problem or group); problem (1 where it answers one of ``problems``). ``evidence``: strength (mean of the coders
        over 3); tier of the source; timing (1 dated before the award, 0.5 dated later, 0 undated); agree (1 where all
        coders count it and give the same mechanism, 0.5 where all count it). ``fills`` lists the codes it shows that
        were not seen, as ``kind:code`` joined with ``;``.
    """
    import pandas as pd

    low, high = min(similarity.values(), default=0.0), max(similarity.values(), default=1.0)
    found = []
    for r, row in _candidates(atlas, read, coder):
        if r.city not in similarity:
            continue
        fills = sorted(r.codes & open_codes)
        answered = [c for k, c in r.codes if k == "problem" and c in problems]
        found.append(
            {
                **row, "peer": peers.index(r.city) + 1 if r.city in peers else 0,
                "similarity": similarity[r.city],
                "part_similarity": (similarity[r.city] - low) / (high - low) if high > low else 1.0,
                "part_gap": 1.0 if any(k in ("mechanism", "theme") for k, _ in fills) else 0.5 if fills else 0.0,
                "part_problem": float(bool(answered)) if problems else float("nan"),
                "fills": ";".join(f"{k}:{c}" for k, c in fills), "problem": ";".join(answered),
            }
        )  # fmt: skip
    if not found:
        return pd.DataFrame(columns=list(COLUMNS))
    return _ordered(pd.DataFrame(found), top, draws, seed)


def _candidates(
    atlas: Atlas, read: Mapping[str, tuple[Read, ...]], coder: str
) -> list[tuple[Read, dict[str, Any]]]:
    """Practices of awarded cities that count, with what does not hang on who asks; kept for the reading."""
    return atlas.derived(f"plan candidates {coder} {id(read)}", lambda: _read_candidates(atlas, read, coder))


def _read_candidates(
    atlas: Atlas, read: Mapping[str, tuple[Read, ...]], coder: str
) -> list[tuple[Read, dict[str, Any]]]:
    everyone: dict[str, dict[str, Read]] = {}
    for one, rows in read.items():
        for r in rows:
            everyone.setdefault(r.practice, {})[one] = r
    wording = atlas.practices.set_index("practice_id").to_dict("index")
    tiers = atlas.sources.set_index("source_id")["tier"].to_dict()
    names = atlas.cities.set_index("city_id").to_dict("index")
    found = []
    for r in read[coder]:
        if not r.counted or r.city not in atlas.first_award:
            continue
        coders = everyone[r.practice]
        row, city = wording[r.practice], names[r.city]
        source = or_none(row["source_id"])
        strength = sum(c.strength for c in coders.values()) / len(coders)
        agreed = sum(c.counted for c in coders.values())
        alike = agreed == len(coders) and len({c.mechanism for c in coders.values()}) == 1
        tier = str(tiers.get(str(source), "")) if source is not None else ""
        told = {
            "practice_id": r.practice, "city_id": r.city, "name_en": city["name_en"],
            "name_zh": or_none(city["name_zh"]) or city["name_en"],
            "country_iso3": city["country_iso3"], "mechanism": r.mechanism,
            "title_en": row["title_en"], "title_zh": row["title_zh"],
            "part_strength": strength / 3, "part_tier": TIER.get(tier, 0.0),
            "part_timing": TIMING.get(r.timing, 0.0),
            "part_agree": (1.0 if alike else 0.5 if agreed == len(coders) else 0.0) if len(coders) > 1 else float("nan"),
            "strength": strength, "coders": agreed, "coders_of": len(coders), "tier": tier, "timing": r.timing,
            "start_year": or_none(row["start_year"]), "source_id": source,
        }  # fmt: skip
        found.append((r, told))
    return found


def _ordered(frame: pd.DataFrame, top: int, draws: int, seed: int) -> pd.DataFrame:
    import numpy as np
    import pandas as pd

    parts = frame[[f"part_{p}" for p in PARTS]].to_numpy(dtype=float)
    fit, evidence = _scores(parts, np.array([*FIT.values(), *EVIDENCE.values()]))
    frame = frame.assign(fit=fit, evidence=evidence, score=np.sqrt(fit * evidence))
    # What rests on a doubtful source comes last, whatever its score.
    frame = frame.assign(_last=frame["tier"] == "doubtful")
    frame = frame.sort_values(["_last", "score", "practice_id"], ascending=[True, False, True], kind="stable")
    last = frame["_last"].to_numpy()
    frame = frame.reset_index(drop=True)
    parts = frame[[f"part_{p}" for p in PARTS]].to_numpy(dtype=float)
    stays = np.full(len(frame), np.nan)
    if draws:
        rng = np.random.default_rng(seed)
        stays = np.zeros(len(frame))
        weights = np.array([*FIT.values(), *EVIDENCE.values()])
        for _ in range(draws):
            one, other = _scores(parts, weights * rng.uniform(1 - NOISE, 1 + NOISE, len(weights)))
            stays[np.argsort(np.where(last, 1.0, -one * other), kind="stable")[:top]] += 1
        stays /= draws
    frame = frame.assign(
        rank=range(1, len(frame) + 1), stays=stays, start_year=pd.array(frame["start_year"], dtype="Int64")
    )
    return frame[list(COLUMNS)]


def _scores(parts: Any, weights: Any) -> tuple[Any, Any]:
    """Weighted means of the parts of fit and of evidence that apply."""
    import numpy as np

    found = []
    for columns in (slice(0, len(FIT)), slice(len(FIT), None)):
        there = ~np.isnan(parts[:, columns])
        total = np.where(there, parts[:, columns], 0.0) @ weights[columns]
        found.append(total / (there @ weights[columns]))
    return found[0], found[1]


def with_why(frame: pd.DataFrame) -> pd.DataFrame:
    """The same rows with why each stands where it stands: why_en, why_zh."""
    why = [why_worth(row) for row in frame.to_dict("records")]
    return frame.assign(why_en=[w.en for w in why], why_zh=[w.zh for w in why])


def why_worth(row: Mapping[str, Any]) -> Text:
    """Why a practice stands where it stands, in words."""
    said = []
    fills = [tuple(one.split(":", 1)) for one in str(row["fills"]).split(";") if one]
    first = [pair for pair in fills if pair[0] in ("mechanism", "theme")] or fills[:3]
    if first:
        words = join_texts([code_label(*pair) for pair in first], ", ", "、")
        said.append(Text(f"shows what was not seen here: {words.en}", f"呈现本市未见的：{words.zh}"))
    if row["problem"]:
        words = join_texts([code_label("problem", p) for p in str(row["problem"]).split(";")], ", ", "、")
        said.append(Text(f"answers {words.en}", f"回应{words.zh}"))
    near = f"{row['similarity']:.2f}"
    if row["peer"]:
        said.append(
            Text(f"peer no. {row['peer']} (similarity {near})", f"第{row['peer']}可比城市（相似度{near}）")
        )
    else:
        said.append(
            Text(
                f"awarded city outside the peers (similarity {near})",
                f"可比城市以外的获奖城市（相似度{near}）",
            )
        )
    timing = {
        "before": Text("dated before the award", "始于获奖之前"),
        "after": Text("dated in the year of the award or later", "始于获奖当年或之后"),
        "undated": Text("no start year seen", "未见起始年份"),
    }.get(str(row["timing"]), Text("", ""))
    strength = f"{row['strength']:.1f}".removesuffix(".0")
    tier = str(row["tier"])
    source = (
        Text(label("tier", tier, "en"), label("tier", tier, "zh")) if tier else Text("no source", "无来源")
    )
    said.append(
        Text(
            f"evidence: strength {strength} of 3, {timing.en}, source: {source.en}, counted by {row['coders']} of {row['coders_of']} coders",
            f"证据：强度{strength}（满分3），{timing.zh}，来源：{source.zh}，{row['coders_of']}名编码员中{row['coders']}名计入",
        )
    )
    whole = join_texts(said, "; ", "；")
    return Text(whole.en[:1].upper() + whole.en[1:] + ".", whole.zh + "。")
