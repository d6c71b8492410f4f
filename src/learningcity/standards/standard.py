"""A standard as frozen records: pillars, areas, features, measurements, each confirmed or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from learningcity.core import InputError, Result, Text, UnknownNameError, plain
from learningcity.standards.shipped import standard_table
from learningcity.standards.vocabulary import is_missing

if TYPE_CHECKING:
    import pandas as pd

Level = Literal["pillar", "area", "feature"]
LEVELS: tuple[str, ...] = ("pillar", "area", "feature", "measurement")

_NAMES = {
    "pillar": (Text("pillar", "板块"), Text("pillars", "板块")),
    "area": (Text("area", "领域"), Text("areas", "领域")),
    "feature": (Text("feature", "特征"), Text("features", "特征")),
    "measurement": (Text("measurement", "测量指标"), Text("measurements", "测量指标")),
}


@dataclass(frozen=True, slots=True)
class Item:
    """A pillar, an area or a feature of a standard.

    ``confirmed`` says whether wording, numbering and place were checked on a page; ``source_ids``
    are those pages, and ``parent`` is the code of the item above ("" for a pillar).
    """

    code: str
    level: Level
    parent: str
    name: Text
    text: Text
    confirmed: bool
    source_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measurement:
    """A possible measurement under a feature.

    ``direction`` is 1 where more is better, -1 where less is, 0 where neither; ``data_source_kind``
    says what kind of source gives the figure.
    """

    code: str
    feature: str
    name: Text
    definition: Text
    unit: str
    direction: int
    data_source_kind: str
    confirmed: bool
    source_ids: tuple[str, ...]


@dataclass(frozen=True)
class Standard(Result):
    """A standard: its pillars, areas, features and measurements, found by code.

    Use :func:`learningcity.load_standard` to get one.

    Examples
    --------
    >>> import learningcity as lc
    >>> standard = lc.load_standard()
    >>> standard["4"].name.in_("zh")
    '促进教育体系中的全纳学习'
    >>> [item.code for item in standard.children("P3")]
    ['10', '11', '12']
    """

    name: str
    pillars: tuple[Item, ...]
    areas: tuple[Item, ...]
    features: tuple[Item, ...]
    measurements: tuple[Measurement, ...]
    shipped: bool = False

    def __iter__(self) -> Iterator[Item | Measurement]:
        yield from self.pillars
        yield from self.areas
        yield from self.features
        yield from self.measurements

    def __len__(self) -> int:
        return len(self._by_code)

    @cached_property
    def _by_code(self) -> Mapping[str, Item | Measurement]:
        return MappingProxyType({item.code: item for item in self})

    def __getitem__(self, code: object) -> Item | Measurement:
        if str(code) not in self._by_code:
            raise UnknownNameError("item", code, self._by_code)
        return self._by_code[str(code)]

    def __contains__(self, code: object) -> bool:
        return str(code) in self._by_code

    def area(self, code: object) -> Item:
        """Give an area by its code; UnknownNameError where there is none."""
        for item in self.areas:
            if item.code == str(code):
                return item
        raise UnknownNameError("area", code, [a.code for a in self.areas])

    def pillar(self, code: object) -> Item:
        """Give a pillar by its code; UnknownNameError where there is none."""
        for item in self.pillars:
            if item.code == str(code):
                return item
        raise UnknownNameError("item", code, [p.code for p in self.pillars])

    def children(self, code: object) -> tuple[Item | Measurement, ...]:
        """Give what stands directly under an item, in its order."""
        above = self[code].code
        items = (*self.areas, *self.features)
        under: list[Item | Measurement] = [i for i in items if i.parent == above]
        return tuple(under or [m for m in self.measurements if m.feature == above])

    def level_of(self, code: object) -> str:
        """Tell whether a code is a pillar, an area, a feature or a measurement."""
        item = self[code]
        return item.level if isinstance(item, Item) else "measurement"

    @cached_property
    def unconfirmed(self) -> Mapping[str, int]:
        """How many items of each level are not confirmed."""
        return MappingProxyType(
            {
                level: sum(not item.confirmed for item in items)
                for level, items in (
                    ("pillar", self.pillars),
                    ("area", self.areas),
                    ("feature", self.features),
                    ("measurement", self.measurements),
                )
            }
        )

    @property
    def note(self) -> Text:
        """What must stand wherever the standard is shown: which parts nobody has confirmed yet."""
        open_levels = {level: n for level, n in self.unconfirmed.items() if n}
        if not open_levels:
            return Text(
                "All items of this standard are marked as confirmed.",
                "本标准各条目均已标注为核实。",
            )
        en = " and ".join(_counted(level, n).en for level, n in open_levels.items())
        zh = "和".join(_counted(level, n).zh for level, n in open_levels.items())
        one = sum(open_levels.values()) == 1
        note = Text(
            f"The wording, numbering and count of the {en} {'is' if one else 'are'} not confirmed",
            f"其中{zh}的表述、编号和数量未经核实",
        )
        if not self.shipped:
            return Text(f"{note.en}.", f"{note.zh}。")
        return Text(
            f"{note.en}: they are a working set in this project's own words, not the published text.",
            f"{note.zh}，系本系统概述的工作稿，并非正式公布文本。",
        )

    def table(self, level: str | None = None) -> pd.DataFrame:
        """Give all items as one frame, or those of one level.

        Columns: code, level, parent, name_en, name_zh, text_en, text_zh, unit, direction,
        data_source_kind, confirmed (yes or no), source_ids (joined with ";"). The last three
        before ``confirmed`` are missing for anything but measurements.
        """
        import pandas as pd

        if level is not None and level not in LEVELS:
            raise UnknownNameError("level", level, LEVELS)
        rows = [_row(item) for item in self if level is None or self.level_of(item.code) == level]
        frame = pd.DataFrame(rows, columns=list(_row(self.pillars[0])) if self.pillars else None)
        return frame.astype({"direction": "Int64"})

    def summary(self, language: str = "en") -> str:
        """Count the levels and say what is not confirmed."""
        levels = (self.pillars, self.areas, self.features, self.measurements)
        counted = [_counted(name, len(items)) for name, items in zip(LEVELS, levels, strict=True)]
        counts = Text(", ".join(c.en for c in counted) + ". ", "，".join(c.zh for c in counted) + "。")
        return counts.in_(language) + self.note.in_(language)

    def to_dict(self) -> dict[str, Any]:
        """Give the standard as plain values that JSON can hold."""
        return {
            "name": self.name,
            "pillars": plain(self.pillars),
            "areas": plain(self.areas),
            "features": plain(self.features),
            "measurements": plain(self.measurements),
            "unconfirmed": dict(self.unconfirmed),
            "note": self.note.to_dict(),
            "summary": {language: self.summary(language) for language in ("en", "zh")},
        }


def _counted(level: str, count: int) -> Text:
    one, many = _NAMES[level]
    measure = "个" if level in ("pillar", "area") else "项"
    return Text(f"{count} {one.en if count == 1 else many.en}", f"{count}{measure}{one.zh}")


def _row(item: Item | Measurement) -> dict[str, Any]:
    row: dict[str, Any] = {"code": item.code, "level": "measurement", "parent": None}
    row |= {"name_en": item.name.en, "name_zh": item.name.zh}
    if isinstance(item, Measurement):
        row |= {"parent": item.feature, "text_en": item.definition.en, "text_zh": item.definition.zh}
        row |= {"unit": item.unit, "direction": item.direction}
        row |= {"data_source_kind": item.data_source_kind}
    else:
        row |= {"level": item.level, "parent": item.parent or None}
        row |= {"text_en": item.text.en, "text_zh": item.text.zh}
        row |= {"unit": None, "direction": None, "data_source_kind": None}
    confirmed = "yes" if item.confirmed else "no"
    return row | {"confirmed": confirmed, "source_ids": ";".join(item.source_ids) or None}


def load_standard(name: str | Path = "key-features") -> Standard:
    """Load the Key Features of Learning Cities, or a whole other standard from files.

    Parameters
    ----------
    name
        ``"key-features"`` for the shipped standard, else a path: a folder with
        ``key-features.csv`` and, where there is one, ``measurements.csv``; one CSV file with the
        columns of ``key-features``; or an XLSX workbook with sheets of these names. A later
        edition may mark items ``confirmed = yes`` with the source that confirms them.

    Raises
    ------
    InputError
        No such file or folder, or it cannot be read.
    TableError
        Rows that break the contract, each named by table, row and column with the remedy.

    Examples
    --------
    >>> import learningcity as lc
    >>> standard = lc.load_standard()
    >>> len(standard.areas), len(standard.features), standard.unconfirmed["feature"]
    (12, 42, 42)
    """
    if name == "key-features":
        return shipped_standard()
    path = Path(name)
    if not path.exists() and not path.suffix and len(path.parts) == 1:
        raise UnknownNameError("standard", name, ["key-features"])
    from learningcity.standards.own_standard import read_own_standard

    return _build(path.stem, *read_own_standard(path))


@cache
def shipped_standard() -> Standard:
    """The Key Features as shipped, built once a process."""
    return _build(
        "key-features", standard_table("key-features"), standard_table("measurements"), shipped=True
    )


def _build(name: str, items: pd.DataFrame, measurements: pd.DataFrame, shipped: bool = False) -> Standard:
    records = [
        Item(
            code=str(row["code"]),
            level=row["level"],
            parent="" if is_missing(row["parent"]) else str(row["parent"]),
            name=Text(row["name_en"], row["name_zh"]),
            text=Text(row["text_en"], row["text_zh"]),
            confirmed=row["confirmed"] == "yes",
            source_ids=split(row["source_ids"]),
        )
        for row in items.to_dict("records")
    ]
    if not records:
        raise InputError(
            Text(
                f"The standard {name!r} has no rows. Give at least one pillar with its areas.",
                f"标准“{name}”没有任何条目。请至少给出一个板块及其领域。",
            )
        )
    return Standard(
        name=name,
        pillars=tuple(r for r in records if r.level == "pillar"),
        areas=tuple(r for r in records if r.level == "area"),
        features=tuple(r for r in records if r.level == "feature"),
        measurements=tuple(_measurement(row) for row in measurements.to_dict("records")),
        shipped=shipped,
    )


def _measurement(row: Mapping[str, Any]) -> Measurement:
    return Measurement(
        code=str(row["code"]),
        feature=str(row["feature_code"]),
        name=Text(row["name_en"], row["name_zh"]),
        definition=Text(row["definition_en"], row["definition_zh"]),
        unit="" if is_missing(row["unit"]) else str(row["unit"]),
        direction=int(row["direction"]),
        data_source_kind="" if is_missing(row["data_source_kind"]) else str(row["data_source_kind"]),
        confirmed=row["confirmed"] == "yes",
        source_ids=split(row["source_ids"]),
    )


def split(joined: object) -> tuple[str, ...]:
    """Split ids joined with ";"; a missing cell has none.

    Examples
    --------
    >>> split("s0001;s0002"), split(None)
    (('s0001', 's0002'), ())
    """
    return () if is_missing(joined) or joined == "" else tuple(str(joined).split(";"))
