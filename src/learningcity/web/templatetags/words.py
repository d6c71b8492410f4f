"""Words of the tables in the language of the page."""

from __future__ import annotations

from typing import Any

from django import template

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
