"""What several ask for at once is made once; forgetting empties it, and a fault is nobody else's."""

from __future__ import annotations

import threading
import time

import pytest

from learningcity.web.once import once


def test_several_at_once_share_one_making():
    made, found = [], []
    begun = threading.Event()

    @once(4)
    def slow(x):
        begun.set()
        time.sleep(0.05)
        made.append(x)
        return object()

    first = threading.Thread(target=lambda: found.append(slow(1)))
    first.start()
    begun.wait(60)
    others = [threading.Thread(target=lambda: found.append(slow(1))) for _ in range(5)]
    for one in others:
        one.start()
    # Another question does not wait for the first.
    assert slow(2) is not None
    for one in [first, *others]:
        one.join(60)
    assert sorted(made) == [1, 2]
    assert len(found) == 6
    assert len(set(map(id, found))) == 1


def test_a_fault_is_told_to_each_and_not_kept():
    calls = []

    @once(4)
    def faulty(x):
        calls.append(x)
        raise ValueError(x)

    for _ in range(2):
        with pytest.raises(ValueError, match="3"):
            faulty(3)
    assert calls == [3, 3]


def test_a_result_may_ask_for_another_and_all_is_forgotten_together():
    @once(4)
    def count(n):
        return 0 if n == 0 else 1 + count(n - 1)

    assert count(3) == 3
    assert count.cache_info().currsize == 4
    # What freshness looks for.
    assert callable(count.cache_clear)
    assert hasattr(count, "__wrapped__")
    count.cache_clear()
    assert count.cache_info().currsize == 0
