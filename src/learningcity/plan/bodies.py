"""Bodies that a practice names: the very sentence of its summary, quoted, never inferred."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from learningcity.core import Text, or_none

_EN = re.compile(
    r"\b(committee|council|commission|office|bureau|bodies|departments?|ministry|foundation|agency|board|steering group|"
    r"task ?force|secretariat|authority|city government|municipal government)s?\b(?!['’]s)",
    re.IGNORECASE,
)
_ZH = re.compile(
    "委员会|议会|办公室|教育局|民政局|部门|教育部|基金会|机构|理事会|指导小组|领导小组|工作组|秘书处|管理局|市政府|人民政府|单位"
)
#: A body that is only mentioned is not one that acts.
_ACTS = re.compile(
    r"\b(steer|lead|led|coordinat|responsib|run|runs|manag|oversee|carr(y|ies)|issu|chair|head(s|ed)\b|administ|found(s|ed)\b|"
    r"organi[sz]e|supervis|draft|prepar|jointly|set up|govern(s|ed)\b)",
    re.IGNORECASE,
)
#: Longer summaries are not quoted whole.
LONGEST = 260


def sentences(practice: Mapping[str, Any]) -> list[Text]:
    """The sentences of a summary in both languages; the whole as one where they do not run side by side."""
    english, chinese = (str(or_none(practice.get(f"summary_{lang}")) or "") for lang in ("en", "zh"))
    first = [s for s in re.split(r"(?<=[.;])\s+", english.strip()) if s]
    second = [s for s in re.split(r"(?<=[。；])", chinese.strip()) if s.strip()]
    if len(first) != len(second):
        return [Text(english, chinese)]
    return [Text(en.rstrip(";"), zh.strip().rstrip("；")) for en, zh in zip(first, second, strict=True)]


def body_named(practice: Mapping[str, Any]) -> Text | None:
    """The sentence of a summary that names an acting body, in both languages; None where none does in both.

    Parameters
    ----------
    practice
        A row of the table practices.

    Examples
    --------
    >>> row = {"summary_en": "It began in 2011. A committee of 29 bodies steers it.", "summary_zh": "始于2011年。由29家单位组成的委员会负责。"}
    >>> body_named(row).en
    'A committee of 29 bodies steers it.'
    """
    for one in sentences(practice):
        if _EN.search(one.en) and _ACTS.search(one.en) and _ZH.search(one.zh) and len(one.en) <= LONGEST:
            return one
    return None
