"""A study log: every calibration, truth table and solution with its time and fingerprint, in the order they were seen.

Anchors and cut-offs are to be set before results are looked at. The log cannot keep anybody from changing them later,
but it says so, names both versions, and a changed or missing line breaks the chain of fingerprints.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from os import PathLike
from typing import TYPE_CHECKING, Any, TypeVar

from learningcity.core import InputError, Result, Text, of_kind, os_reason, path_of, plain, write_whole
from learningcity.explain.qca.calibrate_result import Calibration
from learningcity.explain.qca.journal_content import (
    KINDS,
    canonical,
    content_of,
    fingerprint,
    kind_of_result,
    lasting,
)
from learningcity.explain.qca.journal_lock import only_writer
from learningcity.explain.qca.journal_warnings import warnings_for

if TYPE_CHECKING:
    import pandas as pd

ResultType = TypeVar("ResultType", bound=Result)


@dataclass(frozen=True)
class JournalEntry:
    """One line of the log.

    Parameters
    ----------
    number
        From 1.
    time
        ISO 8601, in UTC.
    kind
        calibration, truth_table, solution, necessity, fit or other.
    subject
        What was calibrated, or the outcome.
    content
        The decisions: anchors and options with the memberships they gave; cuts and conditions; models.
    digest
        SHA-256 of the whole result as plain values, without versions and sentences.
    reason
        Why, in the words of the researcher.
    warnings
        What changed after a result was seen.
    chain
        SHA-256 of this line together with the chain of the line before (of the first: the name of the study).
    """

    number: int
    time: str
    kind: str
    subject: str
    content: Mapping[str, Any]
    digest: str
    reason: str = ""
    warnings: tuple[Text, ...] = ()
    chain: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The line as plain values."""
        return {
            "number": self.number,
            "time": self.time,
            "kind": self.kind,
            "subject": self.subject,
            "content": plain(self.content),
            "digest": self.digest,
            "reason": self.reason,
            "warnings": plain(self.warnings),
            "chain": self.chain,
        }

    def linked(self, before: str) -> JournalEntry:
        """The line with its place in the chain."""
        return replace(self, chain=fingerprint([before, {**self.to_dict(), "chain": ""}]))


class QcaJournal(Result):
    """The log of a study: append only.

    Parameters
    ----------
    study
        What it is called.
    clock
        Gives the time of a line, with a time zone; else the clock of the machine.

    Examples
    --------
    >>> import pandas as pd
    >>> from learningcity.explain.qca import calibrate, truth_table
    >>> raw = pd.DataFrame({"gdp": [1, 2, 8, 9], "Y": [0, 0, 1, 1]}, index=list("wxyz"))
    >>> journal = QcaJournal("four cities")
    >>> rich = journal.record(calibrate(raw["gdp"], 5, "crisp", name="RICH"))
    >>> seen = journal.record(truth_table(raw.assign(RICH=rich.values), "Y", ["RICH"]))
    >>> _ = journal.record(calibrate(raw["gdp"], 8.5, "crisp", name="RICH"))
    >>> [str(w) for w in journal.warnings]
    ['The calibration of RICH (no. 1) was changed after no. 2 (truth table, Y) had been seen: cut 5 became cut 8.5. \
Give the reason, and report both.']
    """

    def __init__(self, study: str = "", *, clock: Callable[[], datetime] | None = None) -> None:
        self.study = of_kind(study, str, "study")
        self._clock = clock or _now
        self._entries: list[JournalEntry] = []

    @property
    def entries(self) -> tuple[JournalEntry, ...]:
        """The lines, oldest first."""
        return tuple(self._entries)

    @property
    def warnings(self) -> tuple[Text, ...]:
        """All warnings, oldest first, each once."""
        return tuple(dict.fromkeys(w for entry in self._entries for w in entry.warnings))

    def __len__(self) -> int:
        return len(self._entries)

    def record(self, result: ResultType, reason: str = "", *, name: str | None = None) -> ResultType:
        """Write down a result, and give it back.

        Parameters
        ----------
        result
            A calibration, truth table, solution, necessity, fit, or any other result.
        reason
            Why it was made so; asked for wherever something is changed.
        name
            The column that a calibration without a name is used as.

        Returns
        -------
        Result
            ``result`` itself.

        Raises
        ------
        InputError
            No result, or a calibration without a name.
        """
        of_kind(result, Result, "result")
        of_kind(reason, str, "reason")
        if isinstance(result, Calibration) and name is not None:
            result_ = replace(result, name=of_kind(name, str, "name"))
        else:
            result_ = result  # type: ignore[assignment]
        if isinstance(result_, Calibration) and not result_.name:
            raise InputError(
                Text(
                    "The calibration has no name; say which column it is: record(..., name='A').",
                    "校准没有名称，请指明列名：record(..., name='A')。",
                )
            )
        subject, content = content_of(result_)
        entry = JournalEntry(
            number=len(self._entries) + 1,
            time=self._time(),
            kind=kind_of_result(result_),
            subject=subject,
            content={**content, "versions": plain(result_.versions)},
            digest=fingerprint(lasting(result_.to_dict())),
            reason=reason.strip(),
        )
        entry = replace(entry, warnings=tuple(warnings_for(entry, self._entries)))
        self._entries.append(entry.linked(self._entries[-1].chain if self._entries else self.study))
        return result

    def _time(self) -> str:
        now = of_kind(self._clock(), datetime, "clock")
        if now.tzinfo is None:
            raise InputError(Text("clock gives a time without a time zone.", "clock给出的时间没有时区。"))
        return now.astimezone(UTC).isoformat(timespec="seconds")

    def table(self) -> pd.DataFrame:
        """One row a line.

        Returns
        -------
        frame
            number, time, kind, subject, decisions (in one line), reason, warnings (how many), digest.
        """
        import pandas as pd

        columns = ["number", "time", "kind", "subject", "decisions", "reason", "warnings", "digest"]
        return pd.DataFrame(
            [
                (e.number, e.time, e.kind, e.subject, _decisions(e), e.reason, len(e.warnings), e.digest)
                for e in self._entries
            ],
            columns=columns,
        )

    def summary(self, language: str = "en") -> str:
        """Say what was recorded, and everything that changed after a result was seen."""
        kinds = [e.kind for e in self._entries]
        counts = [(KINDS[k], kinds.count(k)) for k in KINDS if k in kinds]
        first = Text(
            f"{self.study or 'Study log'}: " + (", ".join(f"{n} {k.en}" for k, n in counts) or "empty") + ".",
            f"{self.study or '研究日志'}："
            + ("，".join(f"{k.zh}{n}项" for k, n in counts) or "无记录")
            + "。",
        )
        found = self.warnings or (
            Text("Nothing was changed after a result was seen.", "查看结果之后未作更改。"),
        )
        return first.in_(language) + "".join(
            (" " if language == "en" else "") + w.in_(language) for w in found
        )

    def to_dict(self) -> dict[str, Any]:
        """The lines as plain values, with the summary."""
        return {
            "study": self.study,
            "versions": self.versions,
            "entries": [e.to_dict() for e in self._entries],
            "summary": {k: self.summary(k) for k in ("en", "zh")},
        }

    def write(self, path: str | PathLike[str]) -> None:
        """Write the log, one JSON line an entry after a line that names the study.

        Raises
        ------
        InputError
            The file cannot be written.
        """
        lines = [canonical({"study": self.study}), *(canonical(e.to_dict()) for e in self._entries)]
        where = path_of(path)
        try:
            write_whole(where, ("\n".join(lines) + "\n").encode("utf-8"))
        except OSError as error:
            raise InputError(_cannot("written", "写入", where, error)) from error

    @classmethod
    @contextmanager
    def adding_to(cls, path: str | PathLike[str], study: str = "") -> Iterator[QcaJournal]:
        """Read a log (a new one if there is no file), and write it at the end; other processes wait meanwhile.

        Parameters
        ----------
        path
            The file.
        study
            What a new log is called; else the file without its ending.

        Raises
        ------
        InputError
            As ``read`` and ``write``; another process keeps the log.

        Examples
        --------
        >>> import tempfile
        >>> from pathlib import Path
        >>> file = Path(tempfile.mkdtemp()) / "cities.jsonl"
        >>> with QcaJournal.adding_to(file) as journal:
        ...     len(journal)
        0
        >>> QcaJournal.read(file).study
        'cities'
        """
        where = path_of(path)
        with ExitStack() as held:
            try:
                held.enter_context(only_writer(where))
            except OSError as error:
                raise InputError(_cannot("written", "写入", where, error)) from error
            journal = cls.read(where) if where.exists() else cls(study or where.stem)
            yield journal
            journal.write(where)

    @classmethod
    def read(cls, path: str | PathLike[str], *, clock: Callable[[], datetime] | None = None) -> QcaJournal:
        """Read a log that was written, and check its chain.

        Raises
        ------
        InputError
            The file cannot be read, or a line was changed, taken out or put in: the line is named. Lines cut off at
        the end leave no trace.
        """
        where = path_of(path)
        try:
            lines = where.read_text(encoding="utf-8").removesuffix("\n").split("\n")
        except OSError as error:
            raise InputError(_cannot("read", "读取", where, error)) from error
        except UnicodeDecodeError as error:
            raise InputError(_broken(where, 1)) from error
        before = ""
        journal = cls(clock=clock)
        for number, line in enumerate(lines, 1):
            try:
                row = json.loads(line)
                if number == 1:
                    journal.study = before = of_kind(row["study"], str, "study")
                    continue
                entry = _entry(row)
                good = entry.number == number - 1 and entry.linked(before).chain == entry.chain
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
                raise InputError(_broken(where, number)) from error
            if not good:
                raise InputError(_broken(where, number))
            journal._entries.append(entry)
            before = entry.chain
        return journal


def _now() -> datetime:
    return datetime.now(UTC)


def _entry(row: Any) -> JournalEntry:
    fields = {
        k: row[k] for k in ("number", "time", "kind", "subject", "content", "digest", "reason", "chain")
    }
    if set(row) != {*fields, "warnings"}:
        raise KeyError("fields")
    return JournalEntry(**fields, warnings=tuple(Text(w["en"], w["zh"]) for w in row["warnings"]))


def _decisions(entry: JournalEntry) -> str:
    """The decisions of a line, without the memberships."""
    shown = {
        k: v
        for k, v in entry.content.items()
        if k not in ("values", "raw", "versions") and v not in (None, {}, [])
    }
    return "; ".join(f"{k}: {_short(v)}" for k, v in shown.items())


def _short(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{k} {_short(v)}" for k, v in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_short(v) for v in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _cannot(en: str, zh: str, path: object, error: OSError) -> Text:
    why = os_reason(error)
    return Text(f"{path} cannot be {en}: {why.en}.", f"无法{zh}{path}：{why.zh}。")


def _broken(path: object, line: int) -> Text:
    return Text(
        f"{path}, line {line}: no line of a study log, or it was changed after it had been written.",
        f"{path}第{line}行：不是研究日志的记录，或写入后被改动过。",
    )
