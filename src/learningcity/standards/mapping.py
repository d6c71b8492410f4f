"""The crosswalk: Key Features areas, award criteria by round, and every comparable framework."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from learningcity.core import (
    LANGUAGES,
    Finding,
    InputError,
    Result,
    TableError,
    Text,
    UnknownNameError,
    check_rows,
    plain,
    read_sheets,
    typed,
)
from learningcity.standards.rules import award_rounds, nearest_rounds
from learningcity.standards.shipped import standard_schemas, standard_table
from learningcity.standards.standard import load_standard, split
from learningcity.standards.vocabulary import is_missing

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "area", "area_en", "area_zh", "kind", "round", "framework_id", "framework_en", "framework_zh",
    "code", "name_en", "name_zh", "publisher", "year", "unit", "mapping", "source_ids",
)  # fmt: skip
#: Index of the row of ``matrix()`` that counts what is mapped to no area.
NO_AREA = "none"
_TABLE = "other-frameworks"


@dataclass(frozen=True)
class Crosswalk(Result):
    """What the award rounds and other frameworks ask for, area by area of the Key Features.

    Use :func:`learningcity.crosswalk` to get one. Every mapping is ours (or the user's own), not
    UNESCO's; what fits no area is kept and marked as mapped to none.
    """

    rows: tuple[tuple[Any, ...], ...]
    areas: tuple[tuple[str, Text], ...]
    #: Everything that was looked at, also where nothing of it touches the areas asked for.
    columns: tuple[tuple[str, Text], ...]

    def table(self) -> pd.DataFrame:
        """Give the crosswalk in long form, one row an area and criterion or framework item.

        Columns: area (missing = mapped to none), area_en, area_zh, kind (criterion or framework),
        round, framework_id, framework_en, framework_zh, code, name_en, name_zh, publisher, year,
        unit, mapping (``ours`` or ``own file``), source_ids.
        """
        import pandas as pd

        frame = pd.DataFrame(list(self.rows), columns=list(COLUMNS))
        texts = [c for c in COLUMNS if c not in ("round", "year")]
        return frame.astype({"round": "Int64", "year": "Int64"} | dict.fromkeys(texts, "str"))

    def matrix(self) -> pd.DataFrame:
        """Count the items: areas x rounds and frameworks; the last row counts what fits no area.

        A zero says that the round or framework asks nothing in this area as far as it was read.
        """
        import pandas as pd

        index = [code for code, _ in self.areas] + [NO_AREA]
        counted = Counter((_column(row), row[0] or NO_AREA) for row in self.rows)
        cells = {name: [counted[name, code] for code in index] for name, _ in self.columns}
        return pd.DataFrame(cells, index=pd.Index(index, name="area"), dtype="int64")

    def left_out(self, column: str) -> tuple[str, ...]:
        """Give the areas in which a round ("2019") or a framework ("sdg4") asks nothing."""
        if str(column) not in dict(self.columns):
            raise UnknownNameError("framework", column, dict(self.columns))
        present = {row[0] for row in self.rows if _column(row) == str(column)}
        return tuple(code for code, _ in self.areas if code not in present)

    def summary(self, language: str = "en") -> str:
        """Say which areas each round and framework leaves out, and whose the mapping is."""
        lines = [_mapping_note(self.rows).in_(language)]
        lines += [self._sentence(column, name).in_(language) for column, name in self.columns]
        without = {(row[5], row[9], row[10]) for row in self.rows if not row[0]}
        if without:
            en = "; ".join(sorted(w[1] for w in without))
            zh = "；".join(sorted(w[2] for w in without))
            text = Text(
                f"Mapped to no area, and kept: {en}.",
                f"未对应任何领域、仍予保留：{zh}。",
            )
            lines.append(text.in_(language))
        return "\n".join(lines)

    def _sentence(self, column: str, name: Text) -> Text:
        missing = self.left_out(column)
        if len(self.areas) == 1 and not missing:
            count, code = sum(_column(row) == column for row in self.rows), self.areas[0][0]
            items = "item" if count == 1 else "items"
            return Text(
                f"{name.en}: {count} {items} in area {code}.", f"{name.zh}：领域{code}中有{count}项。"
            )
        if not missing:
            return Text(f"{name.en}: touches every area.", f"{name.zh}：涉及全部领域。")
        word = "area" if len(missing) == 1 else "areas"
        return Text(
            f"{name.en}: nothing seen in {word} {', '.join(missing)}.",
            f"{name.zh}：未见涉及领域{'、'.join(missing)}的内容。",
        )

    def to_dict(self) -> dict[str, Any]:
        """Give rows, counts and summary as plain values that JSON can hold."""
        return {
            "table": plain(self.table()),
            "matrix": plain(self.matrix()),
            "summary": {language: self.summary(language) for language in LANGUAGES},
        }


def _column(row: tuple[Any, ...]) -> str:
    return str(row[4]) if row[3] == "criterion" else str(row[5])


def _title(row: tuple[Any, ...]) -> Text:
    if row[3] == "criterion":
        return Text(f"Award criteria of {row[4]}", f"{row[4]}年评审标准")
    return Text(row[6], row[7])


def _mapping_note(rows: Iterable[tuple[Any, ...]]) -> Text:
    own = any(row[14] == "own file" for row in rows)
    en = "All mappings to the areas of the Key Features are ours, not UNESCO's"
    zh = "与主要特征各领域的对应关系均由本项目判断，不代表联合国教科文组织的观点"
    if own:
        en += ", except those that come from your own file"
        zh += "；来自自有文件的对应关系除外"
    return Text(
        f"{en}. Frameworks were read as far as public pages show them: what is not seen may still be there.",
        f"{zh}。各框架仅就公开页面所见整理，未见不等于没有。",
    )


def crosswalk(
    framework: str | Iterable[str] | None = None,
    area: str | int | None = None,
    round: str | int | None = None,
    path: str | Path | None = None,
) -> Crosswalk:
    """Lay the areas of the Key Features beside the award criteria and other frameworks.

    Parameters
    ----------
    framework
        One framework id or several (``sdg4``, ``iso-37120`` ...); only these.
    area
        Code of an area, "1" to "12"; only what touches it.
    round
        Year of a round; only its criteria. With ``framework`` both are given.
    path
        A CSV or XLSX file with the columns of ``other-frameworks``: any framework of your own,
        laid beside the shipped ones.

    Returns
    -------
    Crosswalk
        ``.table()`` in long form, ``.matrix()`` with counts, ``.summary(language)``.

    Raises
    ------
    UnknownNameError
        Unknown framework, area or round; the nearest are given.
    TableError
        Rows of the file break the contract; each is named, with the remedy.

    Examples
    --------
    >>> import learningcity as lc
    >>> walk = lc.crosswalk()
    >>> walk.matrix().loc["11", "2021"].item()
    1
    >>> sorted(set(walk.table()["kind"]))
    ['criterion', 'framework']
    """
    frames = [(standard_table(_TABLE), "ours")]
    if path is not None:
        frames.append((_read_own(Path(path)), "own file"))
    known = {str(f) for frame, _ in frames for f in frame["framework_id"]}
    wanted = None if framework is None else _names(framework)
    for name in wanted or ():
        if name not in known:
            raise UnknownNameError("framework", name, known)
    if round is not None and str(round) not in {str(r) for r in award_rounds()}:
        raise UnknownNameError("round", round, award_rounds(), near=nearest_rounds(str(round)))
    standard = load_standard()
    names = {a.code: a.name for a in standard.areas}
    areas = tuple(names.items())
    if area is not None:
        areas = ((standard.area(area).code, standard.area(area).name),)
    rows: list[tuple[Any, ...]] = []
    if wanted is None or round is not None:
        rows += _criterion_rows(names, None if round is None else int(round))
    if round is None or wanted is not None:
        for frame, mapping in frames:
            rows += _framework_rows(names, frame, mapping, wanted)
    columns = tuple({_column(row): _title(row) for row in rows}.items())
    if area is not None:
        rows = [row for row in rows if row[0] == areas[0][0]]
    return Crosswalk(tuple(rows), areas, columns)


def _names(framework: str | Iterable[str]) -> tuple[str, ...]:
    return (framework,) if isinstance(framework, str) else tuple(framework)


def _criterion_rows(areas: dict[str, Text], wanted: int | None) -> list[tuple[Any, ...]]:
    rows = []
    for row in standard_table("award-criteria").to_dict("records"):
        year = int(row["round"])
        if wanted is not None and year != wanted:
            continue
        for code, name in _mapped(row["key_feature_areas"], areas):
            rows.append(
                (code, name and name.en, name and name.zh, "criterion", year, None, None, None,
                 row["code"], row["name_en"], row["name_zh"], None, year, None, "ours", row["source_ids"])
            )  # fmt: skip
    return rows


def _framework_rows(
    areas: dict[str, Text], frame: pd.DataFrame, mapping: str, wanted: tuple[str, ...] | None
) -> list[tuple[Any, ...]]:
    rows = []
    for row in frame.to_dict("records"):
        if wanted is not None and row["framework_id"] not in wanted:
            continue
        year = None if is_missing(row["year"]) else int(row["year"])
        unit = None if is_missing(row["unit"]) else row["unit"]
        for code, name in _mapped(row["maps_to_area"], areas):
            rows.append(
                (code, name and name.en, name and name.zh, "framework", None, row["framework_id"],
                 row["name"], row["name_zh"], None, row["indicator_or_criterion"],
                 row["indicator_or_criterion_zh"], row["publisher"], year, unit, mapping, row["source_ids"])
            )  # fmt: skip
    return rows


def _mapped(cell: object, areas: dict[str, Text]) -> list[tuple[str | None, Text | None]]:
    codes = split(cell)
    if not codes:
        return [(None, None)]
    return [(code, areas[code]) for code in codes]


def _read_own(path: Path) -> pd.DataFrame:
    sheets = read_sheets(path)
    if len(sheets) == 1:
        frame = next(iter(sheets.values()))
    elif _TABLE in sheets:
        frame = sheets[_TABLE]
    else:
        raise InputError(
            Text(
                f"{path.name} has {len(sheets)} sheets and none is named {_TABLE!r}. "
                "Name the one to read so.",
                f"{path.name}有{len(sheets)}个工作表，但没有名为“{_TABLE}”的。请将要读取的工作表改为此名。",
            )
        )
    schema = standard_schemas()[_TABLE]
    findings = [f for f in check_rows(frame, schema) if f.level == "error"]
    if not findings:
        findings = _check_own(frame)
    if findings:
        raise TableError(findings)
    if frame.empty:
        raise InputError(
            Text(
                f"{path.name} has a header but no rows. Add one row for each indicator or criterion.",
                f"{path.name}只有表头，没有数据行。请为每项指标或标准填写一行。",
            )
        )
    return typed(frame, schema)


def _check_own(frame: pd.DataFrame) -> list[Finding]:
    shipped = set(standard_table(_TABLE)["framework_id"])
    remedy = Text("Give yours another id, so that both can be told apart.", "请另取编号，以便区分。")
    return [
        Finding(
            _TABLE,
            int(str(row)),
            "framework_id",
            framework_id,
            Text(
                f"{framework_id!r} is a framework that is shipped already.",
                f"“{framework_id}”与已收录的框架重名。",
            ),
            remedy,
        )
        for row, framework_id in frame["framework_id"].items()
        if framework_id in shipped
    ]
