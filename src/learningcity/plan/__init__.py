"""What a city can learn: comparable cities, gaps on public evidence, lessons."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from learningcity.plan.figures import default_weights
    from learningcity.plan.gap_profile import OPEN, STATUSES, GapsResult, gap_words, gaps
    from learningcity.plan.lesson_cards import lessons
    from learningcity.plan.lessons_result import PARTS, LessonCard, LessonsResult
    from learningcity.plan.own import (
        OWN_CITY_FIELDS,
        PROBLEMS,
        OwnCity,
        own_city,
        own_city_template,
        read_own_city,
    )
    from learningcity.plan.peer_cities import PeersResult, peers
    from learningcity.plan.said import Marks, Named, Rounded, Said
    from learningcity.plan.seen import KIND_WORDS, KINDS, code_label
    from learningcity.plan.surprise import surprises

_HOME = {
    "OWN_CITY_FIELDS": "own",
    "GapsResult": "gap_profile",
    "KINDS": "seen",
    "KIND_WORDS": "seen",
    "LessonCard": "lessons_result",
    "LessonsResult": "lessons_result",
    "Marks": "said",
    "Named": "said",
    "OPEN": "gap_profile",
    "OwnCity": "own",
    "PARTS": "lessons_result",
    "PROBLEMS": "own",
    "PeersResult": "peer_cities",
    "Rounded": "said",
    "STATUSES": "gap_profile",
    "Said": "said",
    "code_label": "seen",
    "default_weights": "figures",
    "gap_words": "gap_profile",
    "gaps": "gap_profile",
    "lessons": "lesson_cards",
    "own_city": "own",
    "own_city_template": "own",
    "peers": "peer_cities",
    "read_own_city": "own",
    "surprises": "surprise",
}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"learningcity.plan.{_HOME[name]}"), name)
    raise AttributeError(f"module 'learningcity.plan' has no attribute {name!r}")
