"""Strips of a table as one piece of markup each: node by node a template takes longer than the draws they show."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

register = template.Library()

_OPEN = '<svg class="strip" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'


@register.filter
def thirds_strip(row: dict[str, Any]) -> SafeString:
    """Draw the shares of the draws in the first, middle and last third; all values are numbers of ours."""
    parts = "".join(
        f'<rect class="third-{t["part"]}" x="{t["x"]}" y="2.5" width="{t["width"]}" height="5"/>'
        for t in row["thirds_drawn"]
    )
    return SafeString(f"{_OPEN}{parts}</svg>")


@register.filter
def rank_strip(row: dict[str, Any]) -> SafeString:
    """Draw the interval of the ranks and the mark of the nominal one; all values are numbers of ours."""
    mark = f'<rect class="strip-mark" x="{row["mark"]}" width="1.2" height="10"/>' if row["mark"] else ""
    return SafeString(
        f'{_OPEN}<rect class="strip-ground" y="4.6" width="100" height="0.8"/><rect class="strip-bar" x="{row["bar"]["x"]}" y="2.5" '
        f'width="{row["bar"]["width"]}" height="5"/>{mark}</svg>'
    )
