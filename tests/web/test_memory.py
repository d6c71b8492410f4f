"""What stays is out of the rounds of the garbage collector, also after it has been replaced."""

from __future__ import annotations

import gc
import weakref

import pytest

from learningcity.web import memory


class Ring:
    """An object that only the collector can free."""

    def __init__(self) -> None:
        self.own = self


@pytest.fixture(autouse=True)
def thawed():
    yield
    gc.unfreeze()


def test_what_stays_is_not_looked_at_again():
    held = [Ring() for _ in range(1000)]
    memory.settle()
    assert gc.get_freeze_count() > len(held)
    seen = {id(one) for one in gc.get_objects()}
    assert not seen & {id(one) for one in held}


def test_what_was_replaced_is_freed():
    ring = Ring()
    gone = weakref.ref(ring)
    memory.settle()
    del ring
    gc.collect()
    # Frozen, so that no round finds it.
    assert gone() is not None
    memory.settle_anew()
    assert gone() is None
