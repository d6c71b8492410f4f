"""Pages that wait for long work: the result when it is there, else a panel with the share done and a way to stop.

A view opens a :class:`Visit` and asks it for each long result. What is there or comes within a moment is given
at once; else the page is written without it and with a panel. The page asks again by itself (a script where
there is one, else a refresh of the page), and when the work is done it holds the result, which is kept by its
content and by the state of the data.

Who waits is known by a ticket, a random word in the address of the page that waits: no cookie, and nothing
that outlives the wait.

Stopping is a GET form with the ticket, since the site takes no other method but for uploads: nobody else can
know the ticket, to stop twice is to stop once, what was stopped can be asked for again, browsers fetch no
forms beforehand, and a request that says it is a prefetch stops nothing. So there is nothing to protect from
forged requests.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

import learningcity as lc
from learningcity.web import jobs
from learningcity.web.jobs import MOST_SECONDS, BusyError, Job, Make, Ticket, name_of

#: Seconds between two looks of a page that waits without a script.
BETWEEN = 3
#: Seconds that a file waits for what it is made of, and the ticket of all files.
FILES_WAIT, FILES = 5.0, "files"
#: Seconds between two signs of whoever waits to the end, and the ticket of it.
SIGN, TO_THE_END = 30.0, "to the end"

WORDS = {
    "work": lc.Text("Computing", "正在计算"),
    "waiting": lc.Text("Waiting for its turn", "正在排队"),
    "stop": lc.Text("Stop", "停止"),
    "stopped": lc.Text(
        "You stopped this computation; nothing of it was kept.", "您已停止此项计算，未保留任何结果。"
    ),
    "later": lc.Text(
        "What this file is made of is being computed. Ask for it again in a moment.",
        "此文件所需的结果正在计算，请稍后再取。",
    ),
    "asked": lc.Text("Not computed while you try things out.", "拖动滑块时暂不计算。"),
    "again": lc.Text("Compute it", "开始计算"),
    "look": lc.Text("Look again now", "立即刷新"),
    "itself": lc.Text(
        "The result will stand here when it is done; the page asks by itself. All else on it is there already.",
        "计算完成后结果将显示在此处，页面会自动刷新。页面其余内容已可查看。",
    ),
    "busy": lc.Text(
        "The server has as much to compute as it can hold just now. Try again in a minute, or compute it on your own machine "
        "with the command line below.",
        "服务器当前的计算任务已满。请稍后再试，或使用下方的命令行在自己的计算机上计算。",
    ),
    "failed": lc.Text(
        "The computation ended with a fault of ours. Ask for less, or use the command line below.",
        "计算因本站故障而中断。请减少计算量，或使用下方的命令行。",
    ),
    "long": lc.Text(
        f"The computation was ended after {MOST_SECONDS / 60:g} minutes. Ask for less, or use the command line below.",
        f"计算超过{MOST_SECONDS / 60:g}分钟，已结束。请减少计算量，或使用下方的命令行。",
    ),
}


#: The ticket in the address of a page that waits.
TICKET = "job"
#: What htmx takes as the end of asking again and again.
STOP_POLLING = 286
_TICKET = re.compile(r"[A-Za-z0-9_-]{22}\Z")


@dataclass(frozen=True)
class Long:
    """A result that may take long.

    Parameters
    ----------
    name
        What the page calls it, and the anchor where it will stand.
    key
        All that it depends on, beside the state of the data.
    make
        Computes it. It runs in another thread: it holds what it needs of the tables already, and asks for
        nothing that is of the request.
    what
        What is computed, in a few words.
    """

    name: str
    key: Hashable
    make: Make
    what: lc.Text

    @property
    def whole(self) -> Hashable:
        """The key with the state of the data."""
        return self.name, jobs.DESK.era, self.key


class LaterError(lc.InputError):
    """Nothing is wrong with what was asked: the answer is not there yet, and may be asked for again."""


#: How somebody asks for a result: :func:`now`, :func:`there`, :func:`made` or :meth:`Visit.found`.
Ask = Callable[[Long], Any]


def now(work: Long) -> Any:
    """Give a result to a file or a program, which cannot wait in a panel but can ask again.

    Raises
    ------
    LaterError
        It takes longer than an answer may, and goes on meanwhile; or as much is computed as may be.
    InputError
        As ``make`` raises it.
    """
    try:
        job = jobs.DESK.ask_patiently(work.whole, work.make, FILES, max(jobs.GRACE, FILES_WAIT))
    except BusyError as error:
        raise LaterError(WORDS["busy"]) from error
    return _result(job)


def there(work: Long) -> Any:
    """Give a result that is there already, or None; nothing is begun.

    Raises
    ------
    InputError
        As ``make`` raised it.
    """
    job = jobs.DESK.results.get(work.whole)
    return None if job is None else _result(job)


def made(work: Long) -> Any:
    """Give a result however long it takes; visitors who ask for it meanwhile share it.

    Raises
    ------
    InputError
        As ``make`` raises it; or it takes longer than a job may.
    """
    try:
        while (job := jobs.DESK.ask(work.whole, work.make, TO_THE_END, SIGN)).open:
            pass
    except BusyError:
        return work.make(lambda done, total: None)
    return _result(job)


def _result(job: Job) -> Any:
    if job.error is not None:
        raise job.error
    if job.state != "done":
        if job.open:
            raise LaterError(WORDS["later"])
        raise lc.InputError(WORDS[job.state if job.state in WORDS else "failed"])
    return job.result


class Visit:
    """One answer to one visitor, who may wait for several results.

    Parameters
    ----------
    request
        Asked for a page.
    """

    def __init__(self, request: HttpRequest) -> None:
        given = request.GET.get(TICKET, "")
        self.given = bool(given)
        self.known = bool(_TICKET.match(given)) and given in jobs.DESK.tickets
        # A slider that is drawn asks ten times for what would be computed for a minute: it has to be asked for.
        self.trying = request.headers.get("HX-Request") == "true"
        self.ticket = given if self.known else secrets.token_urlsafe(16)
        self.query: QueryDict = request.GET.copy()
        self.query.pop(TICKET, None)
        asked = self.query.urlencode()
        self.address = f"{request.path}{'?' + asked if asked else ''}"
        self.panels: dict[str, dict[str, Any]] = {}

    def found(self, work: Long) -> Any:
        """Give a long result, or None where the page has to wait for it: then there is a panel of its name.

        Raises
        ------
        InputError
            As ``make`` raised it.
        """
        name, job_id = work.name, name_of(work.whole)
        panel = {"name": name, "id": job_id, "what": work.what}
        ticket = jobs.DESK.tickets.get(self.ticket)
        stopped = ticket is not None and job_id in ticket.stopped
        if stopped and work.whole not in jobs.DESK.results:
            self.panels[name] = {**panel, "state": "stopped"}
            return None
        if self.trying and work.whole not in jobs.DESK.results:
            self.panels[name] = {**panel, "state": "asked"}
            return None
        try:
            # Who waits already knows that it takes its time.
            job = jobs.DESK.ask(work.whole, work.make, self.ticket, 0.0 if self.known else None)
        except BusyError:
            self.panels[name] = {**panel, "state": "busy"}
            return None
        if job.error is not None:
            raise job.error
        if job.state == "done":
            return job.result
        self.panels[name] = {**panel, "state": job.state, "share": job.share}
        return None

    @property
    def waits(self) -> bool:
        """Whether anything is still computed."""
        return any(panel["state"] in ("waiting", "running") for panel in self.panels.values())

    def shown(self, language: str) -> dict[str, Any]:
        """What the templates need: the panels by name, and the address that the page asks for again."""
        if self.panels:
            remember(self.ticket, self.address)
        return {
            "panels": {name: panel_of(p, self.ticket, language) for name, p in self.panels.items()},
            "waits": self.waits,
            "again": waiting_address(self.address, self.ticket),
            "between": BETWEEN,
        }

    def finished(self, response: HttpResponse) -> HttpResponse:
        """Give the answer; one that waits is kept nowhere, and one that does not any more has its one address."""
        if not self.panels:
            return HttpResponseRedirect(self.address) if self.given else response
        response.headers["Cache-Control"] = "no-store, private"
        response.headers["X-Robots-Tag"] = "noindex"
        return scripted(response) if self.waits else response


def scripted(response: HttpResponse) -> HttpResponse:
    """Let a page run our own scripts."""
    response.headers["Content-Security-Policy"] = settings.SCRIPTED_POLICY
    return response


def remember(ticket: str, address: str) -> None:
    """Keep where a page waits, in bounded number."""
    with jobs.DESK.turn:
        if ticket in jobs.DESK.tickets:
            jobs.DESK.tickets.move_to_end(ticket)
            return
        jobs.DESK.tickets[ticket] = Ticket(address)
        while len(jobs.DESK.tickets) > jobs.MOST_TICKETS:
            jobs.DESK.tickets.popitem(last=False)


def waiting_address(address: str, ticket: str) -> str:
    """The address of a page with its ticket."""
    return f"{address}{'&' if '?' in address else '?'}{urlencode({TICKET: ticket})}"


def panel_of(panel: dict[str, Any], ticket: str, language: str) -> dict[str, Any]:
    """A panel in words."""
    percent = int(100 * panel.get("share", 0.0))
    state = panel["state"] if panel["state"] in (*WORDS, "running", "waiting") else "failed"
    known = jobs.DESK.tickets.get(ticket)
    address = "" if known is None else known.address
    return {
        "id": panel["id"],
        "name": panel["name"],
        "what": panel["what"].in_(language),
        "state": state,
        "open": state in ("waiting", "running"),
        "percent": percent,
        "said": WORDS["waiting" if state == "waiting" else state if state in WORDS else "work"].in_(language),
        "stop": f"/{language}/jobs/stop",
        "poll": f"/{language}/jobs/share?{urlencode({TICKET: ticket, 'work': panel['id'], 'name': panel['name']})}",
        "ticket": ticket,
        "again": address,
        "look": waiting_address(address, ticket),
        "w": {name: text.in_(language) for name, text in WORDS.items()},
    }


# --- what a waiting page asks beside ----------------------------------------------------------------


def _is_prefetch(request: HttpRequest) -> bool:
    said = f"{request.headers.get('Sec-Purpose', '')} {request.headers.get('Purpose', '')}"
    return "prefetch" in said.lower()


def stop(request: HttpRequest, language: str) -> HttpResponse:
    """Take back a ticket, and go back to the page, which says so."""
    ticket = request.GET.get(TICKET, "")
    known = jobs.DESK.tickets.get(ticket)
    if _is_prefetch(request):
        response = HttpResponse(status=204)
    else:
        # Also of a page that is remembered no more, since many came after it: its work still counts it.
        jobs.DESK.stop(request.GET.get("work", "")[:100], ticket)
        back = f"/{language}/analysis" if known is None else waiting_address(known.address, ticket)
        response = HttpResponseRedirect(back)
    response.headers["Cache-Control"] = "no-store, private"
    return response


def share(request: HttpRequest, language: str) -> HttpResponse:
    """How far a job is, as a piece of a page; the page asks for itself anew when there is no more to wait for."""
    ticket = request.GET.get(TICKET, "")
    known, work = jobs.DESK.tickets.get(ticket), request.GET.get("work", "")[:100]
    job = jobs.DESK.look(work, ticket)
    if known is not None and work in known.stopped:
        # The page of the stop is on its way: to load the old one anew would overtake it and ask again.
        response = HttpResponse(WORDS["stopped"].in_(language), status=STOP_POLLING)
    elif job is not None and job.era != jobs.DESK.era:
        # The data changed: the page asks anew, and what is made of the old ones is wanted no more.
        jobs.DESK.stop(job.id, ticket)
        response = HttpResponse(headers={"HX-Refresh": "true"})
    elif job is None or not job.open:
        response = HttpResponse(headers={"HX-Refresh": "true"})
    else:
        panel = {"state": job.state, "name": "", "id": job.id, "what": lc.Text("", ""), "share": job.share}
        response = render(request, "parts/share.html", {"panel": panel_of(panel, ticket, language)})
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
