"""What a city can learn: comparable cities, gaps on public evidence, lessons."""

from typing import TYPE_CHECKING

from learningcity.core import late

if TYPE_CHECKING:
    from learningcity.plan.figures import default_weights
    from learningcity.plan.gap_profile import OPEN, STATUSES, GapsResult, gap_words, gaps
    from learningcity.plan.lesson_cards import lessons, target_of
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
    "target_of": "lesson_cards",
}

__all__ = sorted(_HOME)


__getattr__ = late(__name__, _HOME)
