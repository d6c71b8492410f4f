"""Time the study: all chapters anew, with nothing changed, and every format in both languages, written and kept.

Each run is a process of its own with a folder of its own, so that nothing is kept from the last one.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measure import Row, shown

STUDY = Path(__file__).parent.parent / "studies" / "award-cities.toml"


def study_rows(runs: int = 2) -> list[Row]:
    html, formats, again, kept = [], [], [], []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            home, out = Path(folder) / "home", Path(folder) / "out"
            html.append(_run(home, out, "--format", "html"))
            again.append(_run(home, out, "--format", "html"))
            shutil.rmtree(home / "study" / "documents")
            formats.append(_run(home, out))
            kept.append(_run(home, out))
    return [
        _row("study, all chapters, html in both languages", html, 20.0, "a new process, nothing kept"),
        _row("the same, nothing changed", again, 2.0, "a new process; chapters and documents kept"),
        _row(
            "every format in both languages",
            formats,
            60.0,
            "chapters kept: html, xlsx, zip, pdf, docx written",
        ),
        _row("the same, nothing changed", kept, 5.0, "a new process; chapters and documents kept"),
    ]


def _run(home: Path, out: Path, *more: str) -> float:
    command = [sys.executable, "-m", "learningcity", "study", "run", str(STUDY), "--out", str(out), *more]
    start = time.perf_counter()
    subprocess.run(
        command, check=True, env={**os.environ, "LEARNINGCITY_HOME": str(home)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    return time.perf_counter() - start


def _row(work: str, times: list[float], bar: float, note: str) -> Row:
    middle = statistics.median(times)
    sys.stderr.write(f"  {shown(middle)}  {work}\n")
    return Row(work, middle, min(times), max(times), bar, note)
