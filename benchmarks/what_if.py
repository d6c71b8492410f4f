"""Time what-if questions at the index of a served site: each of a state that nobody has asked for before."""

from __future__ import annotations

import http.client
import random
import re
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from urllib.parse import urlencode

from benchmarks.measure import Row, shown
from benchmarks.pages import fetch, served_site, settled, share

#: The size that the bar is about, and the bar.
UNITS, INDICATORS, PARTS = 64, 30, 6
BAR = 0.2
_EDGE = "----------what-if"
#: What is asked for beside one weight: as the page does it at first, with both steps varied, with other methods.
STATES = {
    "as the page begins": {},
    "scale and aggregation varied, too": {"vary": "both"},
    "geometric mean of scales from 1": {"aggregate": "geometric", "normalise": "minmax-1"},
    "outliers treated": {"treat": "winsorise"},
}


def what_if_rows(each: int = 100) -> list[Row]:
    """A row a kind of state: a visitor's own table of 64 x 30, then the readings of the atlas."""
    rows = []
    with served_site() as port:
        settled(port)
        cookie, own = upload(port)
        number = iter(range(10**6))
        for what, more in STATES.items():
            note = "own table of 64 x 30, 1,000 draws and sensitivity, never asked before; 95 of 100"
            asked = {"reading": "own", "own": own, **more}
            codes = [f"x{k}" for k in range(1, INDICATORS + 1)]
            rows.append(_row(f"what if: {what}", port, states(asked, codes, number), each, cookie, note))
        note = "62 cities x 11 conditions of the atlas, two coders drawn; 95 of 100"
        seen = ("policy", "law", "funding", "monitoring")
        rows.append(_row("what if: what the evidence shows", port, states({}, seen, number), each, "", note))
    return rows


def _row(work: str, port: int, asked: Iterator[str], each: int, cookie: str, note: str) -> Row:
    times = []
    for address in islice(asked, each + 1):
        seconds, status = fetch(port, address, cookie)
        if status != 200:
            raise RuntimeError(f"{address} answers {status}")
        times.append(seconds)
    # The first one of a kind loads compiled code.
    times = times[1:]
    sys.stderr.write(f"  {shown(share(times, 0.95))}  {work}\n")
    middle = shown(share(times, 0.5))
    return Row(work, share(times, 0.95), min(times), max(times), BAR, f"{note}; half of them {middle}")


def states(asked: dict[str, str], codes: Sequence[str], number: Iterator[int]) -> Iterator[str]:
    """Addresses that differ in one weight and in nothing that was there before."""
    for n in number:
        yield f"/en/index?{urlencode({**asked, f'w.{codes[n % len(codes)]}': f'{2 + n / 1000:g}'})}"


def table() -> bytes:
    """A made-up table: units with a name and indicators of different spread, in CSV."""
    draw = random.Random(1)
    codes = [f"x{k}" for k in range(1, INDICATORS + 1)]
    lines = [",".join(["uCode", "uName", *codes])]
    for unit in range(UNITS):
        cells = [f"{draw.gauss(50 + k, 5 + k):.3f}" for k in range(INDICATORS)]
        lines.append(",".join([f"u{unit}", f"Unit {unit}", *cells]))
    return "\n".join(lines).encode()


def structure() -> bytes:
    """Six parts of five indicators each, as the second file of the upload."""
    lines = ["iCode,iName,Parent,Level,Type,Direction,Weight"]
    for k in range(1, INDICATORS + 1):
        lines.append(f"x{k},Indicator {k},part{(k - 1) % PARTS + 1},1,Indicator,1,1")
    lines += [f"part{p},Part {p},index,2,Aggregate,1,1" for p in range(1, PARTS + 1)]
    lines.append("index,Index,,3,Aggregate,1,1")
    return "\n".join(lines).encode()


def upload(port: int) -> tuple[str, str]:
    """Bring the table as a browser does; give the cookie of the session and the name of the table."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/en/index/own")
    answer = connection.getresponse()
    page = answer.read().decode()
    (token,) = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[:1]
    held = [line.split(";")[0] for name, line in answer.getheaders() if name.lower() == "set-cookie"]
    parts = [
        f'--{_EDGE}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'.encode()
    ]
    for name, body in (("data", table()), ("meta", structure())):
        head = (
            f'--{_EDGE}\r\nContent-Disposition: form-data; name="{name}"; filename="{name}.csv"\r\n'
            "Content-Type: text/csv\r\n\r\n"
        )
        parts += [head.encode(), body, b"\r\n"]
    parts.append(f"--{_EDGE}--\r\n".encode())
    headers = {"Content-Type": f"multipart/form-data; boundary={_EDGE}", "Cookie": "; ".join(held)}
    connection.request("POST", "/en/index/own", b"".join(parts), headers)
    answer = connection.getresponse()
    told = answer.read().decode()
    where = answer.getheader("Location", "")
    if answer.status != 303:
        raise RuntimeError(f"the upload answers {answer.status}: {told[:2000]}")
    held += [line.split(";")[0] for name, line in answer.getheaders() if name.lower() == "set-cookie"]
    connection.close()
    return "; ".join(held), re.findall(r"own=([0-9a-f]+)", where)[0]
