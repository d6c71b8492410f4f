"""The study behind the pages: computed in the background, once for each state of the data."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

import learningcity as lc
from learningcity.web import kept
from learningcity.web.content import base

_LOG = logging.getLogger("learningcity.web")
_FAULT = lc.Text(
    "The study could not be computed; the reason is in the log of the server.",
    "研究未能完成计算，原因见服务器日志。",
)


@cache
def asked() -> lc.Study:
    """The study that the site shows: the file of the settings, checked, or the study of the award cities.

    It is read once: who changes the file starts the site again.

    Raises
    ------
    SetupError
        The file cannot be read, is wrong, or names what is not in the data of the site.
    """
    if settings.STUDY is None:
        return lc.Study()
    try:
        study = lc.read_study(settings.STUDY)
        _rests_on_the_site(study)
        study.check(base.atlas())
    except lc.LearningCityError as error:
        raise lc.SetupError(
            lc.Text(
                f"The site cannot show the study {settings.STUDY} (--study or LEARNINGCITY_STUDY): {error.in_('en')}",
                f"网站无法显示研究文件{settings.STUDY}（--study或LEARNINGCITY_STUDY）：{error.in_('zh')}",
            )
        ) from error
    # Every page of the site stands in both languages.
    return replace(study, languages=("en", "zh"))


def _rests_on_the_site(study: lc.Study) -> None:
    """A study of other tables would lead to pages that say something else."""
    own = settings.OVERLAY or settings.WATCHED
    same = study.data is None or (own is not None and Path(own).resolve() == study.data.resolve())
    if not (same and study.base):
        raise lc.InputError(
            lc.Text(
                "it names tables of its own (data, base), and the site shows those that it is served with. Leave data and "
                "base out, and serve with --overlay DIR.",
                "文件指定了自有表格（data、base），而网站只显示启动时所用的表格。请去掉data与base，并用--overlay指定文件夹启动。",
            )
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
    total: int = field(default_factory=lambda: len(asked().chapters))
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
        work.result = lc.run_study(asked(), atlas=base.atlas(), progress=told)
    except lc.LearningCityError as error:
        work.problem = lc.Text(error.in_("en"), error.in_("zh"))
    except Exception:
        # A chapter that fails must not take the site with it.
        _LOG.exception("The study could not be computed.")
        work.problem = _FAULT
