"""Circles of configurations: full for presence, open for absence, large for core, small for contributing."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_DRAWN = {
    f"{size}-{kind}": mark_safe(  # noqa: S308  (no text of anybody's is in it)
        '<svg class="circle" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">'
        f'<circle class="circle-{kind}" cx="8" cy="8" r="{radius - (0.75 if kind == "open" else 0)}"/></svg>'
    )
    for size, radius in (("large", 6.5), ("small", 3.5))
    for kind in ("full", "open")
}


@register.simple_tag
def circle(kind: str) -> SafeString:
    """Draw a circle; what it says stands beside it as text."""
    return _DRAWN[kind]


@register.simple_tag
def presence(on: bool) -> SafeString:
    """Draw the circle of a condition that is there, or is not."""
    return _DRAWN["large-full" if on else "large-open"]
