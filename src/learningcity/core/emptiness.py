"""Six kinds of emptiness, told apart everywhere; none of them is ever zero."""

from __future__ import annotations

from enum import StrEnum

from learningcity.core.text import Text


class Emptiness(StrEnum):
    """Why a cell holds no figure.

    Examples
    --------
    >>> Emptiness.NOT_SEEN.label.in_("zh")
    '未见公开资料'
    >>> Emptiness("not published") is Emptiness.NOT_PUBLISHED
    True
    """

    MISSING = "missing"
    NOT_APPLICABLE = "not applicable"
    NOT_PUBLISHED = "not published"
    SUPPRESSED = "suppressed"
    NOT_CONFIRMED = "not confirmed"
    NOT_SEEN = "not seen"

    @property
    def label(self) -> Text:
        """The word for it in both languages."""
        return _LABELS[self]

    @property
    def meaning(self) -> Text:
        """What it says, in a sentence."""
        return _MEANINGS[self]


_LABELS = {
    Emptiness.MISSING: Text("missing", "缺失"),
    Emptiness.NOT_APPLICABLE: Text("not applicable", "不适用"),
    Emptiness.NOT_PUBLISHED: Text("not published", "未公布"),
    Emptiness.SUPPRESSED: Text("suppressed", "不予披露"),
    Emptiness.NOT_CONFIRMED: Text("not confirmed", "未经核实"),
    Emptiness.NOT_SEEN: Text("not seen", "未见公开资料"),
}

_MEANINGS = {
    Emptiness.MISSING: Text("Expected, but absent.", "应有而无。"),
    Emptiness.NOT_APPLICABLE: Text("The question does not arise for this city.", "该项不适用于该城市。"),
    Emptiness.NOT_PUBLISHED: Text(
        "The figure exists, but its producer has not published it.", "数据存在，但发布机构尚未公布。"
    ),
    Emptiness.SUPPRESSED: Text(
        "Withheld, for example because the numbers are small.", "因数值过小等原因不予披露。"
    ),
    Emptiness.NOT_CONFIRMED: Text(
        "A figure or wording that nobody has checked yet.", "数据或表述尚未经人核实。"
    ),
    Emptiness.NOT_SEEN: Text(
        "No public evidence was read; this does not say that there is none.",
        "未见公开资料，不表示不存在。",
    ),
}

#: Values of the ``status`` column of facts: a figure that stands, or a kind of emptiness.
REPORTED = "reported"
STATUSES: tuple[str, ...] = (REPORTED, *(e.value for e in Emptiness if e is not Emptiness.NOT_SEEN))
