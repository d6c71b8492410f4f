"""Addresses: the language first, then one folder a screen."""

from django.urls import include, path, re_path, register_converter

from learningcity.web import pages


class LanguageConverter:
    """The first part of an address: ``en`` or ``zh``."""

    regex = "en|zh"

    def to_python(self, value: str) -> str:
        """Take the part as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """Write the part as it stands."""
        return value


register_converter(LanguageConverter, "language")

_SCREENS = (
    "home",
    "study",
    "lessons",
    "cities",
    "city",
    "compare",
    "practices",
    "award",
    "eligibility",
    "standard",
    "ideas",
    "china",
    "network",
    "crosswalk",
    "analysis",
    "index",
    "paths",
    "styles",
    "necessary",
    "background",
    "coders",
    "data",
    "about",
    "api",
    "search",
    "sources",
)

urlpatterns = [
    path("", pages.to_language, name="root"),
    path("healthz", pages.healthy, name="healthz"),
    path("robots.txt", pages.robots, name="robots"),
    path("", include("learningcity.web.api.urls")),
    *(path("<language:language>/", include(f"learningcity.web.screens.{name}.urls")) for name in _SCREENS),
    # A known page with one slash too many or none at all is sent to its one address.
    re_path(r"^(?P<rest>(?:en|zh)(?:/[\w/.-]+)?)/$", pages.without_slash),
    re_path(r"^(?P<language>en|zh)$", pages.with_slash),
]

handler400 = "learningcity.web.pages.bad_request"
handler404 = "learningcity.web.pages.not_found"
handler500 = "learningcity.web.pages.broken"
