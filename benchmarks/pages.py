"""Time every page of a served site, one visitor at a time and twenty at once."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from benchmarks.measure import Row, shown

PATHS = (
    "/en/", "/zh/", "/en/cities", "/zh/cities", "/en/cities?mechanism=law&sort=population", "/en/cities/wuhan",
    "/zh/cities/wuhan", "/en/cities/cork", "/en/award", "/zh/award", "/en/standard", "/zh/standard",
    "/zh/search?q=终身学习", "/en/search?q=law", "/en/sources/s0001", "/en/map.svg",
)  # fmt: skip
BAR = 0.1


@contextmanager
def served_site() -> Iterator[int]:
    """A site of our own on a free loopback port, with an empty user folder; stopped by its id."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "LEARNINGCITY_HOME": home}
        command = [sys.executable, "-m", "learningcity", "serve", "--port", str(port)]
        server = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            for _ in range(200):
                try:
                    if fetch(port, "/healthz")[1] == 200:
                        break
                except OSError:
                    time.sleep(0.1)
            yield port
        finally:
            server.terminate()
            server.wait(10)


def fetch(port: int, path: str) -> tuple[float, int]:
    """Seconds until the last byte, and the status."""
    from urllib.parse import quote

    start = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", quote(path, safe="/?&=%"), headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        answer.read()
        return time.perf_counter() - start, answer.status
    finally:
        connection.close()


def share(times: list[float], part: float) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def page_rows(each: int = 40, at_once: int = 20) -> list[Row]:
    rows = []
    with served_site() as port:
        for path in PATHS:
            first, status = fetch(port, path)
            if status != 200:
                raise RuntimeError(f"{path} answers {status}")
            times = [fetch(port, path)[0] for _ in range(each)]
            rows.append(
                Row(
                    f"`{path}`, 95 of 100",
                    share(times, 0.95),
                    min(times),
                    max(times),
                    BAR,
                    f"one visitor at a time; rendered at first in {shown(first)}",
                )
            )
        with ThreadPoolExecutor(at_once) as pool:
            for path in PATHS:
                times = [t for t, _ in pool.map(lambda _, p=path: fetch(port, p), range(200))]
                rows.append(
                    Row(
                        f"`{path}`, 95 of 100",
                        share(times, 0.95),
                        min(times),
                        max(times),
                        BAR,
                        f"{at_once} at once",
                    )
                )
    return rows
