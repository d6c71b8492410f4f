"""Work that takes longer than a visitor should wait for a page: done in the background, told of, and stopped.

Pages ask by :mod:`learningcity.web.waiting`. Who waits is known by a ticket. Two visitors who ask the same
share one job; to stop takes back one ticket, and the work ends when nobody is left who waits for it, also
when pages were closed and ask no more. Results are kept in bounded number.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Condition, Thread
from typing import Any

import learningcity as lc

_LOG = logging.getLogger("learningcity.web")
Make = Callable[[lc.Progress], Any]

#: Jobs that are worked on at a time; each uses as many processors as it can.
WORKERS = 2
#: Jobs that may wait for their turn; the next one is told that the server is busy.
MOST_WAITING = 8
#: Seconds that an answer waits for the work: most of it is done by then, and needs no panel.
GRACE = 0.4
#: Requests that may wait longer than that at a time: each holds one of the few threads that answer all pages.
MOST_HELD = 2
#: Seconds after which a page that does not ask any more is taken for closed.
ABANDONED = 150.0
#: Seconds that a job may take.
MOST_SECONDS = 300.0
#: Results that are kept.
KEPT = 64
#: Tickets that are remembered.
MOST_TICKETS = 1000


def name_of(key: Hashable) -> str:
    """A short name of what is computed."""
    return hashlib.sha256(repr(key).encode()).hexdigest()[:16]


class BusyError(lc.LearningCityError):
    """As many jobs wait as may wait."""


@dataclass(eq=False)
class Job:
    """One piece of work, whoever waits for it.

    Parameters
    ----------
    id
        A name that depends on what is computed.
    make
        Computes it, and tells how far it is.
    seen
        When each ticket last asked for it.
    state
        "waiting", "running", "done", "failed", "long", or "ended" where nobody waited any more.
    era
        Of the data that it is made of.
    """

    id: str
    key: Hashable
    make: Make
    seen: dict[str, float] = field(default_factory=dict)
    state: str = "waiting"
    share: float = 0.0
    result: Any = None
    error: lc.InputError | None = None
    started: float = 0.0
    era: int = 0

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.state in ("waiting", "running")


@dataclass
class Ticket:
    """A page that waits: where it stands, and what its visitor wants no more."""

    address: str
    stopped: set[str] = field(default_factory=set)


class Desk:
    """Takes jobs, has them done by a few threads, keeps their results; the clock is an argument for tests."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock, self.turn = clock, Condition()
        self.jobs: dict[Hashable, Job] = {}
        self.queue: deque[Job] = deque()
        self.results: OrderedDict[Hashable, Job] = OrderedDict()
        self.tickets: OrderedDict[str, Ticket] = OrderedDict()
        #: Counts how often the data changed; a part of the key of what is made of them.
        self.era = 0
        self.running = self.idle = self.held = 0
        self.closed = False

    def ask(self, key: Hashable, make: Make, ticket: str, grace: float | None = None) -> Job:
        """Give the job of a key: done, or under way with this ticket among those who wait.

        Raises
        ------
        BusyError
            As many jobs wait as may wait.
        """
        with self.turn:
            found = self.results.get(key)
            if found is not None:
                self.results.move_to_end(key)
                return found
            job = self.jobs.get(key)
            if job is None:
                self._drop_abandoned()
                if len(self.queue) >= MOST_WAITING or self.closed:
                    raise BusyError("busy")
                job = Job(name_of(key), key, make, era=self.era)
                self.jobs[key] = job
                self.queue.append(job)
                self._call_worker()
            job.seen[ticket] = self.clock()
            self.turn.wait_for(lambda: not job.open, GRACE if grace is None else grace)
            return job

    def ask_patiently(self, key: Hashable, make: Make, ticket: str, seconds: float) -> Job:
        """The same for a request that would rather wait; where enough of them wait, it is answered at once.

        Raises
        ------
        BusyError
            As many jobs wait as may wait.
        """
        with self.turn:
            holds = self.held < MOST_HELD
            self.held += holds
        try:
            return self.ask(key, make, ticket, seconds if holds else 0.0)
        finally:
            with self.turn:
                self.held -= holds

    def look(self, job_id: str, ticket: str) -> Job | None:
        """The open job of this name that the ticket waits for; asking says that somebody is still there."""
        with self.turn:
            for job in self.jobs.values():
                if job.id == job_id and ticket in job.seen:
                    job.seen[ticket] = self.clock()
                    return job
        return None

    def stop(self, job_id: str, ticket: str) -> None:
        """Take back a ticket; the work ends where nobody else waits for it."""
        with self.turn:
            if ticket in self.tickets:
                self.tickets[ticket].stopped.add(job_id)
            for job in self.jobs.values():
                if job.id == job_id:
                    job.seen.pop(ticket, None)
            self._drop_abandoned()

    def forget(self) -> None:
        """Let go of all results: what they were made of has changed, also of those that are still computed."""
        with self.turn:
            self.era += 1
            self.results.clear()

    def close(self) -> None:
        """End all jobs; nothing more is taken."""
        with self.turn:
            self.closed = True
            for job in self.queue:
                job.state = "ended"
            self.queue.clear()
            self.turn.notify_all()

    def _drop_abandoned(self) -> None:
        """Forget waiting jobs that nobody waits for; those that run notice by themselves."""
        for job in [job for job in self.queue if not self._wanted(job)]:
            self.queue.remove(job)
            job.state = "ended"
            self.jobs.pop(job.key, None)
        for job in self.jobs.values():
            # One that runs on for a moment must not be found by who asks anew.
            if not job.seen:
                job.state = "ended" if job.state == "running" else job.state
        for key in [key for key, job in self.jobs.items() if job.state == "ended"]:
            del self.jobs[key]

    def _keep(self, job: Job) -> None:
        self.results[job.key] = job
        while len(self.results) > KEPT:
            self.results.popitem(last=False)

    def _wanted(self, job: Job) -> bool:
        now = self.clock()
        return not self.closed and any(now - seen < ABANDONED for seen in job.seen.values())

    def _call_worker(self) -> None:
        self.turn.notify_all()
        if len(self.queue) > self.idle and self.running < WORKERS:
            self.running += 1
            Thread(target=self._work, name="job", daemon=True).start()

    def _work(self) -> None:
        """Do one job after the other; a thread that has nothing to do for a while goes."""
        while True:
            with self.turn:
                self.idle += 1
                self.turn.wait_for(lambda: self.queue or self.closed, 30.0)
                self.idle -= 1
                if not self.queue:
                    self.running -= 1
                    return
                job = self.queue.popleft()
                if not self._wanted(job):
                    job.state = "ended"
                    self.jobs.pop(job.key, None)
                    continue
                job.state, job.started = "running", self.clock()
            state, result, error = self._done(job)
            with self.turn:
                if job.state == "running" or state == "done":
                    job.state, job.result, job.error = state, result, error
                if self.jobs.get(job.key) is job:
                    del self.jobs[job.key]
                if job.state in ("done", "failed", "long"):
                    self._keep(job)
                # What the work was made of is not needed any more.
                job.make = _made
                self.turn.notify_all()

    def _done(self, job: Job) -> tuple[str, Any, lc.InputError | None]:
        looked = self.clock()

        def progress(done: int, total: int, /) -> None:
            nonlocal looked
            job.share = done / total
            if self.clock() - looked < 0.05 and job.state == "running" and not self.closed:
                return
            looked = self.clock()
            with self.turn:
                if job.state != "running" or not self._wanted(job):
                    job.state = "ended"
                    raise lc.Stopped
            if looked - job.started > MOST_SECONDS:
                job.state = "long"
                raise lc.Stopped

        try:
            return "done", job.make(progress), None
        except lc.Stopped:
            return job.state, None, None
        except lc.InputError as error:
            return "done", None, error
        except Exception:
            _LOG.exception("A job in the background failed: %r", job.key)
            return "failed", None, None


def _made(progress: lc.Progress) -> Any:
    raise lc.Stopped


#: The one of this process.
DESK = Desk()
