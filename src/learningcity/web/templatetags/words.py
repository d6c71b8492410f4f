"""Words of the tables in the language of the page."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

import learningcity as lc

register = template.Library()


@register.simple_tag(takes_context=True)
def label(context: template.Context, vocabulary: str, code: Any) -> str:
    """Give the word for a code of a vocabulary."""
    return lc.label(vocabulary, str(code), context["language"])


@register.simple_tag(takes_context=True)
def number(context: template.Context, value: Any) -> str:
    """Give a number as the language writes it."""
    return lc.format_number(value, context["language"])


@register.simple_tag(takes_context=True)
def country(context: template.Context, code: str) -> str:
    """Give the name of a country."""
    return lc.country_name(code, context["language"])


@register.simple_tag(takes_context=True)
def pick(context: template.Context, row: dict[str, Any], field: str) -> str:
    """Give the column of a row that is written in the language of the page."""
    return row.get(f"{field}_{context['language']}") or ""


_FILLS = {
    0: "",
    1: '<rect class="score-fill" x="0.75" y="10.5" width="14.5" height="4.75"/>',
    2: '<rect class="score-fill" x="0.75" y="5.5" width="14.5" height="9.75"/>',
    3: '<rect class="score-fill" x="0.75" y="0.75" width="14.5" height="14.5"/>',
}
# A list of cities holds seven hundred of these: rendered once, not as often as they are shown.
_SCORES = {
    step: mark_safe(  # noqa: S308  (no text of anybody's is in it)
        '<svg class="score" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">'
        f'<rect class="score-frame" x="0.75" y="0.75" width="14.5" height="14.5"/>{fill}</svg>'
    )
    for step, fill in _FILLS.items()
}


@register.simple_tag
def score(step: int) -> SafeString:
    """Draw a score as a square: empty for not seen, filled by thirds."""
    return _SCORES[step]
