"""Time things several times and keep minimum, median and maximum."""

from __future__ import annotations

import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    work: str
    median: float
    low: float
    high: float
    bar: float | None = None
    note: str = ""

    def cells(self) -> list[str]:
        return [
            self.work,
            shown(self.median),
            f"{shown(self.low)} to {shown(self.high)}",
            shown(self.bar) if self.bar else "",
            "" if self.bar is None else ("reached" if self.median <= self.bar else "NOT reached"),
            self.note,
        ]


def shown(seconds: float | None) -> str:
    if seconds is None:
        return ""
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def timed(
    work: str, call: Callable[[], object], runs: int = 5, bar: float | None = None, note: str = ""
) -> Row:
    """Run once to warm up, then ``runs`` times; each row is told when it is done."""
    call()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    sys.stderr.write(f"  {shown(statistics.median(times))}  {work}\n")
    return Row(work, statistics.median(times), min(times), max(times), bar, note)


def process(work: str, arguments: list[str], runs: int = 7, bar: float | None = None) -> Row:
    """Whole processes of this Python, start to end; the bare interpreter is named in the note."""

    def run(args: list[str]) -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, *args], check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - start

    run(arguments)
    times = [run(arguments) for _ in range(runs)]
    sys.stderr.write(f"  {shown(statistics.median(times))}  {work}\n")
    bare = statistics.median(run(["-c", "pass"]) for _ in range(runs))
    return Row(
        work,
        statistics.median(times),
        min(times),
        max(times),
        bar,
        f"of it {shown(bare)} the bare interpreter",
    )


def machine() -> dict[str, str]:
    """What was measured on."""
    names = ("learningcity", "pandas", "numpy", "django")
    return {
        "date": time.strftime("%Y-%m-%d"),
        "machine": f"{_processor()}, {_cores()} cores, {platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
        **{n: metadata.version(n) for n in names},
        "peak memory of the run": f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB",
    }


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or "processor not told"


def _cores() -> int:
    import os

    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
