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

#: Every kind of page, file and answer; ``*`` stands for the language.
PATHS = (
    "/*/", "/*/cities", "/*/cities?mechanism=law&sort=population", "/*/cities/wuhan", "/*/cities/cork",
    "/*/compare?cities=cork~wuhan~suwon", "/*/practices", "/*/practices?mechanism=law&theme=green",
    "/*/practices?view=matrix", "/*/award", "/*/eligibility", "/*/eligibility?city=taiyuan&round=2024",
    "/*/standard", "/*/ideas", "/*/china", "/*/network", "/*/network?region=APA&sort=year", "/*/crosswalk",
    "/*/data", "/*/data/coverage", "/*/data/conflicts", "/*/data/sources", "/*/data/statistics",
    "/*/coders", "/*/coders?variable=mechanism", "/*/data/dictionary", "/*/about", "/*/search?q=law", "/*/search?q=终身学习",
    "/*/sources/s0001", "/*/map.svg", "/*/analysis", "/*/index", "/*/index?reading=figures&city=beijing", "/*/paths",
    "/*/paths?outcome=inclusive", "/*/styles", "/*/styles?k=3", "/*/necessary", "/*/necessary?condition=law&theme=green", "/*/background", "/*/background?x=population&y=law",
)  # fmt: skip
FILES = (
    "/*/cities.csv", "/*/cities.json", "/*/cities.xlsx", "/*/practices.csv", "/*/practices.svg?view=matrix",
    "/*/network.xlsx", "/*/map.svg",
)  # fmt: skip
ANSWERS = (
    "/api/v1/cities", "/api/v1/cities/wuhan", "/api/v1/practices?mechanism=law", "/api/v1/conditions",
    "/api/v1/facts?city=wuhan", "/api/v1/search?q=law", "/api/v1/openapi.json",
)  # fmt: skip
#: What is built as a whole; the bar is for the first time.
WHOLE = ("/*/data/package.zip", "/*/data/atlas.xlsx")
LANGUAGES = ("en", "zh")
BAR = 0.1
WHOLE_BAR = 2.0


@contextmanager
def served_site() -> Iterator[int]:
    """A site of our own on a free loopback port, with an empty user folder; stopped by its id."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as home:
        _draw_once(home)
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


def _draw_once(home: str) -> None:
    """Draw the pictures of the pages as a first start does; later starts find them."""
    script = (
        "import django, learningcity as lc; django.setup(); lc.keep_charts(lc.home() / 'charts');"
        "from learningcity.web import warming; warming.draw()"
    )
    environment = {
        **os.environ, "LEARNINGCITY_HOME": home, "DJANGO_SETTINGS_MODULE": "learningcity.web.settings",
    }  # fmt: skip
    subprocess.run([sys.executable, "-c", script], env=environment, check=True)


def fetch(port: int, path: str, cookie: str = "") -> tuple[float, int]:
    """Seconds until the last byte, and the status."""
    from urllib.parse import quote

    start = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Accept-Encoding": "gzip", **({"Cookie": cookie} if cookie else {})}
    try:
        connection.request("GET", quote(path, safe="/?&=%"), headers=headers)
        answer = connection.getresponse()
        answer.read()
        return time.perf_counter() - start, answer.status
    finally:
        connection.close()


def settled(port: int, seconds: float = 180) -> None:
    """Wait until what a start computes in the background, the study last of all, is there."""
    until = time.monotonic() + seconds
    while fetch(port, "/en/study", "")[1] != 200 and time.monotonic() < until:
        time.sleep(1)


def share(times: list[float], part: float) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def page_rows(each: int = 200, at_once: int = 20) -> list[Row]:
    """The first answer of each address, then many at once; the slower language of the two is told."""
    rows = []
    with served_site() as port, ThreadPoolExecutor(at_once) as pool:
        for path in WHOLE:
            rows.append(_first(port, path))
        settled(port)
        for path in (*PATHS, *FILES, *ANSWERS):
            addresses = _addresses(path)
            first = max(_answered(port, address) for address in addresses)
            slowest: list[float] = []
            for address in addresses:
                times = list(pool.map(lambda _, a=address: _answered(port, a), range(each)))
                slowest = max(slowest, times, key=lambda t: share(t, 0.95) if t else 0.0)
            note = f"{at_once} at once; the first answer took {shown(first)}"
            sys.stderr.write(f"  {shown(share(slowest, 0.95))}  {path}\n")
            rows.append(
                Row(f"`{path}`, 95 of 100", share(slowest, 0.95), min(slowest), max(slowest), BAR, note)
            )
        rows.append(_mixed(port, pool, at_once))
    return rows


def _mixed(port: int, pool: ThreadPoolExecutor, at_once: int) -> Row:
    """Pages in turn, every fifth one of an address that nobody has asked for before."""
    known = [address for path in PATHS for address in _addresses(path)]

    def asked(number: int) -> float:
        if number % 5:
            return _answered(port, known[number % len(known)])
        # A text that was never looked for has to be rendered anew.
        return _answered(port, f"/{LANGUAGES[number % 2]}/cities?q={number}x")

    times = list(pool.map(asked, range(1000)))
    note = f"{at_once} at once, one in five never asked for before"
    return Row("all pages mixed, 95 of 100", share(times, 0.95), min(times), max(times), BAR, note)


def _first(port: int, path: str) -> Row:
    times = [_answered(port, address) for address in _addresses(path)]
    return Row(
        f"`{path}`, built", max(times), min(times), max(times), WHOLE_BAR, "the first time, each language"
    )


def _addresses(path: str) -> list[str]:
    return [path.replace("*", language) for language in LANGUAGES] if "*" in path else [path]


def _answered(port: int, address: str) -> float:
    seconds, status = fetch(port, address)
    if status != 200:
        raise RuntimeError(f"{address} answers {status}")
    return seconds
