"""The study behind the pages: computed in the background, once for each state of the data."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from typing import Any

import learningcity as lc
from learningcity.web import kept
from learningcity.web.content import base

_LOG = logging.getLogger("learningcity.web")
_FAULT = lc.Text(
    "The study could not be computed; the reason is in the log of the server.",
    "研究未能完成计算，原因见服务器日志。",
)


@dataclass
class Work:
    """One run of the study: how far it is, and what came of it.

    Parameters
    ----------
    state
        The state of the data it is computed from, see :func:`learningcity.web.kept.state`.
    """

    state: int
    result: lc.StudyResult | None = None
    problem: lc.Text | None = None
    done: int = 0
    total: int = len(lc.Study().chapters)
    #: What pages keep of it, by language; it goes with the run.
    pages: dict[Any, Any] = field(default_factory=dict)


_LOCK = threading.Lock()


class _Held:
    work: Work | None = None


def standing() -> Work:
    """Give the run of the data that the site shows now; the first who asks sets it going."""
    work, is_new = _claim()
    if is_new:
        threading.Thread(target=_run, args=(work,), name="study", daemon=True).start()
    return work


def compute() -> None:
    """Compute the study now, unless somebody did or does."""
    work, is_new = _claim()
    if is_new:
        _run(work)


def is_there() -> bool:
    """Whether there is a run for the data of now."""
    with _LOCK:
        return _Held.work is not None and _Held.work.state == kept.state()


def put(result: lc.StudyResult) -> None:
    """Show this result for the data of now; tests do so."""
    with _LOCK:
        _Held.work = Work(kept.state(), result)


def _claim() -> tuple[Work, bool]:
    with _LOCK:
        if _Held.work is not None and _Held.work.state == kept.state():
            return _Held.work, False
        _Held.work = Work(kept.state())
        return _Held.work, True


def _run(work: Work) -> None:
    def told(done: int, total: int, _: str) -> None:
        work.done, work.total = done, total

    try:
        work.result = lc.run_study(lc.Study(), atlas=base.atlas(), progress=told)
    except lc.LearningCityError as error:
        work.problem = lc.Text(error.in_("en"), error.in_("zh"))
    except Exception:
        # A chapter that fails must not take the site with it.
        _LOG.exception("The study could not be computed.")
        work.problem = _FAULT
