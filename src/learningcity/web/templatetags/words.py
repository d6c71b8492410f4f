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


_FRAME = '<rect class="score-frame" x="0.75" y="0.75" width="14.5" height="14.5"/>'
_FILLS: dict[int | str, str] = {
    0: _FRAME,
    1: f'{_FRAME}<rect class="score-fill" x="0.75" y="10.5" width="14.5" height="4.75"/>',
    2: f'{_FRAME}<rect class="score-fill" x="0.75" y="5.5" width="14.5" height="9.75"/>',
    3: f'{_FRAME}<rect class="score-fill" x="0.75" y="0.75" width="14.5" height="14.5"/>',
    "uncoded": '<rect class="score-frame score-dashed" x="0.75" y="0.75" width="14.5" height="14.5"/>',
    # Hatched within a dashed frame: clear without colour, and never taken for a low score.
    "aside": '<path class="score-hatch" d="M1 6 6 1M1 11 11 1M1 15.5 15.5 1M5.5 15 15 5.5M10.5 15 15 10.5"/>'
    '<rect class="score-frame score-dashed" x="0.75" y="0.75" width="14.5" height="14.5"/>',
}
# A list of cities holds seven hundred of these: rendered once, not as often as they are shown.
_SCORES = {
    state: mark_safe(  # noqa: S308  (no text of anybody's is in it)
        f'<svg class="score" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">{drawn}</svg>'
    )
    for state, drawn in _FILLS.items()
}


@register.simple_tag
def score(state: int | str) -> SafeString:
    """Draw a score as a square: filled by thirds, hatched for seen and not counted, empty for not seen."""
    return _SCORES[state]


@register.simple_tag(takes_context=True)
def cite(context: template.Context, ref: dict[str, Any]) -> str:
    """Note a source that the page names; the printed page lists them with their addresses."""
    context["cited"].setdefault(ref["id"], ref)
    return ""


@register.simple_tag(takes_context=True)
def original_mark(context: template.Context, lang: str | None) -> SafeString:
    """Say on a Chinese page that what follows is an original in another language or wording."""
    if context["language"] != "zh" or lang is None:
        return mark_safe("")
    return mark_safe('<span class="original-mark">原文</span> ')
