"""What the frame of every page needs: language, the other language's address, the screens."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

import learningcity as lc
from learningcity.web import content, exports
from learningcity.web.assets import HTMX
from learningcity.web.content import analyses
from learningcity.web.middleware import wanted_language

#: The screens in the order of the navigation; a screen that is not built yet is not in it.
SCREENS = (
    ("study", _("Study")),
    ("lessons", _("Lessons")),
    ("cities", _("Cities")),
    ("compare", _("Compare")),
    ("practices", _("Practices")),
    ("award", _("Award")),
    ("eligibility", _("Eligibility")),
    ("standard", _("Standard")),
    ("ideas", _("Ideas")),
    ("china", _("China")),
    ("network", _("Network")),
    ("crosswalk", _("Crosswalk")),
    ("analysis", _("Analysis")),
    ("data", _("Data")),
    ("about", _("About")),
)


def other_address(request: HttpRequest, language: str) -> str:
    """Give the same page in another language, query and all."""
    path = request.path_info
    own = wanted_language(request)
    rest = path[len(own) + 1 :] if path == f"/{own}" or path.startswith(f"/{own}/") else "/"
    query = request.META.get("QUERY_STRING", "")
    return f"/{language}{rest or '/'}{'?' + query if query else ''}"


@cache
def _assets() -> dict[str, Any]:
    return {
        "icon": static("learningcity/icon.svg"),
        **{name: static(f"learningcity/{name}.css") for name in ("tokens", "page", "parts")},
        "scripts": (static(HTMX), static("learningcity/sliders.js")),
    }


def page(request: HttpRequest) -> dict[str, Any]:
    """Add language, addresses and navigation to every template."""
    language = wanted_language(request)
    parts = request.path_info.strip("/").split("/")
    here = parts[1] if len(parts) > 1 else ""
    if any(here == one.name for one in analyses.ANALYSES):
        here = "analysis"
    return {
        "language": language,
        "html_lang": "zh-Hans" if language == "zh" else "en",
        "other_language": "en" if language == "zh" else "zh",
        "address_en": other_address(request, "en"),
        "address_zh": other_address(request, "zh"),
        "view_address": request.build_absolute_uri(),
        "has_choices": bool(request.META.get("QUERY_STRING")),
        "home": f"/{language}/",
        "screens": [
            {"href": f"/{language}/{name}", "label": label, "current": here == name}
            for name, label in SCREENS
        ],
        "version": lc.__version__,
        "overlay": content.overlaid(),
        # Filled while the page is written, read at its end by the list for print.
        "cited": {},
        "assets": _assets(),
        "downloads": exports.downloads(request),
    }
