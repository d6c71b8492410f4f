"""Lines of Python that give the numbers of a finding again: the body a chapter writes, and before it what the body names."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import Any

from learningcity.study.spec import Study


def snippet(study: Study, body: str) -> str:
    """Give a body with what it names before it: the package, the data of the study, the awarded cities, the policies.

    Parameters
    ----------
    study
        The choices.
    body
        Lines that may use ``lc``, ``atlas``, ``awarded``, ``policy``, ``facts``, ``of_cases`` and
        ``coded_practices``; the last one is what they give.

    Examples
    --------
    >>> print(snippet(Study(), "len(awarded)"))
    import learningcity as lc
    atlas = lc.load_atlas()
    awarded = [city for city in atlas.city_ids() if city in atlas.first_award]
    len(awarded)
    """
    if not body:
        return ""

    def named(word: str) -> bool:
        return re.search(rf"(?<![\w.\"]){word}(?![\w\"])", body) is not None

    cities = named("of_cases") or (bool(study.cases) and (named("atlas") or named("awarded")))
    lines = (
        ["import learningcity as lc"]
        if re.search(r"\blc\.", body) or named("atlas") or named("awarded")
        else []
    )
    lines += ["from learningcity.atlas import coded_practices"] if named("coded_practices") else []
    lines += ["from learningcity.study import of_cases"] if cities else []
    if named("atlas") or named("awarded"):
        held = f"lc.load_atlas({_arguments(study)})"
        lines.append(f"atlas = of_cases({held}, {list(study.cases)!r})" if study.cases else f"atlas = {held}")
    if named("awarded"):
        lines.append("awarded = [city for city in atlas.city_ids() if city in atlas.first_award]")
    if named("policy"):
        lines.append(f"policy = lc.CodingPolicy({_changed(study.codes)})")
    if named("facts"):
        lines.append(f"facts = lc.FactPolicy({_changed(study.facts)})")
    return "\n".join([*lines, body])


def _arguments(study: Study) -> str:
    given = [] if study.data is None else [repr(str(study.data))]
    return ", ".join(given if study.base else [*given, "base=False"])


def _changed(policy: Any) -> str:
    """The fields of a policy that differ from those it has by itself."""
    usual = type(policy)()
    held = [(one.name, getattr(policy, one.name), getattr(usual, one.name)) for one in fields(policy)]
    return ", ".join(f"{name}={value!r}" for name, value, other in held if value != other)
