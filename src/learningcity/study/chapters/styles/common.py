"""What nearly all cities share."""

from __future__ import annotations

from learningcity.atlas import MECHANISMS
from learningcity.core import NEAR_CONSTANT, Text
from learningcity.report import (
    Block,
    Coverage,
    Finding,
    Listing,
    Section,
    Share,
    Value,
    say,
)
from learningcity.study.desk import Desk
from learningcity.study.parts import limit, text


def near_constant(desk: Desk, coder: str | None = None) -> list[str]:
    """Give the mechanisms that nearly every awarded city shows."""
    scores = desk.conditions(coder).reindex(list(desk.awarded))
    return [name for name in MECHANISMS if len(scores) and scores[name].notna().mean() >= NEAR_CONSTANT]


def _narrower(desk: Desk, name: str, scored: int) -> list[Block]:
    """Say why fewer cities stand here than in the chapter on experience, where they do."""
    held = desk.counted(any_level=True)
    speaks = (held["mechanism"] == name) | (held["mechanism_2"] == name)
    cities = int(held.loc[speaks, "city_id"].nunique())
    if cities <= scored:
        return []
    return [
        text(
            "Scores count only practices of the levels and times that the coding policy takes; with all that were read, those of "
            "higher levels and from outside among them, {name} is seen in {cities} {cities:city|cities}, as the chapter on experience has it.",
            "得分仅计编码规则所取层级与时间的举措；若计入全部已读举措（包括来自上级与外部的），{name}见于{cities}个城市，与经验一章所列相同。",
            name=desk.condition(name), cities=cities,
        )
    ]  # fmt: skip


def common(desk: Desk) -> Section:
    """Say what nearly all awarded cities show, and that it tells none of them apart."""
    title = Text("What nearly all do", "几乎所有城市的共同做法")
    scores = desk.conditions().reindex(list(desk.awarded)) if len(desk.atlas.codes) else None
    if scores is None or not len(scores):
        return Section(
            "styles.common",
            title,
            (
                limit(
                    "These data hold no coded practices of awarded cities.",
                    "所用数据中没有获奖城市的举措编码。",
                ),
            ),
        )
    seen = {name: int(scores[name].notna().sum()) for name in MECHANISMS}
    n = len(scores)
    constant = near_constant(desk)
    other = {coder: near_constant(desk, coder) for coder in desk.coders if coder != desk.study.coder}
    agree = all(found == constant for found in other.values())
    named: tuple[Value, ...] = tuple(desk.condition(c) for c in constant)
    rarest = min(MECHANISMS, key=lambda c: seen[c])
    rare = Listing(tuple(desk.condition(c) for c in MECHANISMS if seen[c] == seen[rarest]))
    if constant:
        claim = say(
            "Nearly every awarded city (at least {cut} of {n}) shows {list}; the rarest {m:mechanism is|mechanisms are} {rare}, seen in {few}.",
            "{list}在几乎所有获奖城市都可见到（{n}个城市中至少{cut}）；最少见的是{rare}，见于{few}个城市。",
            list=Listing(named),
            cut=Share(NEAR_CONSTANT),
            n=n,
            rare=rare,
            m=len(rare.values),
            few=seen[rarest],
        )
    else:
        claim = say(
            "No mechanism is seen in nearly every awarded city (at least {cut} of {n}); the rarest {m:is|are} {rare}, seen in {few}.",
            "没有一类举措在几乎所有获奖城市都可见到（{n}个城市中至少{cut}）；最少见的是{rare}，见于{few}个城市。",
            cut=Share(NEAR_CONSTANT), n=n, rare=rare, m=len(rare.values), few=seen[rarest],
        )  # fmt: skip
    sure = say("Every coder gives the same list.", "各编码员得出的名单相同。") if agree and other else say(
        "Not every coder gives the same list: what lies near the limit moves.", "各编码员的名单不尽相同：接近界限者会有变动。"
    ) if other else say("There is one coder alone.", "只有一位编码员。")  # fmt: skip
    blocks: list[Block] = [
        Finding(
            "styles.near-constant", claim, "described", Coverage(n, len(desk.awarded), Text("awarded cities with codes", "有编码的获奖城市")), sure,
            desk.how("A mechanism is seen where at least one practice counts towards it.", "至少有一项举措计入时，即为见到该类举措。", f'seen = atlas.conditions(policy, "{desk.study.coder}").reindex(awarded).notna()\n{{**seen[{list(MECHANISMS)}].sum(), "n": len(seen)}}'),
            {**seen, "n": n},
        ),
        text(
            "This is the plainest rule in the evidence, and it must be read with care. That awarded cities share it does not say "
            "that it wins awards, since cities without an award were hardly read; and what all have cannot tell one city from "
            "another.",
            "这是证据中最为明显的规律，但须谨慎解读：获奖城市共有某种做法，并不说明它有助于获奖，因为未获奖城市的资料几乎未予阅读；而各城市皆有的做法，也无从区分彼此。",
        ) if constant else text(
            "With nothing that nearly all share, every mechanism may tell one city from another.",
            "既然没有一类举措为几乎所有城市共有，每一类都可能区分彼此。",
        ),
        *_narrower(desk, rarest, seen[rarest]),
    ]  # fmt: skip
    return Section("styles.common", title, tuple(blocks))
