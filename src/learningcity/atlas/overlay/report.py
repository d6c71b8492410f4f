"""What an add or an undo did, by table, in words and as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from learningcity.core import Result, Text, plain

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class TableChange:
    """What an add does to one table; ``replaced_shipped`` counts the shipped rows among ``replaced``."""

    table: str
    rows: int
    added: int
    replaced: int
    replaced_shipped: int
    unchanged: int


@dataclass(frozen=True)
class OverlayReport(Result):
    """What was read and what changed; ``written`` is False for a dry run and where nothing changed."""

    folder: Path
    files: tuple[str, ...]
    changes: tuple[TableChange, ...]
    warnings: tuple[Text, ...]
    dry_run: bool
    written: bool

    def table(self) -> pd.DataFrame:
        """One row a table: rows read, added, replaced (shipped ones among them), unchanged."""
        import pandas as pd

        columns = list(TableChange.__dataclass_fields__)
        return pd.DataFrame([[getattr(c, k) for k in columns] for c in self.changes], columns=columns)

    def summary(self, language: str = "en") -> str:
        """Say in a few words what happened."""
        total = {
            k: sum(getattr(c, k) for c in self.changes)
            for k in ("rows", "added", "replaced", "replaced_shipped", "unchanged")
        }
        lines = [
            Text(
                "{rows} rows read: {added} new, {replaced} replaced ({replaced_shipped} of them shipped with "
                "the atlas), {unchanged} unchanged.",
                "共读取{rows}行：新增{added}行，替换{replaced}行（其中{replaced_shipped}行为随附数据），{unchanged}行无变化。",
            ).format(**total)
        ]
        if self.dry_run:
            lines.append(Text("Dry run: nothing was written.", "试运行：未写入任何内容。"))
        elif self.written:
            lines.append(
                Text(
                    f"Written to {self.folder}. Take it back with: learningcity atlas undo",
                    f"已写入{self.folder}。如需撤销，请运行：learningcity atlas undo",
                )
            )
        else:
            lines.append(Text("Nothing to write.", "无需写入。"))
        return "\n".join(t.in_(language) for t in lines)

    def to_dict(self) -> dict[str, Any]:
        """Give the report as plain values."""
        return {
            "folder": str(self.folder),
            "files": list(self.files),
            "tables": plain(self.table()),
            "warnings": [w.to_dict() for w in self.warnings],
            "dry_run": self.dry_run,
            "written": self.written,
        }


@dataclass(frozen=True)
class UndoReport(Result):
    """Which tables an undo brought back, with the rows before and after (None: not readable)."""

    folder: Path
    rows: tuple[tuple[str, int | None, int | None], ...]

    def table(self) -> pd.DataFrame:
        """One row a table: rows_before and rows_after the undo."""
        import pandas as pd

        frame = pd.DataFrame(list(self.rows), columns=["table", "rows_before", "rows_after"])
        return frame.astype({"rows_before": "Int64", "rows_after": "Int64"})

    def summary(self, language: str = "en") -> str:
        """Say what was brought back."""
        rows = [(t, *("?" if n is None else str(n) for n in (b, a))) for t, b, a in self.rows]
        en = ", ".join(f"{t} ({b} -> {a} rows)" for t, b, a in rows)
        zh = "、".join(f"{t}（{b}行→{a}行）" for t, b, a in rows)
        return Text(f"Undone: {en}.", f"已撤销：{zh}。").in_(language)
