"""The words of lesson cards: every number a slot, every claim with what stands behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from learningcity.atlas import Atlas
from learningcity.core import Text, or_none
from learningcity.plan.bodies import body_named, sentences
from learningcity.plan.lessons_result import LessonCard, LessonsResult
from learningcity.plan.peer_words import in_sentence
from learningcity.plan.said import Marks, Named, Rounded, Said, said
from learningcity.plan.seen import code_label
from learningcity.standards import country_name, label

if TYPE_CHECKING:
    from learningcity.plan.gap_profile import GapsResult

Rows = Sequence[Mapping[str, Any]]
NOT_NAMED = said("Not seen in the texts read.", "所读文本中未见。")


def gap_card(atlas: Atlas, found: LessonsResult, row: Mapping[str, Any], practices: Rows) -> LessonCard:
    """A card on what was seen in comparable cities and not in the target."""
    words = Text(row["label_en"], row["label_zh"])
    at_first = Text(words.en[:1].upper() + words.en[1:], words.zh)
    kind = {
        "mechanism": Text("Mechanism", "举措类别"),
        "theme": Text("Theme", "特征"),
        "problem": Text("Problem", "问题"),
    }.get(row["kind"], Text(row["kind"], row["kind"]))
    title = Text(
        f"{kind.en}: {words.en}, seen in comparable cities", f"{kind.zh}：{words.zh}（可比城市已见）"
    )
    parts = {
        "finding": (_gap_finding(found, row, at_first),),
        "evidence": _evidence(found, practices),
        "conditions": _conditions(found, practices),
        "body": _bodies(atlas, practices, None),
        "instrument": _instruments(practices, None),
        "constraint": _constraints(atlas, found, practices, (row["kind"], row["code"]), None),
        "risk": _risks(found, practices, row),
    }
    values = {key: row[key] for key in ("open", "of", "peers", "peers_of", "awarded", "awarded_of")}
    return LessonCard(
        f"gap-{row['kind']}-{str(row['code']).replace(' ', '-')}",
        "gap",
        title,
        parts,
        _ids(practices),
        values,
    )


def bottleneck_card(
    atlas: Atlas, found: LessonsResult, row: Mapping[str, Any], practices: Rows
) -> LessonCard:
    """A card on a bottleneck that the national framework names."""
    parts = {
        "finding": _bottleneck_finding(found, row),
        "evidence": _evidence(found, practices),
        "conditions": _conditions(found, practices),
        "body": _bodies(atlas, practices, row),
        "instrument": _instruments(practices, row),
        "constraint": _constraints(atlas, found, practices, None, row),
        "risk": _risks(found, practices, None),
    }
    values = {key: row[key] for key in ("practices", "cities", "agreed")}
    return LessonCard(
        f"bottleneck-{row['bottleneck_id']}", "bottleneck", Text(row["name_en"], row["name_zh"]), parts, _ids(practices), values
    )  # fmt: skip


def _ids(practices: Rows) -> tuple[str, ...]:
    return tuple(str(p["practice_id"]) for p in practices)


def _gap_finding(found: LessonsResult, row: Mapping[str, Any], words: Text) -> Said:
    slots = {"what": words, "awarded": int(row["awarded"]), "awarded_of": int(row["awarded_of"])}
    if found.kind == "country":
        return said(
            "{what} was seen in {awarded} of {awarded_of} awarded cities outside {where}; in {open} of {of} of its cities "
            "it was not seen, though {gap_in} of these {gap_in:has|have} a comparable awarded city that shows it.",
            "在{where}以外的{awarded_of}个获奖城市中，{awarded}个见到“{what}”；该国{of}个城市中有{open}个未见，"
            "其中{gap_in}个城市的可比获奖城市已见。",
            where=found.name, open=int(row["open"]), of=int(row["of"]), gap_in=int(row["gap_in"]), **slots,
        )  # fmt: skip
    verb = (
        ("not named by", "未提及")
        if found.kind == "own"
        else ("not seen in", "未见")
    )  # fmt: skip
    return said(
        f"{{what}} was seen in {{peers}} of {{peers_of}} comparable awarded cities and in {{awarded}} of {{awarded_of}} awarded cities, and {verb[0]} {{where}}.",
        f"{{peers_of}}个可比获奖城市中{{peers}}个、全部{{awarded_of}}个获奖城市中{{awarded}}个见到“{{what}}”，{{where}}{verb[1]}。",
        where=found.name, peers=int(row["peers"]), peers_of=int(row["peers_of"]), **slots,
    )  # fmt: skip


def _bottleneck_finding(found: LessonsResult, row: Mapping[str, Any]) -> tuple[Said, ...]:
    statement = Text(str(row["text_en"]).rstrip("."), str(row["text_zh"]).rstrip("。"))
    told = [
        said(
            "Named in the national framework: “{statement}”{mark}.",
            "国家政策框架中的表述：“{statement}”{mark}。",
            statement=statement, mark=Marks(_marks([row["source_id"]])),
        ),
        said(
            "By our mapping {n} {n:practice|practices} of {cities} awarded {cities:city|cities} {n:answers|answer} it, "
            "{agreed} of them by the codes of every coder.",
            "按本系统拟定的对应关系，{cities}个获奖城市的{n}项实践举措与之对应，其中{agreed}项得到全部编码员的编码支持。",
            n=int(row["practices"]), cities=int(row["cities"]), agreed=int(row["agreed"]),
        ),
    ]  # fmt: skip
    if row.get("remedy_en"):
        told.append(
            said(
                "The remedy that the statement names: {remedy}.",
                "该陈述提出的对策：{remedy}。",
                remedy=Text(_small(row["remedy_en"]), row["remedy_zh"]),
            )
        )
    if row.get("disputed") == "yes":
        told.append(said("Pages contradict each other on this.", "各来源对此说法不一。"))
    return tuple(told)


def _evidence(found: LessonsResult, practices: Rows) -> tuple[Said, ...]:
    told = []
    for p in practices:
        year = or_none(p["start_year"])
        since = (
            said("", "")
            if year is None
            else said(", since {y}", "，{y}年起", y=Text(str(int(year)), str(int(year))))
        )
        told.append(
            said(
                "{city}: {practice}{since}{mark} (strength {strength} of 3; source: {tier}; counted by {coders} of {of} coders).",
                "{city}：{practice}{since}{mark}（证据强度{strength}，满分3；来源：{tier}；{of}名编码员中{coders}名计入）。",
                city=_city(p),
                practice=Named("practice", str(p["practice_id"]), Text(str(p["title_en"]), str(p["title_zh"]))),
                since=since, mark=Marks(_marks([p["source_id"]])),
                strength=Rounded(float(p["strength"]), 0 if float(p["strength"]).is_integer() else 1),
                tier=_tier(p), coders=int(p["coders"]), of=int(p["coders_of"]),
            )
        )  # fmt: skip
    return tuple(told)


def _city(p: Mapping[str, Any]) -> Named:
    return Named("city", str(p["city_id"]), Text(str(p["name_en"]), str(p["name_zh"])))


def _tier(p: Mapping[str, Any]) -> Text:
    tier = or_none(p["tier"]) or ""
    return Text(label("tier", tier, "en"), label("tier", tier, "zh")) if tier else Text("none", "无")


def _marks(ids: Sequence[Any]) -> tuple[str, ...]:
    return tuple(str(one) for one in ids if or_none(one) is not None)


def nearest(found: LessonsResult, city: str) -> tuple[str, GapsResult] | None:
    """The city of the target that is most like another one, with its gaps; None where none was compared with it."""
    best: tuple[float, str] | None = None
    for key, one in found.gaps.items():
        similarity = one.peers.similarity.get(city)
        if similarity is not None and (best is None or similarity > best[0]):
            best = (similarity, key)
    return None if best is None else (best[1], found.gaps[best[1]])


def _conditions(found: LessonsResult, practices: Rows) -> tuple[Said, ...]:
    """City by city: how like the target it is, in what, and where it differs."""
    told = []
    for p in practices:
        one = nearest(found, str(p["city_id"]))
        if one is None:
            told.append(
                said("{city}: the background could not be compared.", "{city}：背景无法比较。", city=_city(p))
            )
            continue
        sides = one[1].peers.sides(str(p["city_id"]))
        alike, differs = (
            tuple(_figure(r) for r in sides[side] if r["kind"] == "city" or side == "differs")[:4]
            for side in ("alike", "differs")
        )
        slots: dict[str, Any] = {"city": _city(p), "s": Rounded(one[1].peers.similarity[str(p["city_id"])])}
        en, zh = "{city} (similarity {s})", "{city}（相似度{s}）"
        if found.kind == "country":
            en, zh = "{city} (similarity {s} with {here})", "{city}（与{here}的相似度为{s}）"
            slots["here"] = one[1].name
        if alike:
            en, zh = f"{en}: alike in {{alike}}", f"{zh}：{{alike}}相近"
            slots["alike"] = alike
        if differs:
            en, zh = f"{en}; mind the difference in {{differs}}", f"{zh}；须考虑{{differs}}的差别"
            slots["differs"] = differs
        else:
            en = f"{en}; no large difference seen on what both have ({{share}} of the weight)"
            zh = f"{zh}；双方均有数据的各项（占权重{{share}}）未见较大差别"
            row = one[1].peers.ranking.set_index("city_id").loc[str(p["city_id"])]
            slots["share"] = Rounded(float(row["coverage"]), 0, True)
        told.append(said(en + ".", zh + "。", **slots))
    return tuple(told) or (said("No practice to transfer was seen.", "未见可供借鉴的举措。"),)


def _figure(row: Mapping[str, Any]) -> Text:
    name = in_sentence(Text(row["label_en"], row["label_zh"]))
    if row["kind"] == "context" and row["figure"] != "region":
        return Text(f"{name.en} of the country", f"{name.zh}（国家背景）")
    return name


def _bodies(atlas: Atlas, practices: Rows, row: Mapping[str, Any] | None) -> tuple[Said, ...]:
    told = []
    if row is not None and row.get("body_en"):
        told.append(
            said(
                "Named by the framework: {body}{mark}.",
                "框架指明：{body}{mark}。",
                body=Text(row["body_en"], row["body_zh"]), mark=Marks(_marks([row["source_id"]])),
            )
        )  # fmt: skip
    texts = atlas.practices.set_index("practice_id")
    for p in practices:
        quoted = body_named(texts.loc[p["practice_id"]].to_dict())
        if quoted is not None:
            told.append(
                said(
                    "{city}, as told of the practice: “{quoted}”{mark}.",
                    "{city}的举措介绍：“{quoted}”{mark}。",
                    city=_city(p), quoted=_stripped(quoted),
                    mark=Marks(_marks([p["source_id"]])),
                )
            )  # fmt: skip
    return tuple(told) or (NOT_NAMED,)


def _instruments(practices: Rows, row: Mapping[str, Any] | None) -> tuple[Said, ...]:
    told = []
    if row is not None and row.get("instrument_en"):
        told.append(
            said(
                "Named by the framework: {instrument}.",
                "框架指明：{instrument}。",
                instrument=Text(row["instrument_en"], row["instrument_zh"]),
            )
        )
    by: dict[str, list[Named]] = {}
    for p in practices:
        titled = Named("practice", str(p["practice_id"]), Text(str(p["title_en"]), str(p["title_zh"])))
        by.setdefault(str(p["mechanism"]), []).append(titled)
    for mechanism, named in by.items():
        told.append(
            said(
                "By way of {mechanism}: {named}.",
                "{mechanism}类：{named}。",
                mechanism=code_label("mechanism", mechanism), named=tuple(named),
            )
        )  # fmt: skip
    return tuple(told) or (NOT_NAMED,)


def _constraints(
    atlas: Atlas,
    found: LessonsResult,
    practices: Rows,
    code: tuple[str, str] | None,
    row: Mapping[str, Any] | None,
) -> tuple[Said, ...]:
    told: list[Said] = []
    if row is not None and not row.get("remedy_en"):
        told.append(said("The statement names no remedy.", "该陈述未提出对策。"))
    mechanisms: set[str] = set()
    if row is not None and row.get("mechanisms"):
        mechanisms = set(str(row["mechanisms"]).split(";"))
    if code is not None and code[0] == "mechanism":
        mechanisms = {code[1]}
    texts = atlas.practices.set_index("practice_id")
    for critical in _critical(atlas, found.coder, mechanisms)[:2]:
        told.append(
            said(
                "A critical account of the same mechanism, {city}: “{quoted}”{mark}.",
                "同类举措的批评性资料，{city}：“{quoted}”{mark}。",
                city=_city(critical), quoted=_stripped(sentences(texts.loc[critical["practice_id"]].to_dict())[-1]),
                mark=Marks(_marks([critical["source_id"]])),
            )
        )  # fmt: skip
    return tuple(told) or (said("None was seen in the evidence read.", "所读资料中未见。"),)


def _critical(atlas: Atlas, coder: str, mechanisms: set[str]) -> list[dict[str, Any]]:
    """Practices that a coder read as criticism and that work by one of these mechanisms."""
    codes = atlas.codes
    rows = codes[
        (codes["coder"] == coder) & (codes["stance"] == "critical") & codes["mechanism"].isin(mechanisms)
    ]
    if rows.empty:
        return []
    wording = atlas.practices.set_index("practice_id")
    names = atlas.cities.set_index("city_id")
    found = []
    for practice in rows["practice_id"]:
        row = wording.loc[practice]
        city = names.loc[row["city_id"]]
        found.append(
            {
                "practice_id": str(practice), "city_id": str(row["city_id"]), "name_en": str(city["name_en"]),
                "name_zh": str(or_none(city["name_zh"]) or city["name_en"]), "title_en": str(row["title_en"]),
                "title_zh": str(row["title_zh"]), "source_id": row["source_id"],
            }
        )  # fmt: skip
    return found


def _risks(found: LessonsResult, practices: Rows, row: Mapping[str, Any] | None) -> tuple[Said, ...]:
    """What could make the lesson say more than its evidence: computed from the rows in front of the reader."""
    told: list[Said] = []
    n = len(practices)
    undated = sum(p["timing"] == "undated" for p in practices)
    after = sum(p["timing"] == "after" for p in practices)
    if after:
        told.append(
            said(
                "{after} of {n} began in the year of the award or later and {after:tells|tell} nothing of the way to it.",
                "{n}项中有{after}项始于获奖当年或之后，不能说明获奖之前的历程。",
                after=after, n=n,
            )
        )  # fmt: skip
    if undated:
        told.append(
            said(
                "Of {undated} of {n} no start year was seen.",
                "{n}项中有{undated}项未见起始年份。",
                undated=undated, n=n,
            )
        )  # fmt: skip
    weak = sum(p["tier"] not in ("unesco", "official") for p in practices)
    if weak:
        told.append(
            said(
                "{weak} of {n} {weak:rests|rest} on a source that is neither UNESCO's nor official.",
                "{n}项中有{weak}项所据来源既非教科文组织也非官方。",
                weak=weak, n=n,
            )
        )  # fmt: skip
    split = sum(p["coders"] < p["coders_of"] for p in practices)
    if split:
        told.append(said("On {split} the coders do not agree.", "其中{split}项编码员意见不一。", split=split))
    lands = tuple(dict.fromkeys(str(p["country_iso3"]) for p in practices))
    if len(lands) == 1 and n > 1:
        land = Text(country_name(lands[0], "en"), country_name(lands[0], "zh"))
        told.append(said("All of them come from {land}.", "各项举措均来自{land}。", land=land))
    if row is not None and found.kind != "own" and not row["notable"]:
        told.append(
            said(
                "So few practices were read of {where} that chance alone could leave this open.",
                "{where}所读实践举措有限，此项未见可能出于偶然。",
                where=found.name,
            )
        )
    return tuple(told) or (
        said("None that the evidence shows; it tells what was done, not what came of it.", "就所读资料未见特别风险；资料说明做了什么，并不说明成效。"),
    )  # fmt: skip


def _stripped(text: Text) -> Text:
    return Text(text.en.rstrip("."), text.zh.rstrip("。"))


def _small(words: str) -> str:
    return words if words[:2].isupper() else words[:1].lower() + words[1:]
