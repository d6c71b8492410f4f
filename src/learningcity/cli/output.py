"""How answers leave the command line: tables for people, JSON for machines, files for both."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from learningcity import InputError, Stopped, Text, escaped
from learningcity.cli.base import current_language, option, say

if TYPE_CHECKING:
    import pandas as pd

#: Shorter work needs no word; a blinking line would only disturb.
PATIENCE_SECONDS = 2.0
#: Between two changes of a bar.
BETWEEN_SECONDS = 0.05

as_json = option("--json", "as_json", is_flag=True, text=Text("Answer in JSON.", "以JSON格式输出。"))
out_path = option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    text=Text(
        "Write to this file: .csv (opens in Excel and WPS), .xlsx or .json; a folder gets a CSV.",
        "写入文件：.csv（可直接用Excel或WPS打开）、.xlsx或.json；如为文件夹，则写入CSV。",
    ),
)

example_folder = option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    text=Text("Folder for the files.", "存放示例文件的文件夹。"),
)
seed_option = option(
    "--seed", type=click.IntRange(0), default=0, show_default=True, text=Text("Random seed.", "随机种子。")
)


def answer(
    frame: pd.DataFrame,
    name: str,
    *,
    titles: Mapping[str, Text] | None = None,
    heading: Text | None = None,
    data: Any = None,
    out: Path | None = None,
    as_json: bool = False,
) -> None:
    """Give one table: into a file, as JSON, or on the screen.

    Parameters
    ----------
    frame
        The table; an empty cell stays empty.
    name
        File name (without ending) used when ``out`` is a folder.
    titles
        Column heads for people; files and JSON keep the ids of the columns.
    heading
        A line above the table on a terminal.
    data
        What ``--json`` gives instead of the rows of the frame.
    """
    if out is not None:
        write_file(frame, name, out, data)
    elif as_json:
        show_json(frame if data is None else data)
    else:
        show_table(frame, titles=titles, heading=heading)


def show_json(data: Any) -> None:
    """Write plain values as JSON."""
    from learningcity import plain

    text = json.dumps(plain(data), ensure_ascii=False, indent=2, allow_nan=False)
    # Control characters beyond ASCII are escaped as JSON does it, so that no terminal obeys them.
    if escaped(text) != text:
        text = "".join(c if escaped(c) == c else f"\\u{ord(c):04x}" for c in text)
    click.echo(text)


def write_file(frame: pd.DataFrame, name: str, out: Path, data: Any = None) -> None:
    """Write one table as CSV, XLSX or JSON by the ending of ``out``; whole or not at all."""
    from learningcity import people_csv, people_xlsx, plain, write_whole

    if out.is_dir() or out.suffix == "":
        out.mkdir(parents=True, exist_ok=True)
        out = out / f"{name}.csv"
    ending = out.suffix.lower()
    if ending == ".csv":
        write_whole(out, people_csv(frame))
    elif ending == ".xlsx":
        write_whole(out, people_xlsx({name: frame}))
    elif ending == ".json":
        value = plain(frame if data is None else data)
        write_whole(out, (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8"))
    else:
        raise InputError(
            Text(
                f"{out.name}: the ending must be .csv, .xlsx or .json.",
                f"{out.name}：文件名须以.csv、.xlsx或.json结尾。",
            )
        )
    say(Text(f"Written: {out}", f"已写入：{out}"))


def show_table(
    frame: pd.DataFrame, *, titles: Mapping[str, Text] | None = None, heading: Text | None = None
) -> None:
    """Draw the table on a terminal; write tab-separated lines, cells whole, anywhere else."""
    language = current_language()
    if sys.stdout.isatty() and {"city", "city_id"} <= set(frame.columns):
        frame = frame.drop(columns="city_id")  # a terminal is narrow, and the name says it
    heads = [titles[c].in_(language) if titles and c in titles else str(c) for c in frame.columns]
    rows = [
        [escaped(cell_text(v).replace("\t", " ")) for v in row]
        for row in frame.itertuples(index=False, name=None)
    ]
    if not sys.stdout.isatty():
        if heading is not None:
            click.echo(f"# {heading.in_(language)}")
        for row in [heads, *rows]:
            click.echo("\t".join(" ".join(cell.split()) for cell in row))
        return
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.measure import Measurement
    from rich.table import Table
    from rich.text import Text as Plain

    drawn = Table(
        padding=(0, 1, 0, 0),
        title=heading.in_(language) if heading else None,
        title_justify="left",
        title_style="bold",
        box=SIMPLE_HEAD,
        pad_edge=False,
    )
    for position, (head, column) in enumerate(zip(heads, frame.columns, strict=True)):
        is_number = getattr(frame[column].dtype, "kind", "") in "iuf"
        # Heads and texts may be broken over lines, a number never: half a number is a wrong one.
        widest = max((len(row[position]) for row in rows), default=1)
        least = max(widest, 4) if is_number else 6
        drawn.add_column(
            Plain(head),
            justify="right" if is_number else "left",
            overflow="fold",
            min_width=least,
        )
    for row in rows:
        drawn.add_row(*(Plain(cell) for cell in row))
    unlimited = Console(width=10_000)
    needed = Measurement.get(unlimited, unlimited.options, drawn).minimum
    # Longer lines than the terminal has are ugly; columns that are left out are wrong.
    Console(width=max(Console().width, needed)).print(drawn)


def show_lines(lines: list[str]) -> None:
    """Write paragraphs, wrapped on a terminal, whole anywhere else."""
    from learningcity.cli.help import wrap

    is_terminal = sys.stdout.isatty()
    width = 0
    if is_terminal:
        import shutil

        width = min(shutil.get_terminal_size((90, 24)).columns, 110)
    for line in lines:
        safe = escaped(line.replace("\t", " "))
        click.echo("\n".join(wrap(safe, width)) if is_terminal else safe)


def say_how_to_trace(source_id: str | None) -> None:
    """End an answer that prints source ids with the command that opens one of them."""
    if source_id is not None:
        say(
            Text(
                f"To see the page behind a source id: learningcity atlas trace {source_id}",
                f"查看来源编号对应的页面：learningcity atlas trace {source_id}",
            )
        )


def is_empty(value: object) -> bool:
    """Tell whether a cell holds nothing."""
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return True
    return isinstance(value, float) and value != value


def cell_text(value: object) -> str:
    """Write a cell: empty for missing, numbers without a needless tail.

    Examples
    --------
    >>> cell_text(float("nan")), cell_text(2015.0), cell_text(0.125), cell_text("law")
    ('', '2015', '0.125', 'law')
    """
    if is_empty(value):
        return ""
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        return f"{value:.6g}" if abs(value) < 1e5 else f"{value:.2f}"
    if isinstance(value, tuple | list):
        return "; ".join(cell_text(v) for v in value)
    return str(value)


class Working:
    """Shows a bar on the error stream while something goes on, once it has lasted a moment.

    Called with the work done and the whole of it (as ``progress`` of the long functions) it shows the share;
    before, and where nobody says how far it is, it only moves.
    """

    def __init__(self, what: Text) -> None:
        self.language = current_language()
        self.done, self.total = 0, 0
        self._lock, self._over = threading.Lock(), False
        self._bar: Any = None
        self._task: Any = None
        self._what, self._shown = what.in_(self.language), 0.0
        self._timer = threading.Timer(PATIENCE_SECONDS, self._show)
        self._timer.daemon = True
        if sys.stderr.isatty():
            self._timer.start()

    def __call__(self, done: int, total: int, /) -> None:
        """So much is done."""
        self.done, self.total = done, total
        now = time.monotonic()
        if self._bar is not None and (now - self._shown > BETWEEN_SECONDS or done == total):
            self._shown = now
            self._bar.update(self._task, completed=done, total=total)

    def say(self, what: Text) -> None:
        """Tell what goes on now."""
        self._what = what.in_(self.language)
        if self._bar is not None:
            self._bar.update(self._task, description=self._what)

    def part(self, number: int, of: int) -> Callable[[int, int], None]:
        """The same for one of several pieces of work, of which so many are done."""
        return lambda done, total: self(number * total + done, of * total)

    def _show(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TimeRemainingColumn

        with self._lock:
            if self._over:
                return
            columns = (
                SpinnerColumn(), "{task.description}", BarColumn(), TaskProgressColumn(),
                TimeRemainingColumn(compact=True, elapsed_when_finished=True),
            )  # fmt: skip
            bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._task = bar.add_task(self._what, total=self.total or None, completed=self.done)
            bar.start()
            self._bar = bar

    def close(self) -> None:
        """Take the bar away."""
        self._timer.cancel()
        with self._lock:
            self._over = True
            if self._bar is not None:
                self._bar.stop()


@contextmanager
def working(what: Text) -> Iterator[Working]:
    """Show on the error stream that something goes on and how far it is; say where Ctrl+C stopped it."""
    bar = Working(what)
    try:
        yield bar
    except KeyboardInterrupt:
        if not bar.total:
            raise
        share = int(100 * bar.done / bar.total)
        raise Stopped(
            Text(
                f"Stopped at {share} % of the work; nothing was written.",
                f"已在完成{share}%时中止，未写入任何内容。",
            )
        ) from None
    finally:
        bar.close()
